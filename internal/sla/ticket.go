package sla

import (
	"slices"
	"time"

	"antena/internal/desk"
)

// Ticket moves the clocks of a ticket that is about to be written, and returns the
// records of those that ended. Calling it again changes nothing.
func (r *Rules) Ticket(t *desk.Ticket, now time.Time) []desk.PromiseRecord {
	if t.MergedInto != nil { // another ticket stands for the matter
		t.Promises, t.DueAt, t.RiskAt, t.LookAt = nil, nil, nil, nil
		return nil
	}
	k := copied(t.Promises)
	if k == nil {
		if !t.State.Live() {
			return nil
		}
		k = &desk.Promises{Since: now, List: []desk.Promise{promise(desk.PromiseResolution, now)}}
	}
	follow(k, t.Team, t.Priority, t.Intent)
	k.AgentID = t.AssigneeID
	var ended []desk.PromiseRecord
	if t.State.Live() {
		r.goOn(t, k, now)
	} else {
		ended = r.settle(t, k, now)
	}
	t.Promises = k
	n := sum(k)
	t.DueAt, t.RiskAt, t.LookAt = n.due, n.risk, n.look
	return of(t.ConversationID, t, ended)
}

// goOn lets the clocks of a live ticket run; a reopened one goes on with what was left.
func (r *Rules) goOn(t *desk.Ticket, k *desk.Promises, now time.Time) {
	for i := range k.List {
		if p := &k.List[i]; p.EndedAt != nil {
			p.EndedAt, p.Since, p.Paused = nil, now, desk.PauseNone
		}
	}
	calendar, target := r.calendar(t.Team), r.Settings.lengths(k.Intent, k.Priority).resolution
	if target > 0 && find(k, desk.PromiseResolution) == nil {
		k.List = append(k.List, promise(desk.PromiseResolution, now))
	}
	for i := range k.List {
		if p := &k.List[i]; p.Kind == desk.PromiseResolution {
			r.run(p, calendar, target, pauseOf(t), now)
		}
	}
	r.law(t, k)
	k.List = slices.DeleteFunc(k.List, func(p desk.Promise) bool { return p.Kind == desk.PromiseResolution && p.Target == 0 })
}

// law holds the deadlines that cover the ticket's intent, from when it was opened.
func (r *Rules) law(t *desk.Ticket, k *desk.Promises) {
	var all []Deadline
	if r.Country != nil {
		all = r.Country.Deadlines
	}
	k.List = slices.DeleteFunc(k.List, func(p desk.Promise) bool {
		return p.Kind == desk.PromiseLegal && !slices.ContainsFunc(all, func(d Deadline) bool { return d.Key == p.Rule && d.Covers(t.Intent) })
	})
	for i := range all {
		d := &all[i]
		if !d.Covers(t.Intent) {
			continue
		}
		at := slices.IndexFunc(k.List, func(p desk.Promise) bool { return p.Rule == d.Key })
		if at < 0 {
			at = len(k.List)
			p := promise(desk.PromiseLegal, t.CreatedAt)
			p.Rule = d.Key
			k.List = append(k.List, p)
		}
		r.runLegal(&k.List[at], d)
	}
}

// settle ends the clocks of a ticket that is resolved.
func (r *Rules) settle(t *desk.Ticket, k *desk.Promises, now time.Time) (ended []desk.PromiseRecord) {
	at := now
	if t.ResolvedAt != nil && t.ResolvedAt.Before(now) {
		at = *t.ResolvedAt
	}
	calendar := r.calendar(t.Team)
	for i := range k.List {
		if p := &k.List[i]; p.EndedAt == nil {
			end(p, calendar, at)
			ended = append(ended, record(p, k))
		}
	}
	return ended
}

func pauseOf(t *desk.Ticket) desk.PromisePause {
	switch {
	case t.State == desk.TicketWaitingCustomer:
		return desk.PauseCustomer
	case t.State == desk.TicketWaitingThird:
		return desk.PauseThird
	case t.SnoozedUntil != nil:
		return desk.PauseSnoozed
	}
	return desk.PauseNone
}
