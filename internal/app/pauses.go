package app

import (
	"context"
	"fmt"

	"antena/internal/desk"
	"antena/internal/store"
)

// resume lets a number, or all when it is empty, send again by an admin's word. The
// jobs that wait find out by themselves within half a minute.
func (a *App) resume(ctx context.Context, by desk.Agent, channel string) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	err := a.Store.InTx(ctx, func(tx *store.Tx) error {
		ended, err := tx.Resume(ctx, channel)
		if err == nil && !ended {
			err = desk.ErrNotFound
		}
		tx.Touch(desk.Change{Topic: desk.TopicAlert})
		return err
	})
	if err != nil {
		return fmt.Errorf("resume sending: %w", err)
	}
	a.Log.InfoContext(ctx, "sending resumed", "channel", channel, "agent_id", by.ID)
	return nil
}
