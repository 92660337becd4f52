package app

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/turn"
)

// replay decides a recorded turn again, with the knowledge and the brain in
// force. No model is asked: what one said then is in the record.
func (a *App) replay(ctx context.Context, id uuid.UUID) (*desk.Replay, error) {
	r := turn.Replayer{Records: a.Store, Knowledge: a.current, Roster: a.rota.Roster, Understander: a.brain}
	return r.Replay(ctx, id, true)
}
