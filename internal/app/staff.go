package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/agents"
	"antena/internal/desk"
)

// staff are the accounts as the console sees them: who may no longer answer also
// lets go of their conversations.
type staff struct {
	*account.Accounts
	desk *agents.Desk
}

// Deactivate ends an agent's access and puts what they hold into the queue.
func (s staff) Deactivate(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	if err := s.Accounts.Deactivate(ctx, by, id); err != nil {
		return err
	}
	return s.desk.ReleaseAll(ctx, by, id)
}

// ChangeRole gives an agent another role; an auditor holds nothing.
func (s staff) ChangeRole(ctx context.Context, by desk.Agent, id uuid.UUID, role desk.Role) error {
	if err := s.Accounts.ChangeRole(ctx, by, id, role); err != nil {
		return err
	}
	if role.May(desk.MayAnswer) {
		return nil
	}
	return s.desk.ReleaseAll(ctx, by, id)
}

// held lists every conversation an agent holds.
func (a *App) held(ctx context.Context, agent uuid.UUID) ([]uuid.UUID, error) {
	var all []uuid.UUID
	filter := desk.ConversationFilter{View: desk.ViewMine, Agent: agent, Limit: 100}
	for {
		page, err := a.Store.Conversations(ctx, filter)
		if err != nil {
			return nil, err
		}
		for i := range page.Cards {
			all = append(all, page.Cards[i].Conversation.ID)
		}
		if page.Next == "" {
			return all, nil
		}
		filter.After = page.Next
	}
}

// zone is the desk's time zone.
func (a *App) zone() *time.Location { return a.current.Profile().Location() }
