package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/inbox"
)

// gate is a store whose commits wait until the test lets them go.
type gate struct {
	mu      sync.Mutex
	groups  [][]desk.Event
	open    chan struct{} // a token for each commit; nil: always open
	refuses func([]desk.Event) error
}

func (g *gate) AcceptEvents(ctx context.Context, events []desk.Event) error {
	g.mu.Lock()
	g.groups = append(g.groups, slices.Clone(events))
	g.mu.Unlock()
	if g.open != nil {
		select {
		case <-g.open:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if g.refuses != nil {
		return g.refuses(events)
	}
	return nil
}

func (g *gate) sizes() []int {
	g.mu.Lock()
	defer g.mu.Unlock()
	var out []int
	for _, group := range g.groups {
		out = append(out, len(group))
	}
	return out
}

func event(key string) []desk.Event { return []desk.Event{{Key: key}} }

// accepting calls Accept for each key at once and returns where the answers come.
func accepting(a *inbox.Acceptor, ctx context.Context, keys ...string) map[string]chan error {
	answers := map[string]chan error{}
	for _, key := range keys {
		c := make(chan error, 1)
		answers[key] = c
		go func() { c <- a.Accept(ctx, event(key)) }()
	}
	return answers
}

func keys(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("k%04d", i)
	}
	return out
}

func TestAccept_SharesCommits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		a := inbox.NewAcceptor(g, nil)
		defer a.Close()
		first := accepting(a, t.Context(), "first")
		synctest.Wait()
		rest := accepting(a, t.Context(), keys(300)...)
		synctest.Wait()
		if got := g.sizes(); !slices.Equal(got, []int{1}) {
			t.Errorf("%v while the first commit runs", got)
		}
		select {
		case err := <-first["first"]:
			t.Errorf("answered before its commit: %v", err)
		default:
		}
		for range 3 {
			g.open <- struct{}{}
			synctest.Wait()
		}
		if got := g.sizes(); !slices.Equal(got, []int{1, 256, 44}) {
			t.Errorf("groups of %v", got)
		}
		for key, c := range rest {
			if err := <-c; err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
		for _, group := range g.groups {
			if !slices.IsSortedFunc(group, func(x, y desk.Event) int { return slices.Compare([]byte(x.Key), []byte(y.Key)) }) {
				t.Error("a group is not in the order of its keys: replicas could wait for each other in a circle")
			}
			for _, e := range group {
				if e.ID == uuid.Nil || e.ReceivedAt.IsZero() {
					t.Errorf("got %+v", e)
				}
			}
		}
	})
}

func TestAccept_ContentFailsAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bad := errors.New("this cannot be kept")
		g := &gate{open: make(chan struct{}), refuses: func(events []desk.Event) error {
			if slices.ContainsFunc(events, func(e desk.Event) bool { return e.Key == "bad" }) {
				return bad
			}
			return nil
		}}
		a := inbox.NewAcceptor(g, nil)
		defer a.Close()
		accepting(a, t.Context(), "first")
		synctest.Wait()
		answers := accepting(a, t.Context(), "a", "bad", "c")
		synctest.Wait()
		for range 5 { // the first, the group, and each of it alone
			g.open <- struct{}{}
			synctest.Wait()
		}
		for key, c := range answers {
			if err := <-c; errors.Is(err, bad) != (key == "bad") {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}

func TestAccept_UnavailableIsForAll(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]error{"away": desk.ErrUnavailable, "time is up": context.DeadlineExceeded} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := &gate{open: make(chan struct{}), refuses: func([]desk.Event) error { return cause }}
				a := inbox.NewAcceptor(g, nil)
				defer a.Close()
				accepting(a, t.Context(), "first")
				synctest.Wait()
				answers := accepting(a, t.Context(), "a", "b", "c")
				synctest.Wait()
				for range 2 {
					g.open <- struct{}{}
					synctest.Wait()
				}
				for key, c := range answers {
					if err := <-c; !errors.Is(err, cause) {
						t.Errorf("%s: %v", key, err)
					}
				}
				if got := g.sizes(); !slices.Equal(got, []int{1, 3}) {
					t.Errorf("tried %v: a database that is away was asked again for each", got)
				}
			})
		})
	}
}

func TestAccept_CommitThatHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		a := inbox.NewAcceptor(g, nil)
		defer a.Close()
		started := time.Now()
		if err := a.Accept(t.Context(), event("a")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(started); took != 20*time.Second {
			t.Errorf("given up after %v", took)
		}
	})
}

func TestAccept_CallerLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		a := inbox.NewAcceptor(g, nil)
		defer a.Close()
		ctx, cancel := context.WithCancel(t.Context())
		answers := accepting(a, ctx, "first")
		synctest.Wait()
		cancel()
		if err := <-answers["first"]; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		g.open <- struct{}{}
		synctest.Wait()
		next := accepting(a, t.Context(), "next")
		synctest.Wait()
		g.open <- struct{}{}
		if err := <-next["next"]; err != nil {
			t.Errorf("who came after: %v", err)
		}
	})
}

func TestAccept_CloseCommitsWhatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		a := inbox.NewAcceptor(g, nil)
		answers := accepting(a, t.Context(), "first")
		synctest.Wait()
		waiting := accepting(a, t.Context(), "a", "b")
		synctest.Wait()
		closed := make(chan struct{})
		go func() { a.Close(); close(closed) }()
		synctest.Wait()
		if err := a.Accept(t.Context(), event("late")); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("accepted while closing: %v", err)
		}
		for range 2 {
			g.open <- struct{}{}
			synctest.Wait()
		}
		<-closed
		for _, c := range []chan error{answers["first"], waiting["a"], waiting["b"]} {
			if err := <-c; err != nil {
				t.Error(err)
			}
		}
		if got := g.sizes(); !slices.Equal(got, []int{1, 2}) {
			t.Errorf("groups of %v", got)
		}
	})
}

func TestAccept_FullBacklogIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		a := inbox.NewAcceptor(g, nil)
		accepting(a, t.Context(), "first")
		synctest.Wait()
		waiting := accepting(a, t.Context(), keys(4096)...)
		synctest.Wait()
		if err := a.Accept(t.Context(), event("one too many")); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("got %v", err)
		}
		close(g.open)
		for key, c := range waiting {
			if err := <-c; err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
		a.Close()
	})
}

func TestAccept_NothingIsNothing(t *testing.T) {
	t.Parallel()
	g := &gate{}
	a := inbox.NewAcceptor(g, nil)
	defer a.Close()
	if err := a.Accept(t.Context(), nil); err != nil || len(g.sizes()) != 0 {
		t.Errorf("%v: %v", g.sizes(), err)
	}
}
