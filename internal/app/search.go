package app

import (
	"context"

	"antena/internal/find"
)

// followSearch keeps the index of the search up to date, a little behind what happens.
func (a *App) followSearch() (stop func()) {
	changes, leave := a.hub.Subscribe()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		find.NewIndexer(a.Store, a.Log).Run(ctx, changes)
	}()
	return func() { cancel(); leave(); <-done }
}
