package agents

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// ReleaseAll puts everything an agent holds into the queue: they left, or may no
// longer answer. What cannot be released is in the error; the rest is.
func (d *Desk) ReleaseAll(ctx context.Context, by desk.Agent, agent uuid.UUID) error {
	if !by.Active || !by.Role.May(desk.MayReassign) {
		return desk.ErrForbidden
	}
	held, err := d.Held(ctx, agent)
	if err != nil {
		return err
	}
	var all error
	for _, id := range held {
		all = errors.Join(all, d.held(ctx, by, desk.MayReassign, id, func(tx Tx, conv *desk.Conversation, now time.Time) error {
			if conv.Owner != desk.OwnerAgent || conv.AgentID == nil || *conv.AgentID != agent {
				return nil // taken or given back meanwhile
			}
			h := conv.PassOn(nil, now)
			if err := conv.Requeue(h, now); err != nil {
				return err
			}
			return notice(ctx, tx, conv, by, "queued", string(h.Team), now)
		}))
	}
	return all
}
