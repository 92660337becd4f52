package sla

import (
	"slices"
	"time"

	"antena/internal/desk"
)

// Conversation moves the clocks of a conversation that is about to be written, and
// returns the records of those that ended. Calling it again changes nothing.
func (r *Rules) Conversation(c *desk.Conversation, now time.Time) []desk.PromiseRecord {
	if c.Owner == desk.OwnerAssistant || c.State == desk.ConversationClosed {
		return r.leave(c, now)
	}
	k := copied(c.Promises)
	if k == nil {
		k = begin(c, now)
	}
	if follow(k, c.Team, c.Priority, about(c)); c.AgentID != nil {
		k.AgentID = c.AgentID
	}
	calendar, pause := r.calendar(c.Team), desk.PauseNone
	if c.State == desk.ConversationSnoozed {
		pause = desk.PauseSnoozed
	}
	long := r.Settings.lengths(k.Intent, k.Priority)
	ended := answered(c, k, calendar)
	if at, waits := awaited(c, k); waits && find(k, desk.PromiseFirst) == nil && find(k, desk.PromiseNext) == nil {
		k.List = append(k.List, promise(desk.PromiseNext, at))
	}
	for i := range k.List {
		r.run(&k.List[i], calendar, long.of(k.List[i].Kind), pause, now)
	}
	k.List = slices.DeleteFunc(k.List, func(p desk.Promise) bool { return p.Target == 0 })
	c.Promises = k
	r.mark(c, k)
	return of(c.ID, nil, ended)
}

// begin makes the promises to a contact whom people have just got. Whoever wrote from
// the phone app has answered already.
func begin(c *desk.Conversation, now time.Time) *desk.Promises {
	k := &desk.Promises{Since: now}
	if h := c.Handoff; h != nil && h.Reason == desk.ReasonPhoneApp && c.RepliedAt != nil {
		k.Since = *c.RepliedAt
	}
	k.List = append(k.List, promise(desk.PromiseFirst, k.Since))
	if c.Handoff == nil || c.Handoff.Protocol == "" { // else its ticket carries it
		k.List = append(k.List, promise(desk.PromiseResolution, k.Since))
	}
	return k
}

func promise(kind desk.PromiseKind, at time.Time) desk.Promise {
	return desk.Promise{Kind: kind, StartedAt: at, Since: at}
}

// answered ends the promise of an answer when a person has written since it began.
func answered(c *desk.Conversation, k *desk.Promises, calendar desk.Calendar) (ended []desk.PromiseRecord) {
	if c.RepliedAt == nil {
		return nil
	}
	k.List = slices.DeleteFunc(k.List, func(p desk.Promise) bool {
		if p.Kind == desk.PromiseResolution || c.RepliedAt.Before(p.StartedAt) {
			return false
		}
		at := *c.RepliedAt
		if at.Before(p.Since) {
			at = p.Since
		}
		end(&p, calendar, at)
		ended = append(ended, record(&p, k))
		return true
	})
	return ended
}

// awaited reports since when the contact waits for words of people: they wrote, or
// were handed on to another queue after the last answer.
func awaited(c *desk.Conversation, k *desk.Promises) (time.Time, bool) {
	if c.AwaitedSince != nil {
		if c.AwaitedSince.Before(k.Since) {
			return k.Since, true
		}
		return *c.AwaitedSince, true
	}
	if c.Owner == desk.OwnerQueue && c.QueuedAt != nil && c.RepliedAt != nil && c.QueuedAt.After(*c.RepliedAt) {
		return *c.QueuedAt, true
	}
	return time.Time{}, false
}

// leave takes back what was promised: the assistant has the conversation again, or it
// is closed, which keeps or misses the promise to settle it.
func (r *Rules) leave(c *desk.Conversation, now time.Time) []desk.PromiseRecord {
	k := copied(c.Promises)
	if k == nil {
		return nil
	}
	c.Promises, c.DueAt, c.RiskAt, c.LookAt = nil, nil, nil, nil
	p := find(k, desk.PromiseResolution)
	if p == nil || c.State != desk.ConversationClosed {
		return nil
	}
	end(p, r.calendar(k.Team), now)
	return of(c.ID, nil, []desk.PromiseRecord{record(p, k)})
}

// mark sets the columns a conversation is listed and looked at by.
func (r *Rules) mark(c *desk.Conversation, k *desk.Promises) {
	n := sum(k)
	if at := r.closing(c); at != nil {
		n.risk = sooner(n.risk, at)
		if k.Told == nil || !k.Told.Equal(*c.WindowEndsAt) {
			n.look = sooner(n.look, at)
		}
	}
	c.DueAt, c.RiskAt, c.LookAt = n.due, n.risk, n.look
}

// closing is from when on the reply window is about to close on a contact who waits,
// snoozed or not: the provider's clock knows no snooze. Nil when nobody waits.
func (r *Rules) closing(c *desk.Conversation) *time.Time {
	if c.AwaitedSince == nil || c.WindowEndsAt == nil || r.Settings.WindowHours == 0 {
		return nil
	}
	at := c.WindowEndsAt.Add(-time.Duration(r.Settings.WindowHours) * time.Hour)
	return &at
}

// about is the intent people got the conversation for.
func about(c *desk.Conversation) string {
	if c.Handoff == nil {
		return ""
	}
	return c.Handoff.Intent
}
