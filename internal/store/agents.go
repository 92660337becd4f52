package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AddAgent adds an agent; desk.ErrDuplicate when the e-mail is known.
func (t *Tx) AddAgent(ctx context.Context, a *desk.Agent) error { return add(ctx, t, "an agent", a) }

// LockAgent returns an agent and holds it.
func (t *Tx) LockAgent(ctx context.Context, id uuid.UUID) (*desk.Agent, error) {
	return lock[desk.Agent](ctx, t, "agent", id)
}

// Team returns the people of the desk who have not left.
func (t *Tx) Team(ctx context.Context) ([]desk.Agent, error) {
	var agents []desk.Agent
	return agents, t.fail("reading agents", t.in(ctx).Where("active and not program").Order("id").Find(&agents).Error)
}

// SaveAgent writes an agent.
func (t *Tx) SaveAgent(ctx context.Context, a *desk.Agent) error { return save(ctx, t, "an agent", a) }

// AddLink adds a one-time sign-in link.
func (t *Tx) AddLink(ctx context.Context, link desk.SignInLink) error {
	return add(ctx, t, "a sign-in link", &link)
}

// UseLink spends a link and returns whose it is. Of many who use one at once,
// one succeeds; the others get desk.ErrLinkSpent.
func (t *Tx) UseLink(ctx context.Context, hash string, now time.Time) (uuid.UUID, error) {
	var agent uuid.UUID
	err := t.in(ctx).Raw(`update sign_in_links set used_at = ? where token_hash = ? and used_at is null and expires_at > ?
		returning agent_id`, now, hash, now).Row().Scan(&agent)
	if err = failure(err); errors.Is(err, desk.ErrNotFound) {
		err = desk.ErrLinkSpent
	}
	return agent, t.fail("using a sign-in link", err)
}

// Agents returns every agent, by name.
func (s *Store) Agents(ctx context.Context) ([]desk.Agent, error) {
	var agents []desk.Agent
	return agents, wrap("reading agents", s.reading(ctx).Order("name, id").Find(&agents).Error)
}

// Agent returns an agent.
func (s *Store) Agent(ctx context.Context, id uuid.UUID) (*desk.Agent, error) {
	return take[desk.Agent](ctx, s.reading(ctx), "agent", id)
}

// AgentByEmail returns the agent with an e-mail address, which is kept in lower case.
func (s *Store) AgentByEmail(ctx context.Context, email string) (*desk.Agent, error) {
	var agent desk.Agent
	if err := s.reading(ctx).Take(&agent, "email = ?", email).Error; err != nil {
		return nil, wrap("reading an agent by e-mail", err)
	}
	return &agent, nil
}
