// Package adapt is where the use cases of a turn meet the store: each declares the
// transaction it needs, the store's satisfies them all, and here it is said which
// wait for the disk. The server and whoever plays dialogues use the same ones, so
// that what is played is what serves.
//
// It holds no rule and fails as the store does.
package adapt

import (
	"context"

	"antena/internal/agents"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/turn"
)

// The store as each use case needs it.
type (
	Inbox  struct{ *store.Store } // accepts on disk, ingests as work
	Turn   struct{ *store.Store } // as work
	Outbox struct{ *store.Store } // as work, and flushes before a request
	Agents struct{ *store.Store } // on disk: nobody repeats what a person did
)

// InTx implements inbox.Store.
func (s Inbox) InTx(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// InWork implements inbox.Store.
func (s Inbox) InWork(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// InTx implements turn.Store.
func (s Turn) InTx(ctx context.Context, fn func(turn.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// InTx implements outbox.Store.
func (s Outbox) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// InTx implements agents.Store.
func (s Agents) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}
