package work

import (
	"context"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"antena/internal/desk"
)

// Client is what a runner needs of a River client, whatever the database.
type Client interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	JobGet(ctx context.Context, id int64) (*rivertype.JobRow, error)
	JobList(ctx context.Context, params *river.JobListParams) (*river.JobListResult, error)
	JobRetry(ctx context.Context, id int64) (*rivertype.JobRow, error)
	JobDelete(ctx context.Context, id int64) (*rivertype.JobRow, error)
}

// The queues. Each has workers of its own, so that waiting for the provider in
// one never keeps another from moving: what people write is sent by workers that a
// storm of answers cannot occupy.
const (
	QueueIngest = "ingest"
	QueueTurn   = "turn"
	QueuePerson = "person"
	QueueSend   = "send"
	QueueMisc   = "misc"
)

// Places within a queue: all of the first are taken before any of the second.
const (
	usualPriority = 1
	bulkPriority  = 3
)

// MaxAttempts is how often a job is tried. With the pauses between them the last
// try comes about half an hour after the first.
const MaxAttempts = 12

// InsertOpts says in which queue a job is written, at what place, and how often it
// is tried.
func InsertOpts(job desk.Job) *river.InsertOpts {
	o := river.InsertOpts{Queue: queueOf(job), Priority: usualPriority, MaxAttempts: MaxAttempts}
	if send, ok := job.(desk.SendJob); ok && send.Rank == desk.RankBulk {
		o.Priority = bulkPriority
	}
	return &o
}

func queueOf(job desk.Job) string {
	switch j := job.(type) {
	case desk.IngestJob:
		return QueueIngest
	case desk.TurnJob:
		return QueueTurn
	case desk.SendJob:
		if j.Rank == desk.RankPerson {
			return QueuePerson
		}
		return QueueSend
	}
	return QueueMisc
}
