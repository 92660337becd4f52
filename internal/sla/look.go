package sla

import (
	"time"

	"antena/internal/desk"
)

// Finding is something people are to be told, once.
type Finding struct {
	Kind   desk.PromiseKind // empty: the reply window is about to close on a contact who waits
	Rule   string           // of a legal one
	Broken bool             // late, not only at risk
}

// LookAtConversation notes what has become at risk or late and returns what nobody
// was told yet. Whatever it finds, who speaks stays as it was: only a conversation
// that waits in a queue rises by one priority.
func (r *Rules) LookAtConversation(c *desk.Conversation, now time.Time) []Finding {
	k := copied(c.Promises)
	if k == nil {
		return nil
	}
	found := look(k, now)
	if at := r.closing(c); at != nil && !now.Before(*at) && (k.Told == nil || !k.Told.Equal(*c.WindowEndsAt)) {
		k.Told = c.WindowEndsAt
		found = append(found, Finding{})
	}
	if len(found) > 0 && c.Owner == desk.OwnerQueue {
		k.Raised = lifted(c.Priority)
		c.Priority = k.Raised
	}
	c.Promises = k
	return found
}

// LookAtTicket is the same for a ticket: it rises while nobody has taken it.
func (r *Rules) LookAtTicket(t *desk.Ticket, now time.Time) []Finding {
	k := copied(t.Promises)
	if k == nil || !t.State.Live() {
		return nil
	}
	found := look(k, now)
	if len(found) > 0 && t.AssigneeID == nil {
		k.Raised = lifted(t.Priority)
		t.Priority = k.Raised
	}
	t.Promises = k
	return found
}

// look notes in the promises what is told now. What is late already is not said to
// be at risk.
func look(k *desk.Promises, now time.Time) (found []Finding) {
	for i := range k.List {
		p := &k.List[i]
		switch s := p.State(now); {
		case s == desk.PromiseBroken && p.BrokenAt == nil:
			p.WarnedAt, p.BrokenAt = &now, &now
			found = append(found, Finding{p.Kind, p.Rule, true})
		case s == desk.PromiseAtRisk && p.WarnedAt == nil:
			p.WarnedAt = &now
			found = append(found, Finding{p.Kind, p.Rule, false})
		}
	}
	return found
}

// lifted is the next higher priority.
func lifted(p desk.Priority) desk.Priority {
	switch p {
	case desk.PriorityLow:
		return desk.PriorityNormal
	case desk.PriorityNormal, "":
		return desk.PriorityHigh
	}
	return desk.PriorityUrgent
}
