package turn

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Tx is what a commit needs of a transaction.
type Tx interface {
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	SaveContact(ctx context.Context, c *desk.Contact) error
	InboundAfter(ctx context.Context, conversation, after uuid.UUID) (bool, error)
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	AddTurn(ctx context.Context, t *desk.Turn) error
	AddTicket(ctx context.Context, t *desk.Ticket) error
	LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	SaveTicket(ctx context.Context, t *desk.Ticket) error
	AddTicketEvents(ctx context.Context, events ...desk.TicketEvent) error
	NextProtocol(ctx context.Context, day time.Time) (string, error)
	AddConsent(ctx context.Context, entries ...desk.Consent) error
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// errMoreSaid means that the contact wrote while we thought.
var errMoreSaid = errors.New("the contact wrote more meanwhile")

// commit writes everything an outcome changes, or nothing. It returns
// desk.ErrStale when the conversation is no longer as it was seen, and
// errMoreSaid when the contact wrote more, unless anyway is set.
func (e *Engine) commit(ctx context.Context, o *desk.Outcome, anyway bool) error {
	return e.Store.InTx(ctx, func(tx Tx) error {
		seen := &o.Scene.Conversation
		conv, err := tx.LockConversation(ctx, seen.ID)
		if err != nil {
			return err
		}
		if conv.Version != seen.Version || conv.Owner != desk.OwnerAssistant || conv.Border != seen.Border {
			return desk.ErrStale
		}
		more := moved(conv, seen)
		if more {
			if more, err = tx.InboundAfter(ctx, conv.ID, o.Scene.Last()); err != nil {
				return err
			}
			if more && !anyway {
				return errMoreSaid
			}
		}
		if err := e.tickets(ctx, tx, o); err != nil {
			return err
		}
		if err := e.say(ctx, tx, o, conv); err != nil {
			return err
		}
		if err := e.settle(ctx, tx, o, conv, more); err != nil {
			return err
		}
		return tx.AddTurn(ctx, &o.Turn)
	})
}

// moved reports whether anything arrived since the scene was read.
func moved(now, seen *desk.Conversation) bool {
	return now.TurnDueAt == nil || seen.TurnDueAt == nil || !now.TurnDueAt.Equal(*seen.TurnDueAt)
}

// say stores the messages with their send jobs.
func (e *Engine) say(ctx context.Context, tx Tx, o *desk.Outcome, conv *desk.Conversation) error {
	for i := range o.Messages {
		m := &o.Messages[i]
		if _, err := tx.AddMessage(ctx, m); err != nil {
			return err
		}
		conv.Say(m, o.Turn.CreatedAt)
		if m.Kind == desk.KindAskPhone {
			conv.PhoneAskedAt = &o.Turn.CreatedAt
		}
		if err := tx.Enqueue(ctx, desk.SendJob{Message: m.ID, Rank: m.Rank()}); err != nil {
			return err
		}
	}
	return nil
}

// settle moves the conversation on.
func (e *Engine) settle(ctx context.Context, tx Tx, o *desk.Outcome, conv *desk.Conversation, more bool) error {
	conv.Settle(o.Scene.Last())
	conv.Pending, conv.Misses = o.Pending, o.Misses
	if o.Language != "" && o.Turn.Understanding.Language != "" {
		conv.Language = o.Language
	}
	conv.Regard(o.Turn.Intent)
	switch {
	case o.Handoff != nil:
		if err := conv.Enqueue(*o.Handoff, o.Turn.CreatedAt); err != nil {
			return err
		}
		if err := e.announce(ctx, tx, conv, o); err != nil {
			return err
		}
		if err := e.summarize(ctx, tx, conv.ID); err != nil {
			return err
		}
	case more:
		if conv.WantTurn(o.Turn.CreatedAt, 0, 0) {
			if err := tx.Enqueue(ctx, desk.TurnJob{Conversation: conv.ID}); err != nil {
				return err
			}
		}
	default:
		conv.Unread = 0 // the assistant settled it; nobody needs to look
	}
	if err := tx.AddConsent(ctx, o.Consents...); err != nil {
		return err
	}
	if err := e.remember(ctx, tx, o, conv); err != nil {
		return err
	}
	return tx.SaveConversation(ctx, conv)
}

// announce writes into the thread that people are asked for.
func (e *Engine) announce(ctx context.Context, tx Tx, conv *desk.Conversation, o *desk.Outcome) error {
	_, err := tx.AddMessage(ctx, &desk.Message{
		ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.ByAssistant,
		Kind: desk.KindNotice, Notice: "handed_off", Text: string(o.Handoff.Reason), TurnID: &o.Turn.ID, CreatedAt: o.Turn.CreatedAt,
	})
	return err
}

// remember keeps the language a contact was heard in.
func (e *Engine) remember(ctx context.Context, tx Tx, o *desk.Outcome, conv *desk.Conversation) error {
	if conv.Language == "" || o.Scene.Contact.Language == conv.Language {
		return nil
	}
	c, err := tx.Contact(ctx, conv.ContactID)
	if err != nil {
		return fmt.Errorf("contact of conversation %s: %w", conv.ID, err)
	}
	c.Language, c.UpdatedAt = conv.Language, o.Turn.CreatedAt
	return tx.SaveContact(ctx, c)
}
