package agents

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// ComposerTx is what helping agents to write needs of a transaction.
type ComposerTx interface {
	SaveDraft(ctx context.Context, d *desk.Draft) error
	DeleteDraft(ctx context.Context, conversation, agent uuid.UUID, mode desk.DraftMode) error
	// OthersSaid reports whether another person wrote to the contact after a message.
	OthersSaid(ctx context.Context, conversation, after, agent uuid.UUID) (bool, error)
	// Waiting are the messages of agents that nobody has begun to send.
	Waiting(ctx context.Context, conversation uuid.UUID) ([]desk.Message, error)
	// Breath is all that an agent said in one reply.
	Breath(ctx context.Context, conversation, agent, message uuid.UUID) ([]desk.Message, error)
	LastSaid(ctx context.Context, conversation uuid.UUID) (*desk.Message, error)
	EnqueueAt(ctx context.Context, at time.Time, job desk.Job) error
	AddUpload(ctx context.Context, u *desk.Upload) error
	SaveUndo(ctx context.Context, u *desk.Undo) error
	TakeUndo(ctx context.Context, conversation uuid.UUID) (*desk.Undo, error)
	AddWrong(ctx context.Context, w *desk.WrongAnswer) (bool, error)
	SettleWrong(ctx context.Context, article, language string, by uuid.UUID, now time.Time) (int, error)
	RaiseAlert(ctx context.Context, a desk.Alert) error
	KeptTx
}

// SaveDraft keeps what an agent is writing, and forgets it when it is empty. What
// was sent meanwhile under the same id is not kept again.
func (d *Desk) SaveDraft(ctx context.Context, by desk.Agent, draft desk.Draft) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	if !draft.Mode.Valid() {
		return desk.ErrInvalid.For("mode")
	}
	text, err := words(draft.Text, desk.MaxText)
	if err != nil && !errors.Is(err, desk.ErrEmptyText) {
		return err
	}
	draft.AgentID, draft.Text, draft.Refused, draft.Holder, draft.SavedAt = by.ID, text, "", "", d.Now()
	err = d.Store.InTx(ctx, func(tx Tx) error {
		if text == "" && draft.QuotedID == "" {
			return tx.DeleteDraft(ctx, draft.ConversationID, by.ID, draft.Mode)
		}
		if _, err := tx.Conversation(ctx, draft.ConversationID); err != nil {
			return err
		}
		if sent, err := tx.Drafted(ctx, draft.ConversationID, draft.DraftID); err != nil || sent {
			return err
		}
		return tx.SaveDraft(ctx, &draft)
	})
	if err != nil {
		return fmt.Errorf("keep a draft in %s: %w", draft.ConversationID, err)
	}
	return nil
}

// nobodyElse checks that no other person has answered since the agent looked. A
// reply that was sent already is that reply, whoever spoke after it.
func (d *Desk) nobodyElse(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, draft Draft) error {
	if draft.Seen == uuid.Nil {
		return nil
	}
	said, err := tx.OthersSaid(ctx, conv.ID, draft.Seen, by.ID)
	if err != nil || !said {
		return err
	}
	if sent, err := tx.Drafted(ctx, conv.ID, draftKey(draft.ID)); err != nil || sent {
		return err
	}
	return desk.ErrAnswered
}

// overtaken are the failures of a reply that are nobody's mistake: things changed
// while it was written.
var overtaken = []error{desk.ErrNotHolder, desk.ErrTaken, desk.ErrWindowClosed, desk.ErrControl, desk.ErrAnswered}

// keepRefused keeps a reply that came too late as a draft, and returns why it was
// refused.
func (d *Desk) keepRefused(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft Draft, why error) error {
	var refusal *desk.Error
	if why == nil || !errors.As(why, &refusal) || !slices.ContainsFunc(overtaken, func(e error) bool { return errors.Is(why, e) }) {
		return why
	}
	text := clean(draft.Text)
	if text == "" {
		return why
	}
	kept := d.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.Conversation(ctx, conversation)
		if err != nil {
			return err
		}
		holder := ""
		if conv.AgentID != nil && *conv.AgentID != by.ID {
			agent, err := tx.LockAgent(ctx, *conv.AgentID)
			if err != nil {
				return err
			}
			holder = agent.Name
		}
		return tx.SaveDraft(ctx, &desk.Draft{
			ConversationID: conversation, AgentID: by.ID, Mode: desk.DraftReply, Text: text, QuotedID: draft.QuotedID,
			DraftID: draftKey(draft.ID), Refused: refusal.Code, Holder: holder, SavedAt: d.Now(),
		})
	})
	return errors.Join(why, kept)
}

// stopOthers gives replies that other agents may still take back to them as drafts:
// somebody else took the conversation over, and two people do not answer at once.
func (d *Desk) stopOthers(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, now time.Time) error {
	waiting, err := tx.Waiting(ctx, conv.ID)
	if err != nil {
		return err
	}
	for i := range waiting {
		m := &waiting[i]
		if m.AgentID == nil || *m.AgentID == by.ID || m.Template != nil || now.Sub(m.CreatedAt) >= desk.UndoTime {
			continue // it was decided before
		}
		m.Status, m.FailureDetail = desk.StatusDropped, "person_stepped_in"
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		if m.Text == "" {
			continue
		}
		err := tx.SaveDraft(ctx, &desk.Draft{
			ConversationID: conv.ID, AgentID: *m.AgentID, Mode: desk.DraftReply, Text: m.Text, QuotedID: m.QuotedID,
			Refused: desk.ErrTaken.Code, Holder: by.Name, SavedAt: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
