package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// bulkItem is a row of a run.
type bulkItem struct {
	RunID          uuid.UUID
	Place          int
	ConversationID uuid.UUID
	State          string // waiting, done, failed
	Problem        string
}

// bulkKeep is how long a finished run can be looked at.
const bulkKeep = 30 * 24 * time.Hour

// AddBulkRun keeps a run with its conversations and the job that goes through them.
func (s *Store) AddBulkRun(ctx context.Context, run *desk.BulkRun, conversations []uuid.UUID) error {
	return s.InTx(ctx, func(t *Tx) error {
		err := t.each(ctx, "forgetting old runs", statement{"delete from bulk_runs where finished_at < ?", []any{t.s.now().Add(-bulkKeep)}})
		if err != nil {
			return err
		}
		if err := add(ctx, t, "a run", run); err != nil {
			return err
		}
		items := make([]bulkItem, len(conversations))
		for i, id := range conversations {
			items[i] = bulkItem{RunID: run.ID, Place: i, ConversationID: id, State: "waiting"}
		}
		if err := t.in(ctx).CreateInBatches(items, exportBatch).Error; err != nil {
			return t.fail("adding the conversations of a run", err)
		}
		return t.Enqueue(ctx, desk.BulkJob{Run: run.ID})
	})
}

// BulkRun returns a run.
func (s *Store) BulkRun(ctx context.Context, id uuid.UUID) (*desk.BulkRun, error) {
	return take[desk.BulkRun](ctx, s.reading(ctx), "run", id)
}

// BulkRuns returns an agent's newest runs, newest first.
func (s *Store) BulkRuns(ctx context.Context, agent uuid.UUID) ([]desk.BulkRun, error) {
	var all []desk.BulkRun
	err := s.reading(ctx).Where("agent_id = ?", agent).Order("id desc").Limit(10).Find(&all).Error
	return all, wrap("reading runs", err)
}

// BulkWaiting returns what a run has yet to do, in its order; nothing once it was stopped.
func (s *Store) BulkWaiting(ctx context.Context, run uuid.UUID, limit int) ([]desk.BulkItem, error) {
	var all []desk.BulkItem
	err := s.reading(ctx).Raw(`select place, conversation_id from bulk_items where run_id = ? and state = 'waiting'
		and not (select stopped from bulk_runs where id = run_id) order by place limit ?`, run, limit).Scan(&all).Error
	return all, wrap("reading a run", err)
}

// BulkFailures returns what a run could not do, at most 200, with whom it is about.
func (s *Store) BulkFailures(ctx context.Context, run uuid.UUID) ([]desk.BulkItem, error) {
	var all []desk.BulkItem
	err := s.reading(ctx).Raw(`select i.place, i.conversation_id, i.problem, coalesce(contacts.name, '') as contact_name from bulk_items i
		left join conversations c on c.id = i.conversation_id left join contacts on contacts.id = c.contact_id
		where i.run_id = ? and i.state = 'failed' order by i.place limit 200`, run).Scan(&all).Error
	return all, wrap("reading a run", err)
}

// MarkBulkItem marks one conversation of a run as done, in the transaction that does
// it; desk.ErrDuplicate when that has happened or the run was stopped.
func (t *Tx) MarkBulkItem(ctx context.Context, run uuid.UUID, place int) error {
	result := t.in(ctx).Exec(`update bulk_items set state = 'done' where run_id = ? and place = ? and state = 'waiting'
		and not (select stopped from bulk_runs where id = run_id)`, run, place)
	if result.Error == nil && result.RowsAffected == 0 {
		return desk.ErrDuplicate
	}
	return t.fail("marking one of many", result.Error)
}

// FailBulkItem notes why one conversation of a run could not be done.
func (s *Store) FailBulkItem(ctx context.Context, run uuid.UUID, place int, problem string) error {
	return s.InWork(ctx, func(t *Tx) error {
		return t.each(ctx, "marking one of many", statement{
			"update bulk_items set state = 'failed', problem = ? where run_id = ? and place = ? and state = 'waiting'", []any{problem, run, place},
		})
	})
}

// TellBulkRun counts what a run has done, ends it when nothing is left, and tells of it.
func (s *Store) TellBulkRun(ctx context.Context, run uuid.UUID) error {
	return s.InWork(ctx, func(t *Tx) error {
		t.touch(desk.TopicBulk, run)
		const of = "(select count(*) from bulk_items where run_id = bulk_runs.id and state = "
		return t.each(ctx, "counting a run", statement{"update bulk_runs set done = " + of + "'done'), failed = " + of + "'failed') where id = ?", []any{run}},
			statement{"update bulk_runs set finished_at = ? where id = ? and finished_at is null and (stopped or done + failed >= total)", []any{t.s.now(), run}})
	})
}

// StopBulkRun leaves what a run has not done.
func (s *Store) StopBulkRun(ctx context.Context, run uuid.UUID) error {
	err := s.InTx(ctx, func(t *Tx) error {
		return t.each(ctx, "stopping a run", statement{"update bulk_runs set stopped = true where id = ? and finished_at is null", []any{run}})
	})
	if err != nil {
		return err
	}
	return s.TellBulkRun(ctx, run)
}
