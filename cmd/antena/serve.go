package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"antena/faq"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/knowledge"
	"antena/internal/store"
)

type serveCommand struct {
	Knowledge string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, w *world) error {
	cfg, err := config.LoadToServe(w.lookup, ".env")
	if err != nil {
		return err
	}
	log := logger(w.err, cfg)
	a, err := app.New(ctx, app.Options{Config: cfg, Log: log, Version: version, Knowledge: knowledge.Merge(faq.Files, c.Knowledge)})
	if err != nil {
		return err
	}
	if missing := knowledge.Missing(a.Current().Profile(), a.Current().Book(), time.Now()); len(missing) > 0 {
		log.Warn("settings of the provider are not filled in; articles that mention them are not sent", "missing", missing)
	}
	if err := hintFirstUser(ctx, a, log); err != nil {
		return errors.Join(err, a.Close())
	}
	ln, err := a.Listen(ctx)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	return a.Run(ctx, ln)
}

// hintFirstUser says how to get in when nobody can.
func hintFirstUser(ctx context.Context, a *app.App, log *slog.Logger) error {
	people, err := a.Store.Agents(ctx)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		log.Warn("nobody can sign in yet; run: antena user add --name NAME --email EMAIL --role admin")
	}
	return nil
}

func logger(out io.Writer, cfg config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}

type migrateCommand struct{}

// Run brings the database up to date.
func (c *migrateCommand) Run(ctx context.Context, w *world) error {
	cfg, err := config.Load(w.lookup, ".env")
	if err != nil {
		return err
	}
	if err := store.Migrate(ctx, storeOptions(cfg)); err != nil {
		return err
	}
	fmt.Fprintln(w.out, "the database is up to date")
	return nil
}

func storeOptions(cfg config.Config) store.Options {
	return store.Options{URL: cfg.DatabaseURL.Reveal(), DataDir: cfg.DataDir}
}

type healthCommand struct {
	URL string `help:"Base address of the server; default: the one of the settings." placeholder:"URL"`
}

// Run asks /readyz.
func (c *healthCommand) Run(ctx context.Context, w *world) error {
	base := c.URL
	if base == "" {
		cfg, err := config.Load(w.lookup, ".env")
		if err != nil {
			return err
		}
		cfg.PublicURL = "" // ask this machine, not the world
		base = cfg.BaseURL()
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("not ready: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", res.Status)
	}
	fmt.Fprintln(w.out, "ready")
	return nil
}

type configCommand struct{}

// Run shows the settings.
func (c *configCommand) Run(w *world) error {
	cfg, err := config.Load(w.lookup, ".env")
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(w.out, config.Redacted(cfg))
	return err
}

type versionCommand struct{}

// Run shows the version.
func (c *versionCommand) Run(w *world) error {
	fmt.Fprintln(w.out, "antena", version)
	return nil
}
