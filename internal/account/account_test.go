package account_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"antena/internal/account"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// world is one store with its accounts and a clock that moves only when told.
type world struct {
	*account.Accounts
	store account.Store

	mu sync.Mutex
	at time.Time
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *world) forward(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

func newWorld(s account.Store) *world {
	w := &world{store: s, at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	w.Accounts = account.New(account.Deps{Store: s, Now: w.now})
	return w
}

// database hands a real store's transactions over as what accounts ask for.
type database struct{ *store.Store }

func (d database) InTx(ctx context.Context, fn func(account.Tx) error) error {
	return d.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// each runs fn on every kind of store there is.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		fn(t, newWorld(newMemory()))
	})
	storetest.Each(t, func(t *testing.T, s *store.Store) { fn(t, newWorld(database{s})) })
}

// add makes an agent named after the role and opens the link.
func (w *world) add(t *testing.T, email string, role desk.Role) desk.Agent {
	t.Helper()
	_, token, err := w.CreateAgent(t.Context(), account.Operator(), account.NewAgent{Name: "Agent " + string(role), Email: email, Role: role})
	if err != nil {
		t.Fatalf("creating %s: %v", email, err)
	}
	agent, err := w.SignInByLink(t.Context(), token)
	if err != nil {
		t.Fatalf("opening the link of %s: %v", email, err)
	}
	return agent
}

// again reads an agent anew.
func (w *world) again(t *testing.T, a desk.Agent) desk.Agent {
	t.Helper()
	fresh, err := w.store.Agent(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	return *fresh
}

const password = "mate amargo y facturas"

// withPassword makes an agent who has chosen the constant password.
func (w *world) withPassword(t *testing.T, email string, role desk.Role) desk.Agent {
	t.Helper()
	agent := w.add(t, email, role)
	if err := w.SetPassword(t.Context(), agent, agent.ID, "", password); err != nil {
		t.Fatal(err)
	}
	return w.again(t, agent)
}

// race runs fn n times at once and counts how often it went well.
func race(ctx context.Context, n int, fn func(ctx context.Context, i int) error) (won int, failures []error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			err := fn(ctx, i)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else {
				failures = append(failures, err)
			}
		})
	}
	close(start)
	all.Wait()
	return won, failures
}
