package app

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/turn"
)

// replay decides a recorded turn again, with the knowledge and the brain in force.
func (a *App) replay(ctx context.Context, id uuid.UUID) (*desk.Replay, error) {
	r := turn.Replayer{Records: a.Store, Knowledge: a.current, Understander: a.engine.Understander}
	return r.Replay(ctx, id, true)
}
