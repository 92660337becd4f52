package desk

import (
	"slices"
	"time"
)

// Give hands a conversation of the queue to an agent who did not ask for it. It
// stays unread until they look.
func (c *Conversation) Give(to Actor) error {
	if c.Owner != OwnerQueue || c.State != ConversationOpen {
		return ErrTransition
	}
	unread := c.Unread
	if err := c.Claim(to, false); err != nil {
		return err
	}
	c.Unread = unread
	return nil
}

// Reclaim puts a conversation whose agent lets the contact wait since a time back
// into its team's queue, where it is as old as that wait. It is not given to them
// again during the wait.
func (c *Conversation) Reclaim(since, now time.Time) error {
	if c.Owner != OwnerAgent || c.AgentID == nil || c.State != ConversationOpen {
		return ErrTransition
	}
	silent, h := *c.AgentID, c.handoff(now)
	w := h.waited()
	w.Silent = append(slices.Clone(w.Silent), silent)
	h.Reason, h.Wait, h.At = ReasonAgentSilent, &w, now
	if err := c.Requeue(h, now); err != nil {
		return err
	}
	c.QueuedAt = &since
	return nil
}

// Overflow moves a conversation nobody takes to the queue of another team, once for
// a wait.
func (c *Conversation) Overflow(to Team, now time.Time) error {
	if c.Owner != OwnerQueue || c.State != ConversationOpen {
		return ErrTransition
	}
	h := c.handoff(now)
	w := h.waited()
	if w.OverflowAt != nil {
		return ErrTransition
	}
	w.OverflowAt = &now
	h.Team, h.Wait = to, &w
	return c.Enqueue(h, now)
}

// Raise notes that supervisors were told of a wait, once. It reports whether they
// were not before.
func (c *Conversation) Raise(now time.Time) bool {
	if c.Owner != OwnerQueue || c.State != ConversationOpen {
		return false
	}
	h := c.handoff(now)
	w := h.waited()
	if w.RaisedAt != nil {
		return false
	}
	w.RaisedAt = &now
	h.Wait = &w
	c.Handoff = &h
	return true
}

// PassOn is the handoff with which a person passes a conversation on: with what is
// known of it and a note for whoever has it next, which may be nil. A wait goes on
// for who waits; what was done about it begins anew.
func (c *Conversation) PassOn(note *PassedNote, now time.Time) Handoff {
	h := c.handoff(now)
	told := h.waited().Told
	h.Reason, h.Note, h.Wait, h.At = ReasonAgentEnqueued, note, nil, now
	if c.Owner == OwnerQueue && told != nil {
		h.Wait = &Waited{Told: told}
	}
	return h
}

// handoff is a copy of the last one, or a new one of a conversation nobody handed over.
func (c *Conversation) handoff(now time.Time) Handoff {
	if c.Handoff != nil {
		return *c.Handoff
	}
	h := Handoff{Team: c.Team, Priority: c.Priority, Language: c.Language, Wants: c.Preview, At: now}
	if h.Team == "" {
		h.Team = TeamSupport
	}
	if h.Priority == "" {
		h.Priority = PriorityNormal
	}
	return h
}

// waited is what happened to the wait so far.
func (h *Handoff) waited() Waited {
	if h.Wait == nil {
		return Waited{}
	}
	return *h.Wait
}
