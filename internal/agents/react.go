package agents

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const (
	maxEmoji    = 40                  // bytes; families with skin tones are long
	reactWithin = 30 * 24 * time.Hour // older messages take no reaction (Meta)
)

// React puts the holder's emoji on a message of the contact's, or takes it away when
// empty, within the reply window.
func (d *Desk) React(ctx context.Context, by desk.Agent, message uuid.UUID, emoji string) error {
	emoji = clean(emoji)
	if len(emoji) > maxEmoji || !utf8.ValidString(emoji) {
		return desk.ErrInvalid.For("emoji")
	}
	var conversation uuid.UUID
	err := d.Store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if err == nil {
			conversation = m.ConversationID
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("react to message %s: %w", message, err)
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if err := maySay(conv, by, now); err != nil {
			return err
		}
		m, err := tx.LockMessage(ctx, message)
		if err != nil {
			return err
		}
		if m.ConversationID != conv.ID || m.Direction != desk.Inbound || m.ProviderID == "" || now.Sub(m.CreatedAt) > reactWithin {
			return desk.ErrTransition
		}
		if m.OwnReaction == emoji {
			return nil
		}
		m.OwnReaction, m.OwnReactedAt = emoji, &now
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		reaction := &desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
			Kind: desk.KindReaction, Text: emoji, QuotedID: m.ProviderID, Status: desk.StatusQueued, CreatedAt: now,
		}
		if _, err := tx.AddMessage(ctx, reaction); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.SendJob{Message: reaction.ID})
	})
}

// maySay checks that the holder may send free text now.
func maySay(conv *desk.Conversation, by desk.Agent, now time.Time) error {
	switch {
	case !conv.HeldBy(by.Actor()):
		return desk.ErrNotHolder
	case !conv.Ours():
		return desk.ErrControl
	case !conv.WindowOpen(now):
		return desk.ErrWindowClosed
	}
	return nil
}

// AskPhone asks a contact whose number we do not know to share it. What they answer
// is theirs only as far as WhatsApp vouches for it.
func (d *Desk) AskPhone(ctx context.Context, by desk.Agent, conversation uuid.UUID) error {
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if err := maySay(conv, by, now); err != nil {
			return err
		}
		contact, err := tx.Contact(ctx, conv.ContactID)
		if err != nil {
			return err
		}
		if contact.Phone != "" {
			return desk.ErrPhoneKnown
		}
		conv.PhoneAskedAt = &now
		_, err = say(ctx, tx, conv, &desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
			Kind: desk.KindAskPhone, Text: d.PhoneQuestion(conv.Language), Status: desk.StatusQueued, CreatedAt: now,
		}, now, 0)
		return err
	})
}
