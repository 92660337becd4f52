package knowledge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"antena/internal/desk"
)

// Store keeps articles and settings.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Articles(ctx context.Context) ([]desk.Article, error)
	Phrases(ctx context.Context) ([]desk.IntentPhrase, error)
	Setting(ctx context.Context, key string, into any) error
}

// Tx is what an import needs of a transaction.
type Tx interface {
	SaveArticle(ctx context.Context, a *desk.Article) error
	SetSetting(ctx context.Context, key string, value any) error
	Touch(c desk.Change)
}

// Imported counts what an import did.
type Imported struct{ Added, Changed, Same int }

// Import writes a library's articles into the database: new ones are added, and
// with overwrite set those that differ become a new version. All or nothing.
func Import(ctx context.Context, s Store, lib *Library, overwrite bool, now time.Time) (Imported, error) {
	var n Imported
	old, err := s.Articles(ctx)
	if err != nil {
		return n, fmt.Errorf("read articles: %w", err)
	}
	err = s.InTx(ctx, func(tx Tx) error {
		n = Imported{}
		for i := range lib.Articles {
			a := lib.Articles[i]
			a.CreatedAt, a.UpdatedAt = now, now
			at := slices.IndexFunc(old, func(o desk.Article) bool { return o.ID == a.ID && o.Language == a.Language })
			switch {
			case at < 0:
				n.Added++
			case old[at].Hash == a.Hash || !overwrite:
				n.Same++
				continue
			default:
				n.Changed++
				a.Version, a.CreatedAt, a.Uses, a.ThumbsDown = old[at].Version+1, old[at].CreatedAt, old[at].Uses, old[at].ThumbsDown
			}
			if err := tx.SaveArticle(ctx, &a); err != nil {
				return err
			}
		}
		if n.Added+n.Changed > 0 {
			tx.Touch(desk.Change{Topic: desk.TopicArticle})
		}
		return nil
	})
	if err != nil {
		return Imported{}, fmt.Errorf("import articles: %w", err)
	}
	return n, nil
}

// Export writes the database's articles as files that Import reads back the same.
func Export(ctx context.Context, s Store, dir string) (int, error) {
	articles, err := s.Articles(ctx)
	if err != nil {
		return 0, fmt.Errorf("read articles: %w", err)
	}
	for i := range articles {
		a := &articles[i]
		raw, err := FormatArticle(a)
		if err != nil {
			return i, fmt.Errorf("article %s/%s: %w", a.Language, a.ID, err)
		}
		name := filepath.Join(dir, a.Language, a.ID+".md")
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return i, err
		}
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			return i, err
		}
	}
	return len(articles), nil
}

// LoadProfile reads the profile, or writes the first one when there is none.
func LoadProfile(ctx context.Context, s Store, first *desk.Profile) (*desk.Profile, error) {
	var p desk.Profile
	err := s.Setting(ctx, ProfileSetting, &p)
	if errors.Is(err, desk.ErrNotFound) {
		err = s.InTx(ctx, func(tx Tx) error { return tx.SetSetting(ctx, ProfileSetting, first) })
		return first, err
	}
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	return &p, nil
}

// Merge lays a folder's files over the shipped ones: a file of the same name replaces it.
func Merge(base fs.FS, dir string) fs.FS {
	if dir == "" {
		return base
	}
	return overlay{top: os.DirFS(dir), base: base}
}
