package desk

import (
	"time"

	"github.com/google/uuid"
)

// BulkVerb is what is done to many conversations at once, to each as a person would.
type BulkVerb string

// The verbs.
const (
	BulkAssign   BulkVerb = "assign"
	BulkEnqueue  BulkVerb = "enqueue"
	BulkSnooze   BulkVerb = "snooze"
	BulkResolve  BulkVerb = "resolve"
	BulkGiveBack BulkVerb = "giveback"
)

// BulkVerbs lists the verbs as they are offered.
var BulkVerbs = []BulkVerb{BulkAssign, BulkEnqueue, BulkSnooze, BulkResolve, BulkGiveBack}

// BulkMost is how many conversations one run may be about.
const BulkMost = 1000

// BulkParams are what a verb needs beside the conversation.
type BulkParams struct {
	To      uuid.UUID `json:"to,omitzero"`    // assign
	Team    Team      `json:"team,omitempty"` // enqueue
	Note    string    `json:"note,omitempty"` // enqueue
	Until   time.Time `json:"until,omitzero"` // snooze
	Outcome string    `json:"outcome,omitempty"`
}

// BulkRun is one act on many conversations and how far it has come.
type BulkRun struct {
	ID         uuid.UUID
	AgentID    uuid.UUID // who acts
	Verb       BulkVerb
	Params     BulkParams `gorm:"serializer:json"`
	Total      int
	Done       int
	Failed     int
	Stopped    bool // what is left is not done any more
	CreatedAt  time.Time
	FinishedAt *time.Time
}

// BulkItem is one conversation of a run.
type BulkItem struct {
	Place          int
	ConversationID uuid.UUID
	Problem        string // code of why it could not be done; empty otherwise
	ContactName    string
}

// BulkJob goes on with a run.
type BulkJob struct {
	Run uuid.UUID `json:"run"`
}

// Kind names the job.
func (BulkJob) Kind() string { return "bulk" }

// BulkAct is what somebody wants done to several conversations: those picked, or all
// that a filter selects.
type BulkAct struct {
	Verb   BulkVerb
	Params BulkParams
	Picked []uuid.UUID
	Whole  *ConversationFilter // instead of Picked
}
