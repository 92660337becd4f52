package dialogue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"time"

	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
	"antena/internal/turn"
	"antena/internal/understand"
)

// Mind is what the assistant knows and understands with. Any number of dialogues
// may share one.
type Mind struct {
	Book         *desk.Book
	Profile      *desk.Profile // every dialogue starts with a copy
	Understander turn.Understander
}

// Learn makes a mind of knowledge files, with the local brain. The provider is the
// fictional one, which has filled in every placeholder.
func Learn(ctx context.Context, files fs.FS) (*Mind, error) {
	lib, err := knowledge.Load(files)
	if err != nil {
		return nil, fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	brain := understand.New(nil)
	m := &Mind{Book: knowledge.NewBook(lib.Articles, lib), Profile: knowledge.InForce(knowledge.DemoProfile(lib), lib), Understander: brain}
	return m, brain.Learn(ctx, m.Book)
}

// PlayAlone plays a dialogue on an embedded database that is gone afterwards.
func (d *Dialogue) PlayAlone(ctx context.Context, m *Mind) (findings []Finding, err error) {
	dir, err := os.MkdirTemp("", "antena-dialogue-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var keep *store.Store
	played, err := d.Play(ctx, m, func(now func() time.Time) (*store.Store, error) {
		keep, err = store.Open(ctx, store.Options{DataDir: dir, Now: now})
		return keep, err
	})
	if keep != nil {
		err = errors.Join(err, keep.Close())
	}
	if err != nil {
		return nil, err
	}
	return played.Findings, nil
}

// knowing is the knowledge of one dialogue.
type knowing struct {
	book    *desk.Book
	profile *desk.Profile
}

func (m *Mind) copy() *knowing {
	p := *m.Profile
	p.Placeholders = maps.Clone(p.Placeholders)
	return &knowing{book: m.Book, profile: &p}
}

func (k *knowing) Profile() *desk.Profile { return k.profile }
func (k *knowing) Book() *desk.Book       { return k.book }
