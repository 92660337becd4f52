package desk

import (
	"time"

	"github.com/google/uuid"
)

// TicketState is how far a ticket has come, see the picture in doc.go.
type TicketState string

// The states of a ticket.
const (
	TicketNew             TicketState = "new"
	TicketOpen            TicketState = "open"
	TicketWaitingCustomer TicketState = "waiting_customer"
	TicketWaitingThird    TicketState = "waiting_third_party"
	TicketResolved        TicketState = "resolved"
	TicketClosed          TicketState = "closed"

	// TicketSnoozed is no state: it asks lists for the tickets out of sight for now.
	TicketSnoozed TicketState = "snoozed"
)

// Live reports whether somebody still has to do something.
func (s TicketState) Live() bool { return s != TicketResolved && s != TicketClosed }

// ReopenWindow is how long after its resolution a ticket can be reopened.
const ReopenWindow = 7 * 24 * time.Hour

// SameMatterWindow is how long after its last change a live ticket still takes
// in new messages of the same intent instead of a second ticket being opened.
const SameMatterWindow = 30 * 24 * time.Hour

// Ticket is a matter of a contact that outlives the chat. Its protocol number
// is what the contact knows it by. Only its methods change the state.
type Ticket struct {
	ID             uuid.UUID
	Protocol       string // unique, never reused
	ContactID      uuid.UUID
	ConversationID uuid.UUID
	Intent         string
	Subject        string // short, from the contact's words
	Priority       Priority
	State          TicketState
	Team           Team
	AssigneeID     *uuid.UUID
	OpenedBy       Author
	Outcome        string            // said when resolved
	Facts          []Fact            `gorm:"serializer:json"`
	Promises       *Promises         `gorm:"serializer:json"`
	DueAt          *time.Time        // when the first of them that runs is due
	RiskAt         *time.Time        // from when on one of them is at risk
	LookAt         *time.Time        // when upkeep is to look at them
	MergedInto     *uuid.UUID        // the ticket that stands for this one; that one was never merged itself
	ParentID       *uuid.UUID        // the larger matter this one is part of; that one is part of none
	SnoozedUntil   *time.Time        // out of sight until then
	ReceiptAt      *time.Time        // when the contact was told the number
	Fields         map[string]string `gorm:"serializer:json"` // values of custom fields, by their names
	ResolvedAt     *time.Time
	ClosedAt       *time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TicketEvent is one line of a ticket's history.
type TicketEvent struct {
	ID        uuid.UUID
	TicketID  uuid.UUID
	Author    Author
	AgentID   *uuid.UUID
	Kind      string // opened, message, note, state, assigned, priority, reopened, merged, absorbed, split, parent, linked, snoozed, woke, field, receipt
	From      string
	To        string
	Note      string
	MessageID *uuid.UUID
	OriginID  *uuid.UUID // the ticket it was written for, when that one was merged into this one
	CreatedAt time.Time
}

// Start takes the ticket up.
func (t *Ticket) Start(now time.Time) error {
	if !t.State.Live() || t.State == TicketOpen {
		return ErrTransition
	}
	return t.to(TicketOpen, now)
}

// WaitForCustomer parks the ticket until the contact answers.
func (t *Ticket) WaitForCustomer(now time.Time) error {
	if !t.State.Live() {
		return ErrTransition
	}
	return t.to(TicketWaitingCustomer, now)
}

// WaitForThirdParty parks the ticket until somebody outside acts.
func (t *Ticket) WaitForThirdParty(now time.Time) error {
	if !t.State.Live() {
		return ErrTransition
	}
	return t.to(TicketWaitingThird, now)
}

// Hear takes note that the contact wrote about the matter: what waited for them goes on.
func (t *Ticket) Hear(now time.Time) {
	if t.State == TicketWaitingCustomer {
		t.State = TicketOpen
	}
	t.SnoozedUntil, t.UpdatedAt = nil, now
}

// Resolve ends the matter; it can still be reopened for ReopenWindow.
func (t *Ticket) Resolve(outcome string, now time.Time) error {
	if !t.State.Live() {
		return ErrTransition
	}
	t.Outcome, t.ResolvedAt, t.SnoozedUntil = outcome, &now, nil
	return t.to(TicketResolved, now)
}

// Close makes a resolution final.
func (t *Ticket) Close(now time.Time) error {
	if t.State != TicketResolved {
		return ErrTransition
	}
	t.ClosedAt = &now
	return t.to(TicketClosed, now)
}

// Reopen takes a resolved or closed ticket up again.
func (t *Ticket) Reopen(now time.Time) error {
	if t.MergedInto != nil {
		return ErrMerged
	}
	if t.State.Live() {
		return ErrTransition
	}
	if t.ResolvedAt != nil && now.Sub(*t.ResolvedAt) > ReopenWindow {
		return ErrReopenTooLate
	}
	t.Outcome, t.ResolvedAt, t.ClosedAt = "", nil, nil // the history keeps what was said
	return t.to(TicketOpen, now)
}

// Reopenable reports whether Reopen would work.
func (t *Ticket) Reopenable(now time.Time) bool {
	return !t.State.Live() && t.MergedInto == nil && t.ResolvedAt != nil && now.Sub(*t.ResolvedAt) <= ReopenWindow
}

// Assign gives the ticket to an agent, or to nobody.
func (t *Ticket) Assign(to *uuid.UUID, now time.Time) error {
	if !t.State.Live() {
		return ErrTransition
	}
	t.AssigneeID, t.UpdatedAt = to, now
	if t.State == TicketNew && to != nil {
		t.State = TicketOpen
	}
	return nil
}

func (t *Ticket) to(s TicketState, now time.Time) error {
	t.State, t.UpdatedAt = s, now
	return nil
}
