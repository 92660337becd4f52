package account

import (
	"sync"
	"time"

	"antena/internal/desk"
)

// rule says how many failures of one kind are free and how the wait grows after.
type rule struct {
	free   int
	first  time.Duration // the wait after the first failure that is not free; doubles
	most   time.Duration
	forget time.Duration // after this long without an attempt all is forgotten
}

// mostKeys bounds the memory of one throttle, at about 200 bytes a key.
const mostKeys = 20_000

// throttle makes a key wait longer with each of its failures.
type throttle struct {
	rule rule
	now  func() time.Time
	mu   sync.Mutex
	keys map[string]*record
}

type record struct {
	failures int
	last     time.Time
	until    time.Time
}

func newThrottle(r rule, now func() time.Time) *throttle {
	return &throttle{rule: r, now: now, keys: make(map[string]*record)}
}

// blocked reports whether the key has to wait.
func (t *throttle) blocked(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.keys[key]
	return r != nil && t.now().Before(r.until)
}

// fail counts a failure of the key.
func (t *throttle) fail(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	r := t.keys[key]
	if r == nil {
		t.makeRoom(now)
		r = &record{}
		t.keys[key] = r
	} else if now.Sub(r.last) > t.rule.forget {
		*r = record{}
	}
	r.failures++
	r.last = now
	if r.failures > t.rule.free {
		r.until = now.Add(t.wait(r.failures - t.rule.free - 1))
	}
}

// pardon takes one failure of the key back.
func (t *throttle) pardon(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.keys[key]
	if r == nil {
		return
	}
	r.failures--
	r.until = time.Time{}
	if r.failures <= 0 {
		delete(t.keys, key)
	}
}

// clear forgets the key.
func (t *throttle) clear(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.keys, key)
}

func (t *throttle) wait(doublings int) time.Duration {
	wait := t.rule.first
	for ; doublings > 0 && wait < t.rule.most; doublings-- {
		wait *= 2
	}
	return min(wait, t.rule.most)
}

// makeRoom drops what is forgotten, and when that is not enough whatever comes
// first: a guesser with that many keys is better stopped in front of us.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.keys) < mostKeys {
		return
	}
	for key, r := range t.keys {
		if now.Sub(r.last) > t.rule.forget {
			delete(t.keys, key)
		}
	}
	for key := range t.keys {
		if len(t.keys) < mostKeys {
			return
		}
		delete(t.keys, key)
	}
}

// guesses is the three throttles of signing in.
type guesses struct {
	mu      sync.Mutex // makes looking and counting one step
	pair    *throttle
	account *throttle
	remote  *throttle
}

func newGuesses(now func() time.Time) *guesses {
	return &guesses{
		pair:    newThrottle(rule{free: 4, first: time.Second, most: 15 * time.Minute, forget: time.Hour}, now),
		account: newThrottle(rule{free: 20, first: time.Second, most: 30 * time.Second, forget: time.Hour}, now),
		remote:  newThrottle(rule{free: 50, first: time.Second, most: 15 * time.Minute, forget: time.Hour}, now),
	}
}

// admit counts an attempt as failed until right says otherwise. An attempt that
// is turned away does not count, so that trying on does not make the wait longer.
func (g *guesses) admit(account, remote string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	pair := account + "\x00" + remote
	if g.pair.blocked(pair) || g.account.blocked(account) || g.remote.blocked(remote) {
		return desk.ErrTooMany
	}
	g.pair.fail(pair)
	g.account.fail(account)
	g.remote.fail(remote)
	return nil
}

// right takes an attempt back because its password was right. The caller's
// address keeps its other failures: an account of one's own must not be a way to
// go on guessing others'.
func (g *guesses) right(account, remote string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pair.clear(account + "\x00" + remote)
	g.account.clear(account)
	g.remote.pardon(remote)
}

// undo takes an attempt back that was neither right nor wrong: the database was
// away, or the caller left.
func (g *guesses) undo(account, remote string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pair.pardon(account + "\x00" + remote)
	g.account.pardon(account)
	g.remote.pardon(remote)
}
