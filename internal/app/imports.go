package app

import (
	"context"

	"antena/internal/imports"
	"antena/internal/store"
)

// importStore is a store as imports need it.
type importStore struct{ *store.Store }

// InTx runs a function in one transaction.
func (s importStore) InTx(ctx context.Context, fn func(imports.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// ImportStore is a store as imports need it, for the command line.
func ImportStore(s *store.Store) imports.Store { return importStore{s} }

// importer takes files of subscribers and contacts in.
func (a *App) importer() *imports.Importer {
	return imports.New(imports.Deps{Store: importStore{a.Store}, Country: func() string { return a.current.Profile().Country }, Now: a.Now})
}
