package desk

import (
	"time"

	"github.com/google/uuid"
)

// PromiseKind is what is promised to a contact.
type PromiseKind string

// The kinds of promise.
const (
	PromiseFirst      PromiseKind = "first_response" // a person's first words after a hand-over
	PromiseNext       PromiseKind = "next_response"  // a person's words to what the contact wrote since
	PromiseResolution PromiseKind = "resolution"     // the matter is settled
	PromiseLegal      PromiseKind = "legal"          // a deadline of the law
)

// PromisePause is why the clock of a promise stands still.
type PromisePause string

// The pauses. Outside of the hours people work a clock stands still too, but
// that is known beforehand and part of when it is due.
const (
	PauseNone     PromisePause = ""
	PauseSnoozed  PromisePause = "snoozed"
	PauseCustomer PromisePause = "waiting_customer"
	PauseThird    PromisePause = "waiting_third_party"
)

// PromiseState is how a promise stands at a moment.
type PromiseState string

// The states of a promise.
const (
	PromiseRunning PromiseState = "running"
	PromisePaused  PromiseState = "paused"
	PromiseAtRisk  PromiseState = "at_risk"
	PromiseBroken  PromiseState = "broken" // late, and still open
	PromiseKept    PromiseState = "kept"
	PromiseMissed  PromiseState = "missed" // ended, but late
)

// Promise is the clock of one promise. Working time is what a team's calendar
// counts; the clock of a legal deadline runs by the law's calendar and never stands
// still. Package sla moves it.
type Promise struct {
	Kind      PromiseKind   `json:"kind"`
	Rule      string        `json:"rule,omitempty"` // of a legal one, the deadline's key
	StartedAt time.Time     `json:"started_at"`
	Target    time.Duration `json:"target,omitempty"` // working time; zero of a legal one
	Used      time.Duration `json:"used,omitempty"`   // working time gone by until Since
	Since     time.Time     `json:"since"`
	Paused    PromisePause  `json:"paused,omitempty"`
	DueAt     *time.Time    `json:"due_at,omitempty"`  // nil while it stands still
	RiskAt    *time.Time    `json:"risk_at,omitempty"` // from when on it is at risk; nil while it stands still
	WarnedAt  *time.Time    `json:"warned_at,omitempty"`
	BrokenAt  *time.Time    `json:"broken_at,omitempty"` // when somebody was told that it is late
	EndedAt   *time.Time    `json:"ended_at,omitempty"`
}

// State says how the promise stands at the time of now.
func (p *Promise) State(now time.Time) PromiseState {
	late := func(at time.Time) bool {
		if p.DueAt == nil {
			return p.Target > 0 && p.Used > p.Target
		}
		return at.After(*p.DueAt)
	}
	switch {
	case p.EndedAt != nil && late(*p.EndedAt):
		return PromiseMissed
	case p.EndedAt != nil:
		return PromiseKept
	case late(now):
		return PromiseBroken
	case p.Paused != PauseNone:
		return PromisePaused
	case p.RiskAt != nil && !now.Before(*p.RiskAt):
		return PromiseAtRisk
	}
	return PromiseRunning
}

// Promises are those of one conversation or ticket, with what their targets were
// chosen by. They are never changed in place: rows that were copied share them.
type Promises struct {
	Since    time.Time  `json:"since"`              // since when people have it
	AgentID  *uuid.UUID `json:"agent_id,omitempty"` // who held it last
	Team     Team       `json:"team"`
	Priority Priority   `json:"priority"`
	Raised   Priority   `json:"raised,omitempty"` // to what an escalation lifted it; the targets stay those of Priority
	Intent   string     `json:"intent,omitempty"`
	Told     *time.Time `json:"told,omitempty"` // the end of the window of which people were warned
	List     []Promise  `json:"list"`
}

// Next returns the open promise that wants attention first: of those that run the
// one due first, else one that stands still. Nil when none is open.
func (p *Promises) Next() *Promise {
	if p == nil {
		return nil
	}
	var next *Promise
	for i := range p.List {
		switch c := &p.List[i]; {
		case c.EndedAt != nil:
		case next == nil, next.DueAt == nil && c.DueAt != nil:
			next = c
		case c.DueAt != nil && next.DueAt != nil && c.DueAt.Before(*next.DueAt):
			next = c
		}
	}
	return next
}

// PromiseRecord is how one promise ended, for reports. It holds no text of people.
type PromiseRecord struct {
	ID             uuid.UUID
	Kind           PromiseKind
	Rule           string
	ConversationID uuid.UUID
	TicketID       *uuid.UUID // of a ticket's promise
	Team           Team
	AgentID        *uuid.UUID // who held it at the end
	Priority       Priority
	Intent         string
	StartedAt      time.Time
	DueAt          *time.Time
	EndedAt        time.Time
	TookMicros     int64 // working time; of a legal one, time
	Kept           bool
}

// PromiseSum is how many promises of a kind ended, and how many of them in time.
type PromiseSum struct {
	Kind  PromiseKind
	Ended int
	Kept  int
}
