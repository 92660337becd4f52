package work

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"antena/internal/desk"
)

// Handlers do the work. All but Dead may be called several times for one job.
type Handlers struct {
	Ingest func(ctx context.Context, events []uuid.UUID) error
	Turn   func(ctx context.Context, conversation uuid.UUID) error
	Fetch  func(ctx context.Context, message uuid.UUID) error
	Upload func(ctx context.Context, message uuid.UUID) error
	Send   func(ctx context.Context, message uuid.UUID) error
	Read   func(ctx context.Context, message uuid.UUID, typing bool) error
	Sweep  func(ctx context.Context) error // every ten seconds, on one replica
	// Templates brings the copy of the templates up to date, every hour and after news; may be nil.
	Templates func(ctx context.Context) error
	// Reading, Summary and Vectors ask language models; without one they may be nil.
	Reading func(ctx context.Context, message uuid.UUID) error
	Summary func(ctx context.Context, conversation uuid.UUID) error
	Vectors func(ctx context.Context) error
	// Bulk goes on with an act on many conversations; may be nil.
	Bulk func(ctx context.Context, run uuid.UUID) error
	// Survey asks what a contact thought of a resolution; may be nil.
	Survey func(ctx context.Context, job desk.SurveyJob) error
	// Import goes on with taking a file in; may be nil.
	Import func(ctx context.Context, id uuid.UUID) error
	Dead   func(ctx context.Context, job desk.DeadJob) // told of a job that will not run again
}

// Options tune a runner; the zero value is fine.
type Options struct {
	Log     *slog.Logger
	Now     func() time.Time
	Workers map[string]int // by queue, see the Queue constants
	Timeout time.Duration  // of one try, but for files; default 25 seconds
	Grace   time.Duration  // for jobs that run when Stop is called; default seven seconds
}

const (
	usualTimeout = 25 * time.Second
	fetchTimeout = 6 * time.Minute // 100 MB over a slow line
	modelTimeout = 5 * time.Minute // all passages of a large book
	rescueAfter  = 5 * time.Second // beyond its timeout, a job's process must have been killed
	sweepEvery   = 10 * time.Second
	readEvery    = time.Hour // the list of templates
	cooldown     = 30 * time.Millisecond
	usualGrace   = 7 * time.Second
	afterGrace   = 2 * time.Second
	keepDone     = time.Minute
	keepDead     = 60 * 24 * time.Hour
)

// usualWorkers are how many jobs of a queue run at once. The throughput of a queue
// is at most its workers for each cooldown. Ingest jobs each hold many events;
// turns and sends mostly wait for others.
var usualWorkers = map[string]int{QueueIngest: 12, QueueTurn: 48, QueuePerson: 24, QueueSend: 96, QueueMisc: 32}

// Runner runs the jobs of one process.
type Runner struct {
	client   Client
	grace    time.Duration
	handlers Handlers
	log      *slog.Logger
	now      func() time.Time
	delays   sync.Map   // job id → what its handler asked for, until the queue asks
	sweeping sync.Mutex // one sweep at a time
}

// New makes a runner on a queue that build opens.
func New(build func(*river.Config) (Client, error), h Handlers, o Options) (*Runner, error) {
	r := &Runner{handlers: h, log: o.Log, now: desk.Clock(o.Now), grace: cmp.Or(o.Grace, usualGrace)}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	timeout := cmp.Or(o.Timeout, usualTimeout)
	queues := map[string]river.QueueConfig{}
	for name, usual := range usualWorkers {
		queues[name] = river.QueueConfig{MaxWorkers: cmp.Or(o.Workers[name], usual)}
	}
	client, err := build(&river.Config{
		Queues: queues, Workers: r.workers(), PeriodicJobs: []*river.PeriodicJob{sweeps(), readings()}, Logger: r.log,
		FetchCooldown: cooldown, JobTimeout: timeout, RescueStuckJobsAfter: timeout + rescueAfter, SoftStopTimeout: r.grace,
		MaxAttempts: MaxAttempts, CompletedJobRetentionPeriod: keepDone, CancelledJobRetentionPeriod: keepDead, DiscardedJobRetentionPeriod: keepDead,
	})
	if err != nil {
		return nil, fmt.Errorf("opening the job queue: %w", err)
	}
	r.client = client
	return r, nil
}

