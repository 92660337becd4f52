package rota

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Here notes that a console of an agent is open; to be called when it opens and
// well within each lease while it stays open. Programs are not people and are
// nowhere.
func (r *Rota) Here(ctx context.Context, by desk.Agent) error {
	if !by.Active {
		return desk.ErrForbidden
	}
	return r.present(ctx, by, func(tx Tx) (bool, error) { return tx.RenewPresence(ctx, by.ID, r.Now()) }, func(p *desk.Presence) {
		now := r.Now()
		if p.ActiveAt == nil || p.At(now) == desk.Offline && p.Chosen == "" { // they come back
			p.ActiveAt = &now
		}
	})
}

// Moved notes that an agent did something: pressed a key, moved the pointer.
func (r *Rota) Moved(ctx context.Context, by desk.Agent) error {
	if !by.Active {
		return desk.ErrForbidden
	}
	return r.present(ctx, by, nil, func(p *desk.Presence) {
		now := r.Now()
		p.ActiveAt = &now
	})
}

// Choose is what an agent says of themself: away, offline, or, empty, whatever is seen.
func (r *Rota) Choose(ctx context.Context, by desk.Agent, state desk.PresenceState) error {
	if !by.Active {
		return desk.ErrForbidden
	}
	if state == desk.Online {
		state = ""
	}
	if state != "" && state != desk.Away && state != desk.Offline {
		return desk.ErrInvalid.For("presence")
	}
	return r.present(ctx, by, nil, func(p *desk.Presence) {
		now := r.Now()
		p.Chosen, p.ActiveAt = state, &now
	})
}

// present changes a presence and renews its lease; renew may make the change needless.
func (r *Rota) present(ctx context.Context, by desk.Agent, renew func(Tx) (bool, error), change func(*desk.Presence)) error {
	err := r.Store.InTx(ctx, func(tx Tx) error {
		if renew != nil {
			if done, err := renew(tx); err != nil || done {
				return err
			}
		}
		p, err := tx.LockPresence(ctx, by.ID)
		if err != nil {
			return err
		}
		now := r.Now()
		change(p)
		until := now.Add(desk.PresenceLease)
		p.SeenUntil = &until
		return tx.SavePresence(ctx, p, now)
	})
	if err != nil {
		return fmt.Errorf("presence of agent %s: %w", by.ID, err)
	}
	return nil
}

// settlePresences tells consoles of what changed by time alone.
func (r *Rota) settlePresences(ctx context.Context) error {
	all, err := r.Reader.Presences(ctx)
	if err != nil {
		return err
	}
	now := r.Now()
	for i := range all {
		if all[i].At(now) == all[i].Shown {
			continue
		}
		if err := r.settle(ctx, all[i].AgentID); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rota) settle(ctx context.Context, agent uuid.UUID) error {
	return r.Store.InTx(ctx, func(tx Tx) error {
		p, err := tx.LockPresence(ctx, agent)
		if err != nil {
			return err
		}
		return tx.SavePresence(ctx, p, r.Now())
	})
}
