package console

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"antena/internal/desk"
)

// share lets many who ask for the same at once have one answer. After a change every
// open console asks anew within the same moment; without this each would cost a
// question to the database.
//
// An answer is never older than the asking for it: who comes while a question is
// under way waits for the next one. So nobody misses what they have just done. Only
// answers that took long are kept for a while, in proportion, so that counting the
// same again never fills the database's time.
type share[K comparable, V any] struct {
	keep int // an answer that took a time serves for so many times as long; zero: only who waits for it

	mu    sync.Mutex
	calls map[K]*call[V]
}

// call is a question and those who wait for its answer.
type call[V any] struct {
	done  chan struct{}
	next  *call[V] // begun when this one is answered; nil: nobody waits for it
	value V
	err   error
	until time.Time // the answer serves until then
}

// answerMost bounds how long one question may take, whoever asked for it.
const answerMost = 15 * time.Second

func (s *share[K, V]) get(ctx context.Context, key K, ask func(context.Context) (V, error)) (V, error) {
	s.mu.Lock()
	if s.calls == nil {
		s.calls = map[K]*call[V]{}
	}
	current := s.calls[key]
	var mine *call[V]
	switch {
	case current == nil:
		mine = &call[V]{done: make(chan struct{})}
		s.calls[key] = mine
		go s.run(context.WithoutCancel(ctx), key, mine, ask)
	case closed(current.done): // kept
		if time.Now().Before(current.until) {
			mine = current
			break
		}
		mine = &call[V]{done: make(chan struct{})}
		s.calls[key] = mine
		go s.run(context.WithoutCancel(ctx), key, mine, ask)
	default:
		if current.next == nil {
			current.next = &call[V]{done: make(chan struct{})}
		}
		mine = current.next
	}
	s.mu.Unlock()
	select {
	case <-mine.done:
		return mine.value, mine.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

func closed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// run asks, answers, and goes on with those who came meanwhile.
func (s *share[K, V]) run(ctx context.Context, key K, c *call[V], ask func(context.Context) (V, error)) {
	for c != nil {
		began := time.Now()
		c.value, c.err = guarded(ctx, ask)
		c = s.answer(key, c, began)
	}
}

// guarded makes a failure of a panic, which nobody else would catch here.
func guarded[V any](ctx context.Context, ask func(context.Context) (V, error)) (v V, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerMost)
	defer cancel()
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	return ask(ctx)
}

// answer lets go of those who wait and returns the question that follows.
func (s *share[K, V]) answer(key K, c *call[V], began time.Time) (next *call[V]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	c.until = now.Add(time.Duration(s.keep) * now.Sub(began))
	next, c.next = c.next, nil
	switch {
	case next != nil:
		s.calls[key] = next
	case s.keep == 0 || c.err != nil:
		delete(s.calls, key)
	case len(s.calls) > keptMost:
		maps.DeleteFunc(s.calls, func(_ K, old *call[V]) bool { return closed(old.done) && now.After(old.until) })
	}
	close(c.done)
	return next
}

// keptMost is how many answers may be kept before those that serve no more are dropped.
const keptMost = 500

// shares are the answers that many consoles ask for.
type shares struct {
	counts  share[struct{}, desk.Counts]
	filters share[desk.ConversationFilter, int]
	lists   share[desk.ConversationFilter, desk.ConversationPage]
}

// filterKeep keeps the counts of saved views for twenty times as long as counting
// took: what is quick to count is always new, what is slow takes a twentieth of a core.
const filterKeep = 20

func newShares() *shares {
	return &shares{filters: share[desk.ConversationFilter, int]{keep: filterKeep}}
}
