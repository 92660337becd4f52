package agents

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Draft is a reply to send. ID is made by the browser: a repeated request with
// the same id is the same reply.
type Draft struct {
	ID       uuid.UUID
	Text     string      // may be empty when there are files
	QuotedID string      // wamid of the message it replies to, or empty
	Uploads  []uuid.UUID // files the agent has chosen, at most desk.MaxUploads, in their order
	// Seen is the last message the agent had before their eyes: what another person
	// said after it stops the reply. Zero: nothing is compared.
	Seen uuid.UUID
	// Hold is how long the reply waits before it goes out, so that it can be taken back.
	Hold time.Duration
}

// Reply sends words and files of the holder to the contact, within the reply
// window, and returns its first message. The provider carries one file in a
// message, so each further file is a message of its own. What is refused because
// things have changed meanwhile is kept as the agent's draft, with the reason.
func (d *Desk) Reply(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft Draft) (*desk.Message, error) {
	m, err := d.reply(ctx, by, conversation, draft)
	return m, d.keepRefused(ctx, by, conversation, draft, err)
}

func (d *Desk) reply(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft Draft) (*desk.Message, error) {
	text, err := words(draft.Text, desk.MaxText)
	if errors.Is(err, desk.ErrEmptyText) && len(draft.Uploads) > 0 {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if len(draft.Uploads) > desk.MaxUploads {
		return nil, desk.ErrTooManyFiles
	}
	var first *desk.Message
	err = d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		first = nil
		if err := maySay(conv, by, now); err != nil {
			return err
		}
		if err := d.nobodyElse(ctx, tx, conv, by, draft); err != nil {
			return err
		}
		base := desk.Message{
			DraftID: draftKey(draft.ID), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
			Kind: desk.KindText, Text: text, QuotedID: draft.QuotedID, Status: desk.StatusQueued, CreatedAt: now,
		}
		all, err := withFiles(ctx, tx, by, base, draft.Uploads)
		if err != nil || len(all) == 0 {
			return err
		}
		first = &all[0]
		for i := range all {
			fresh, err := say(ctx, tx, conv, &all[i], now, draft.Hold)
			if err != nil || !fresh {
				return err // one that is there already came with all that follows
			}
		}
		return tx.DeleteDraft(ctx, conv.ID, by.ID, desk.DraftReply)
	})
	if err != nil {
		return nil, err
	}
	return first, nil
}

// say adds a message and has it sent, after a while if it is held.
func say(ctx context.Context, tx Tx, conv *desk.Conversation, m *desk.Message, now time.Time, held time.Duration) (fresh bool, err error) {
	fresh, err = tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return fresh, err
	}
	conv.Say(m, now)
	conv.Unread = 0
	var job desk.Job = desk.SendJob{Message: m.ID, Rank: m.Rank()}
	if m.Attachment != nil {
		job = desk.UploadJob{Message: m.ID}
	}
	if held > 0 {
		return true, tx.EnqueueAt(ctx, now.Add(held), job)
	}
	return true, tx.Enqueue(ctx, job)
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
		if err := addNote(ctx, tx, conv, by, id, text, now); err != nil {
			return err
		}
		return tx.DeleteDraft(ctx, conv.ID, by.ID, desk.DraftNote)
	})
}

func addNote(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, draft uuid.UUID, text string, now time.Time) error {
	m := &desk.Message{
		ID: desk.NewID(), DraftID: draftKey(draft), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
		Kind: desk.KindNote, Text: text, CreatedAt: now,
	}
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	if err := whisper(ctx, tx, conv, by, m, now); err != nil {
		return err
	}
	return mention(ctx, tx, by, text, aboutConversation(conv.ID, &m.ID), conv.ID, now)
}

// DecideUnknown settles a send nobody knows the outcome of: the agent looked and
// says that it went out, or sends it again. What the provider refused can be sent
// again too, once its reason is mended.
func (d *Desk) DecideUnknown(ctx context.Context, by desk.Agent, message uuid.UUID, resend bool) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if err != nil {
			return err
		}
		if m.Status != desk.StatusUnknown && !(resend && m.Refused()) {
			return desk.ErrTransition
		}
		if !resend {
			m.Advance(desk.StatusSent, d.Now())
			return tx.SaveMessage(ctx, m)
		}
		m.Status, m.FailureCode, m.FailureDetail, m.Notice, m.Attempts = desk.StatusQueued, 0, "", "", 0
		m.AgentID = by.Actor().AgentID() // sent by a person's word: that one holds the conversation drops it no more
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.SendJob{Message: m.ID, Rank: m.Rank()})
	})
	if err != nil {
		return fmt.Errorf("decide on message %s: %w", message, err)
	}
	return nil
}
