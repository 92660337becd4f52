package rota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/routing"
)

// late deals with what has waited too long, and reports whether the queue is
// another one now.
func (r *Rota) late(ctx context.Context, b *routing.Board) (changed bool, err error) {
	o := routing.Late(*b)
	for _, s := range o.Returns {
		err := r.change(ctx, s.Conversation, s.Version, func(tx Tx, c *desk.Conversation, now time.Time) error { return r.takeBack(ctx, tx, c, &s, now) })
		if err != nil {
			return changed, err
		}
		changed = true
	}
	for _, m := range o.Raises {
		err := r.change(ctx, m.Conversation, m.Version, func(tx Tx, c *desk.Conversation, now time.Time) error { return raise(ctx, tx, c, now) })
		if err != nil {
			return changed, err
		}
		mark(b, m.Conversation)
	}
	for _, m := range o.Moves {
		err := r.change(ctx, m.Conversation, m.Version, func(tx Tx, c *desk.Conversation, now time.Time) error {
			if err := c.Overflow(m.To, now); err != nil {
				return errPassed
			}
			return notice(ctx, tx, c, "overflowed", string(m.To), now)
		})
		if err != nil {
			return changed, err
		}
		changed = true
	}
	return changed, nil
}

// change runs a change of a conversation that must be of a version. One that is
// another by now, or has gone, is passed over.
func (r *Rota) change(ctx context.Context, id uuid.UUID, version int64, do func(Tx, *desk.Conversation, time.Time) error) error {
	err := r.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		if conv.Version != version {
			return errPassed
		}
		now := r.Now()
		if err := do(tx, conv, now); err != nil {
			return err
		}
		conv.UpdatedAt = now
		return tx.SaveConversation(ctx, conv)
	})
	if err == nil || errors.Is(err, errPassed) || errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	return fmt.Errorf("conversation %s waits too long: %w", id, err)
}

// takeBack returns a conversation to the queue, unless its contact was answered.
func (r *Rota) takeBack(ctx context.Context, tx Tx, c *desk.Conversation, s *desk.Silence, now time.Time) error {
	if c.AgentID == nil || *c.AgentID != s.Agent || c.AwaitedSince == nil || c.AwaitedSince.After(s.Since) {
		return errPassed
	}
	agent, err := tx.LockAgent(ctx, s.Agent)
	if err != nil {
		return err
	}
	if err := c.Reclaim(s.Since, now); err != nil {
		return errPassed
	}
	return notice(ctx, tx, c, "agent_silent", agent.Name, now)
}

// raise tells supervisors of a wait.
func raise(ctx context.Context, tx Tx, c *desk.Conversation, now time.Time) error {
	if !c.Raise(now) {
		return errPassed
	}
	if err := notice(ctx, tx, c, "raised", string(c.Team), now); err != nil {
		return err
	}
	return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertUnclaimed, Subject: string(c.Team), Severity: desk.SeverityWarning, Detail: "conversation " + c.ID.String(), LastAt: now})
}

// mark notes on a board that supervisors know of a wait.
func mark(b *routing.Board, conversation uuid.UUID) {
	i := slices.IndexFunc(b.Waiting, func(w routing.Waiting) bool { return w.Conversation == conversation })
	if i >= 0 {
		b.Waiting[i].Done.RaisedAt = &b.Now
	}
}

// calm ends the alerts of teams for whom nobody waits too long any more.
func (r *Rota) calm(ctx context.Context, b *routing.Board) error {
	alerts, err := r.Reader.OpenAlerts(ctx, desk.AlertUnclaimed)
	if err != nil {
		return err
	}
	for _, a := range alerts {
		waits := slices.ContainsFunc(b.Waiting, func(w routing.Waiting) bool { return string(w.Team) == a.Subject && w.Done.RaisedAt != nil })
		if waits {
			continue
		}
		if err := r.Store.InTx(ctx, func(tx Tx) error { return tx.EndAlert(ctx, a.ID, b.Now) }); err != nil {
			return err
		}
	}
	return nil
}
