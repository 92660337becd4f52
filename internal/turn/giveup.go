package turn

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// GiveUp gives a conversation whose turn failed for good to people: a contact is
// never left waiting. It does nothing when somebody has it already.
func (e *Engine) GiveUp(ctx context.Context, conversation uuid.UUID, reason desk.Reason) error {
	return e.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, conversation)
		if err != nil || conv.Owner != desk.OwnerAssistant {
			return err
		}
		now := e.Now()
		h := desk.Handoff{Reason: reason, Team: desk.TeamSupport, Priority: desk.PriorityHigh, Language: conv.Language, Wants: conv.Preview, At: now}
		if err := conv.Enqueue(h, now); err != nil {
			return err
		}
		conv.TurnDueAt, conv.BurstAt = nil, nil
		_, err = tx.AddMessage(ctx, &desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.BySystem,
			Kind: desk.KindNotice, Notice: "handed_off", Text: string(reason), CreatedAt: now,
		})
		if err != nil {
			return err
		}
		return tx.SaveConversation(ctx, conv)
	})
}
