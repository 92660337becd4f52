package outbox

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rates of Meta: 80 messages a second and number by default; one message in six
// seconds to one recipient, with a burst of 45 that is paid back.
const (
	pairEvery = 6 * time.Second
	pairBurst = 45
	mostPairs = 20_000 // recipients remembered; older ones have long recovered
	codeRate  = 130429
	slowFor   = 2 * time.Second
)

// rates keeps the provider's limits in this process. Several replicas share a
// number's limit by each being given its part of it.
type rates struct {
	mu        sync.Mutex
	perSecond float64
	numbers   map[string]*number
	pairs     map[string]*rate.Limiter
}

type number struct {
	limit *rate.Limiter
	until time.Time // asked to slow down until then
}

func newRates(perSecond float64) *rates {
	return &rates{perSecond: perSecond, numbers: map[string]*number{}, pairs: map[string]*rate.Limiter{}}
}

// recipient uses one send of a recipient's budget, or tells how long to wait.
func (r *rates) recipient(channel, address string, now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.pair(channel+" "+address).ReserveN(now, 1)
	wait := p.DelayFrom(now)
	if wait > 0 {
		p.CancelAt(now)
	}
	return wait
}

// place takes the next place in a number's rate and tells how far off it is.
func (r *rates) place(channel string, now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.number(channel)
	return max(n.limit.ReserveN(now, 1).DelayFrom(now), n.until.Sub(now), 0)
}

// slow holds a number back after the provider said it was too fast.
func (r *rates) slow(channel string, code int, now time.Time) {
	if code != codeRate {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.number(channel).until = now.Add(slowFor)
}

func (r *rates) number(channel string) *number {
	n := r.numbers[channel]
	if n == nil {
		n = &number{limit: rate.NewLimiter(rate.Limit(r.perSecond), max(1, int(r.perSecond)))}
		r.numbers[channel] = n
	}
	return n
}

func (r *rates) pair(key string) *rate.Limiter {
	l := r.pairs[key]
	if l == nil {
		if len(r.pairs) >= mostPairs {
			clear(r.pairs)
		}
		l = rate.NewLimiter(rate.Every(pairEvery), pairBurst)
		r.pairs[key] = l
	}
	return l
}

// pauses are the numbers that may not send at all for now.
type pauses struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (p *pauses) set(channel string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until == nil {
		p.until = map[string]time.Time{}
	}
	p.until[channel] = until
}

func (p *pauses) left(channel string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until[channel].Sub(now)
}
