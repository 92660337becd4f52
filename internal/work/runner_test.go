package work_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/work"
)

const patience = 30 * time.Second

// idle handlers fail the test when they are called unasked.
func idle(t *testing.T) work.Handlers {
	unasked := func(context.Context, uuid.UUID) error { t.Error("a handler was called unasked"); return nil }
	return work.Handlers{
		Ingest: func(context.Context, []uuid.UUID) error { return unasked(nil, uuid.Nil) },
		Turn:   unasked, Fetch: unasked, Send: unasked,
		Read:  func(context.Context, uuid.UUID, bool) error { return unasked(nil, uuid.Nil) },
		Sweep: func(context.Context) error { return nil },
		Dead:  func(_ context.Context, d desk.DeadJob) { t.Errorf("a job died: %+v", d) },
	}
}

func start(t *testing.T, s *store.Store, h work.Handlers) *work.Runner {
	t.Helper()
	r, err := work.New(s.River, h, work.Options{Grace: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Stop(context.Background()); err != nil {
			t.Errorf("stopping: %v", err)
		}
	})
	return r
}

func enqueue(t *testing.T, s *store.Store, jobs ...desk.Job) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Enqueue(t.Context(), jobs...) }); err != nil {
		t.Fatal(err)
	}
}

// receive waits for the next value.
func receive[T any](t *testing.T, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
	return v
}

// eventually polls until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline, tick := time.After(patience), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("it never came about that %s", what)
		}
	}
}

func dead(t *testing.T, r *work.Runner) []desk.DeadJob {
	t.Helper()
	all, err := r.DeadJobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRunner_EveryKindReachesItsHandler(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		heard := make(chan string, 10)
		say := func(kind string) func(context.Context, uuid.UUID) error {
			return func(_ context.Context, id uuid.UUID) error { heard <- kind + " " + id.String(); return nil }
		}
		h := idle(t)
		h.Turn, h.Fetch, h.Send = say("turn"), say("fetch"), say("send")
		h.Ingest = func(_ context.Context, ids []uuid.UUID) error { heard <- fmt.Sprint("ingest ", ids); return nil }
		h.Read = func(_ context.Context, id uuid.UUID, typing bool) error {
			heard <- fmt.Sprint("read ", id, typing)
			return nil
		}
		h.Sweep = func(context.Context) error { heard <- "sweep"; return errors.New("only logged") }
		start(t, s, h)
		a, b := desk.NewID(), desk.NewID()
		enqueue(t, s, desk.IngestJob{Events: []uuid.UUID{a, b}}, desk.TurnJob{Conversation: a}, desk.FetchJob{Message: a},
			desk.SendJob{Message: b}, desk.ReadJob{Message: b, Typing: true})
		want := map[string]bool{
			fmt.Sprint("ingest ", []uuid.UUID{a, b}): true, "turn " + a.String(): true, "fetch " + a.String(): true,
			"send " + b.String(): true, fmt.Sprint("read ", b, true): true, "sweep": true,
		}
		for len(want) > 0 {
			got := receive(t, heard)
			if !want[got] && got != "sweep" {
				t.Fatalf("heard %q unasked", got)
			}
			delete(want, got)
		}
	})
}

// A job of a transaction that did not commit does not exist.
func TestRunner_RolledBackJobsDoNotRun(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ran := make(chan uuid.UUID, 10)
		h := idle(t)
		h.Turn = func(_ context.Context, id uuid.UUID) error { ran <- id; return nil }
		start(t, s, h)
		lost, kept, no := desk.NewID(), desk.NewID(), errors.New("no")
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.Enqueue(t.Context(), desk.TurnJob{Conversation: lost}), no)
		})
		if !errors.Is(err, no) {
			t.Fatalf("the transaction answered %v", err)
		}
		enqueue(t, s, desk.TurnJob{Conversation: kept})
		if got := receive(t, ran); got != kept {
			t.Fatalf("ran %s, want %s", got, kept)
		}
	})
}

