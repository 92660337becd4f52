package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// gate keeps the pace of the provider: so many messages in any second and number,
// over all replicas, whoever goes first by rank.
//
// # Why slots
//
// The provider counts arrivals, and nobody here knows when a request arrives: some
// time between its start and its answer. So a message occupies a slot from the
// start of its request until a second after the answer. Whatever the network does
// to the requests in between, no second at the provider then holds more arrivals
// than there are slots. Of an answer's time, the part that even the fastest answer
// takes is counted only once, so that a provider who is far away costs no pace.
//
// The slots of a number are shared out among the replicas by a row in the database,
// see ask. A replica that has its share asks nobody before a send; it renews the
// share once a second, and ten times while somebody waits. A share that cannot be
// renewed is not used any longer. How long things take is measured by the machine's
// clock, whatever it shows; what replicas tell each other, by the database's.
type gate struct {
	store   Store
	log     *slog.Logger
	replica uuid.UUID
	most    int // messages a second; 0: as learned

	mu      sync.Mutex
	numbers map[string]*number
	closed  bool
	asks    sync.WaitGroup
}

const (
	usualPerSecond = 80 // Meta's
	second         = time.Second
	earlyMin       = 20 * time.Millisecond  // before its slot is free a send may begin to be written down,
	earlyMax       = 400 * time.Millisecond // depending on how long that takes
	// guard is by how much the fastest way there and the fastest way back, of two
	// messages, may fall short of the fastest answer. On a busy machine that is much;
	// what it costs is less than a twentieth of the pace.
	guard    = 45 * time.Millisecond
	askMax   = 3 * time.Second
	askSoon  = 100 * time.Millisecond
	askLater = 400 * time.Millisecond
)

func newGate(store Store, perSecond int, log *slog.Logger) *gate {
	return &gate{store: store, log: log, replica: desk.NewID(), most: perSecond, numbers: map[string]*number{}}
}

// place is the right to send one message. It ends with leave.
type place struct {
	n     *number
	given time.Time
	ready time.Time // its slot is free from then on
	begun time.Time
}

// try returns a place if one is free now, else what to do: wait for one, or not to
// come back before some time.
func (g *gate) try(channel string, rank desk.Rank) (p *place, notBefore time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := g.number(channel)
	now := time.Now()
	n.renew(now)
	if left := n.heldFor(rank, now); left > 0 {
		return nil, left
	}
	if len(n.waiting) > 0 && n.waiting[0].rank <= rank {
		return nil, 0
	}
	return n.take(now), 0
}

// wait returns a place when one is free, first to whom the rank prefers; nil when
// none was within the time, or the number is held.
func (g *gate) wait(ctx context.Context, channel string, rank desk.Rank, most time.Duration) *place {
	g.mu.Lock()
	n := g.number(channel)
	w := &waiter{rank: rank, done: make(chan *place, 1)}
	n.queue(w)
	n.pump()
	g.mu.Unlock()
	patience := time.NewTimer(most)
	defer patience.Stop()
	select {
	case p := <-w.done:
		return p
	case <-patience.C:
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	n.unqueue(w)
	select {
	case p := <-w.done: // given at this very moment
		return p
	default:
		return nil
	}
}

// begin waits until the slot is free and notes that the request starts.
func (p *place) begin(ctx context.Context) {
	p.n.prepared(time.Since(p.given))
	if ahead := time.Until(p.ready); ahead > 0 {
		timer := time.NewTimer(ahead)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	p.begun = time.Now()
}

// leave ends a place. Answered tells that the provider answered the request, and
// the halt what that means for the number.
func (p *place) leave(answered bool, h *halt) {
	n := p.n
	n.gate.mu.Lock()
	defer n.gate.mu.Unlock()
	now := time.Now()
	n.going--
	if !p.begun.IsZero() {
		n.halt(h, now)
	}
	switch {
	case p.begun.IsZero(): // never used
		n.cool(p.ready, now)
	case !answered:
		n.cool(now.Add(second), now)
	default:
		took := now.Sub(p.begun)
		if n.fastest = min(n.fastest+n.fastest/4096, took); n.fastest == 0 {
			n.fastest = took
		}
		n.cool(now.Add(second-max(n.fastest-guard, 0)), now)
	}
	n.pump()
}

// heard counts a message that came in, which the provider counts like one going
// out. However many come, a quarter of the pace is left to try.
func (g *gate) heard(channel string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, now := g.number(channel), time.Now()
	if n.thaw(now); 4*n.busy() < 3*n.limit(now) {
		n.cool(now.Add(second), now)
	}
}

// close gives the shares to the other replicas; nothing may be sent any more.
func (g *gate) close(ctx context.Context) {
	g.mu.Lock()
	g.closed = true
	channels := make([]string, 0, len(g.numbers))
	for channel, n := range g.numbers {
		channels = append(channels, channel)
		n.until = time.Time{}
		n.rest()
	}
	g.mu.Unlock()
	g.asks.Wait()
	for _, channel := range channels {
		err := g.store.ChangeSendRate(ctx, channel, func(r *desk.SendRate, now time.Time) {
			for i := range r.Shares {
				if r.Shares[i].Replica == g.replica {
					r.Shares[i].Wants, r.Shares[i].Until = 0, now
				}
			}
		})
		if err != nil {
			g.log.WarnContext(ctx, "could not give a share of the pace back", "error", err)
		}
	}
}

func (g *gate) number(channel string) *number {
	n := g.numbers[channel]
	if n == nil {
		n = &number{gate: g, channel: channel, early: earlyMin}
		g.numbers[channel] = n
	}
	return n
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func sooner(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
