package desk

import (
	"time"

	"github.com/google/uuid"
)

// Subscriber is a customer of the ISP as its billing knows them. Of the document only
// what people may see is kept, and a hash to compare with.
type Subscriber struct {
	ID           uuid.UUID
	Code         string // the billing's, unique
	Name         string
	Document     string // masked: all but its last digits are dots
	DocumentHash string // hex; empty: none is known
	Plan         string
	Zone         string
	State        SubscriberState
	DueDay       int // of the month, 1 to 31; 0: not known
	Address      string
	Phones       []string `gorm:"serializer:json"` // with country code, digits only
	ImportID     *uuid.UUID
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// SubscriberState is how a subscriber stands with the ISP.
type SubscriberState string

// The states of a subscriber.
const (
	SubscriberUnknown   SubscriberState = ""
	SubscriberActive    SubscriberState = "active"
	SubscriberSuspended SubscriberState = "suspended"
	SubscriberCancelled SubscriberState = "cancelled"
	SubscriberPending   SubscriberState = "pending" // not installed yet
)

// ImportKind is what a file holds.
type ImportKind string

// The kinds of import.
const (
	ImportSubscribers ImportKind = "subscribers"
	ImportContacts    ImportKind = "contacts"
)

// ImportState is how far an import has come.
type ImportState string

// The states of an import.
const (
	ImportChecked ImportState = "checked" // read and looked at; nothing was changed
	ImportRunning ImportState = "running"
	ImportDone    ImportState = "done"
	ImportDropped ImportState = "dropped" // nobody wanted it after all
)

// Import is a file of subscribers or contacts on its way in. Its lines are kept
// until it has ended.
type Import struct {
	ID         uuid.UUID
	AgentID    *uuid.UUID // nil: from the command line
	Kind       ImportKind
	Filename   string
	State      ImportState
	Columns    []ImportColumn `gorm:"serializer:json"`
	Total      int            // lines with data
	Bad        int            // lines that will not be taken, see their problems
	Done       int            // lines dealt with
	Added      int
	Changed    int
	Failed     int // good lines that could not be taken after all
	CreatedAt  time.Time
	UpdatedAt  time.Time
	FinishedAt *time.Time
}

// ImportColumn is one column of the file and what it is taken for; empty: not used.
type ImportColumn struct {
	Head  string `json:"head"`
	Field string `json:"field"`
}

// ImportLine is one line of a file. Data is dropped once it was taken.
type ImportLine struct {
	ImportID uuid.UUID       `gorm:"primaryKey"`
	Line     int             `gorm:"primaryKey"` // of the file, the head is line 1
	Data     *ImportRow      `gorm:"serializer:json"`
	Problems []ImportProblem `gorm:"serializer:json"`
}

// ImportRow is what a line says.
type ImportRow struct {
	Code         string          `json:"code,omitempty"`
	Name         string          `json:"name,omitempty"`
	Document     string          `json:"document,omitempty"` // masked
	DocumentHash string          `json:"document_hash,omitempty"`
	Plan         string          `json:"plan,omitempty"`
	Zone         string          `json:"zone,omitempty"`
	State        SubscriberState `json:"state,omitempty"`
	DueDay       int             `json:"due_day,omitempty"`
	Address      string          `json:"address,omitempty"`
	Phones       []string        `json:"phones,omitempty"`
	Language     string          `json:"language,omitempty"`
}

// ImportProblem is what is wrong with a line. Bad lines are not taken; with a mere
// warning the line is taken without the value.
type ImportProblem struct {
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	Warned bool   `json:"warned,omitempty"`
}

// ImportJob goes on with an import.
type ImportJob struct {
	Import uuid.UUID `json:"import"`
}

// Kind names the job.
func (ImportJob) Kind() string { return "import" }
