package desk

import (
	"time"

	"github.com/google/uuid"
)

// Jobs are written in the transaction of what they follow and run after it.
// Each is safe to run twice.

// IngestJob turns stored events into messages, ticks and turns.
type IngestJob struct {
	Events []uuid.UUID `json:"events"`
}

// Kind names the job.
func (IngestJob) Kind() string { return "ingest" }

// TurnJob lets the assistant answer what a contact has said since its last turn.
type TurnJob struct {
	Conversation uuid.UUID `json:"conversation"`
}

// Kind names the job.
func (TurnJob) Kind() string { return "turn" }

// SendJob hands one stored message to the provider. Its rank is the message's.
type SendJob struct {
	Message uuid.UUID `json:"message"`
	Rank    Rank      `json:"rank,omitempty"`
}

// Kind names the job.
func (SendJob) Kind() string { return "send" }

// ReadJob marks an inbound message read at the provider, with or without the
// typing indicator.
type ReadJob struct {
	Message uuid.UUID `json:"message"`
	Typing  bool      `json:"typing"`
}

// Kind names the job.
func (ReadJob) Kind() string { return "read" }

// FetchJob downloads the file of an inbound message before the provider forgets it.
type FetchJob struct {
	Message uuid.UUID `json:"message"`
}

// Kind names the job.
func (FetchJob) Kind() string { return "fetch" }

// UploadJob hands the file of an outbound message to the provider, and then has the
// message sent.
type UploadJob struct {
	Message uuid.UUID `json:"message"`
}

// Kind names the job.
func (UploadJob) Kind() string { return "upload" }

// ReadingJob has a model read the recording or the picture of an inbound message.
type ReadingJob struct {
	Message uuid.UUID `json:"message"`
}

// Kind names the job.
func (ReadingJob) Kind() string { return "reading" }

// SummaryJob has a model tell in prose what a hand-over is about.
type SummaryJob struct {
	Conversation uuid.UUID `json:"conversation"`
}

// Kind names the job.
func (SummaryJob) Kind() string { return "summary" }

// VectorsJob has a model turn the passages of the articles into vectors.
type VectorsJob struct{}

// Kind names the job.
func (VectorsJob) Kind() string { return "vectors" }

// SweepJob looks after what time alone changes: lost turns, unknown sends,
// snoozes that end, old events, tickets to close.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "sweep" }

// DeadJob is a job that ran out of tries, as an admin sees it. It holds no text of people.
type DeadJob struct {
	ID       int64
	Kind     string
	Subject  string // the id the job is about
	Error    string
	Attempts int
	DiedAt   time.Time
}

// Job is anything that can be enqueued; the types above are all there are.
type Job interface{ Kind() string }
