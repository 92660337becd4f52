package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"antena/internal/desk"
)

const maxDead = 200

var deadStates = []rivertype.JobState{rivertype.JobStateCancelled, rivertype.JobStateDiscarded}

// DeadJobs returns the 200 jobs that died last, newest first.
func (r *Runner) DeadJobs(ctx context.Context) ([]desk.DeadJob, error) {
	found, err := r.client.JobList(ctx, river.NewJobListParams().States(deadStates...).
		OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderDesc).First(maxDead))
	if err != nil {
		return nil, fmt.Errorf("listing dead jobs: %w", err)
	}
	dead := make([]desk.DeadJob, 0, len(found.Jobs))
	for _, job := range found.Jobs {
		dead = append(dead, deadJob(job))
	}
	return dead, nil
}

// Retry has a dead job run again.
func (r *Runner) Retry(ctx context.Context, id int64) error {
	if err := r.isDead(ctx, id); err != nil {
		return err
	}
	_, err := r.client.JobRetry(ctx, id)
	return named("running a dead job again", err)
}

// Discard forgets a dead job.
func (r *Runner) Discard(ctx context.Context, id int64) error {
	if err := r.isDead(ctx, id); err != nil {
		return err
	}
	_, err := r.client.JobDelete(ctx, id)
	return named("discarding a dead job", err)
}

func (r *Runner) isDead(ctx context.Context, id int64) error {
	job, err := r.client.JobGet(ctx, id)
	if err != nil {
		return named("reading a dead job", err)
	}
	for _, state := range deadStates {
		if job.State == state {
			return nil
		}
	}
	return named("reading a dead job", rivertype.ErrNotFound)
}

func named(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, rivertype.ErrNotFound):
		err = desk.ErrNotFound
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func deadJob(job *rivertype.JobRow) desk.DeadJob {
	d := desk.DeadJob{ID: job.ID, Kind: job.Kind, Subject: subject(job.EncodedArgs), Attempts: job.Attempt}
	if n := len(job.Errors); n > 0 {
		d.Error = job.Errors[n-1].Error
	}
	if job.FinalizedAt != nil {
		d.DiedAt = desk.Instant(*job.FinalizedAt)
	}
	return d
}

// subject is the id a job is about; of many events, the first.
func subject(args []byte) string {
	var about struct {
		Conversation, Message uuid.UUID
		Events                []uuid.UUID
	}
	if err := json.Unmarshal(args, &about); err != nil {
		return ""
	}
	for _, id := range append([]uuid.UUID{about.Conversation, about.Message}, about.Events...) {
		if id != uuid.Nil {
			return id.String()
		}
	}
	return ""
}
