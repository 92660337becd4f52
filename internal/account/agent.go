package account

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const (
	longestName  = 80  // characters
	longestEmail = 254 // bytes, RFC 5321
)

// NewAgent is what is said of an agent when the account is made.
type NewAgent struct {
	Name     string
	Email    string
	Role     desk.Role
	Language string // empty: the desk's first
}

// CreateAgent makes an account without a password and returns the token of the
// one-time link that opens it.
func (a *Accounts) CreateAgent(ctx context.Context, by desk.Agent, n NewAgent) (agent desk.Agent, token string, err error) {
	agent, err = a.fresh(n)
	if err != nil {
		return desk.Agent{}, "", err
	}
	err = a.administer(ctx, by, nil, func(tx Tx, _ map[uuid.UUID]*desk.Agent) error {
		if err := tx.AddAgent(ctx, &agent); err != nil {
			return err
		}
		token, err = a.addLink(ctx, tx, agent.ID)
		return err
	})
	if errors.Is(err, desk.ErrDuplicate) {
		err = desk.ErrDuplicate.For("email")
	}
	if err != nil {
		return desk.Agent{}, "", fmt.Errorf("creating an agent: %w", err)
	}
	a.log.InfoContext(ctx, "agent created", "agent_id", agent.ID, "role", agent.Role, "by_agent_id", by.ID)
	return agent, token, nil
}

func (a *Accounts) fresh(n NewAgent) (desk.Agent, error) {
	name := strings.Join(strings.Fields(n.Name), " ")
	if name == "" || utf8.RuneCountInString(name) > longestName || strings.ContainsFunc(name, unicode.IsControl) {
		return desk.Agent{}, desk.ErrInvalid.For("name")
	}
	email := canonical(n.Email)
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > longestEmail {
		return desk.Agent{}, desk.ErrInvalid.For("email")
	}
	if !n.Role.Valid() {
		return desk.Agent{}, desk.ErrInvalid.For("role")
	}
	if n.Language == "" {
		n.Language = desk.Languages[0]
	}
	if !desk.KnownLanguage(n.Language) {
		return desk.Agent{}, desk.ErrInvalid.For("language")
	}
	now := a.now()
	return desk.Agent{
		ID: desk.NewID(), Name: name, Email: email, Role: n.Role, Language: n.Language,
		Active: true, CreatedAt: now, UpdatedAt: now,
	}, nil
}

func canonical(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// SetLanguage changes the language of an agent's console: the agent's own, or by
// an admin anybody's.
func (a *Accounts) SetLanguage(ctx context.Context, by desk.Agent, id uuid.UUID, language string) error {
	if !desk.KnownLanguage(language) {
		return desk.ErrInvalid.For("language")
	}
	save := func(tx Tx, agent *desk.Agent) error {
		agent.Language, agent.UpdatedAt = language, a.now()
		return tx.SaveAgent(ctx, agent)
	}
	if by.Active && by.ID == id && by.ID != uuid.Nil {
		return a.changeOwn(ctx, id, save)
	}
	return a.change(ctx, by, id, save)
}

// SetNotify keeps how an agent wants to be told of what is new.
func (a *Accounts) SetNotify(ctx context.Context, by desk.Agent, desktop, sound bool) error {
	if !by.Active || by.ID == uuid.Nil {
		return desk.ErrForbidden
	}
	return a.changeOwn(ctx, by.ID, func(tx Tx, agent *desk.Agent) error {
		agent.NotifyDesktop, agent.NotifySound, agent.UpdatedAt = desktop, sound, a.now()
		return tx.SaveAgent(ctx, agent)
	})
}

// ChangeRole gives an agent another role. Fails with desk.ErrLastAdmin when
// nobody could administer the desk afterwards.
func (a *Accounts) ChangeRole(ctx context.Context, by desk.Agent, id uuid.UUID, role desk.Role) error {
	if !role.Valid() {
		return desk.ErrInvalid.For("role")
	}
	err := a.change(ctx, by, id, func(tx Tx, agent *desk.Agent) error {
		agent.Role, agent.UpdatedAt = role, a.now()
		return tx.SaveAgent(ctx, agent)
	})
	if err != nil {
		return fmt.Errorf("changing the role of agent %s: %w", id, err)
	}
	a.log.InfoContext(ctx, "role changed", "agent_id", id, "role", role, "by_agent_id", by.ID)
	return nil
}

// Deactivate shuts an agent out at once: no sign-in, no link, no open session.
// Fails with desk.ErrLastAdmin as ChangeRole does. What the agent holds stays
// with them until somebody reassigns it.
func (a *Accounts) Deactivate(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	return a.setActive(ctx, by, id, false)
}

// Reactivate lets a deactivated agent in again, with the old password.
func (a *Accounts) Reactivate(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	return a.setActive(ctx, by, id, true)
}

func (a *Accounts) setActive(ctx context.Context, by desk.Agent, id uuid.UUID, active bool) error {
	err := a.change(ctx, by, id, func(tx Tx, agent *desk.Agent) error {
		agent.Active, agent.UpdatedAt = active, a.now()
		return tx.SaveAgent(ctx, agent)
	})
	if err != nil {
		return fmt.Errorf("changing whether agent %s is active: %w", id, err)
	}
	a.log.InfoContext(ctx, "agent changed", "agent_id", id, "active", active, "by_agent_id", by.ID)
	return nil
}
