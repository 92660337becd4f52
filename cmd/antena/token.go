package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/tokens"
)

type tokenCommands struct {
	Create tokenCreateCommand `cmd:"" help:"Make a token for another program and print it, this once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token, at once and on all replicas."`
}

type tokenCreateCommand struct {
	Name   string        `required:"" help:"Of the program, as the history of tickets shows it."`
	Source string        `help:"Short name of the system behind it, for external ids and the mark of its changes; default: made of the name."`
	Scope  []string      `required:"" help:"What it may do, such as read:tickets; several with commas. See antena token list --scopes."`
	Expire time.Duration `help:"How long it lasts, such as 8760h; default: until it is revoked."`
}

// Run makes a token.
func (c *tokenCreateCommand) Run(ctx context.Context, w *world) error {
	return withTokens(ctx, w, func(_ config.Config, all *tokens.Tokens) error {
		want := tokens.Wanted{Name: c.Name, Source: c.Source}
		for _, s := range c.Scope {
			want.Scopes = append(want.Scopes, desk.Scope(s))
		}
		if c.Expire > 0 {
			at := time.Now().Add(c.Expire)
			want.ExpiresAt = &at
		}
		token, text, err := all.Create(ctx, account.Operator(), want)
		if errors.Is(err, desk.ErrInvalid) {
			return fmt.Errorf("%w; the scopes are %s", err, scopeWords(desk.Scopes))
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s (source %s) may use %s. The token is shown only now:\n%s\n", token.Name, token.Source, scopeWords(token.Scopes), text)
		return nil
	})
}

type tokenListCommand struct {
	Scopes bool `help:"List the scopes there are instead."`
}

// Run lists tokens.
func (c *tokenListCommand) Run(ctx context.Context, w *world) error {
	if c.Scopes {
		for _, s := range desk.Scopes {
			fmt.Fprintln(w.out, s)
		}
		return nil
	}
	return withTokens(ctx, w, func(_ config.Config, all *tokens.Tokens) error {
		found, err := all.List(ctx, account.Operator())
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "ID\tNAME\tTOKEN\tSTATE\tLAST USED\tSCOPES")
		now := time.Now()
		for i := range found {
			t := &found[i]
			fmt.Fprintf(table, "%s\t%s\t%s…\t%s\t%s\t%s\n", t.ID, t.Name, t.Prefix, tokenState(t, now), stamp(t.LastUsedAt), scopeWords(t.Scopes))
		}
		return table.Flush()
	})
}

type tokenRevokeCommand struct {
	ID string `arg:"" help:"Id of the token, as the list shows it."`
}

// Run ends a token.
func (c *tokenRevokeCommand) Run(ctx context.Context, w *world) error {
	id, err := uuid.Parse(c.ID)
	if err != nil {
		return fmt.Errorf("%q is no id of a token", c.ID)
	}
	return withTokens(ctx, w, func(_ config.Config, all *tokens.Tokens) error {
		if err := all.Revoke(ctx, account.Operator(), id); err != nil {
			return err
		}
		fmt.Fprintln(w.out, "the token opens nothing any more")
		return nil
	})
}

func withTokens(ctx context.Context, w *world, do func(config.Config, *tokens.Tokens) error) error {
	return withAccounts(ctx, w, func(cfg config.Config, _ *account.Accounts, s *store.Store) error {
		return do(cfg, app.NewTokens(s))
	})
}

func tokenState(t *desk.Token, now time.Time) string {
	switch {
	case t.RevokedAt != nil:
		return "revoked"
	case !t.InForce(now):
		return "expired"
	case t.ExpiresAt != nil:
		return "until " + t.ExpiresAt.Format(time.DateOnly)
	}
	return "in force"
}

func stamp(at *time.Time) string {
	if at == nil {
		return "never"
	}
	return at.Format(time.RFC3339)
}

func scopeWords(all []desk.Scope) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, ",")
}
