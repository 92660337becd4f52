package agents

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// MarkWrong tells whoever keeps an article that what the assistant said from it was
// wrong. Only answers that came from an article can be marked, each once.
func (d *Desk) MarkWrong(ctx context.Context, by desk.Agent, message uuid.UUID, reason string) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	if reason = clean(reason); desk.Units(reason) > desk.MaxReason {
		return desk.ErrTextTooLong.For("reason")
	}
	var m *desk.Message
	err := d.Store.InTx(ctx, func(tx Tx) (err error) {
		m, err = tx.LockMessage(ctx, message)
		return err
	})
	if err == nil {
		err = d.markWrong(ctx, by, m, reason)
	}
	if err != nil {
		return fmt.Errorf("mark the answer %s as wrong: %w", message, err)
	}
	return nil
}

func (d *Desk) markWrong(ctx context.Context, by desk.Agent, m *desk.Message, reason string) error {
	if m.Author != desk.ByAssistant || m.Direction != desk.Outbound || m.TurnID == nil {
		return desk.ErrTransition
	}
	turn, err := d.Turn(ctx, *m.TurnID)
	if err != nil {
		return err
	}
	ref := turn.Decision.Article
	if ref == nil {
		return desk.ErrTransition
	}
	return d.Store.InTx(ctx, func(tx Tx) error {
		fresh, err := tx.AddWrong(ctx, &desk.WrongAnswer{
			MessageID: m.ID, ConversationID: m.ConversationID, ArticleID: ref.ID, Language: ref.Language, Version: ref.Version,
			AgentID: by.ID, Reason: reason, CreatedAt: d.Now(),
		})
		if err != nil || !fresh {
			return err
		}
		return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertAnswer, Subject: ref.ID + "/" + ref.Language, Severity: desk.SeverityWarning, LastAt: d.Now()})
	})
}

// SettleWrong says that the wrong answers of an article were dealt with.
func (d *Desk) SettleWrong(ctx context.Context, by desk.Agent, article, language string) error {
	if !by.Active || !by.Role.May(desk.MayReassign) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		_, err := tx.SettleWrong(ctx, article, language, by.ID, d.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("settle what was wrong in %s: %w", article, err)
	}
	return nil
}
