package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// StuckTurns returns conversations whose turn was due before a time and has not
// been taken, longest wait first.
func (s *Store) StuckTurns(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from conversations where turn_due_at < ? order by turn_due_at limit ?", before, limit))
	return found, wrap("finding stuck turns", err)
}

// UnknownSends returns outbound messages whose fate nobody knows, and which people
// have not been told of: those marked so, and those whose last try began before a
// time and never ended. Oldest first.
func (s *Store) UnknownSends(ctx context.Context, before time.Time, limit int) ([]desk.Message, error) {
	var messages []desk.Message
	err := s.reading(ctx).Where("status in ('sending', 'unknown') and notice <> 'doubt_told' and coalesce(tried_at, created_at) < ?", before).
		Order("id").Limit(limit).Find(&messages).Error
	return messages, wrap("finding unknown sends", err)
}

// EndedSnoozes returns conversations whose snooze is over.
func (s *Store) EndedSnoozes(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw(`select id from conversations where state = 'snoozed' and snoozed_until <= ?
		order by snoozed_until limit ?`, now, limit))
	return found, wrap("finding ended snoozes", err)
}
