package console

import (
	"context"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

// Promises are how soon people answer, as admins set it.
type Promises interface {
	Rules() *sla.Rules
	Countries() []sla.Country // as they are shipped
	Save(ctx context.Context, by desk.Agent, s sla.Settings) error
}

// dueView is the chip of one promise.
type dueView struct {
	Name  string // what is promised
	State string // running, closed (nobody works now), paused, at_risk, broken, kept, missed
	Words string // "12 min left"
	Title string // all of it
	ISO   string // when it is due; empty while it stands still
	Icon  string
	Tone  string // class of its colour
}

// due is the promise of a conversation or ticket that wants attention first; nil when
// none is open.
func (p *Console) due(v *visit, k *desk.Promises) *dueView {
	next := k.Next()
	if next == nil {
		return nil
	}
	return p.promised(v, k, next)
}

// promised shows one promise.
func (p *Console) promised(v *visit, k *desk.Promises, c *desk.Promise) *dueView {
	state := c.State(v.now)
	left, moves := p.Promises.Rules().Left(c, k.Team, v.now)
	view := &dueView{Name: v.T("promise." + string(c.Kind)), State: string(state), Icon: "clock", Tone: "tag-due"}
	if c.Rule != "" {
		view.Name = v.Code("sla.rule", c.Rule)
	}
	switch state {
	case desk.PromiseKept, desk.PromiseMissed:
		view.Words = v.T("due." + string(state))
		view.Icon = "check"
	case desk.PromiseBroken:
		view.Words = v.T("due.late", Span(-left))
		view.Icon = "warning"
	case desk.PromisePaused:
		view.Words = v.T("due.paused")
		view.Icon = "stop"
	default:
		view.Words = v.T("due.left", Span(left))
	}
	switch state {
	case desk.PromiseBroken, desk.PromiseMissed:
		view.Tone = "badge-bad"
	case desk.PromiseAtRisk:
		view.Tone, view.Icon = "tag-soon", "hourglass"
	}
	view.Title = p.dueTitle(v, c, view, left, moves)
	return view
}

// dueTitle says everything about a promise.
func (p *Console) dueTitle(v *visit, c *desk.Promise, view *dueView, left time.Duration, moves bool) string {
	switch {
	case c.EndedAt != nil:
		return v.T("due.title_ended", view.Name, view.Words, v.DayTime(*c.EndedAt))
	case c.DueAt == nil:
		return v.T("due.title_paused", view.Name, Span(max(left, 0)), v.T("pause."+string(c.Paused)))
	}
	view.ISO = v.ISO(*c.DueAt)
	words := v.T("due.title", view.Name, v.Full(*c.DueAt))
	if !moves && left > 0 {
		if view.Tone == "tag-due" {
			view.State, view.Icon = "closed", "moon"
		}
		words += " · " + v.T("due.closed")
	}
	return words
}
