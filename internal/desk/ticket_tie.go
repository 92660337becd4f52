package desk

import (
	"time"

	"github.com/google/uuid"
)

// Limits of what hangs together.
const (
	MaxChildren = 200
	MaxLinks    = 50
	MaxSplit    = 100 // messages that go into a new ticket at once
)

// TicketLink says that two tickets are related. It has no direction: Low is the lesser id.
type TicketLink struct {
	Low       uuid.UUID `gorm:"primaryKey"`
	High      uuid.UUID `gorm:"primaryKey"`
	AgentID   *uuid.UUID
	CreatedAt time.Time
}

// Link relates two tickets.
func Link(a, b uuid.UUID, by *uuid.UUID, now time.Time) TicketLink {
	if Later(a, b) {
		a, b = b, a
	}
	return TicketLink{Low: a, High: b, AgentID: by, CreatedAt: now}
}

// Watcher is an agent who is told when a ticket changes.
type Watcher struct {
	TicketID  uuid.UUID `gorm:"primaryKey"`
	AgentID   uuid.UUID `gorm:"primaryKey"`
	Unread    bool      // it changed since they looked
	CreatedAt time.Time
}

// Tied is all that hangs together with a ticket.
type Tied struct {
	Into     *Ticket // that it was merged into
	Parent   *Ticket
	Children []Ticket
	Links    []Ticket
	Merged   []Ticket // that were merged into it
	Tags     []Tag
	Watchers []Watcher
}

// MergeInto makes the ticket a duplicate of another of the same contact, which must
// be live: it ends, and its number leads there.
func (t *Ticket) MergeInto(main *Ticket, now time.Time) error {
	switch {
	case t.ID == main.ID:
		return ErrInvalid.For("into")
	case t.MergedInto != nil, main.MergedInto != nil:
		return ErrMerged
	case t.ContactID != main.ContactID:
		return ErrOtherContact
	case !main.State.Live():
		return ErrTransition
	}
	t.MergedInto, t.ParentID, t.SnoozedUntil = &main.ID, nil, nil
	t.ClosedAt = &now
	return t.to(TicketClosed, now)
}

// SetParent makes the ticket part of a larger one, or of none. There are two floors
// at most, so a part has no parts and there is no circle.
func (t *Ticket) SetParent(parent *Ticket, children int, now time.Time) error {
	if t.MergedInto != nil || parent != nil && parent.MergedInto != nil {
		return ErrMerged
	}
	if parent == nil {
		t.ParentID, t.UpdatedAt = nil, now
		return nil
	}
	if t.ID == parent.ID || parent.ParentID != nil || children > 0 {
		return ErrTwoFloors
	}
	t.ParentID, t.UpdatedAt = &parent.ID, now
	return nil
}

// Snooze puts a live ticket out of sight until a time or until the contact writes
// about it.
func (t *Ticket) Snooze(until, now time.Time) error {
	if !t.State.Live() {
		return ErrTransition
	}
	t.SnoozedUntil, t.UpdatedAt = &until, now
	return nil
}

// Wake brings a snoozed ticket back into sight.
func (t *Ticket) Wake(now time.Time) error {
	if t.SnoozedUntil == nil {
		return ErrTransition
	}
	t.SnoozedUntil, t.UpdatedAt = nil, now
	return nil
}
