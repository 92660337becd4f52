package main

import (
	"context"
	"log/slog"

	"antena/faq"
	"antena/internal/config"
	"antena/internal/demo"
	"antena/internal/knowledge"
)

type demoCommand struct {
	Console   string `default:"127.0.0.1:8080" help:"Address of the console." placeholder:"HOST:PORT"`
	Phone     string `default:"127.0.0.1:8081" help:"Address of the phone page." placeholder:"HOST:PORT"`
	Data      string `help:"Keep the demo's database in this folder; default: a temporary one." placeholder:"DIR"`
	DSN       string `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL instead of the embedded SQLite." placeholder:"postgres://…"`
	Empty     bool   `help:"Start without the customers' first messages."`
	Knowledge string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
	Faults    string `help:"Begin with a bad network: duplicates, reordered, days-late, batches, slow, errors-after, timeouts, lost-statuses, early-statuses, refusals or storm." placeholder:"NAME"`
	Replay    string `help:"Play a session that was recorded on the phone page." type:"existingfile" placeholder:"FILE"`
	Verbose   bool   `help:"Show the server's log."`
}

// Run starts the demo and serves until it is told to stop.
func (c *demoCommand) Run(ctx context.Context, w *world) error {
	log := slog.New(slog.DiscardHandler)
	if c.Verbose {
		log = slog.New(slog.NewTextHandler(w.err, nil))
	}
	models, err := config.LoadModels(w.lookup, ".env")
	if err != nil {
		return err
	}
	return demo.Run(ctx, demo.Options{
		ConsoleAddr: c.Console, PhoneAddr: c.Phone, DataDir: c.Data, DatabaseURL: c.DSN, Empty: c.Empty, Version: version, Knowledge: knowledge.Merge(faq.Files, c.Knowledge), Faults: c.Faults, Replay: c.Replay, Models: models, Out: w.out, Log: log,
	})
}
