package agents

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TemplateDraft is a template to send, with a value for each of its variables.
type TemplateDraft struct {
	ID       uuid.UUID         // made by the browser, see Draft
	Template string            // its id
	Values   map[string]string // by desk.Variable.Key
}

// SendTemplate sends a template as the holder: the one thing that may be said when
// the window has closed. One that the provider has not approved is refused.
func (d *Desk) SendTemplate(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft TemplateDraft) (*desk.Message, error) {
	var m *desk.Message
	err := d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if !conv.HeldBy(by.Actor()) {
			return desk.ErrNotHolder
		}
		if !conv.Ours() {
			return desk.ErrControl
		}
		t, err := tx.LockTemplate(ctx, draft.Template)
		if err != nil {
			return err
		}
		use, filled, err := t.Use(draft.Values)
		if err != nil {
			return err
		}
		m = &desk.Message{
			ID: desk.NewID(), DraftID: draftKey(draft.ID), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent,
			AgentID: by.Actor().AgentID(), Kind: desk.KindTemplate, Text: filled.Text(), Template: use, Status: desk.StatusQueued, CreatedAt: now,
		}
		for _, b := range filled.Buttons {
			m.Buttons = append(m.Buttons, desk.Button{Title: b.Text})
		}
		fresh, err := tx.AddMessage(ctx, m)
		if err != nil || !fresh {
			return err
		}
		if err := tx.CountTemplateUse(ctx, t.ID); err != nil {
			return err
		}
		conv.Say(m, now)
		conv.Unread = 0
		return tx.Enqueue(ctx, desk.SendJob{Message: m.ID, Rank: m.Rank()})
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}
