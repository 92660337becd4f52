package inbox

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// verdict takes a message in as the answer to a survey, if it is one: a button of a
// survey's whenever it is pressed, or the matching word as the first thing said after
// the question. It is no new matter, so it opens nothing and no turn follows; thanks
// are said once, and not in a chat that people have.
func (b *Inbox) verdict(ctx context.Context, tx Tx, conv *desk.Conversation, m *desk.Message, now time.Time) (taken bool, err error) {
	id, v, ok := desk.VerdictOf(m)
	if !ok || m.Choice == nil && conv.State != desk.ConversationClosed {
		return false, nil
	}
	since := now.Add(-desk.SurveyOpen)
	if m.Choice != nil {
		since = now.Add(-desk.SurveyKeep)
	}
	s, err := tx.LockSurvey(ctx, conv.ID, id, since)
	if errors.Is(err, desk.ErrNotFound) || err == nil && id == uuid.Nil && s.Verdict != "" {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	first := s.Answer(v, now)
	if err := tx.SaveSurvey(ctx, s); err != nil {
		return false, err
	}
	conv.TakeVerdict(m, now)
	if first && conv.Owner == desk.OwnerAssistant {
		if err := b.thank(ctx, tx, conv, s, now); err != nil {
			return false, err
		}
	}
	return true, tx.SaveConversation(ctx, conv)
}

func (b *Inbox) thank(ctx context.Context, tx Tx, conv *desk.Conversation, s *desk.Survey, now time.Time) error {
	if b.SurveyThanks == nil {
		return nil
	}
	m := &desk.Message{
		ID: desk.NewID(), DraftID: s.Thanks(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAssistant,
		Kind: desk.KindText, Text: b.SurveyThanks(s.Language), Status: desk.StatusQueued, CreatedAt: now,
	}
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	conv.Say(m, now)
	return tx.Enqueue(ctx, desk.SendJob{Message: m.ID, Rank: m.Rank()})
}
