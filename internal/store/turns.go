package store

import (
	"context"
	"slices"

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

// RecentTurns returns the newest records of all conversations, newest first.
func (s *Store) RecentTurns(ctx context.Context, limit int) ([]desk.Turn, error) {
	var turns []desk.Turn
	err := s.reading(ctx).Order("id desc").Limit(limit).Find(&turns).Error
	return turns, wrap("reading the newest turns", err)
}

// TurnMessages returns the part of the thread that a turn looked at, as a scene
// reads it, and what the turn said; both oldest first.
func (s *Store) TurnMessages(ctx context.Context, t *desk.Turn) (before, said []desk.Message, err error) {
	conversation, at := t.ConversationID.String(), t.ID.String()
	before, err = find[desk.Message](ctx, s.quick, s.shapes.message, "conversation_id = ? and id < ? order by id desc limit ?", conversation, at, scenePage)
	if err != nil {
		return nil, nil, wrap("reading what turn "+at+" saw", err)
	}
	slices.Reverse(before)
	if len(before) == scenePage && t.FirstMessageID != uuid.Nil && desk.Later(before[0].ID, t.FirstMessageID) {
		older, err := find[desk.Message](ctx, s.quick, s.shapes.message, "conversation_id = ? and id >= ? and id < ? and direction = 'in' order by id limit ?",
			conversation, t.FirstMessageID.String(), before[0].ID.String(), maxUnsettled)
		if err != nil {
			return nil, nil, wrap("reading what turn "+at+" saw", err)
		}
		before = slices.Concat(older, before)
	}
	said, err = find[desk.Message](ctx, s.quick, s.shapes.message, "conversation_id = ? and id > ? and turn_id = ? and direction = 'out' order by id limit ?", conversation, at, at, scenePage)
	return before, said, wrap("reading what turn "+at+" said", err)
}
