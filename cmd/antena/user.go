package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/store"
)

type userCommands struct {
	Add  userAddCommand  `cmd:"" help:"Add a person and print their one-time sign-in link."`
	List userListCommand `cmd:"" help:"List who may sign in."`
	Link userLinkCommand `cmd:"" help:"Print a new one-time sign-in link for a person."`
}

type userAddCommand struct {
	Name     string `required:"" help:"Their name, as others see it."`
	Email    string `required:"" help:"Their e-mail address; what they sign in with."`
	Role     string `default:"agent" enum:"agent,supervisor,admin,auditor" help:"What they may do: ${enum}."`
	Language string `default:"" help:"Of the console: es, pt or en; default: the desk's."`
}

// Run adds a person.
func (c *userAddCommand) Run(ctx context.Context, w *world) error {
	return withAccounts(ctx, w, func(cfg config.Config, accounts *account.Accounts, _ *store.Store) error {
		language := c.Language
		if language == "" {
			language = cfg.Languages[0]
		}
		agent, token, err := accounts.CreateAgent(ctx, account.Operator(), account.NewAgent{Name: c.Name, Email: c.Email, Role: desk.Role(c.Role), Language: language})
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s <%s> may sign in as %s. One-time link, valid for 24 hours:\n%s\n", agent.Name, agent.Email, agent.Role, app.LinkURL(cfg.BaseURL(), token))
		return nil
	})
}

type userListCommand struct{}

// Run lists people.
func (c *userListCommand) Run(ctx context.Context, w *world) error {
	return withAccounts(ctx, w, func(_ config.Config, _ *account.Accounts, s *store.Store) error {
		people, err := s.Agents(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "NAME\tE-MAIL\tROLE\tACTIVE\tLAST SEEN")
		for _, p := range people {
			if p.Program {
				continue
			}
			seen := "never"
			if p.LastSeenAt != nil {
				seen = p.LastSeenAt.Format(time.RFC3339)
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%t\t%s\n", p.Name, p.Email, p.Role, p.Active, seen)
		}
		return table.Flush()
	})
}

type userLinkCommand struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run makes a new link.
func (c *userLinkCommand) Run(ctx context.Context, w *world) error {
	return withAccounts(ctx, w, func(cfg config.Config, accounts *account.Accounts, s *store.Store) error {
		person, err := s.AgentByEmail(ctx, c.Email)
		if errors.Is(err, desk.ErrNotFound) {
			return fmt.Errorf("nobody here has the address %s", c.Email)
		}
		if err != nil {
			return err
		}
		token, err := accounts.NewLink(ctx, account.Operator(), person.ID)
		if err != nil {
			return err
		}
		fmt.Fprintln(w.out, app.LinkURL(cfg.BaseURL(), token))
		return nil
	})
}

// withAccounts opens the database for a short task. On SQLite the server has to
// be stopped meanwhile: one process owns the file.
func withAccounts(ctx context.Context, w *world, do func(config.Config, *account.Accounts, *store.Store) error) error {
	cfg, err := config.Load(w.lookup, ".env")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, storeOptions(cfg))
	if err != nil {
		return err
	}
	return errors.Join(do(cfg, app.NewAccounts(s, quiet(w, cfg)), s), s.Close())
}

// quiet is a log that shows only what is wrong: the answer of a short task is on
// the screen already.
func quiet(w *world, cfg config.Config) *slog.Logger {
	cfg.LogLevel = max(cfg.LogLevel, slog.LevelWarn)
	return logger(w.err, cfg)
}
