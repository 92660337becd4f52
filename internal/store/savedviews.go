package store

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// SavedViews returns an agent's saved views and those everybody shares, by name.
func (s *Store) SavedViews(ctx context.Context, agent uuid.UUID) ([]desk.SavedView, error) {
	var all []desk.SavedView
	err := s.reading(ctx).Where("agent_id = ? or shared", agent).Order("name, id").Limit(maxPage).Find(&all).Error
	return all, wrap("reading saved views", err)
}

// SavedView returns a saved view.
func (s *Store) SavedView(ctx context.Context, id uuid.UUID) (*desk.SavedView, error) {
	return take[desk.SavedView](ctx, s.reading(ctx), "saved view", id)
}

// SaveView keeps a saved view, new or not. desk.ErrDuplicate when the agent has
// another of the name.
func (s *Store) SaveView(ctx context.Context, v *desk.SavedView) error {
	return s.InTx(ctx, func(t *Tx) error {
		t.touch(desk.TopicView, v.ID)
		return t.fail("keeping a saved view", t.in(ctx).Save(v).Error)
	})
}

// DropView forgets a saved view.
func (s *Store) DropView(ctx context.Context, id uuid.UUID) error {
	return s.InTx(ctx, func(t *Tx) error {
		t.touch(desk.TopicView, id)
		return t.fail("forgetting a saved view", t.in(ctx).Delete(&desk.SavedView{}, "id = ?", id).Error)
	})
}

// ConversationIDs returns the first conversations of a list, at most limit.
func (s *Store) ConversationIDs(ctx context.Context, f desk.ConversationFilter, limit int) ([]uuid.UUID, error) {
	query, err := ordered(s.selected(ctx, f), f)
	if err != nil {
		return nil, err
	}
	found, err := ids(query.Select("conversations.id").Limit(limit))
	return found, wrap("listing conversations", err)
}

// exportBatch is how many conversations are read at once.
const exportBatch = 500

// EachConversation hands over the conversations of a list by their ids, which never
// change, so that each comes once however they move in lists meanwhile.
func (s *Store) EachConversation(ctx context.Context, f desk.ConversationFilter, row func(*desk.ConversationCard) error) error {
	after := uuid.Nil
	for {
		query := s.selected(ctx, f).Where("conversations.id > ?", after)
		found, err := ids(query.Select("conversations.id").Order("conversations.id").Limit(exportBatch))
		if err != nil {
			return wrap("listing conversations", err)
		}
		cards, err := s.cards(ctx, found)
		if err != nil {
			return wrap("listing conversations", err)
		}
		for i := range cards {
			if err := row(&cards[i]); err != nil {
				return err
			}
		}
		if len(found) < exportBatch {
			return nil
		}
		after = found[len(found)-1]
	}
}
