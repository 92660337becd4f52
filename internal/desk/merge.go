package desk

import (
	"time"

	"github.com/google/uuid"
)

// Merge is the record of two contacts who were found to be one person.
type Merge struct {
	ID        uuid.UUID
	ContactID uuid.UUID // who remained
	GoneID    uuid.UUID
	Reason    MergeReason
	Gone      *Contact      `gorm:"serializer:json"` // as it was
	Threads   []MergeThread `gorm:"serializer:json"`
	CreatedAt time.Time
}

// MergeThread is a conversation that went over; Into is its own id when only its
// contact changed.
type MergeThread struct {
	From uuid.UUID `json:"from"`
	Into uuid.UUID `json:"into"`
}

// MergeReason says on what evidence contacts were merged.
type MergeReason string

// The reasons.
const (
	MergeSameMessage MergeReason = "same_message" // one message named both
	MergeMoved       MergeReason = "moved"        // WhatsApp said that one became the other
)

// Absorb takes another conversation of the same person and number into this one.
// An agent's conversation stays the agent's; people come before the assistant; the
// newer window, and the newer words in the list, count. What is unsettled in either
// stays unsettled only when the caller finds it so: the border is the later one.
func (c *Conversation) Absorb(o *Conversation) {
	if ownerRank[o.Owner] > ownerRank[c.Owner] || o.Owner == OwnerAgent && c.Owner == OwnerAgent && o.LastAt.After(c.LastAt) {
		c.Owner, c.AgentID, c.Team, c.Priority, c.Handoff, c.QueuedAt = o.Owner, o.AgentID, o.Team, o.Priority, o.Handoff, o.QueuedAt
		c.Pending, c.Promises = nil, o.Promises
	}
	c.AwaitedSince, c.RepliedAt = earlier(c.AwaitedSince, o.AwaitedSince), later(c.RepliedAt, o.RepliedAt)
	if stateRank[o.State] > stateRank[c.State] {
		c.State, c.SnoozedUntil = o.State, o.SnoozedUntil
	}
	c.WindowEndsAt, c.ReferredAt, c.EntryEndsAt = later(c.WindowEndsAt, o.WindowEndsAt), later(c.ReferredAt, o.ReferredAt), later(c.EntryEndsAt, o.EntryEndsAt)
	c.PhoneAskedAt = later(c.PhoneAskedAt, o.PhoneAskedAt)
	if after(o.ControlAt, c.ControlAt) {
		c.Controller, c.ControlAt = o.Controller, o.ControlAt
	}
	if c.PreviewAt == nil || after(o.PreviewAt, c.PreviewAt) || o.PreviewAt != nil && o.PreviewAt.Equal(*c.PreviewAt) && o.Preview > c.Preview {
		c.Preview, c.PreviewBy, c.PreviewAt = o.Preview, o.PreviewBy, o.PreviewAt
	}
	if o.LastAt.After(c.LastAt) {
		c.LastAt = o.LastAt
	}
	if Later(o.Border, c.Border) {
		c.Border = o.Border
	}
	if c.Language == "" {
		c.Language = o.Language
	}
	if c.Intent == "" {
		c.Intent = o.Intent
	}
	c.Unread += o.Unread
	c.Misses = max(c.Misses, o.Misses)
	if c.TurnDueAt == nil || o.TurnDueAt != nil && o.TurnDueAt.Before(*c.TurnDueAt) {
		c.TurnDueAt = o.TurnDueAt
	}
	if c.BurstAt == nil || o.BurstAt != nil && o.BurstAt.Before(*c.BurstAt) {
		c.BurstAt = o.BurstAt
	}
	if c.Owner != OwnerAssistant {
		c.TurnDueAt, c.BurstAt = nil, nil
	}
	if o.CreatedAt.Before(c.CreatedAt) {
		c.CreatedAt = o.CreatedAt
	}
	c.Version = max(c.Version, o.Version) + 1
}

var (
	ownerRank = map[Owner]int{OwnerAssistant: 0, OwnerQueue: 1, OwnerAgent: 2}
	stateRank = map[ConversationState]int{ConversationClosed: 0, ConversationSnoozed: 1, ConversationOpen: 2}
)

// earlier returns the one that was first; nil counts for nothing.
func earlier(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.Before(*a) {
		return b
	}
	return a
}

func after(a, b *time.Time) bool { return a != nil && (b == nil || a.After(*b)) }

func later(a, b *time.Time) *time.Time {
	if after(b, a) {
		return b
	}
	return a
}
