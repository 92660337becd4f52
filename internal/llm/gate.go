package llm

import (
	"context"
	"errors"
	"sync"
	"time"

	"antena/internal/desk"
)

// firstGuess is how long a call is thought to take before one was seen.
const firstGuess = time.Second

// gate lets a number of calls run at once. Whoever could not be done in time is
// turned away at the door, so that a slow model does not gather a crowd.
type gate struct {
	places chan struct{}

	mu      sync.Mutex
	waiting int
	usual   time.Duration // moving average of how long a call takes
}

func newGate(places int) *gate {
	return &gate{places: make(chan struct{}, places), usual: firstGuess}
}

// enter waits for a place; done gives it back.
func (g *gate) enter(ctx context.Context) (done func(), f *failure) {
	select {
	case g.places <- struct{}{}:
		return g.taken(), nil
	default:
	}
	if !g.queue(ctx) {
		return nil, &failure{reason: desk.ModelBusy, detail: "too many calls of our own"}
	}
	defer g.unqueue()
	select {
	case g.places <- struct{}{}:
		return g.taken(), nil
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, &failure{reason: desk.ModelBusy, detail: "too many calls of our own"}
		}
		return nil, ended(ctx)
	}
}

// queue reports whether waiting makes sense, and counts whoever does.
func (g *gate) queue(ctx context.Context) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	rounds := g.waiting/cap(g.places) + 2 // those before, and the call itself
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < time.Duration(rounds)*g.usual {
		return false
	}
	g.waiting++
	return true
}

func (g *gate) unqueue() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting--
}

func (g *gate) taken() (done func()) {
	start := time.Now()
	return func() {
		took := time.Since(start)
		<-g.places
		g.mu.Lock()
		defer g.mu.Unlock()
		g.usual += (took - g.usual) / 8
	}
}
