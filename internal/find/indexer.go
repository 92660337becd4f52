package find

import (
	"context"
	"log/slog"
	"time"

	"antena/internal/desk"
)

// Index is what an indexer needs of the store.
type Index interface {
	SearchPending(ctx context.Context, kind desk.SearchKind, version, limit int) ([]desk.Searchable, error)
	SearchIndex(ctx context.Context, kind desk.SearchKind, version int, documents []desk.SearchDocument) error
}

const (
	batch   = 300                   // documents of one transaction: on SQLite a message waits for it, some milliseconds
	breath  = 50 * time.Millisecond // between full batches, which leaves most of the time to others
	settle  = time.Second           // after news, so that what comes together is indexed together
	unasked = 30 * time.Second      // news may be lost
	again   = 10 * time.Second      // after a failure
)

// Indexer keeps the index up to date.
type Indexer struct {
	store Index
	log   *slog.Logger
}

// NewIndexer returns an indexer.
func NewIndexer(store Index, log *slog.Logger) *Indexer { return &Indexer{store: store, log: log} }

// Run indexes until the context ends; it looks after each change it hears.
func (x *Indexer) Run(ctx context.Context, changes <-chan desk.Change) {
	wait := time.NewTimer(0)
	defer wait.Stop()
	asked := true
	for {
		select {
		case <-ctx.Done():
			return
		case c, open := <-changes:
			if !open {
				return
			}
			if !asked && (c.Topic == desk.TopicConversation || c.Topic == desk.TopicTicket) {
				asked = true
				wait.Reset(settle)
			}
		case <-wait.C:
			asked = false
			full, err := x.Step(ctx)
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				x.log.WarnContext(ctx, "indexing failed", "error", err)
				asked = true // news is no reason to come back sooner
				wait.Reset(again)
			case full:
				asked = true
				wait.Reset(breath)
			default:
				wait.Reset(unasked)
			}
		}
	}
}

// Step indexes the next batch of each kind and reports whether there may be more.
func (x *Indexer) Step(ctx context.Context) (more bool, err error) {
	for _, kind := range desk.SearchKinds {
		pending, err := x.store.SearchPending(ctx, kind, Version, batch)
		if err != nil {
			return false, err
		}
		documents := make([]desk.SearchDocument, len(pending))
		for i := range pending {
			documents[i] = document(kind, &pending[i])
		}
		if err := x.store.SearchIndex(ctx, kind, Version, documents); err != nil {
			return false, err
		}
		more = more || len(pending) == batch
	}
	return more, nil
}
