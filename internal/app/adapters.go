package app

import (
	"context"
	"log/slog"

	"antena/internal/account"
	"antena/internal/knowledge"
	"antena/internal/media"
	"antena/internal/store"
	"antena/internal/upkeep"
)

// Each use case declares the transaction it needs; the store's satisfies them
// all. These adapters are the places where the two meet, beside those of package
// adapt.
type (
	accountStore   struct{ *store.Store }
	knowledgeStore struct{ *store.Store }
	mediaStore     struct{ *store.Store }
	upkeepStore    struct{ *store.Store }
)

func (s accountStore) InTx(ctx context.Context, fn func(account.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s knowledgeStore) InTx(ctx context.Context, fn func(knowledge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s mediaStore) InTx(ctx context.Context, fn func(media.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s upkeepStore) InTx(ctx context.Context, fn func(upkeep.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// LinkURL is the address of a one-time sign-in link.
func LinkURL(base, token string) string { return base + "/signin/link?token=" + token }

// NewAccounts are the accounts of a store, for the command line.
func NewAccounts(s *store.Store, log *slog.Logger) *account.Accounts {
	return account.New(account.Deps{Store: accountStore{s}, Log: log})
}

// KnowledgeStore is a store as knowledge needs it, for the command line.
func KnowledgeStore(s *store.Store) knowledge.Store { return knowledgeStore{s} }
