package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"antena/internal/app"
	"antena/internal/desk"
	"antena/internal/imports"
	"antena/internal/store"
)

type contactCommands struct {
	Import contactImportCommand `cmd:"" help:"Take subscribers or contacts in from a CSV file. Without --yes it only says what each line would do."`
}

type contactImportCommand struct {
	File    string          `arg:"" help:"CSV file with a head line, in any of the usual forms." type:"existingfile"`
	Kind    desk.ImportKind `enum:"subscribers,contacts" default:"subscribers" help:"What the file holds: subscribers or contacts."`
	Country string          `env:"ANTENA_COUNTRY" help:"Country of numbers without a country code, two letters."`
	Yes     bool            `help:"Take the good lines in."`
	Show    int             `default:"50" help:"How many lines with problems to show."`
}

// Run checks a file, and takes it in if it is told to.
func (c *contactImportCommand) Run(ctx context.Context, w *world) error {
	raw, err := readAtMost(c.File, imports.MaxBytes+1)
	if err != nil {
		return err
	}
	return withStore(ctx, w, func(s *store.Store) error {
		m := imports.New(imports.Deps{Store: app.ImportStore(s), Country: func() string { return c.Country }})
		console := desk.Agent{Role: desk.RoleAdmin, Active: true}
		i, err := m.Check(ctx, console, c.Kind, filepath.Base(c.File), raw)
		if err != nil {
			return err
		}
		if err := c.report(ctx, w, s, i); err != nil {
			return err
		}
		if !c.Yes {
			return m.Drop(ctx, console, i.ID)
		}
		if err := errors.Join(m.Start(ctx, console, i.ID), m.Run(ctx, i.ID)); err != nil {
			return err
		}
		if i, err = s.Import(ctx, i.ID); err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%d added, %d changed, %d the same\n", i.Added, i.Changed, i.Done-i.Added-i.Changed)
		return nil
	})
}

func (c *contactImportCommand) report(ctx context.Context, w *world, s *store.Store, i *desk.Import) error {
	for _, column := range i.Columns {
		use := column.Field
		if use == "" {
			use = "not used"
		}
		fmt.Fprintf(w.out, "column %q: %s\n", column.Head, use)
	}
	lines, err := s.ImportProblems(ctx, i.ID, c.Show)
	if err != nil {
		return err
	}
	for _, l := range lines {
		for _, p := range l.Problems {
			kind := "left out"
			if p.Warned {
				kind = "taken without it"
			}
			fmt.Fprintf(w.out, "line %d: %s %s (%s)\n", l.Line, p.Code, p.Field, kind)
		}
	}
	fmt.Fprintf(w.out, "%d lines, %d good, %d left out\n", i.Total, i.Total-i.Bad, i.Bad)
	return nil
}

func readAtMost(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return raw, nil
}
