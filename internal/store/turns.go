package store

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AddTurn adds the record of a turn.
func (t *Tx) AddTurn(ctx context.Context, turn *desk.Turn) error {
	_, err := insert(ctx, t, t.s.shapes.turn, "a turn", turn, "")
	return err
}

// Turn returns the record of a turn.
func (s *Store) Turn(ctx context.Context, id uuid.UUID) (*desk.Turn, error) {
	return take[desk.Turn](ctx, s.reading(ctx), "turn", id)
}

// TurnOf returns the record of the turn that answered with a message.
func (s *Store) TurnOf(ctx context.Context, message uuid.UUID) (*desk.Turn, error) {
	var turn desk.Turn
	err := s.reading(ctx).Where("id = (select turn_id from messages where messages.id = ?)", message).Take(&turn).Error
	if err != nil {
		return nil, wrap("reading the turn of message "+message.String(), err)
	}
	return &turn, nil
}

// Turns returns the newest records of a conversation, newest first. Those of
// turns in which nothing was said are among them.
func (s *Store) Turns(ctx context.Context, conversation uuid.UUID, limit int) ([]desk.Turn, error) {
	var turns []desk.Turn
	err := s.reading(ctx).Where("conversation_id = ?", conversation).Order("id desc").Limit(limit).Find(&turns).Error
	return turns, wrap("reading the turns of conversation "+conversation.String(), err)
}
