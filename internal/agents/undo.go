package agents

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Unsay takes back a reply of the agent's own that nobody has begun to send, with
// all that was sent in the same breath. Its words are the agent's draft again, its
// files are chosen again. desk.ErrTooLate when it is on its way.
func (d *Desk) Unsay(ctx context.Context, by desk.Agent, conversation, message uuid.UUID) (text string, err error) {
	err = d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		text = ""
		breath, err := tx.Breath(ctx, conv.ID, by.ID, message)
		if err != nil {
			return err
		}
		if len(breath) == 0 || slices.ContainsFunc(breath, begun) {
			return desk.ErrTooLate
		}
		quoted := breath[0].QuotedID
		for i := range breath {
			if breath[i].Text != "" {
				text = breath[i].Text
			}
			if err := unsay(ctx, tx, by, &breath[i], now); err != nil {
				return err
			}
		}
		last, err := tx.LastSaid(ctx, conv.ID)
		if err != nil {
			return err
		}
		conv.Unsay(last)
		if text == "" {
			return nil
		}
		return tx.SaveDraft(ctx, &desk.Draft{ConversationID: conv.ID, AgentID: by.ID, Mode: desk.DraftReply, Text: text, QuotedID: quoted, SavedAt: now})
	})
	return text, err
}

// begun reports whether a message may be on its way.
func begun(m desk.Message) bool { return m.Status != desk.StatusQueued || m.Attempts > 0 }

// unsay drops a message; its file is chosen again.
func unsay(ctx context.Context, tx Tx, by desk.Agent, m *desk.Message, now time.Time) error {
	if a := m.Attachment; a != nil {
		u := &desk.Upload{ID: desk.NewID(), ConversationID: m.ConversationID, AgentID: by.ID, Kind: m.Kind, Attachment: a, CreatedAt: now}
		if err := tx.AddUpload(ctx, u); err != nil {
			return err
		}
		if err := tx.MoveFile(ctx, m.ID, u.ID); err != nil {
			return err
		}
		m.Attachment = nil
	}
	m.Status, m.FailureDetail = desk.StatusDropped, desk.DroppedUndone
	return tx.SaveMessage(ctx, m)
}

// undoable keeps what a conversation was before an act, so that the agent may take it back.
func undoable(ctx context.Context, tx Tx, by desk.Agent, conv *desk.Conversation, was *desk.Hold, verb string, tickets []desk.Ticket, now time.Time) error {
	u := &desk.Undo{ConversationID: conv.ID, AgentID: by.ID, Verb: verb, Version: conv.Version, LastAt: conv.LastAt, Was: was, At: now}
	for i := range tickets {
		u.Tickets = append(u.Tickets, tickets[i].ID)
	}
	return tx.SaveUndo(ctx, u)
}

// Undo takes back what the agent did last with a conversation: resolved, snoozed,
// put into a queue or given back, unless anything has happened to it since.
func (d *Desk) Undo(ctx context.Context, by desk.Agent, conversation uuid.UUID) error {
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		u, err := tx.TakeUndo(ctx, conv.ID)
		if err != nil {
			return err
		}
		if u.AgentID != by.ID {
			return desk.ErrTooLate
		}
		if err := conv.TakeBack(u, now); err != nil {
			return err
		}
		for _, id := range u.Tickets {
			if err := d.changeTicket(ctx, tx, by, id, "state", "", func(t *desk.Ticket) error { return t.Reopen(now) }); err != nil {
				return err
			}
		}
		return notice(ctx, tx, conv, by, "undone", "", now)
	})
}
