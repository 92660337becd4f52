package agents

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Draft is a reply to send. ID is made by the browser: a repeated request with
// the same id is the same message.
type Draft struct {
	ID       uuid.UUID
	Text     string
	QuotedID string // wamid of the message it replies to, or empty
}

// Reply sends words of the holder to the contact, within the reply window.
func (d *Desk) Reply(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft Draft) (*desk.Message, error) {
	text, err := words(draft.Text, desk.MaxText)
	if err != nil {
		return nil, err
	}
	var m *desk.Message
	err = d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if !conv.HeldBy(by.Actor()) {
			return desk.ErrNotHolder
		}
		if !conv.WindowOpen(now) {
			return desk.ErrWindowClosed
		}
		m = &desk.Message{
			ID: desk.NewID(), DraftID: draftKey(draft.ID), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
			Kind: desk.KindText, Text: text, QuotedID: draft.QuotedID, Status: desk.StatusQueued, CreatedAt: now,
		}
		fresh, err := tx.AddMessage(ctx, m)
		if err != nil || !fresh {
			return err
		}
		conv.Say(m, now)
		conv.Unread = 0
		return tx.Enqueue(ctx, desk.SendJob{Message: m.ID})
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// draftKey keeps a browser's id apart from ours: the thread is ordered by our ids,
// and a browser's clock is anybody's.
func draftKey(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

// Note leaves words among agents; the contact never sees them.
func (d *Desk) Note(ctx context.Context, by desk.Agent, conversation, id uuid.UUID, text string) error {
	text, err := words(text, maxNote)
	if err != nil {
		return err
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		return addNote(ctx, tx, conv, by, id, text, now)
	})
}

func addNote(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, draft uuid.UUID, text string, now time.Time) error {
	_, err := tx.AddMessage(ctx, &desk.Message{
		ID: desk.NewID(), DraftID: draftKey(draft), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
		Kind: desk.KindNote, Text: text, CreatedAt: now,
	})
	return err
}

// DecideUnknown settles a send nobody knows the outcome of: the agent looked and
// says that it went out, or sends it again.
func (d *Desk) DecideUnknown(ctx context.Context, by desk.Agent, message uuid.UUID, resend bool) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if err != nil {
			return err
		}
		if m.Status != desk.StatusUnknown {
			return desk.ErrTransition
		}
		if !resend {
			m.Advance(desk.StatusSent, d.Now())
			return tx.SaveMessage(ctx, m)
		}
		m.Status, m.FailureCode, m.FailureDetail, m.Notice = desk.StatusQueued, 0, "", ""
		m.AgentID = by.Actor().AgentID() // sent by a person's word: that one holds the conversation drops it no more
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.SendJob{Message: m.ID})
	})
	if err != nil {
		return fmt.Errorf("decide on message %s: %w", message, err)
	}
	return nil
}