// Start runs jobs until Stop. The end of the context does not stop it.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting to work: %w", err)
	}
	return nil
}

// Stop takes no more jobs and waits for those that run. After the grace it cancels
// them, which puts them back into the queue; two seconds later it gives up
// waiting, and what still runs then is taken up again after the next start.
func (r *Runner) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.grace+afterGrace)
	defer cancel()
	if err := r.client.Stop(ctx); err != nil {
		return fmt.Errorf("stopping work: %w", err)
	}
	return nil
}

func sweeps() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), func() (river.JobArgs, *river.InsertOpts) {
		return desk.SweepJob{}, InsertOpts(desk.SweepJob{})
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

func readings() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(readEvery), func() (river.JobArgs, *river.InsertOpts) {
		return desk.TemplatesJob{}, InsertOpts(desk.TemplatesJob{})
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

func (r *Runner) workers() *river.Workers {
	w, h := river.NewWorkers(), r.handlers
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.IngestJob) error { return h.Ingest(ctx, j.Events) }))
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.TurnJob) error { return h.Turn(ctx, j.Conversation) }))
	fetch := work(r, func(ctx context.Context, j desk.FetchJob) error { return h.Fetch(ctx, j.Message) })
	fetch.timeout = fetchTimeout
	river.AddWorker(w, fetch)
	upload := work(r, func(ctx context.Context, j desk.UploadJob) error { return h.Upload(ctx, j.Message) })
	upload.timeout = fetchTimeout
	river.AddWorker(w, upload)
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.SendJob) error { return h.Send(ctx, j.Message) }))
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.ReadJob) error { return h.Read(ctx, j.Message, j.Typing) }))
	river.AddWorker(w, work(r, func(ctx context.Context, _ desk.SweepJob) error { return r.sweep(ctx) }))
	river.AddWorker(w, work(r, func(ctx context.Context, _ desk.TemplatesJob) error {
		if h.Templates == nil {
			return nil
		}
		return h.Templates(ctx)
	}))
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.BulkJob) error { return about(ctx, h.Bulk, j.Run) }))
	importing := work(r, func(ctx context.Context, j desk.ImportJob) error { return about(ctx, h.Import, j.Import) })
	importing.timeout = fetchTimeout
	river.AddWorker(w, importing)
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.SurveyJob) error {
		if h.Survey == nil {
			return nil
		}
		return h.Survey(ctx, j)
	}))
	r.addModels(w)
	return w
}

// addModels adds the workers that ask language models. A job written while a model
// was set is done when there is none any more.
func (r *Runner) addModels(w *river.Workers) {
	h := r.handlers
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.ReadingJob) error { return about(ctx, h.Reading, j.Message) }))
	river.AddWorker(w, work(r, func(ctx context.Context, j desk.SummaryJob) error { return about(ctx, h.Summary, j.Conversation) }))
	vectors := work(r, func(ctx context.Context, _ desk.VectorsJob) error {
		if h.Vectors == nil {
			return nil
		}
		return h.Vectors(ctx)
	})
	vectors.timeout = modelTimeout
	river.AddWorker(w, vectors)
}

func about(ctx context.Context, handle func(context.Context, uuid.UUID) error, id uuid.UUID) error {
	if handle == nil {
		return nil
	}
	return handle(ctx, id)
}

// sweep never fails as a job: the next one comes soon.
func (r *Runner) sweep(ctx context.Context) error {
	if !r.sweeping.TryLock() {
		return nil
	}
	defer r.sweeping.Unlock()
	if err := r.handlers.Sweep(ctx); err != nil && ctx.Err() == nil {
		r.log.WarnContext(ctx, "sweep failed", "error", err)
	}
	return nil
}