func TestRunner_RetriesUntilItWorks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		calls := make(chan int, 10)
		count := 0
		h := idle(t)
		h.Send = func(context.Context, uuid.UUID) error {
			count++
			calls <- count
			switch count {
			case 1:
				return work.RetryAfter(5*time.Millisecond, errors.New("too fast"))
			case 2:
				panic("a handler's own mistake")
			}
			return nil
		}
		start(t, s, h)
		enqueue(t, s, desk.SendJob{Message: desk.NewID()})
		for want := 1; want <= 3; want++ {
			if got := receive(t, calls); got != want {
				t.Fatalf("call %d, want %d", got, want)
			}
		}
	})
}

func TestRunner_PermanentIsDeadAtOnceAndCanBeRetried(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var mu sync.Mutex
		broken := true
		told, ran := make(chan desk.DeadJob, 10), make(chan uuid.UUID, 10)
		h := idle(t)
		h.Turn = func(_ context.Context, id uuid.UUID) error {
			mu.Lock()
			defer mu.Unlock()
			if broken {
				return fmt.Errorf("thinking: %w", work.Permanent(errors.New("makes no sense")))
			}
			ran <- id
			return nil
		}
		h.Dead = func(_ context.Context, d desk.DeadJob) { told <- d }
		r := start(t, s, h)
		id := desk.NewID()
		enqueue(t, s, desk.TurnJob{Conversation: id})
		d := receive(t, told)
		if d.Kind != "turn" || d.Subject != id.String() || d.Error != "thinking: makes no sense" || d.Attempts != 1 || d.DiedAt.IsZero() {
			t.Fatalf("told of %+v", d)
		}
		eventually(t, "the dead job is listed", func() bool { return len(dead(t, r)) == 1 })
		if got := dead(t, r)[0]; got.ID != d.ID || got.Subject != d.Subject || got.Attempts != 1 || got.Error == "" || got.DiedAt.IsZero() {
			t.Fatalf("listed as %+v", got)
		}
		mu.Lock()
		broken = false
		mu.Unlock()
		if err := r.Retry(t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, ran); got != id {
			t.Fatalf("ran %s", got)
		}
		eventually(t, "no dead job is listed", func() bool { return len(dead(t, r)) == 0 })
		for name, verb := range map[string]func(context.Context, int64) error{"retry": r.Retry, "discard": r.Discard} {
			for _, id := range []int64{d.ID, 987654321} { // done by now; never was
				if err := verb(t.Context(), id); !errors.Is(err, desk.ErrNotFound) {
					t.Errorf("%s of job %d, which is not dead: %v", name, id, err)
				}
			}
		}
	})
}

func TestRunner_DiesWhenTriesAreUsedUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		told := make(chan desk.DeadJob, 10)
		h := idle(t)
		h.Send = func(context.Context, uuid.UUID) error {
			return work.RetryAfter(time.Millisecond, errors.New("refused"))
		}
		h.Dead = func(_ context.Context, d desk.DeadJob) { told <- d }
		r := start(t, s, h)
		enqueue(t, s, desk.SendJob{Message: desk.NewID()})
		if d := receive(t, told); d.Attempts != work.MaxAttempts || d.Error != "refused" {
			t.Fatalf("told of %+v", d)
		}
		eventually(t, "the dead job is listed", func() bool { return len(dead(t, r)) == 1 })
		if err := r.Discard(t.Context(), dead(t, r)[0].ID); err != nil {
			t.Fatal(err)
		}
		if left := dead(t, r); len(left) != 0 {
			t.Fatalf("left after discarding: %+v", left)
		}
	})
}

// Waiting for its time or for the database must not kill a job.
func TestRunner_LaterCostsNoTries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		done := make(chan int, 1)
		count := 0
		h := idle(t)
		h.Turn = func(context.Context, uuid.UUID) error {
			count++
			switch {
			case count == 3:
				return fmt.Errorf("reading: %w", desk.ErrUnavailable)
			case count <= work.MaxAttempts+3:
				return work.Later(time.Millisecond)
			}
			done <- count
			return nil
		}
		start(t, s, h)
		enqueue(t, s, desk.TurnJob{Conversation: desk.NewID()})
		if got := receive(t, done); got != work.MaxAttempts+4 {
			t.Fatalf("done at call %d", got)
		}
	})
}
