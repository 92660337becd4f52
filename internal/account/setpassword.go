package account

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// SetPassword gives an agent a password. Agents say their current one, unless
// they have none yet; an admin may set another agent's without it, as
// the command line does. Fails with one of the ErrPassword errors, with
// desk.ErrBadCredentials or desk.ErrTooMany. Every session of the agent ends; the
// one at hand goes on if it takes the new Stamp.
func (a *Accounts) SetPassword(ctx context.Context, by desk.Agent, id uuid.UUID, current, password string) error {
	own := by.ID == id && by.ID != uuid.Nil
	if !by.Active || (!own && !by.Role.May(desk.MayAdminister)) {
		return desk.ErrForbidden
	}
	agent, err := a.store.Agent(ctx, id)
	if err != nil {
		return fmt.Errorf("setting the password of agent %s: %w", id, err)
	}
	if err := CheckPassword(password, agent.Name, agent.Email); err != nil {
		return err
	}
	if own && agent.PasswordHash != "" {
		if err := a.confirm(ctx, *agent, current); err != nil {
			return err
		}
	}
	hash, err := a.hashes.hash(ctx, password)
	if err != nil {
		return err
	}
	save := func(tx Tx, locked *desk.Agent) error {
		if locked.PasswordHash != agent.PasswordHash {
			return desk.ErrStale
		}
		locked.PasswordHash, locked.UpdatedAt = hash, a.now()
		return tx.SaveAgent(ctx, locked)
	}
	if own {
		err = a.changeOwn(ctx, id, save)
	} else {
		err = a.change(ctx, by, id, save)
	}
	if err != nil {
		return fmt.Errorf("setting the password of agent %s: %w", id, err)
	}
	a.log.InfoContext(ctx, "password set", "agent_id", id, "by_agent_id", by.ID)
	return nil
}

// confirm checks an agent's own password; guesses count as those of signing in.
func (a *Accounts) confirm(ctx context.Context, agent desk.Agent, password string) error {
	const remote = "signed in"
	if err := a.guesses.admit(agent.Email, remote); err != nil {
		return err
	}
	ok, err := a.matches(ctx, password, agent.PasswordHash)
	if err != nil {
		a.guesses.undo(agent.Email, remote)
		return fmt.Errorf("checking the password of agent %s: %w", agent.ID, err)
	}
	if !ok {
		return desk.ErrBadCredentials.For("current")
	}
	a.guesses.right(agent.Email, remote)
	return nil
}
