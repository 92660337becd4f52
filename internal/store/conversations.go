package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// ConversationFor returns the conversation of a contact with one of our numbers,
// which it begins if need be, and holds it until the end of the transaction.
func (t *Tx) ConversationFor(ctx context.Context, contact uuid.UUID, channel string, now time.Time) (*desk.Conversation, error) {
	if c := t.foreseen.thread(contact, channel); c != nil {
		return c, nil
	}
	conflict := " on conflict (contact_id, channel) do nothing"
	var c *desk.Conversation
	if t.born[contact] {
		conflict = "" // nobody else knows the contact, and nobody here has begun one
		delete(t.born, contact)
	} else if c, err := t.thread(ctx, contact, channel); err != nil || c != nil {
		return c, err
	}
	fresh := &desk.Conversation{
		ID: desk.NewID(), ContactID: contact, Channel: channel, Owner: desk.OwnerAssistant, State: desk.ConversationOpen,
		Priority: desk.PriorityNormal, LastAt: now, CreatedAt: now, UpdatedAt: now,
	}
	added, err := insert(ctx, t, t.s.shapes.conversation, "a conversation", fresh, conflict)
	if err != nil {
		return nil, err
	}
	if added {
		t.record(desk.SubjectConversation, fresh.ID, true)
		t.foreseen.keepThread(fresh)
		return fresh, nil
	}
	if c, err = t.thread(ctx, contact, channel); err == nil && c == nil {
		err = desk.ErrNotFound // deleted in this instant
	}
	return c, err
}

// thread returns nil when there is no conversation yet.
func (t *Tx) thread(ctx context.Context, contact uuid.UUID, channel string) (*desk.Conversation, error) {
	found, err := hold[desk.Conversation](ctx, t, t.s.shapes.conversation, t.locked("contact_id = ? and channel = ?"), contact.String(), channel)
	if err != nil || len(found) == 0 {
		return nil, t.fail("finding a conversation", err)
	}
	return &found[0], nil
}

func columns(names ...string) []clause.Column {
	var all []clause.Column
	for _, name := range names {
		all = append(all, clause.Column{Name: name})
	}
	return all
}

// LockConversation returns a conversation and holds it.
func (t *Tx) LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error) {
	return holdOne[desk.Conversation](ctx, t, t.s.shapes.conversation, "locking conversation "+id.String(), t.locked("id = ?"), id.String())
}

// Conversation returns a conversation without holding it.
func (t *Tx) Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error) {
	return holdOne[desk.Conversation](ctx, t, t.s.shapes.conversation, "reading conversation "+id.String(), "id = ?", id.String())
}

// SaveConversation writes a conversation, with the clocks of its promises.
func (t *Tx) SaveConversation(ctx context.Context, c *desk.Conversation) error {
	t.record(desk.SubjectConversation, c.ID, false)
	t.touch(desk.TopicConversation, c.ID)
	if err := t.promised(ctx, c); err != nil {
		return err
	}
	if err := t.queued(ctx, c); err != nil {
		return err
	}
	t.foreseen.keepThread(c)
	return keep(ctx, t, t.s.shapes.conversation, "a conversation", c)
}

// Conversation returns a conversation.
func (s *Store) Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error) {
	return read[desk.Conversation](ctx, s, s.shapes.conversation, "reading conversation "+id.String(), "id = ?", id.String())
}

// CloseWindow notes that the provider took no free text of a conversation that was
// tried at a time, which we believed it would. A window that the contact has opened
// since stays open.
func (t *Tx) CloseWindow(ctx context.Context, conversation uuid.UUID, tried, now time.Time) error {
	t.record(desk.SubjectConversation, conversation, false)
	t.touch(desk.TopicConversation, conversation)
	err := t.in(ctx).Exec("update conversations set window_ends_at = ? where id = ? and window_ends_at > ? and window_ends_at <= ?",
		now, conversation, now, tried.Add(desk.Window)).Error
	return t.fail("closing a window", err)
}
