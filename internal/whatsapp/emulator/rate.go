package emulator

import (
	"sync"
	"time"
)

// Meta's rates.
const (
	metaThroughput   = 80
	metaPairBurst    = 45
	metaPairInterval = 6 * time.Second
)

// rates are token buckets: one for the number, one per customer (in Phone).
type rates struct {
	now    func() time.Time
	mu     sync.Mutex
	limits Limits
	number bucket
	window window // instead of the number's bucket, when limits are strict
}

func newRates(l Limits, now func() time.Time) *rates {
	return &rates{limits: l.filled(), now: now}
}

// SetLimits changes the rates from now on.
func (em *Emulator) SetLimits(l Limits) {
	em.rates.mu.Lock()
	defer em.rates.mu.Unlock()
	em.rates.limits = l.filled()
}

// Limits returns the rates in force.
func (em *Emulator) Limits() Limits {
	em.rates.mu.Lock()
	defer em.rates.mu.Unlock()
	return em.rates.limits
}

// filled puts Meta's figures where nothing was said.
func (l Limits) filled() Limits {
	if l.Throughput == 0 {
		l.Throughput = metaThroughput
	}
	if l.PairBurst == 0 {
		l.PairBurst = metaPairBurst
	}
	if l.PairInterval == 0 {
		l.PairInterval = metaPairInterval
	}
	return l
}

// bucket holds up to burst tokens and gains one per interval. A new one is full.
type bucket struct {
	used float64
	at   time.Time
}

// take uses one token, or with force even one that is not there (incoming messages count but are never refused).
func (b *bucket) take(now time.Time, burst int, interval time.Duration, force bool) bool {
	if passed := now.Sub(b.at); passed > 0 {
		b.used = max(0, b.used-float64(passed)/float64(interval))
		b.at = now
	}
	if b.used+1 > float64(burst) && !force {
		return false
	}
	b.used = min(b.used+1, float64(burst))
	return true
}

// throughput counts one message of the number, in or out; force for those coming in.
func (r *rates) throughput(force bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.limits.Throughput < 0 {
		return true
	}
	if r.limits.Strict {
		return r.window.take(r.now(), r.limits.Throughput, force)
	}
	return r.number.take(r.now(), r.limits.Throughput, time.Second/time.Duration(r.limits.Throughput), force)
}

// pair counts one message to a customer; the caller holds the phone's lock.
func (r *rates) pair(b *bucket) bool {
	r.mu.Lock()
	limits := r.limits
	r.mu.Unlock()
	return limits.PairBurst < 0 || b.take(r.now(), limits.PairBurst, limits.PairInterval, false)
}
