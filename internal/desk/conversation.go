package desk

import (
	"time"

	"github.com/google/uuid"
)

// Owner is who speaks in a conversation: exactly one of these at a time.
type Owner string

// The owners.
const (
	OwnerAssistant Owner = "assistant"
	OwnerQueue     Owner = "queue"
	OwnerAgent     Owner = "agent"
)

// ConversationState says whether a conversation wants attention.
type ConversationState string

// The states of a conversation.
const (
	ConversationOpen    ConversationState = "open"
	ConversationSnoozed ConversationState = "snoozed"
	ConversationClosed  ConversationState = "closed"
)

// Window is how long after a contact's message free text may be sent (Meta).
const Window = 24 * time.Hour

// WindowMargin is how long before its end we stop, since clocks differ.
const WindowMargin = 2 * time.Minute

// Conversation is the one thread of a contact with one business number. Only the
// methods below change its owner; each raises Version, which every turn checks
// before it commits.
type Conversation struct {
	ID           uuid.UUID
	ContactID    uuid.UUID
	Channel      string // the business number's phone_number_id
	Owner        Owner
	AgentID      *uuid.UUID // the holder, when the owner is an agent
	State        ConversationState
	SnoozedUntil *time.Time
	Language     string   // last heard; empty at first
	Team         Team     // whose queue
	Priority     Priority // of the handoff
	Intent       string   // of the matter last understood; empty at first
	Handoff      *Handoff `gorm:"serializer:json"` // the last one; why it is or was with people
	QueuedAt     *time.Time
	Pending      *Pending  `gorm:"serializer:json"` // what the assistant waits for
	Border       uuid.UUID // everything up to this message is settled and never answered again
	WindowEndsAt *time.Time
	ReferredAt   *time.Time // when an advert or a page button last brought the contact here
	EntryEndsAt  *time.Time // until when nothing is charged, see Refer
	TurnDueAt    *time.Time // a turn job exists and runs at this time; nil: none does
	BurstAt      *time.Time // when the first unsettled message of the burst came
	Preview      string     // first words of the last message that people saw, at most 120 characters
	PreviewBy    Author
	PreviewAt    *time.Time // when those words were written
	Controller   string     // who holds the thread at the provider, by its role; empty: we do
	ControlAt    *time.Time // the provider's time of the last word on that
	PhoneAskedAt *time.Time // when we asked for the contact's number
	Unread       int        // inbound messages since an agent last looked
	LastAt       time.Time
	Misses       int        // turns in a row in which the assistant did not understand
	AwaitedSince *time.Time // since when the contact waits for words of ours; nil: the last word is ours
	RepliedAt    *time.Time // when a person last wrote to the contact
	Promises     *Promises  `gorm:"serializer:json"` // to a contact who is with people
	DueAt        *time.Time // when the first of them that runs is due
	RiskAt       *time.Time // from when on one of them is at risk, or the window about to close on a contact who waits
	LookAt       *time.Time // when upkeep is to look at them
	Version      int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Pending is what the assistant asked and waits an answer to.
type Pending struct {
	Question *Question     `json:"question,omitempty"`
	Flow     *FlowPosition `json:"flow,omitempty"`
	AskedAt  time.Time     `json:"asked_at"`
}

// PendingKeep is how long an unanswered question still gives meaning to an answer.
const PendingKeep = 12 * time.Hour

// WindowOpen reports whether free text may be sent at the time of now.
func (c *Conversation) WindowOpen(now time.Time) bool {
	return c.WindowEndsAt != nil && now.Before(c.WindowEndsAt.Add(-WindowMargin))
}

// EntryPoint is how long nothing is charged after the answer to a contact whom an
// advert or a page button brought (Meta). Free text still needs an open window.
const EntryPoint = 72 * time.Hour

// Refer takes note that an advert or a page button brought the contact: when we
// answer within the window, the free entry point opens. An answer from the phone app
// is not counted: it is free anyway, and may be told before the click is.
func (c *Conversation) Refer(at time.Time) {
	if at = Instant(at); c.ReferredAt == nil || at.After(*c.ReferredAt) {
		c.ReferredAt = &at
	}
}

// EntryOpen reports whether messages are free of charge at the time of now.
func (c *Conversation) EntryOpen(now time.Time) bool {
	return c.EntryEndsAt != nil && now.Before(*c.EntryEndsAt)
}

// Arrive takes note of an inbound message. The window runs from the provider's
// time of the message, not from its arrival. A closed or snoozed conversation
// opens again; a closed one is the assistant's.
func (c *Conversation) Arrive(m *Message, now time.Time) {
	at := c.reached(m, now)
	if c.State == ConversationClosed {
		c.Owner, c.AgentID, c.Handoff, c.QueuedAt = OwnerAssistant, nil, nil, nil
	}
	if c.AwaitedSince == nil {
		at = Instant(at)
		c.AwaitedSince = &at
	}
	c.State, c.SnoozedUntil = ConversationOpen, nil
	c.Unread++
	c.show(m, now)
}

// reached opens the window for an inbound message and returns when it was written.
func (c *Conversation) reached(m *Message, now time.Time) time.Time {
	at := now
	if m.SentAt != nil && m.SentAt.Before(now) {
		at = *m.SentAt
	}
	end := Instant(at.Add(Window))
	if c.WindowEndsAt == nil || end.After(*c.WindowEndsAt) {
		c.WindowEndsAt = &end
	}
	if !c.Ours() {
		c.Control("", at) // what reaches us is ours to answer
	}
	return at
}

// WantTurn sets when the assistant is to answer: after quiet since the last
// message, but never later than longest since the first. It reports whether a
// turn job must be written, which is when none is waiting. Only an assistant
// that owns the conversation wants turns.
func (c *Conversation) WantTurn(now time.Time, quiet, longest time.Duration) bool {
	if c.Owner != OwnerAssistant || !c.Ours() {
		return false
	}
	waiting := c.TurnDueAt != nil
	if !waiting || c.BurstAt == nil {
		c.BurstAt = &now
	}
	due := Instant(now.Add(quiet))
	if limit := Instant(c.BurstAt.Add(longest)); due.After(limit) {
		due = limit
	}
	c.TurnDueAt = &due
	return !waiting
}

// Settle ends a turn: everything up to the message is settled.
func (c *Conversation) Settle(upTo uuid.UUID) {
	if Later(upTo, c.Border) {
		c.Border = upTo
	}
	c.TurnDueAt, c.BurstAt = nil, nil
}

// Say takes note of an outbound message. The first one after a referral opens
// the free entry point.
func (c *Conversation) Say(m *Message, now time.Time) {
	if c.ReferredAt != nil && !m.Told() {
		if now.Sub(*c.ReferredAt) < Window {
			end := Instant(now.Add(EntryPoint))
			c.EntryEndsAt = &end
		}
		c.ReferredAt = nil
	}
	c.answer(m)
	c.show(m, now)
}

// answer ends the contact's wait, unless the words were written before it began.
func (c *Conversation) answer(m *Message) {
	at := Instant(m.Spoken())
	if c.AwaitedSince == nil || !at.Before(*c.AwaitedSince) {
		c.AwaitedSince = nil
	}
	if m.Author == ByAgent && (c.RepliedAt == nil || at.After(*c.RepliedAt)) {
		c.RepliedAt = &at
	}
}

func (c *Conversation) show(m *Message, now time.Time) {
	c.LastAt = now
	words, at := preview(m), m.Spoken()
	if c.PreviewAt != nil && (at.Before(*c.PreviewAt) || at.Equal(*c.PreviewAt) && words <= c.Preview) && m.Told() {
		return // it came late: something newer is shown
	}
	c.Preview, c.PreviewBy, c.PreviewAt = words, m.Author, &at
}

// Control takes note of who holds the thread at the provider, since a time; an
// empty role is us. Older news than what is known changes nothing. While somebody
// else holds it, nothing may be sent.
func (c *Conversation) Control(role string, at time.Time) bool {
	at = Instant(at)
	if role != "" && c.WindowEndsAt != nil && !c.WindowEndsAt.Before(at.Add(Window)) {
		return false // the contact has written to us since
	}
	if c.ControlAt != nil && (at.Before(*c.ControlAt) || at.Equal(*c.ControlAt) && role <= c.Controller) {
		return false
	}
	changed := role != c.Controller
	c.Controller, c.ControlAt = role, &at
	if changed {
		c.Version++
	}
	return true
}

// Ours reports whether we hold the thread at the provider.
func (c *Conversation) Ours() bool { return c.Controller == "" }

// Regard takes note of the matter that was understood last; none leaves what was.
func (c *Conversation) Regard(intent string) {
	if intent != "" && intent != LabelNone {
		c.Intent = intent
	}
}

// Enqueue hands the conversation to the people of a team.
func (c *Conversation) Enqueue(h Handoff, now time.Time) error {
	if c.Owner == OwnerAgent {
		return ErrTaken
	}
	if c.Owner == OwnerAssistant {
		c.QueuedAt = &now
	}
	c.Owner, c.AgentID, c.State, c.SnoozedUntil = OwnerQueue, nil, ConversationOpen, nil
	c.Handoff, c.Team, c.Priority = &h, h.Team, h.Priority
	c.Regard(h.Intent)
	c.Pending, c.Misses, c.TurnDueAt, c.BurstAt = nil, 0, nil, nil
	c.Version++
	return nil
}

// Requeue puts the conversation into a team's queue by hand, whoever has it.
func (c *Conversation) Requeue(h Handoff, now time.Time) error {
	if c.State == ConversationClosed {
		return ErrTransition
	}
	if c.Owner == OwnerAgent {
		c.Owner, c.AgentID = OwnerQueue, nil
		c.QueuedAt = &now
	}
	return c.Enqueue(h, now)
}

// Claim gives the conversation to an agent: from the queue or the assistant
// always, from another agent only when over is set. Claiming what one holds
// changes nothing.
func (c *Conversation) Claim(by Actor, over bool) error {
	if by.Kind != ByAgent {
		return ErrForbidden
	}
	if c.Owner == OwnerAgent && c.AgentID != nil {
		if *c.AgentID == by.ID {
			return nil
		}
		if !over {
			return ErrTaken
		}
	}
	c.Owner, c.AgentID, c.State, c.SnoozedUntil = OwnerAgent, by.AgentID(), ConversationOpen, nil
	c.QueuedAt, c.Pending, c.TurnDueAt, c.BurstAt, c.Unread = nil, nil, nil, nil, 0
	c.Version++
	return nil
}

// HeldBy reports whether the actor holds the conversation.
func (c *Conversation) HeldBy(by Actor) bool {
	return c.Owner == OwnerAgent && c.AgentID != nil && by.Kind == ByAgent && *c.AgentID == by.ID
}

// GiveBack returns the conversation to the assistant. Everything said until
// the border is settled: the assistant will not answer it.
func (c *Conversation) GiveBack(border uuid.UUID) error {
	if c.Owner == OwnerAssistant {
		return ErrTransition
	}
	c.release()
	c.Settle(border)
	return nil
}

// Close ends the conversation until the contact writes again, which the
// assistant then answers.
func (c *Conversation) Close(border uuid.UUID) error {
	if c.State == ConversationClosed {
		return ErrTransition
	}
	c.release()
	c.State, c.SnoozedUntil = ConversationClosed, nil
	c.Settle(border)
	return nil
}

// Snooze hides the conversation until a time or until the contact writes.
func (c *Conversation) Snooze(until time.Time) error {
	if c.State == ConversationClosed {
		return ErrTransition
	}
	until = Instant(until)
	c.State, c.SnoozedUntil = ConversationSnoozed, &until
	c.Version++
	return nil
}

// Wake ends a snooze.
func (c *Conversation) Wake() {
	if c.State == ConversationSnoozed {
		c.State, c.SnoozedUntil = ConversationOpen, nil
		c.Version++
	}
}

func (c *Conversation) release() {
	c.Owner, c.AgentID, c.QueuedAt, c.Handoff, c.Pending = OwnerAssistant, nil, nil, nil, nil
	c.Unread, c.Misses, c.AwaitedSince = 0, 0, nil
	c.Version++
}

// Recall takes note of a message from before the desk knew the conversation, and
// reports whether that changed anything. It is settled, and nobody's news: a
// conversation of which nothing else is known is closed.
func (c *Conversation) Recall(m *Message) bool {
	before := *c
	at := m.Spoken()
	if c.PreviewAt == nil {
		c.State, c.LastAt = ConversationClosed, at
	}
	if c.PreviewAt == nil || at.After(*c.PreviewAt) {
		c.Preview, c.PreviewBy, c.PreviewAt = preview(m), m.Author, &at
		if c.State == ConversationClosed && c.WindowEndsAt == nil {
			c.LastAt = at
		}
	}
	if Later(m.ID, c.Border) {
		c.Border = m.ID
	}
	return before != *c
}
