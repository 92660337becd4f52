package views

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Runs keep acts on many conversations.
type Runs interface {
	AddBulkRun(ctx context.Context, run *desk.BulkRun, conversations []uuid.UUID) error
	BulkRun(ctx context.Context, id uuid.UUID) (*desk.BulkRun, error)
	BulkWaiting(ctx context.Context, run uuid.UUID, limit int) ([]desk.BulkItem, error)
	FailBulkItem(ctx context.Context, run uuid.UUID, place int, problem string) error
	// TellBulkRun counts what is done, ends the run when nothing waits, and tells of it.
	TellBulkRun(ctx context.Context, run uuid.UUID) error
	StopBulkRun(ctx context.Context, run uuid.UUID) error
	Agent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
}

const (
	bulkBatch  = 20               // between two looks at how far it is
	bulkSpell  = 15 * time.Second // of one try of the job
	longestOff = 90 * 24 * time.Hour
)

// Start begins an act on many conversations and returns its run. Whole lists are for
// who may reassign; more than desk.BulkMost conversations are too many.
func (w *Views) Start(ctx context.Context, by desk.Agent, act desk.BulkAct) (uuid.UUID, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) || act.Whole != nil && !by.Role.May(desk.MayReassign) {
		return uuid.Nil, desk.ErrForbidden
	}
	now := w.Now()
	if err := possible(act, now); err != nil {
		return uuid.Nil, err
	}
	picked := act.Picked
	if act.Whole != nil {
		var err error
		if picked, err = w.Store.ConversationIDs(ctx, *act.Whole, desk.BulkMost+1); err != nil {
			return uuid.Nil, err
		}
	}
	picked = distinct(picked)
	switch {
	case len(picked) == 0:
		return uuid.Nil, desk.ErrNothingPicked
	case len(picked) > desk.BulkMost:
		return uuid.Nil, desk.ErrBulkTooMany
	}
	run := &desk.BulkRun{ID: desk.NewID(), AgentID: by.ID, Verb: act.Verb, Params: act.Params, Total: len(picked), CreatedAt: now}
	if err := w.Store.AddBulkRun(ctx, run, picked); err != nil {
		return uuid.Nil, fmt.Errorf("starting: %w", err)
	}
	return run.ID, nil
}

// possible checks what would fail for each of them alike.
func possible(act desk.BulkAct, now time.Time) error {
	switch act.Verb {
	case desk.BulkAssign:
		if act.Params.To == uuid.Nil {
			return desk.ErrInvalid.For("to")
		}
	case desk.BulkEnqueue:
		if act.Params.Team == "" {
			return desk.ErrInvalid.For("team")
		}
	case desk.BulkSnooze:
		if until := act.Params.Until; !until.After(now) || until.Sub(now) > longestOff {
			return desk.ErrInvalid.For("until")
		}
	case desk.BulkResolve, desk.BulkGiveBack:
	default:
		return desk.ErrInvalid.For("verb")
	}
	return nil
}

func distinct(ids []uuid.UUID) []uuid.UUID {
	seen := make(map[uuid.UUID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool {
		known := seen[id]
		seen[id] = true
		return known
	})
}

// Stop leaves what is not done yet as it is.
func (w *Views) Stop(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	run, err := w.Store.BulkRun(ctx, id)
	if err != nil {
		return err
	}
	if !by.Active || run.AgentID != by.ID && !by.Role.May(desk.MayReassign) {
		return desk.ErrForbidden
	}
	return w.Store.StopBulkRun(ctx, id)
}

// Run goes on with a run for some seconds and reports whether more is to be done. It
// may be repeated.
func (w *Views) Run(ctx context.Context, id uuid.UUID) (more bool, err error) {
	run, err := w.Store.BulkRun(ctx, id)
	if errors.Is(err, desk.ErrNotFound) {
		return false, nil // served its time and is gone
	}
	if err != nil {
		return false, err
	}
	by, err := w.Store.Agent(ctx, run.AgentID)
	if err != nil {
		return false, err
	}
	for end := w.Now().Add(bulkSpell); run.FinishedAt == nil; {
		items, err := w.Store.BulkWaiting(ctx, id, bulkBatch)
		if err != nil {
			return true, err
		}
		for _, item := range items {
			if err := w.one(ctx, *by, run, item); err != nil {
				return true, err
			}
		}
		if err := w.Store.TellBulkRun(ctx, id); err != nil {
			return true, err
		}
		if run, err = w.Store.BulkRun(ctx, id); err != nil {
			return true, err
		}
		if run.FinishedAt == nil && !w.Now().Before(end) {
			return true, nil
		}
	}
	return false, nil
}

// one does it to one conversation. What has a meaning for people is noted; a database
// that is away is not the conversation's fault.
func (w *Views) one(ctx context.Context, by desk.Agent, run *desk.BulkRun, item desk.BulkItem) error {
	err := do(ctx, w.Verbs(run.ID, item.Place), by, run, item.ConversationID)
	var problem *desk.Error
	switch {
	case err == nil, errors.Is(err, desk.ErrDuplicate):
		return nil
	case ctx.Err() != nil, errors.Is(err, desk.ErrUnavailable):
		return err
	case errors.As(err, &problem):
		return w.Store.FailBulkItem(ctx, run.ID, item.Place, problem.Code)
	}
	w.Log.ErrorContext(ctx, "one of many failed", "bulk_run", run.ID, "conversation_id", item.ConversationID, "error", err)
	return w.Store.FailBulkItem(ctx, run.ID, item.Place, "internal")
}

func do(ctx context.Context, verbs Verbs, by desk.Agent, run *desk.BulkRun, conversation uuid.UUID) error {
	switch p := run.Params; run.Verb {
	case desk.BulkAssign:
		return verbs.Assign(ctx, by, conversation, p.To)
	case desk.BulkEnqueue:
		return verbs.Enqueue(ctx, by, conversation, p.Team, p.Note)
	case desk.BulkSnooze:
		return verbs.Snooze(ctx, by, conversation, p.Until)
	case desk.BulkResolve:
		return verbs.Resolve(ctx, by, conversation, p.Outcome)
	case desk.BulkGiveBack:
		return verbs.GiveBack(ctx, by, conversation)
	}
	return desk.ErrInvalid.For("verb")
}
