package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"antena/faq"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
)

type faqCommands struct {
	Check  faqCheckCommand  `cmd:"" help:"Check a folder of articles, intents and flows; default: the shipped ones."`
	Import faqImportCommand `cmd:"" help:"Import articles into the database; those that differ become a new version."`
	Export faqExportCommand `cmd:"" help:"Write the database's articles into a folder."`
}

type faqCheckCommand struct {
	Dir string `arg:"" optional:"" help:"Folder laid over the shipped files." type:"existingdir"`
}

// Run checks a library.
func (c *faqCheckCommand) Run(w *world) error {
	lib, err := knowledge.Load(knowledge.Merge(faq.Files, c.Dir))
	if err != nil {
		return fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	phrases := 0
	for _, in := range lib.Intents {
		for _, list := range in.Examples {
			phrases += len(list)
		}
	}
	fmt.Fprintf(w.out, "good: %d articles, %d intents with %d example phrases, %d flows, %d settings\n", len(lib.Articles), len(lib.Intents), phrases, len(lib.Flows), len(lib.Placeholders))
	return nil
}

type faqImportCommand struct {
	Dir string `arg:"" optional:"" help:"Folder laid over the shipped files." type:"existingdir"`
}

// Run imports articles.
func (c *faqImportCommand) Run(ctx context.Context, w *world) error {
	lib, err := knowledge.Load(knowledge.Merge(faq.Files, c.Dir))
	if err != nil {
		return fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	return withStore(ctx, w, func(s *store.Store) error {
		n, err := knowledge.Import(ctx, app.KnowledgeStore(s), lib, true, desk.Instant(time.Now()))
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%d added, %d changed, %d the same\n", n.Added, n.Changed, n.Same)
		return nil
	})
}

type faqExportCommand struct {
	Dir string `arg:"" help:"Folder to write to; made when it is not there."`
}

// Run exports articles.
func (c *faqExportCommand) Run(ctx context.Context, w *world) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	return withStore(ctx, w, func(s *store.Store) error {
		n, err := knowledge.Export(ctx, app.KnowledgeStore(s), c.Dir)
		if err != nil {
			return err
		}
		if n == 0 {
			return errors.New("the database has no articles yet; run: antena faq import")
		}
		fmt.Fprintf(w.out, "%d articles written to %s\n", n, c.Dir)
		return nil
	})
}

func withStore(ctx context.Context, w *world, do func(*store.Store) error) error {
	cfg, err := config.Load(w.lookup, ".env")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, storeOptions(cfg))
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}
