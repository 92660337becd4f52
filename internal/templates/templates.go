package templates

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"antena/internal/desk"
)

// Account is the provider's side.
type Account interface {
	Templates(ctx context.Context) ([]desk.Template, error)
	CreateTemplate(ctx context.Context, t *desk.Template) (desk.Template, error)
	EditTemplate(ctx context.Context, before, after *desk.Template) error
	DeleteTemplate(ctx context.Context, t *desk.Template) error
}

// Checker holds a template to the provider's rules.
type Checker interface {
	CheckTemplate(t *desk.Template) []desk.TemplateProblem
}

// Store keeps our copy.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Templates(ctx context.Context) ([]desk.Template, error)
	Template(ctx context.Context, id string) (*desk.Template, error)
}

// Tx is what templates need of a transaction.
type Tx interface {
	LockTemplates(ctx context.Context) ([]desk.Template, error)
	LockTemplate(ctx context.Context, id string) (*desk.Template, error)
	SaveTemplate(ctx context.Context, t *desk.Template) error
}

// Deps are what a Shelf is made of.
type Deps struct {
	Account Account
	Checker Checker
	Store   Store
	Starter []desk.Template // the starter set, see Starter
	Now     func() time.Time
	Log     *slog.Logger
}

// Shelf is the templates of the account.
type Shelf struct{ Deps }

// New returns a shelf.
func New(d Deps) *Shelf {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Shelf{d}
}

// Synced is what a reading of the account's list changed.
type Synced struct{ Added, Changed, Gone, Same int }

// fresh is how young a template may be and be missing from the provider's list,
// which runs behind, and how long ago deleted and be in it.
const fresh = 5 * time.Minute

// Sync reads the account's list and makes our copy agree with it. What only we
// know, uses and edits, is kept; so is what was changed since the list was asked for.
func (s *Shelf) Sync(ctx context.Context) (Synced, error) {
	began := s.Now()
	found, err := s.Account.Templates(ctx)
	if err != nil {
		return Synced{}, err
	}
	var n Synced
	err = s.Store.InTx(ctx, func(tx Tx) error {
		n = Synced{}
		known, err := tx.LockTemplates(ctx)
		if err != nil {
			return err
		}
		ours := map[string]*desk.Template{}
		for i := range known {
			ours[known[i].ID] = &known[i]
		}
		now := s.Now()
		for i := range found {
			t := found[i]
			if o := ours[t.ID]; o != nil && o.DeletedAt != nil && now.Sub(*o.DeletedAt) < fresh {
				n.Same++
				continue
			}
			if o := ours[t.ID]; o != nil && o.UpdatedAt.After(began) { // news came while the list was read, and may be newer
				n.Same++
				delete(ours, t.ID)
				continue
			}
			n.count(merge(&t, ours[t.ID], now))
			delete(ours, t.ID)
			if err := tx.SaveTemplate(ctx, &t); err != nil {
				return err
			}
		}
		for _, t := range ours {
			if t.DeletedAt != nil || now.Sub(t.CreatedAt) < fresh || t.UpdatedAt.After(began) {
				continue
			}
			n.Gone++
			t.Status, t.DeletedAt = desk.TemplateDeleted, &now
			if err := tx.SaveTemplate(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Synced{}, fmt.Errorf("keep the templates: %w", err)
	}
	return n, nil
}

type difference int

const (
	same difference = iota
	added
	changed
)

func (n *Synced) count(d difference) {
	switch d {
	case added:
		n.Added++
	case changed:
		n.Changed++
	default:
		n.Same++
	}
}

// merge gives the provider's template what only we know of it.
func merge(t, ours *desk.Template, now time.Time) difference {
	t.SyncedAt, t.Approved = now, t.Status == desk.TemplateApproved
	if ours == nil {
		return added
	}
	t.Uses, t.Edits, t.CreatedAt, t.Approved = ours.Uses, ours.Edits, ours.CreatedAt, t.Approved || ours.Approved
	for key, sample := range ours.Content.Samples { // the list need not repeat samples
		if t.Content.Samples == nil {
			t.Content.Samples = map[string]string{}
		}
		if t.Content.Samples[key] == "" {
			t.Content.Samples[key] = sample
		}
	}
	if ours.Status != t.Status || ours.Quality != t.Quality || ours.Category != t.Category || ours.Content.Text() != t.Content.Text() || ours.DeletedAt != nil {
		return changed
	}
	return same
}

// Refresh is Sync as a job: what the provider refuses is logged, and the next hour
// tries again.
func (s *Shelf) Refresh(ctx context.Context) error {
	n, err := s.Sync(ctx)
	switch {
	case err == nil:
		if n.Added+n.Changed+n.Gone > 0 {
			s.Log.InfoContext(ctx, "templates read", "added", n.Added, "changed", n.Changed, "gone", n.Gone)
		}
		return nil
	case errors.Is(err, desk.ErrUnavailable), ctx.Err() != nil:
		return err
	case errors.Is(err, desk.ErrNoAccount):
		return nil
	}
	s.Log.WarnContext(ctx, "the templates could not be read", "error", err)
	return nil
}
