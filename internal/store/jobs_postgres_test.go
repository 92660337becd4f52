package store_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"antena/internal/desk"
	"antena/internal/pgtmp"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/work"
)

// jobRow is a job as it lies in the table, but for what differs from row to row.
type jobRow struct {
	args, kind, queue, state, tags, metadata string
	attempt, tries, priority                 int
	due                                      time.Time
	untouched                                bool
}

// The rows that the store writes by itself are those that River's client writes.
func TestEnqueue_WritesRiversRows(t *testing.T) {
	t.Parallel()
	url := pgtmp.Shared(t).Database(t)
	s := storetest.OpenWith(t, store.Options{URL: url, MaxConns: 4})
	pool := must[*pgxpool.Pool](t)(pgxpool.New(t.Context(), url))
	t.Cleanup(pool.Close)
	client := must[*river.Client[pgx.Tx]](t)(river.NewClient(riverpgxv5.New(pool), &river.Config{}))
	soon, far := desk.Instant(time.Now().Add(2*time.Second)), desk.Instant(time.Now().Add(time.Hour))
	for name, c := range map[string]struct {
		job desk.Job
		at  time.Time
	}{
		"now":  {desk.SendJob{Message: uuid.Must(uuid.NewV7())}, time.Time{}},
		"far":  {desk.TurnJob{Conversation: uuid.Must(uuid.NewV7())}, far},
		"many": {desk.IngestJob{Events: []uuid.UUID{uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())}}, time.Time{}},
	} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if c.at.IsZero() {
				return tx.Enqueue(ctx, c.job)
			}
			return tx.EnqueueAt(ctx, c.at, c.job)
		})
		opts := work.InsertOpts(c.job)
		opts.ScheduledAt = c.at
		if _, err := client.Insert(t.Context(), c.job, opts); err != nil {
			t.Fatal(err)
		}
		rows := lastJobs(t, pool, 2)
		for i := range rows {
			if c.at.IsZero() {
				if d := time.Since(rows[i].due); d < 0 || d > time.Minute {
					t.Errorf("%s: due %s ago", name, d)
				}
				rows[i].due = time.Time{}
			}
		}
		if rows[0] != rows[1] {
			t.Errorf("%s: River writes\n%+v, the store\n%+v", name, rows[0], rows[1])
		}
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EnqueueAt(ctx, soon, desk.SweepJob{}) })
	if row := lastJobs(t, pool, 1)[0]; row.state != "available" || !row.due.Equal(soon) {
		t.Errorf("due soon: %+v", row)
	}
}

func lastJobs(t *testing.T, pool *pgxpool.Pool, n int) (all []jobRow) {
	t.Helper()
	rows, err := pool.Query(t.Context(), `select args::text, kind, queue, state::text, tags::text, metadata::text, attempt, max_attempts, priority, scheduled_at,
		attempted_at is null and attempted_by is null and errors is null and finalized_at is null and unique_key is null and unique_states is null
		from river_job order by id desc limit $1`, n)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r jobRow
		if err := rows.Scan(&r.args, &r.kind, &r.queue, &r.state, &r.tags, &r.metadata, &r.attempt, &r.tries, &r.priority, &r.due, &r.untouched); err != nil {
			t.Fatal(err)
		}
		var args any
		if err := json.Unmarshal([]byte(r.args), &args); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if len(all) != n {
		t.Fatalf("%d jobs, want %d", len(all), n)
	}
	return all
}

// What was committed before a flush is on disk after it, though its own commit did
// not wait.
func TestFlush(t *testing.T) {
	t.Parallel()
	url := pgtmp.Shared(t).Database(t)
	s := storetest.OpenWith(t, store.Options{URL: url, MaxConns: 4})
	pool := must[*pgxpool.Pool](t)(pgxpool.New(t.Context(), url))
	t.Cleanup(pool.Close)
	for range 20 {
		if err := s.InWork(t.Context(), func(tx *store.Tx) error { return tx.Enqueue(t.Context(), desk.SweepJob{}) }); err != nil {
			t.Fatal(err)
		}
		var written string
		if err := pool.QueryRow(t.Context(), "select pg_current_wal_insert_lsn()::text").Scan(&written); err != nil {
			t.Fatal(err)
		}
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		var there bool
		if err := pool.QueryRow(t.Context(), "select pg_current_wal_flush_lsn() >= $1::pg_lsn", written).Scan(&there); err != nil || !there {
			t.Fatalf("on disk: %v, %v", there, err)
		}
	}
}

// The job queue's indexes that nobody asks are gone.
func TestMigrate_DropsUnusedIndexes(t *testing.T) {
	t.Parallel()
	url := pgtmp.Shared(t).Database(t)
	storetest.OpenWith(t, store.Options{URL: url, MaxConns: 4})
	pool := must[*pgxpool.Pool](t)(pgxpool.New(t.Context(), url))
	t.Cleanup(pool.Close)
	var left int
	if err := pool.QueryRow(t.Context(), "select count(*) from pg_indexes where indexname in ('river_job_args_index', 'river_job_metadata_index', 'river_job_kind')").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d left, %v", left, err)
	}
}
