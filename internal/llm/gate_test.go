package llm

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"antena/internal/desk"
)

// With two places and calls of a second, two deadlines of three seconds let six
// calls through, and turn the rest away at the door.
func TestGate_TurnsAwayWhoWouldWaitTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(2)
		var mu sync.Mutex
		served, turned := 0, 0
		var longest time.Duration
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start := time.Now()
				done, f := g.enter(ctx)
				mu.Lock()
				defer mu.Unlock()
				if f != nil {
					turned++
					longest = max(longest, time.Since(start))
					if f.reason != desk.ModelBusy || f.server {
						t.Errorf("turned away with %+v", f)
					}
					return
				}
				served++
				mu.Unlock()
				<-time.After(time.Second)
				done()
				mu.Lock()
			})
		}
		all.Wait()
		if served != 6 || turned != 14 || longest != 0 {
			t.Errorf("%d served, %d turned away after up to %s", served, turned, longest)
		}
	})
}

func TestGate_WhoeverLeavesTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1)
		done, _ := g.enter(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan *failure)
		go func() {
			_, f := g.enter(ctx)
			left <- f
		}()
		synctest.Wait()
		cancel()
		if f := <-left; f == nil || f.reason != desk.ModelStopped {
			t.Errorf("left with %+v", f)
		}
		done()
		if again, f := g.enter(t.Context()); f != nil {
			t.Errorf("the place is lost: %+v", f)
		} else {
			again()
		}
		if g.waiting != 0 || len(g.places) != 0 {
			t.Errorf("%d waiting, %d inside", g.waiting, len(g.places))
		}
	})
}

// Five faults in a row open the circuit for thirty seconds; then one call tries.
// Failures that are not the server's do not count.
func TestBreaker_Circuit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBreaker(time.Now, slog.New(slog.DiscardHandler))
		asked := 0
		call := func(reason desk.ModelReason) desk.ModelReason {
			f := b.run(func() *failure {
				asked++
				if reason == "" {
					return nil
				}
				return &failure{reason: reason, server: true}
			})
			if f == nil {
				return ""
			}
			return f.reason
		}
		for range 4 {
			call(desk.ModelSlow)
		}
		call(desk.ModelRefused) // the server worked: the row is broken
		for range 4 {
			call(desk.ModelDown)
			call(desk.ModelStopped) // says nothing about the server
		}
		if asked != 13 {
			t.Fatalf("asked %d times before the fifth in a row", asked)
		}
		call(desk.ModelNonsense)
		if got := call(""); got != desk.ModelNonsense || asked != 14 {
			t.Errorf("open: %q after %d calls", got, asked)
		}
		<-time.After(31 * time.Second)
		if got := call(desk.ModelDown); got != desk.ModelDown || asked != 15 {
			t.Errorf("half open: %q after %d calls", got, asked)
		}
		if got := call(""); got != desk.ModelDown || asked != 15 {
			t.Errorf("open again: %q after %d calls", got, asked)
		}
		<-time.After(31 * time.Second)
		for range 3 {
			if got := call(""); got != "" {
				t.Errorf("closed again: %q", got)
			}
		}
	})
}
