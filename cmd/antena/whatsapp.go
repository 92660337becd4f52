package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/templates"
	"antena/internal/whatsapp"
)

type whatsAppCommands struct {
	Doctor    doctorCommand    `cmd:"" help:"Look whether WhatsApp can work, and say how to mend what is wrong; fails when something is."`
	Subscribe subscribeCommand `cmd:"" help:"Have the account's webhooks sent to the app of the token."`
	Templates templateCommands `cmd:"" help:"Message templates of the account."`
}

type templateCommands struct {
	List templateListCommand `cmd:"" help:"List the templates as last read."`
	Sync templateSyncCommand `cmd:"" help:"Read the templates of the account again."`
	Push templatePushCommand `cmd:"" help:"Hand in the starter templates that the account lacks."`
}

type doctorCommand struct {
	JSON     bool   `help:"Print the findings as JSON."`
	Language string `default:"en" enum:"es,pt,en" help:"Language of the findings: ${enum}."`
}

// errIll ends a command whose findings were printed.
var errIll = errors.New("something has to be mended, see above")

// Run looks and says what it found.
func (c *doctorCommand) Run(ctx context.Context, w *world) error {
	cfg, client, err := openClient(w)
	if err != nil {
		return err
	}
	defer client.Close()
	return c.examine(ctx, w, cfg, client)
}

func (c *doctorCommand) examine(ctx context.Context, w *world, cfg config.Config, client *whatsapp.Client) error {
	// Without the database, which a running desk may hold: what the account lacks is
	// then compared with the account itself.
	shelf, err := app.NewTemplatesWithout(cfg, client)
	if err != nil {
		return err
	}
	doctor, err := app.NewDoctor(cfg, client, shelf, app.Options{})
	if err != nil {
		return err
	}
	found := doctor.Examine(ctx)
	if c.JSON {
		err = printJSON(w, found)
	} else {
		c.print(w, &found)
	}
	if err == nil && found.State() == desk.CheckFail {
		return errIll
	}
	return err
}

func (c *doctorCommand) print(w *world, found *desk.Checkup) {
	for _, l := range found.Lines {
		subject := ""
		if l.Subject != "" {
			subject = " (" + l.Subject + ")"
		}
		fmt.Fprintf(w.out, "%-4s  %s%s: %s\n", l.State, l.Check, subject, l.Found.In(c.Language))
		if mend := l.Mend.In(c.Language); mend != "" {
			fmt.Fprintf(w.out, "      -> %s\n", mend)
		}
	}
}

func printJSON(w *world, value any) error {
	out := json.NewEncoder(w.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(value)
}

type subscribeCommand struct{}

// Run subscribes.
func (c *subscribeCommand) Run(ctx context.Context, w *world) error {
	cfg, client, err := openClient(w)
	if err != nil {
		return err
	}
	defer client.Close()
	if cfg.WhatsApp.WABAID == "" {
		return desk.ErrNoAccount
	}
	if err := client.Subscribe(ctx, cfg.WhatsApp.WABAID); err != nil {
		return err
	}
	apps, err := client.Apps(ctx, cfg.WhatsApp.WABAID)
	if err != nil {
		return err
	}
	for _, a := range apps {
		fmt.Fprintf(w.out, "%s (app %s) receives the webhooks of account %s\n", a.Name, a.ID, cfg.WhatsApp.WABAID)
	}
	return nil
}

type templateListCommand struct{}

// Run lists.
func (c *templateListCommand) Run(ctx context.Context, w *world) error {
	return withStore(ctx, w, func(s *store.Store) error {
		all, err := s.Templates(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "NAME\tLANGUAGE\tCATEGORY\tSTATUS\tQUALITY\tUSES\tREAD")
		for i := range all {
			t := &all[i]
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%d\t%s\n", t.Name, t.Language, t.Category, t.Status, t.Quality, t.Uses, t.SyncedAt.Format(time.RFC3339))
		}
		return table.Flush()
	})
}

type templateSyncCommand struct{}

// Run reads the account.
func (c *templateSyncCommand) Run(ctx context.Context, w *world) error {
	return withShelf(ctx, w, func(_ config.Config, shelf *templates.Shelf) error {
		n, err := shelf.Sync(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%d added, %d changed, %d gone, %d the same\n", n.Added, n.Changed, n.Gone, n.Same)
		return nil
	})
}

type templatePushCommand struct{}

// Run hands in what is missing.
func (c *templatePushCommand) Run(ctx context.Context, w *world) error {
	return withShelf(ctx, w, func(cfg config.Config, shelf *templates.Shelf) error {
		pushed, err := shelf.Push(ctx, account.Operator(), cfg.Languages)
		refused := 0
		for _, p := range pushed {
			if p.Err != nil {
				refused++
				fmt.Fprintf(w.out, "refused  %s %s: %v\n", p.Template.Name, p.Template.Language, p.Err)
				continue
			}
			fmt.Fprintf(w.out, "%-8s %s %s\n", p.Template.Status, p.Template.Name, p.Template.Language)
		}
		if err != nil {
			return err
		}
		if len(pushed) == 0 {
			fmt.Fprintln(w.out, "the account has every starter template")
		}
		if refused > 0 {
			return fmt.Errorf("%d templates were refused", refused)
		}
		return nil
	})
}

func openClient(w *world) (config.Config, *whatsapp.Client, error) {
	cfg, err := config.LoadToServe(w.lookup, ".env")
	if err != nil {
		return cfg, nil, err
	}
	client, err := app.NewClient(cfg)
	return cfg, client, err
}

// withShelf opens the database and the account.
func withShelf(ctx context.Context, w *world, do func(config.Config, *templates.Shelf) error) error {
	cfg, client, err := openClient(w)
	if err != nil {
		return err
	}
	defer client.Close()
	return withStore(ctx, w, func(s *store.Store) error {
		shelf, err := app.NewTemplates(cfg, client, s, app.Options{})
		if err != nil {
			return err
		}
		return do(cfg, shelf)
	})
}
