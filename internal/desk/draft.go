package desk

import (
	"time"

	"github.com/google/uuid"
)

// DraftMode is what a draft is to become.
type DraftMode string

// The modes of a draft.
const (
	DraftReply DraftMode = "reply"
	DraftNote  DraftMode = "note"
)

// Valid reports whether m is one of the modes.
func (m DraftMode) Valid() bool { return m == DraftReply || m == DraftNote }

// Draft is what an agent has written in a conversation and not sent: one for each
// conversation, agent and mode.
type Draft struct {
	ConversationID uuid.UUID `gorm:"primaryKey"`
	AgentID        uuid.UUID `gorm:"primaryKey"`
	Mode           DraftMode `gorm:"primaryKey"`
	Text           string    // at most MaxText characters
	QuotedID       string    // wamid of the message it replies to, or empty
	DraftID        string    // see Message.DraftID: what was sent under it is no draft any more
	Refused        string    // code of why sending it was refused; empty: it was not tried
	Holder         string    // name of who had the conversation then, if somebody else did
	SavedAt        time.Time
}

// UndoTime is how long a reply waits before it goes out, and what was done last is
// offered to be taken back.
const UndoTime = 3 * time.Second

// UndoGrace is how long the server still takes something back: the offer, and the
// time a slow network needs.
const UndoGrace = 15 * time.Second

// Undo is what an agent did last with a conversation, while it may be taken back.
type Undo struct {
	ConversationID uuid.UUID `gorm:"primaryKey"`
	AgentID        uuid.UUID
	Verb           string      // resolved, snoozed, queued, given_back
	Version        int64       // of the conversation afterwards
	LastAt         time.Time   // of the conversation afterwards: nobody has said anything since
	Was            *Hold       `gorm:"serializer:json"`
	Tickets        []uuid.UUID `gorm:"serializer:json"` // that were resolved with it
	At             time.Time
}

// Hold is all that an act on a conversation changes, as it was.
type Hold struct {
	Owner        Owner             `json:"owner"`
	AgentID      *uuid.UUID        `json:"agent_id,omitempty"`
	State        ConversationState `json:"state"`
	SnoozedUntil *time.Time        `json:"snoozed_until,omitempty"`
	Team         Team              `json:"team,omitempty"`
	Priority     Priority          `json:"priority,omitempty"`
	Handoff      *Handoff          `json:"handoff,omitempty"`
	QueuedAt     *time.Time        `json:"queued_at,omitempty"`
	Pending      *Pending          `json:"pending,omitempty"`
	Unread       int               `json:"unread,omitempty"`
	Misses       int               `json:"misses,omitempty"`
}

// Hold returns what an act would change.
func (c *Conversation) Hold() *Hold {
	return &Hold{
		Owner: c.Owner, AgentID: c.AgentID, State: c.State, SnoozedUntil: c.SnoozedUntil, Team: c.Team, Priority: c.Priority,
		Handoff: c.Handoff, QueuedAt: c.QueuedAt, Pending: c.Pending, Unread: c.Unread, Misses: c.Misses,
	}
}

// TakeBack makes a conversation what it was before an act, unless anything has
// happened to it since: then ErrTooLate. What was settled stays settled.
func (c *Conversation) TakeBack(u *Undo, now time.Time) error {
	if u.Was == nil || c.Version != u.Version || !c.LastAt.Equal(u.LastAt) || c.TurnDueAt != nil || now.Sub(u.At) > UndoGrace {
		return ErrTooLate
	}
	w := u.Was
	c.Owner, c.AgentID, c.State, c.SnoozedUntil, c.Team, c.Priority = w.Owner, w.AgentID, w.State, w.SnoozedUntil, w.Team, w.Priority
	c.Handoff, c.QueuedAt, c.Pending, c.Unread, c.Misses = w.Handoff, w.QueuedAt, w.Pending, w.Unread, w.Misses
	c.Version++
	return nil
}

// Unsay shows again what was said before a message that was taken back; nil when
// there was nothing.
func (c *Conversation) Unsay(before *Message) {
	c.Preview, c.PreviewBy, c.PreviewAt = "", "", nil
	if before != nil {
		at := before.Spoken()
		c.Preview, c.PreviewBy, c.PreviewAt = preview(before), before.Author, &at
	}
}
