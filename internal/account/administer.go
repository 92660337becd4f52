package account

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// changeOwn changes the account of the agent who asks.
func (a *Accounts) changeOwn(ctx context.Context, id uuid.UUID, fn func(Tx, *desk.Agent) error) error {
	return a.store.InTx(ctx, func(tx Tx) error {
		agent, err := tx.LockAgent(ctx, id)
		if err != nil {
			return err
		}
		if !agent.Active {
			return desk.ErrForbidden
		}
		return fn(tx, agent)
	})
}

// change changes an account as an admin, and takes the change back when it would
// leave the desk without an admin.
func (a *Accounts) change(ctx context.Context, by desk.Agent, id uuid.UUID, fn func(Tx, *desk.Agent) error) error {
	return a.administer(ctx, by, &id, func(tx Tx, locked map[uuid.UUID]*desk.Agent) error {
		agent := locked[id]
		was := administers(agent)
		if err := fn(tx, agent); err != nil {
			return err
		}
		for _, other := range locked {
			if administers(other) {
				return nil
			}
		}
		if was {
			return desk.ErrLastAdmin
		}
		return nil
	})
}

func administers(agent *desk.Agent) bool { return agent.Active && agent.Role.May(desk.MayAdminister) }

// administer runs fn for an admin, with every admin's row and that of about
// locked in the order of their ids. Two admins who demote each other at once are
// thereby one after the other, and who was demoted a moment ago is refused.
func (a *Accounts) administer(ctx context.Context, by desk.Agent, about *uuid.UUID, fn func(Tx, map[uuid.UUID]*desk.Agent) error) error {
	if err := permit(by, desk.MayAdminister); err != nil {
		return err
	}
	all, err := a.store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("listing the agents: %w", err)
	}
	var ids []uuid.UUID
	for i := range all {
		if administers(&all[i]) {
			ids = append(ids, all[i].ID)
		}
	}
	if by.ID != uuid.Nil {
		ids = append(ids, by.ID)
	}
	if about != nil {
		ids = append(ids, *about)
	}
	slices.SortFunc(ids, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	ids = slices.Compact(ids)
	return a.store.InTx(ctx, func(tx Tx) error {
		locked := make(map[uuid.UUID]*desk.Agent, len(ids))
		for _, id := range ids {
			if locked[id], err = tx.LockAgent(ctx, id); err != nil {
				return err
			}
		}
		if by.ID != uuid.Nil && !administers(locked[by.ID]) {
			return desk.ErrForbidden
		}
		return fn(tx, locked)
	})
}
