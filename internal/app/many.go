package app

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/store"
	"antena/internal/views"
	"antena/internal/work"
)

// newViews lets a verb on one of many conversations and the mark that it is done be
// one transaction.
func (a *App) newViews() *views.Views {
	return views.New(views.Deps{
		Store: a.Store, Now: a.Now, Log: a.Log,
		Verbs: func(run uuid.UUID, place int) views.Verbs {
			return a.agents.With(markingStore{Store: a.Store, run: run, place: place})
		},
	})
}

// goOnWithMany goes on with an act on many conversations, and comes back while there
// is more to do.
func (a *App) goOnWithMany(ctx context.Context, run uuid.UUID) error {
	more, err := a.views.Run(ctx, run)
	if err == nil && more {
		return work.Later(0)
	}
	return err
}

// markingStore marks one of many as done in the transaction that does it.
type markingStore struct {
	*store.Store
	run   uuid.UUID
	place int
}

// InTx implements agents.Store.
func (s markingStore) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.MarkBulkItem(ctx, s.run, s.place); err != nil {
			return err
		}
		return fn(tx)
	})
}
