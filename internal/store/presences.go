package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// Presences returns what is known of who is there.
func (s *Store) Presences(ctx context.Context) ([]desk.Presence, error) {
	var all []desk.Presence
	return all, wrap("reading presences", s.reading(ctx).Find(&all).Error)
}

// Presence returns that of an agent; of one who never was here, an empty one.
func (s *Store) Presence(ctx context.Context, agent uuid.UUID) (desk.Presence, error) {
	p := desk.Presence{AgentID: agent}
	err := wrap("reading a presence", s.reading(ctx).Take(&p, "agent_id = ?", agent).Error)
	if errors.Is(err, desk.ErrNotFound) {
		err = nil
	}
	return p, err
}

// LockPresence returns an agent's presence, which it begins if need be, and holds it.
func (t *Tx) LockPresence(ctx context.Context, agent uuid.UUID) (*desk.Presence, error) {
	var p desk.Presence
	held := func() error {
		return t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Limit(1).Find(&p, "agent_id = ?", agent).Error
	}
	if err := held(); err != nil || p.AgentID != uuid.Nil {
		return &p, t.fail("locking a presence", err)
	}
	fresh := desk.Presence{AgentID: agent, Shown: desk.Offline, ShownAt: t.s.now()}
	if err := t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return nil, t.fail("beginning a presence", err)
	}
	return &p, t.fail("locking a presence", held())
}

// SavePresence writes a presence. Consoles are told when what they show is another
// one now.
func (t *Tx) SavePresence(ctx context.Context, p *desk.Presence, now time.Time) error {
	if state := p.At(now); state != p.Shown {
		p.Shown, p.ShownAt = state, now
		t.touch(desk.TopicPresence, p.AgentID)
		t.Touch(desk.Change{Topic: desk.TopicQueue})
	}
	return t.fail("saving a presence", t.in(ctx).Select("*").Updates(p).Error)
}

// RenewPresence lengthens the lease of an agent whose console is open, and reports
// whether there was one that still ran: without one the agent has to be let in by
// LockPresence and SavePresence.
func (t *Tx) RenewPresence(ctx context.Context, agent uuid.UUID, now time.Time) (bool, error) {
	result := t.in(ctx).Exec("update presences set seen_until = ? where agent_id = ? and seen_until > ?", now.Add(desk.PresenceLease), agent, now)
	return result.RowsAffected > 0, t.fail("renewing a presence", result.Error)
}
