package emulator

import (
	"maps"
	"sync"
)

// Counters is a snapshot of what happened.
type Counters struct {
	Accepted       int            // messages taken from the business
	ByCallback     map[string]int // the same by biz_opaque_callback_data
	ByRecipient    map[string]int // the same by phone, or BSUID when there is none
	Refused        map[int]int    // sends refused, by Graph code; bare HTTP statuses and resets under 0
	MarkedRead     int
	Typing         int
	WebhookPosts   int
	WebhookAnswers map[int]int // by HTTP status; 0 = none came
	WebhookPending int         // updates waiting or on their way
}

// tally is where they are counted.
type tally struct {
	mu sync.Mutex
	c  Counters
}

func (t *tally) add(change func(*Counters)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.c)
}

func (t *tally) accepted(callback, recipient string) {
	t.add(func(c *Counters) {
		c.Accepted++
		count(&c.ByRecipient, recipient)
		if callback != "" {
			count(&c.ByCallback, callback)
		}
	})
}

func (t *tally) refused(code int) { t.add(func(c *Counters) { count(&c.Refused, code) }) }

func (t *tally) answered(status int) { t.add(func(c *Counters) { count(&c.WebhookAnswers, status) }) }

// answers counts the answers that webhooks got.
func (t *tally) answers() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, times := range t.c.WebhookAnswers {
		n += times
	}
	return n
}

func count[K comparable](m *map[K]int, key K) {
	if *m == nil {
		*m = map[K]int{}
	}
	(*m)[key]++
}

// Counters returns a copy of the counters. The two maps by callback and recipient grow with what is sent and are never
// trimmed: they are the proof that each message was answered once.
func (em *Emulator) Counters() Counters {
	em.mu.Lock()
	pending := em.pending
	em.mu.Unlock()
	em.tally.mu.Lock()
	defer em.tally.mu.Unlock()
	c := em.tally.c
	c.ByCallback = maps.Clone(c.ByCallback)
	c.ByRecipient = maps.Clone(c.ByRecipient)
	c.Refused = maps.Clone(c.Refused)
	c.WebhookAnswers = maps.Clone(c.WebhookAnswers)
	c.WebhookPending = pending
	return c
}
