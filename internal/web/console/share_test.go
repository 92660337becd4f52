package console

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Who asks while a question is under way gets the next answer, not that one; however
// many wait, it is asked once for all of them.
func TestShare_AsksOnceForManyAndNeverAnswersWithThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s share[string, int64]
		var asked atomic.Int64
		answer := make(chan struct{})
		ask := func(context.Context) (int64, error) {
			n := asked.Add(1)
			<-answer
			return n, nil
		}
		var all sync.WaitGroup
		get := func(want int64) {
			all.Go(func() {
				if got, err := s.get(t.Context(), "x", ask); got != want || err != nil {
					t.Errorf("got %d, %v; want %d", got, err, want)
				}
			})
		}
		get(1)
		synctest.Wait()
		for range 50 {
			get(2)
		}
		synctest.Wait()
		close(answer)
		all.Wait()
		if n := asked.Load(); n != 2 || len(s.calls) != 0 {
			t.Errorf("asked %d times, %d calls are left", n, len(s.calls))
		}
	})
}

func TestShare_KeepsWhatTookLongInProportion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := share[string, int]{keep: 20}
		asked := 0
		ask := func(context.Context) (int, error) { asked++; <-time.After(time.Second); return asked, nil }
		for _, step := range []struct {
			after time.Duration
			want  int
		}{{0, 1}, {19 * time.Second, 1}, {2 * time.Second, 2}} {
			<-time.After(step.after)
			if got, err := s.get(t.Context(), "x", ask); got != step.want || err != nil {
				t.Errorf("after %s: %d, %v; want %d", step.after, got, err, step.want)
			}
		}
	})
}

func TestShare_FailuresAndPanicsAreNotKept(t *testing.T) {
	t.Parallel()
	s := share[string, int]{keep: 20}
	broken := errors.New("away")
	if _, err := s.get(t.Context(), "x", func(context.Context) (int, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := s.get(t.Context(), "x", func(context.Context) (int, error) { panic("bad") }); err == nil {
		t.Error("a panic was no failure")
	}
	if got, err := s.get(t.Context(), "x", func(context.Context) (int, error) { return 3, nil }); got != 3 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}
