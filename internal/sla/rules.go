package sla

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Rules are the promises in force. They are never changed once made.
type Rules struct {
	Settings Settings
	// Calendar is when a team works.
	Calendar func(desk.Team) desk.Calendar
	Country  *Country       // whose law holds; nil: none we know
	Zone     *time.Location // of the desk; nil: UTC
	Holidays []string       // the desk's own, for the days of a law
	Version  string         // of everything above; whoever makes the rules forms it
}

func (r *Rules) calendar(t desk.Team) desk.Calendar {
	if r.Calendar == nil {
		return desk.Calendar{}
	}
	return r.Calendar(t)
}

func (r *Rules) days() days {
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	return days{zone: zone, country: r.Country, own: r.Holidays}
}

// share is the part of a length after which a promise is at risk.
func (r *Rules) share(d time.Duration) time.Duration {
	return d * time.Duration(r.Settings.Share) / 100
}

// run lets the clock of a promise go on, or stand still, until now, and says when
// it is due. A pause takes nothing off what is left: what has gone by is kept.
func (r *Rules) run(p *desk.Promise, c desk.Calendar, target time.Duration, pause desk.PromisePause, now time.Time) {
	if pause != p.Paused {
		if p.Paused == desk.PauseNone {
			p.Used += c.Between(p.Since, now)
		}
		p.Since, p.Paused = now, pause
	}
	p.Target, p.DueAt, p.RiskAt = target, nil, nil
	if p.Paused == desk.PauseNone {
		p.DueAt, p.RiskAt = when(c, p.Since, target-p.Used), when(c, p.Since, r.share(target)-p.Used)
	}
}

// when is the time at which so much of a calendar has passed; what is overdue
// already was due by as much before.
func when(c desk.Calendar, from time.Time, left time.Duration) *time.Time {
	at := from.Add(left)
	if left > 0 {
		var ever bool
		if at, ever = c.After(from, left); !ever {
			return nil
		}
	}
	at = desk.Instant(at)
	return &at
}

// runLegal sets the due time of a deadline, which nothing moves.
func (r *Rules) runLegal(p *desk.Promise, d *Deadline) {
	due := desk.Instant(d.due(p.StartedAt, r.days()))
	risk := desk.Instant(p.StartedAt.Add(r.share(due.Sub(p.StartedAt))))
	p.DueAt, p.RiskAt = &due, &risk
}

// end stops the clock of a promise for good.
func end(p *desk.Promise, c desk.Calendar, at time.Time) {
	if p.Paused == desk.PauseNone {
		p.Used += c.Between(p.Since, at)
		if p.Kind == desk.PromiseLegal {
			p.Used = at.Sub(p.StartedAt)
		}
	}
	p.Since, p.EndedAt = at, &at
}

// record is how a promise ended.
func record(p *desk.Promise, k *desk.Promises) desk.PromiseRecord {
	return desk.PromiseRecord{
		ID: desk.NewID(), Kind: p.Kind, Rule: p.Rule, Team: k.Team, AgentID: k.AgentID, Priority: k.Priority, Intent: k.Intent, StartedAt: p.StartedAt, DueAt: p.DueAt,
		EndedAt: *p.EndedAt, TookMicros: p.Used.Microseconds(), Kept: p.State(*p.EndedAt) == desk.PromiseKept,
	}
}

// of says whose promises they were.
func of(conversation uuid.UUID, t *desk.Ticket, all []desk.PromiseRecord) []desk.PromiseRecord {
	for i := range all {
		all[i].ConversationID = conversation
		if t != nil {
			all[i].TicketID = &t.ID
		}
	}
	return all
}

// next are the times a row is listed and looked at by.
type next struct{ due, risk, look *time.Time }

// sum finds them among the promises that are open.
func sum(k *desk.Promises) (n next) {
	for i := range k.List {
		p := &k.List[i]
		if p.EndedAt != nil {
			continue
		}
		n.due, n.risk = sooner(n.due, p.DueAt), sooner(n.risk, p.RiskAt)
		switch {
		case p.WarnedAt == nil:
			n.look = sooner(n.look, p.RiskAt)
		case p.BrokenAt == nil:
			n.look = sooner(n.look, p.DueAt)
		}
	}
	return n
}

func sooner(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.Before(*a) {
		return b
	}
	return a
}

// copied returns promises that may be changed.
func copied(k *desk.Promises) *desk.Promises {
	if k == nil {
		return nil
	}
	own := *k
	own.List = append([]desk.Promise(nil), k.List...)
	return &own
}

// follow takes over what the targets are chosen by. A priority that an escalation
// lifted is not what was promised.
func follow(k *desk.Promises, team desk.Team, priority desk.Priority, intent string) {
	k.Team, k.Intent = team, intent
	if priority != k.Raised {
		k.Priority, k.Raised = priority, ""
	}
}

// find returns the open promise of a kind.
func find(k *desk.Promises, kind desk.PromiseKind) *desk.Promise {
	for i := range k.List {
		if p := &k.List[i]; p.Kind == kind && p.EndedAt == nil {
			return p
		}
	}
	return nil
}
