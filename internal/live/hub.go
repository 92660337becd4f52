// Package live tells the open pages of this process that something changed. It
// carries no data and keeps nothing: who hears a change reads again, so what is
// lost or merged only delays. Changes of other replicas come in through the store.
package live

import (
	"slices"
	"sync"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// backlog is how many different changes are kept for a subscriber who does not
// keep up. Beyond it the changes of a topic become one without an id: read
// everything again.
const backlog = 256

// Hub hands changes to its subscribers. The zero Hub is ready to use.
type Hub struct {
	mu          sync.Mutex
	subscribers map[*subscriber]struct{}
}

// Publish tells every subscriber of a change. It never waits for one.
func (h *Hub) Publish(c desk.Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subscribers {
		s.add(c)
	}
}

// Subscribe returns the changes from now on, each as soon as the last was taken,
// and the function that ends the subscription and closes the channel.
func (h *Hub) Subscribe() (<-chan desk.Change, func()) {
	s := &subscriber{out: make(chan desk.Change), wake: make(chan struct{}, 1), quit: make(chan struct{})}
	h.mu.Lock()
	if h.subscribers == nil {
		h.subscribers = map[*subscriber]struct{}{}
	}
	h.subscribers[s] = struct{}{}
	h.mu.Unlock()
	var done sync.WaitGroup
	done.Go(s.run)
	return s.out, sync.OnceFunc(func() {
		h.mu.Lock()
		delete(h.subscribers, s)
		h.mu.Unlock()
		close(s.quit)
		done.Wait()
	})
}

type subscriber struct {
	mu      sync.Mutex
	pending []desk.Change // each once, in the order they came
	out     chan desk.Change
	wake    chan struct{}
	quit    chan struct{}
}

func (s *subscriber) add(c desk.Change) {
	s.mu.Lock()
	all := desk.Change{Topic: c.Topic}
	switch {
	case slices.Contains(s.pending, c), slices.Contains(s.pending, all):
	case len(s.pending) >= backlog:
		s.pending = slices.DeleteFunc(s.pending, func(p desk.Change) bool { return p.Topic == c.Topic && p.ID != uuid.Nil })
		s.pending = append(s.pending, all)
	default:
		s.pending = append(s.pending, c)
	}
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *subscriber) next() (c desk.Change, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) == 0 {
		return c, false
	}
	c = s.pending[0]
	s.pending = s.pending[1:]
	return c, true
}

func (s *subscriber) run() {
	defer close(s.out)
	for {
		c, ok := s.next()
		if !ok {
			select {
			case <-s.wake:
				continue
			case <-s.quit:
				return
			}
		}
		select {
		case s.out <- c:
		case <-s.quit:
			return
		}
	}
}
