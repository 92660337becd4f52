package work

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"antena/internal/desk"
)

const (
	firstPause = time.Second
	longPause  = 10 * time.Minute
	awayPause  = time.Second
	deadTime   = 5 * time.Second
)

// worker hands jobs of one kind to their handler.
type worker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	runner  *Runner
	timeout time.Duration // zero: the runner's
	handle  func(context.Context, T) error
}

func work[T river.JobArgs](r *Runner, handle func(context.Context, T) error) *worker[T] {
	return &worker[T]{runner: r, handle: handle}
}

// Timeout is how long one try may take.
func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return w.timeout }

// Work runs one try.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	err := w.guarded(ctx, job)
	if err == nil {
		return nil
	}
	return w.runner.obey(ctx, job.JobRow, err)
}

// guarded makes a failure of a panic.
func (w *worker[T]) guarded(ctx context.Context, job *river.Job[T]) (err error) {
	defer func() {
		if v := recover(); v != nil {
			w.runner.log.ErrorContext(ctx, "a job panicked", "kind", job.Kind, "job_id", job.ID, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return w.handle(ctx, job.Args)
}

// NextRetry returns when a job that failed is tried again.
func (w *worker[T]) NextRetry(job *river.Job[T]) time.Time {
	if wait, ok := w.runner.delays.LoadAndDelete(job.ID); ok {
		return time.Now().Add(wait.(time.Duration))
	}
	return time.Now().Add(pause(job.Attempt))
}

// pause doubles with every try up to ten minutes; a fifth of it is chance, so that
// what failed together does not come back together.
func pause(attempt int) time.Duration {
	wait := longPause
	if attempt < 20 {
		wait = min(firstPause<<max(attempt-1, 0), longPause)
	}
	return wait - wait/10 + rand.N(wait/5)
}

// obey turns a handler's answer into the queue's.
func (r *Runner) obey(ctx context.Context, job *rivertype.JobRow, err error) error {
	a := answerOf(err)
	switch {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return err // we are stopping: the queue puts the job back
	case a.later:
		return river.JobSnooze(max(a.wait, 0))
	case errors.Is(err, desk.ErrUnavailable):
		return river.JobSnooze(awayPause + rand.N(awayPause))
	case a.permanent:
		r.dead(ctx, job, err)
		return river.JobCancel(err)
	case job.Attempt >= job.MaxAttempts:
		r.dead(ctx, job, err)
	case a.wait > 0:
		r.delays.Store(job.ID, a.wait)
	}
	return err
}

// dead reports a job that will not run again.
func (r *Runner) dead(ctx context.Context, job *rivertype.JobRow, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deadTime)
	defer cancel()
	d := deadJob(job)
	d.Error, d.DiedAt = err.Error(), r.now()
	r.log.ErrorContext(ctx, "a job died", "kind", d.Kind, "job_id", d.ID, "subject", d.Subject, "attempts", d.Attempts, "error", err)
	if r.handlers.Dead != nil {
		r.handlers.Dead(ctx, d)
	}
}
