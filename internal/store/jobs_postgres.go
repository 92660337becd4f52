package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// pgEnqueuer writes jobs on PostgreSQL as rows of River's table, in one statement
// that nobody waits for: it goes out with the commit.
//
// # Why not through River's client
//
// Its insert returns every column of every row, costs a wait of its own, and wakes
// the workers by a notification inside the transaction, for which all commits of
// the database then queue up one behind the other. Together that was a third of
// what a message cost. Here the notifier wakes the workers after the commit, many
// transactions at once; a waking that is lost costs the workers' own asking. A test
// compares the rows with those that River's client writes.
type pgEnqueuer struct{}

const insertJobs = `insert into river_job (args, kind, max_attempts, priority, queue, scheduled_at, state)
	select args, kind, max_attempts, priority, queue, coalesce(due, now()), state::river_job_state
	from unnest($1::jsonb[], $2::text[], $3::smallint[], $4::smallint[], $5::text[], $6::timestamptz[], $7::text[])
		as jobs (args, kind, max_attempts, priority, queue, due, state)`

func (pgEnqueuer) insert(_ context.Context, t *Tx, jobs []pendingJob) error {
	n := len(jobs)
	args, kind, tries, places := make([]string, n), make([]string, n), make([]int16, n), make([]int16, n)
	queue, due, state := make([]string, n), make([]*time.Time, n), make([]string, n)
	for i, job := range jobs {
		raw, err := json.Marshal(job.Args)
		if err != nil {
			return fmt.Errorf("writing a job of kind %s: %w", job.Args.Kind(), err)
		}
		args[i], kind[i], tries[i], queue[i], state[i] = string(raw), job.Args.Kind(), int16(job.InsertOpts.MaxAttempts), job.InsertOpts.Queue, "available"
		places[i] = int16(job.InsertOpts.Priority)
		at := job.InsertOpts.ScheduledAt
		if at.IsZero() {
			t.wakes = append(t.wakes, queue[i])
			continue
		}
		due[i] = &at
		if time.Until(at) >= soonIs {
			state[i] = "scheduled"
		}
	}
	t.native.later(write{doing: "writing jobs", sql: insertJobs, args: []any{args, kind, tries, places, queue, due, state}})
	return nil
}
