package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"antena/internal/desk"
	"antena/internal/work"
)

// notifyJobsEvery is how often at most an insert wakes the workers of a queue on
// SQLite, where a waking is a row.
const notifyJobsEvery = 20 * time.Millisecond

type pendingJob = river.InsertManyParams

// enqueuer writes jobs in a transaction.
type enqueuer interface {
	insert(ctx context.Context, t *Tx, jobs []pendingJob) error
}

type liteEnqueuer struct{ client *river.Client[*sql.Tx] }

func liteJobs(db *sql.DB) (enqueuer, error) {
	client, err := river.NewClient(riversqlite.New(db), insertOnly())
	if err != nil {
		return nil, fmt.Errorf("opening the job queue: %w", err)
	}
	return liteEnqueuer{client}, nil
}

func insertOnly() *river.Config {
	return &river.Config{
		FetchCooldown: notifyJobsEvery, Logger: slog.New(slog.DiscardHandler),
		Middleware: []rivertype.Middleware{river.JobInsertMiddlewareFunc(soon)},
	}
}

// soonIs how far off a job may be due and still be written as available with a
// later start, which the workers' own asking then finds on time. What is due
// later is scheduled, and River looks at those every five seconds. River does the
// same with short snoozes.
const soonIs = time.Minute

// soon writes jobs that are due soon as available.
func soon(ctx context.Context, jobs []*rivertype.JobInsertParams, insert func(context.Context) ([]*rivertype.JobInsertResult, error)) ([]*rivertype.JobInsertResult, error) {
	for _, j := range jobs {
		if j.State == rivertype.JobStateScheduled && j.ScheduledAt != nil && time.Until(*j.ScheduledAt) < soonIs {
			j.State = rivertype.JobStateAvailable
		}
	}
	return insert(ctx)
}

func (e liteEnqueuer) insert(ctx context.Context, t *Tx, jobs []pendingJob) error {
	_, err := e.client.InsertManyFastTx(context.WithoutCancel(ctx), t.lite, jobs)
	return err
}

// Enqueue writes jobs that run once the transaction is committed. They are
// written together at its end.
func (t *Tx) Enqueue(_ context.Context, jobs ...desk.Job) error {
	for _, job := range jobs {
		t.jobs = append(t.jobs, pendingJob{Args: job, InsertOpts: work.InsertOpts(job)})
	}
	return nil
}

// EnqueueAt writes a job that runs at a time: on the dot within the next minute,
// up to five seconds late beyond it. The queue lives in the machine's time: where
// the desk's clock is another, the job runs as much later as the desk's says.
func (t *Tx) EnqueueAt(_ context.Context, at time.Time, job desk.Job) error {
	opts := work.InsertOpts(job)
	opts.ScheduledAt = at.Add(time.Since(t.s.now()).Round(time.Second))
	t.jobs = append(t.jobs, pendingJob{Args: job, InsertOpts: opts})
	return nil
}

func (t *Tx) insertJobs(ctx context.Context) error {
	if len(t.jobs) == 0 {
		return nil
	}
	return t.fail("writing jobs", t.s.jobs.insert(ctx, t, t.jobs))
}

// River returns a client of the job queue over this database.
//
// SQLite has no way to wake a worker of another connection, so it is asked more
// often; on PostgreSQL asking is only for notifications that were lost.
func (s *Store) River(config *river.Config) (work.Client, error) {
	if config.FetchPollInterval == 0 {
		own := *config
		own.FetchPollInterval = 200 * time.Millisecond
		if s.sqlite() {
			own.FetchPollInterval = 50 * time.Millisecond
		}
		config = &own
	}
	if !s.sqlite() {
		own := *config
		own.ID = desk.NewID().String()
		client, err := river.NewClient(riverpgxv5.New(s.workPool), &own)
		if err != nil {
			return nil, fmt.Errorf("opening the job queue: %w", err)
		}
		return &pgClient{Client: client, pool: s.pool, id: own.ID, log: s.log}, nil
	}
	client, err := river.NewClient(riversqlite.New(s.writer), config)
	if err != nil {
		return nil, fmt.Errorf("opening the job queue: %w", err)
	}
	return liteClient{Client: client, db: s.writer}, nil
}

// liteClient takes up what a killed process left behind before it starts: the
// directory is locked, so no other process can be running those jobs.
type liteClient struct {
	work.Client
	db *sql.DB
}

func (c liteClient) Start(ctx context.Context) error {
	if _, err := c.db.ExecContext(ctx, "update river_job set state = 'available' where state = 'running'"); err != nil {
		return fmt.Errorf("taking up the jobs of the last run: %w", failure(err))
	}
	return c.Client.Start(ctx)
}
