package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// seenEvery is how often at most LastSeenAt is written while an agent works.
const seenEvery = 5 * time.Minute

// SignIn lets an agent in who knows the password. Remote is the address of the
// caller without its port. Fails with desk.ErrBadCredentials, whichever of the
// two is wrong or the agent deactivated, or with desk.ErrTooMany.
func (a *Accounts) SignIn(ctx context.Context, email, password, remote string) (desk.Agent, error) {
	email = canonical(email)
	if len(email) > longestEmail {
		return desk.Agent{}, desk.ErrBadCredentials
	}
	if err := a.guesses.admit(email, remote); err != nil {
		a.log.WarnContext(ctx, "sign-in refused", "reason", "too many attempts")
		return desk.Agent{}, err
	}
	agent, err := a.check(ctx, email, password)
	if err == nil {
		agent, err = a.enter(ctx, agent)
	}
	switch {
	case err == nil:
		a.guesses.right(email, remote)
	case !errors.Is(err, desk.ErrBadCredentials):
		a.guesses.undo(email, remote)
	}
	return agent, err
}

// check finds the agent of an e-mail address and password. Every way to fail
// computes one hash.
func (a *Accounts) check(ctx context.Context, email, password string) (desk.Agent, error) {
	agent, err := a.store.AgentByEmail(ctx, email)
	if errors.Is(err, desk.ErrNotFound) {
		agent, err = &desk.Agent{}, nil
	}
	if err != nil {
		return desk.Agent{}, fmt.Errorf("finding who signs in: %w", err)
	}
	ok, err := a.matches(ctx, password, agent.PasswordHash)
	if err != nil {
		return desk.Agent{}, fmt.Errorf("checking the password of agent %s: %w", agent.ID, err)
	}
	if !ok || !agent.Active {
		if agent.ID != uuid.Nil {
			a.log.WarnContext(ctx, "sign-in refused", "agent_id", agent.ID, "active", agent.Active)
		}
		return desk.Agent{}, desk.ErrBadCredentials
	}
	return *agent, nil
}

// matches cuts what is longer than any password, so that a body of a megabyte is
// not hashed.
func (a *Accounts) matches(ctx context.Context, password, phc string) (bool, error) {
	const longest = 4 * LongestPassword // bytes
	if len(password) > longest {
		password, phc = "", ""
	}
	return a.hashes.matches(ctx, password, phc)
}

// enter marks an agent whose password was right as seen, unless the account
// changed while the password was being checked.
func (a *Accounts) enter(ctx context.Context, checked desk.Agent) (desk.Agent, error) {
	var agent desk.Agent
	err := a.store.InTx(ctx, func(tx Tx) error {
		locked, err := tx.LockAgent(ctx, checked.ID)
		if err != nil {
			return err
		}
		if !locked.Active || locked.PasswordHash != checked.PasswordHash {
			return desk.ErrBadCredentials
		}
		agent, err = seen(ctx, tx, locked, a.now())
		return err
	})
	if err != nil {
		return desk.Agent{}, fmt.Errorf("signing in agent %s: %w", checked.ID, err)
	}
	a.log.InfoContext(ctx, "signed in", "agent_id", agent.ID, "by", "password")
	return agent, nil
}

func seen(ctx context.Context, tx Tx, agent *desk.Agent, now time.Time) (desk.Agent, error) {
	agent.LastSeenAt = &now
	return *agent, tx.SaveAgent(ctx, agent)
}

// Stamp stands for what a session rests on. A session keeps the stamp of its
// agent from when it began; Resume ends it when the password has changed since.
func Stamp(agent desk.Agent) string {
	sum := sha256.Sum256([]byte(agent.ID.String() + agent.PasswordHash))
	return hex.EncodeToString(sum[:16])
}

// Resume returns the agent of a session that began with the stamp, and notes now
// and then that the agent was seen. Fails with desk.ErrUnauthenticated when the
// session must end: the agent is deactivated or has another password.
func (a *Accounts) Resume(ctx context.Context, id uuid.UUID, stamp string) (desk.Agent, error) {
	agent, err := a.store.Agent(ctx, id)
	if errors.Is(err, desk.ErrNotFound) {
		return desk.Agent{}, desk.ErrUnauthenticated
	}
	if err != nil {
		return desk.Agent{}, fmt.Errorf("resuming the session of agent %s: %w", id, err)
	}
	if !agent.Active || Stamp(*agent) != stamp {
		return desk.Agent{}, desk.ErrUnauthenticated
	}
	now := a.now()
	if agent.LastSeenAt != nil && now.Sub(*agent.LastSeenAt) < seenEvery {
		return *agent, nil
	}
	err = a.store.InTx(ctx, func(tx Tx) error {
		locked, err := tx.LockAgent(ctx, id)
		if err == nil {
			_, err = seen(ctx, tx, locked, now)
		}
		return err
	})
	if err != nil { // a page is worth more than the time of day
		a.log.WarnContext(ctx, "last seen not written", "agent_id", id, "error", err)
	}
	return *agent, nil
}
