package work_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/work"
)

// Stop in the middle of the work: what had begun ends, what had not waits for the
// next start, and every job is done once.
func TestStop_LosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const jobs = 300
		var mu sync.Mutex
		done := map[uuid.UUID]int{}
		some := make(chan struct{})
		h := idle(t)
		h.Send = func(ctx context.Context, id uuid.UUID) error {
			select { // a little waiting for the provider
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(3 * time.Millisecond):
			}
			mu.Lock()
			defer mu.Unlock()
			if done[id]++; len(done) == 50 {
				close(some)
			}
			return nil
		}
		for range jobs / 50 {
			var batch []desk.Job
			for range 50 {
				batch = append(batch, desk.SendJob{Message: desk.NewID()})
			}
			enqueue(t, s, batch...)
		}
		first, err := work.New(s.River, h, work.Options{Workers: map[string]int{work.QueueSend: 8}})
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		receive(t, some)
		if err := first.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		before := len(done)
		mu.Unlock()
		if before == jobs {
			t.Fatal("everything was done before the stop; the test shows nothing")
		}
		start(t, s, h)
		eventually(t, "every job is done", func() bool { mu.Lock(); defer mu.Unlock(); return len(done) == jobs })
		mu.Lock()
		defer mu.Unlock()
		for id, times := range done {
			if times != 1 {
				t.Errorf("job %s was done %d times", id, times)
			}
		}
	})
}

// A job that does not end in time is cancelled, put back without losing a try, and
// done by the next runner.
func TestStop_CancelsWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		began, ended := make(chan struct{}, 1), make(chan struct{}, 1)
		slow := idle(t)
		slow.Send = func(ctx context.Context, _ uuid.UUID) error {
			began <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		}
		first, err := work.New(s.River, slow, work.Options{Grace: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		enqueue(t, s, desk.SendJob{Message: desk.NewID()})
		receive(t, began)
		asked := time.Now()
		if err := first.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(asked); took > 10*time.Second {
			t.Errorf("stopping took %s", took)
		}
		quick := idle(t)
		quick.Send = func(context.Context, uuid.UUID) error { ended <- struct{}{}; return nil }
		start(t, s, quick)
		receive(t, ended)
	})
}

// A process was killed while a job ran. On SQLite nobody else can be running it,
// so it is taken up at once and not after the time for stuck jobs.
func TestStart_TakesUpWhatAKilledProcessLeft(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, storetest.SQLite)
	s := storetest.OpenWith(t, o)
	id := desk.NewID()
	enqueue(t, s, desk.SendJob{Message: id})
	storetest.Exec(t, o, "update river_job set state = 'running', attempt = 1, attempted_at = current_timestamp")
	done := make(chan uuid.UUID, 1)
	h := idle(t)
	h.Send = func(_ context.Context, id uuid.UUID) error { done <- id; return nil }
	start(t, s, h)
	if got := receive(t, done); got != id {
		t.Fatalf("took up %s, want %s", got, id)
	}
}
