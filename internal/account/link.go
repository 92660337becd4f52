package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const tokenBytes = 32

// NewLink returns the token of a one-time link for an agent. It is how an admin
// helps somebody who cannot get in, so the agent's password is forgotten, the
// sessions that rest on it end, and whoever opens the link chooses a new one.
// The token is not kept; it cannot be shown again.
func (a *Accounts) NewLink(ctx context.Context, by desk.Agent, id uuid.UUID) (token string, err error) {
	err = a.change(ctx, by, id, func(tx Tx, agent *desk.Agent) error {
		if !agent.Active || agent.Program {
			return desk.ErrTransition
		}
		agent.PasswordHash = ""
		if err := tx.SaveAgent(ctx, agent); err != nil {
			return err
		}
		token, err = a.addLink(ctx, tx, id)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("making a link for agent %s: %w", id, err)
	}
	a.log.InfoContext(ctx, "sign-in link made", "agent_id", id, "by_agent_id", by.ID)
	return token, nil
}

// SignInByLink lets in whoever holds the token of a link, once. Fails with
// desk.ErrLinkSpent.
func (a *Accounts) SignInByLink(ctx context.Context, token string) (desk.Agent, error) {
	var agent desk.Agent
	now := a.now()
	err := a.store.InTx(ctx, func(tx Tx) error {
		id, err := tx.UseLink(ctx, tokenHash(token), now)
		if err != nil {
			return err
		}
		locked, err := tx.LockAgent(ctx, id)
		if err != nil || !locked.Active {
			return err // of a deactivated agent: the link is spent, and nobody gets in
		}
		agent, err = seen(ctx, tx, locked, now)
		return err
	})
	if errors.Is(err, desk.ErrNotFound) || (err == nil && agent.ID == uuid.Nil) {
		err = desk.ErrLinkSpent
	}
	if err != nil {
		return desk.Agent{}, fmt.Errorf("signing in by link: %w", err)
	}
	a.log.InfoContext(ctx, "signed in", "agent_id", agent.ID, "by", "link")
	return agent, nil
}

func (a *Accounts) addLink(ctx context.Context, tx Tx, id uuid.UUID) (string, error) {
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw) // never fails: the runtime ends the program instead
	token := base64.RawURLEncoding.EncodeToString(raw)
	now := a.now()
	return token, tx.AddLink(ctx, desk.SignInLink{
		TokenHash: tokenHash(token), AgentID: id, ExpiresAt: now.Add(a.linkLife), CreatedAt: now,
	})
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
