package account

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"antena/internal/desk"
)

// clock is a time that moves only when told.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestThrottle_WaitsDouble(t *testing.T) {
	t.Parallel()
	c := newClock()
	th := newThrottle(rule{free: 2, first: time.Second, most: 6 * time.Second, forget: time.Hour}, c.now)
	for i, want := range []time.Duration{0, 0, time.Second, 2 * time.Second, 4 * time.Second, 6 * time.Second, 6 * time.Second} {
		th.fail("k")
		if want > 0 {
			c.forward(want - time.Microsecond)
			if !th.blocked("k") {
				t.Errorf("failure %d: free before %s", i+1, want)
			}
			c.forward(time.Microsecond)
		}
		if th.blocked("k") {
			t.Errorf("failure %d: still waiting after %s", i+1, want)
		}
	}
	c.forward(time.Hour + time.Second)
	th.fail("k")
	if th.blocked("k") {
		t.Error("failures of an hour ago still count")
	}
}

func TestThrottle_HugeCountDoesNotOverflow(t *testing.T) {
	t.Parallel()
	th := newThrottle(rule{first: time.Second, most: time.Minute}, newClock().now)
	if got := th.wait(1_000_000); got != time.Minute {
		t.Errorf("wait = %s, want 1m", got)
	}
}

func TestThrottle_MemoryIsBounded(t *testing.T) {
	t.Parallel()
	th := newThrottle(rule{forget: time.Hour}, newClock().now)
	for i := range mostKeys + 500 {
		th.fail(fmt.Sprint(i))
	}
	if len(th.keys) > mostKeys {
		t.Errorf("%d keys kept, want at most %d", len(th.keys), mostKeys)
	}
}

func TestGuesses_AtOnceDoNotSlipPast(t *testing.T) {
	t.Parallel()
	g := newGuesses(newClock().now)
	var admitted int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if g.admit("ana@example.net", "192.0.2.1") == nil {
				mu.Lock()
				admitted++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if want := g.pair.rule.free + 1; admitted != want {
		t.Errorf("%d attempts admitted at once, want %d", admitted, want)
	}
}

func TestGuesses_AnotherPlaceIsNotLockedOut(t *testing.T) {
	t.Parallel()
	g := newGuesses(newClock().now)
	for range 10 {
		_ = g.admit("ana@example.net", "192.0.2.1")
	}
	if err := g.admit("ana@example.net", "198.51.100.1"); err != nil {
		t.Errorf("the owner, elsewhere, is turned away: %v", err)
	}
	if err := g.admit("ana@example.net", "192.0.2.1"); !errors.Is(err, desk.ErrTooMany) {
		t.Errorf("the guesser is let in: %v", err)
	}
}

func TestGuesses_ManyPlacesSlowOneAccount(t *testing.T) {
	t.Parallel()
	c := newClock()
	g := newGuesses(c.now)
	admitted := 0
	for i := range 1000 {
		if g.admit("ana@example.net", fmt.Sprintf("192.0.2.%d", i)) == nil {
			admitted++
		}
	}
	if want := g.account.rule.free + 1; admitted != want {
		t.Errorf("%d attempts admitted from a thousand places, want %d", admitted, want)
	}
	c.forward(g.account.rule.most)
	if err := g.admit("ana@example.net", "198.51.100.1"); err != nil {
		t.Errorf("the owner waits longer than %s: %v", g.account.rule.most, err)
	}
}

func TestGuesses_OnePlaceAgainstManyAccounts(t *testing.T) {
	t.Parallel()
	g := newGuesses(newClock().now)
	admitted := 0
	for i := range 1000 {
		if g.admit(fmt.Sprintf("agent%d@example.net", i), "192.0.2.1") == nil {
			admitted++
		}
		if i%7 == 0 && g.admit("own@example.net", "192.0.2.1") == nil {
			g.right("own@example.net", "192.0.2.1")
		}
	}
	if want := g.remote.rule.free + 1; admitted != want {
		t.Errorf("%d accounts tried from one place, want %d: its own sign-ins must not start the count anew", admitted, want)
	}
}

func TestGuesses_UndoLeavesNoTrace(t *testing.T) {
	t.Parallel()
	g := newGuesses(newClock().now)
	for i := range 200 {
		if err := g.admit("ana@example.net", "192.0.2.1"); err != nil {
			t.Fatalf("attempt %d: %v", i, err)
		}
		g.undo("ana@example.net", "192.0.2.1")
	}
	if n := len(g.pair.keys) + len(g.account.keys) + len(g.remote.keys); n != 0 {
		t.Errorf("%d keys left", n)
	}
}
