package promises

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// mostApplied is how many rows one sweep writes by changed rules.
const mostApplied = 500

// appliedSetting keeps the version of the rules by which every row was written last.
const appliedSetting = "sla_applied"

// progress is how far the rules of a version were applied.
type progress struct {
	version string
	threads bool // all conversations are done
	after   uuid.UUID
}

// Sweep applies changed rules and looks at what has become at risk or late.
func (k *Keeper) Sweep(ctx context.Context) error {
	return errors.Join(k.apply(ctx), k.look(ctx))
}

// version names everything due times follow from.
func (k *Keeper) version() (string, error) {
	r := k.Rules()
	raw, err := json.Marshal([]any{r.Settings, r.Country, k.Hours()})
	if err != nil {
		return "", fmt.Errorf("naming the promises: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8]), nil
}

// apply writes the rows that lie still by the rules in force, some in each sweep.
func (k *Keeper) apply(ctx context.Context) error {
	if !k.applying.TryLock() {
		return nil
	}
	defer k.applying.Unlock()
	version, err := k.version()
	if err != nil {
		return err
	}
	if k.progress.version != version {
		var applied string
		if err := k.Store.Setting(ctx, appliedSetting, &applied); err != nil && !errors.Is(err, desk.ErrNotFound) {
			return fmt.Errorf("reading how far the promises are applied: %w", err)
		}
		if applied == version {
			return nil
		}
		k.progress = progress{version: version}
	}
	return k.applySome(ctx)
}

func (k *Keeper) applySome(ctx context.Context) error {
	find, write := k.Reader.PromisedConversations, k.applyConversation
	if k.progress.threads {
		find, write = k.Reader.PromisedTickets, k.applyTicket
	}
	found, err := find(ctx, k.progress.after, mostApplied)
	if err != nil {
		return err
	}
	for _, id := range found {
		if err := write(ctx, id); err != nil && !errors.Is(err, desk.ErrNotFound) {
			return err // goes on here with the next sweep
		}
		k.progress.after = id
	}
	if len(found) == mostApplied {
		return nil
	}
	if !k.progress.threads {
		k.progress.threads, k.progress.after = true, uuid.Nil
		return nil
	}
	done := k.progress.version
	err = k.Store.InTx(ctx, func(tx Tx) error { return tx.SetSetting(ctx, appliedSetting, done) })
	if err == nil {
		k.progress = progress{}
	}
	return err
}

// applyConversation saves a conversation whose due times would be others. What stays
// is not written, and nobody is told of it.
func (k *Keeper) applyConversation(ctx context.Context, id uuid.UUID) error {
	return k.Store.InTx(ctx, func(tx Tx) error {
		c, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		next := *c
		ended := k.Rules().Conversation(&next, k.Now())
		if len(ended) == 0 && same(c.DueAt, next.DueAt) && same(c.RiskAt, next.RiskAt) && same(c.LookAt, next.LookAt) && reflect.DeepEqual(c.Promises, next.Promises) {
			return nil
		}
		return tx.SaveConversation(ctx, c)
	})
}

func (k *Keeper) applyTicket(ctx context.Context, id uuid.UUID) error {
	return k.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTicket(ctx, id)
		if err != nil {
			return err
		}
		next := *t
		ended := k.Rules().Ticket(&next, k.Now())
		if len(ended) == 0 && same(t.DueAt, next.DueAt) && same(t.RiskAt, next.RiskAt) && same(t.LookAt, next.LookAt) && reflect.DeepEqual(t.Promises, next.Promises) {
			return nil
		}
		return tx.SaveTicketPromises(ctx, t)
	})
}

func same(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}
