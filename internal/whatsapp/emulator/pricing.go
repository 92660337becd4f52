package emulator

import "time"

// serviceCharged is since when what is said inside the window costs money (Meta, "pricing", October 2026).
func serviceCharged() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) }

// terms are what a message costs by: decided when it is accepted, told with its statuses.
type terms struct {
	kind, category string
	entryEnds      time.Time // of the free entry point it fell into; zero otherwise
}

// terms of a message: free in a free entry point; what is said inside the window was free until October 2026. The caller
// holds the lock.
func (p *Phone) terms(m Message) terms {
	now := p.em.Now()
	t := terms{kind: "regular", category: m.Category}
	if m.Template == "" {
		t.category = "service"
	}
	switch {
	case now.Before(p.entry.ends):
		return terms{kind: "free_entry_point", category: "referral_conversion", entryEnds: p.entry.ends}
	case now.Before(serviceCharged()) && p.windowOpen() && (t.category == "service" || t.category == "utility"):
		t.kind = "free_customer_service"
	}
	return t
}

func (t terms) pricing() map[string]any {
	return map[string]any{"billable": t.kind == "regular", "pricing_model": "PMP", "type": t.kind, "category": t.category}
}

// conversation is told for free entry points only (since Graph v24), and its end only with sent.
func (t terms) conversation(id string, tick Tick) map[string]any {
	c := map[string]any{"id": "c-" + id[len(id)-12:], "origin": map[string]string{"type": "referral_conversion"}}
	if tick == TickSent {
		c["expiration_timestamp"] = seconds(t.entryEnds)
	}
	return c
}
