package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"antena/faq"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
)

type profileCommands struct {
	Show   profileShowCommand   `cmd:"" help:"Print what the provider set (name, hours, thresholds, words for articles) as a file to edit."`
	Import profileImportCommand `cmd:"" help:"Put an edited file in force, all of it or nothing; what it leaves out stays."`
	Set    profileSetCommand    `cmd:"" help:"Fill in one {name} that articles mention."`
}

type profileShowCommand struct {
	Knowledge string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// Run prints the profile.
func (c *profileShowCommand) Run(ctx context.Context, w *world) error {
	return withProfile(ctx, w, c.Knowledge, func(_ *store.Store, lib *knowledge.Library, p *desk.Profile) error {
		raw, err := formOf(p).format(lib)
		if err != nil {
			return err
		}
		_, err = w.out.Write(raw)
		return err
	})
}

type profileImportCommand struct {
	File      string `arg:"" help:"File in the form that show prints." type:"existingfile"`
	Knowledge string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// Run reads a file over the profile.
func (c *profileImportCommand) Run(ctx context.Context, w *world) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return changeProfile(ctx, w, c.Knowledge, func(f *profileForm) error { return f.read(raw) })
}

type profileSetCommand struct {
	Name      string   `arg:"" help:"Name between the braces, such as due_day."`
	Values    []string `arg:"" help:"es=… pt=… en=…, or one value for every language; '' takes it away." placeholder:"VALUE"`
	Knowledge string   `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// Run fills in one placeholder.
func (c *profileSetCommand) Run(ctx context.Context, w *world) error {
	return changeProfile(ctx, w, c.Knowledge, func(f *profileForm) error {
		words, err := setWords(f.Placeholders[c.Name], c.Values)
		if err != nil {
			return err
		}
		f.Placeholders[c.Name] = words
		return nil
	})
}

// setWords lays values from the command line over words: language=value each, or
// one value for every language.
func setWords(old formWords, values []string) (formWords, error) {
	words := formWords{}
	for language, text := range old {
		words[language] = text
	}
	for _, value := range values {
		language, text, ok := strings.Cut(value, "=")
		switch {
		case ok && desk.KnownLanguage(language):
			words[language] = text
		case len(values) == 1:
			return everywhere(value), nil
		default:
			return nil, fmt.Errorf("%q does not begin with %s=", value, strings.Join(desk.Languages, "=, "))
		}
	}
	return words, nil
}

// changeProfile changes the profile through its form, checks the whole and saves
// it. Running servers on PostgreSQL hear of it.
func changeProfile(ctx context.Context, w *world, dir string, change func(*profileForm) error) error {
	return withProfile(ctx, w, dir, func(s *store.Store, lib *knowledge.Library, old *desk.Profile) error {
		form := formOf(old)
		if err := change(form); err != nil {
			return err
		}
		next, err := form.profile(lib)
		if err != nil {
			return fmt.Errorf("nothing was changed, since the profile has problems:\n%w", err)
		}
		err = s.InTx(ctx, func(tx *store.Tx) error {
			tx.Touch(desk.Change{Topic: desk.TopicArticle})
			return tx.SetSetting(ctx, knowledge.ProfileSetting, next)
		})
		if err != nil {
			return err
		}
		return reportMissing(ctx, w, s, lib, next)
	})
}

func reportMissing(ctx context.Context, w *world, s *store.Store, lib *knowledge.Library, p *desk.Profile) error {
	articles, err := s.Articles(ctx)
	if err != nil {
		return err
	}
	if len(articles) == 0 { // before the first start
		articles = lib.Articles
	}
	missing := knowledge.Missing(p, knowledge.NewBook(articles, lib), time.Now())
	if len(missing) == 0 {
		fmt.Fprintln(w.out, "saved; nothing is missing")
		return nil
	}
	fmt.Fprintf(w.out, "saved; articles that mention these are not sent yet: %s\n", strings.Join(missing, ", "))
	return nil
}

// withProfile opens the database with the profile in force; a desk that has none
// gets its first one from the settings. On SQLite the server has to be stopped.
func withProfile(ctx context.Context, w *world, dir string, do func(*store.Store, *knowledge.Library, *desk.Profile) error) error {
	cfg, err := config.Load(w.lookup, ".env")
	if err != nil {
		return err
	}
	lib, err := knowledge.Load(knowledge.Merge(faq.Files, dir))
	if err != nil {
		return fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	s, err := store.Open(ctx, storeOptions(cfg))
	if err != nil {
		return err
	}
	first := knowledge.NewProfile("", cfg.Country, cfg.TimeZone, slices.Clone(cfg.Languages))
	p, err := knowledge.LoadProfile(ctx, app.KnowledgeStore(s), first)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	return errors.Join(do(s, lib, p), s.Close())
}
