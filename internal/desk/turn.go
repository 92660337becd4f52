package desk

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// Turn is the record of one pass of the assistant: what it saw, decided and
// said, complete enough to decide again.
type Turn struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	FirstMessageID uuid.UUID // of the messages it answered
	LastMessageID  uuid.UUID
	Action         Action
	Reason         Reason
	Intent         string
	Confidence     float64
	Language       string
	Understanding  Understanding `gorm:"serializer:json"`
	Decision       Decision      `gorm:"serializer:json"`
	Inputs         Inputs        `gorm:"serializer:json"`
	Model          string
	PromptHash     string
	TokensIn       int
	TokensOut      int
	CostMicros     int64 // millionths of CostCurrency
	CostCurrency   string
	TookMicros     int64
	CreatedAt      time.Time
}

// Inputs is what the decision rested on beside the understanding: enough to build
// the scene again. What people wrote stays in the messages and tickets, and what
// the desk knew in its book and profile, of which only the versions are here.
type Inputs struct {
	BookVersion    string        `json:"book_version"`
	ProfileVersion string        `json:"profile_version,omitempty"`
	Owner          Owner         `json:"owner"`
	Language       string        `json:"language"` // to answer in, before understanding
	WindowEndsAt   *time.Time    `json:"window_ends_at,omitempty"`
	Pending        *Pending      `json:"pending,omitempty"`
	Misses         int           `json:"misses"`
	Kinds          []MessageKind `json:"kinds"` // of the new messages, in their order
	Choice         *Choice       `json:"choice,omitempty"`
	Tickets        []TicketInput `json:"tickets,omitempty"`
	Thresholds     Thresholds    `json:"thresholds"` // per intent: of the intents understood alone
	InHours        bool          `json:"in_hours"`
	Now            time.Time     `json:"now"`
}

// TicketInput is what a decision saw of a ticket.
type TicketInput struct {
	ID         uuid.UUID   `json:"id"`
	Protocol   string      `json:"protocol"`
	Intent     string      `json:"intent"`
	State      TicketState `json:"state"`
	ResolvedAt *time.Time  `json:"resolved_at,omitempty"`
	UpdatedAt  time.Time   `json:"updated_at"`
	MergedInto *uuid.UUID  `json:"merged_into,omitempty"`
}

// Outcome is everything one turn changes, committed as a whole or not at all.
type Outcome struct {
	Scene    *Scene // what it was decided on; its version must still hold
	Turn     Turn
	Messages []Message // to send, at most one in the ordinary case
	Language string
	Pending  *Pending
	Misses   int
	Open     *Ticket
	Note     []string // first history lines of the opened ticket
	Update   *uuid.UUID
	Reopen   *uuid.UUID
	Resolve  *uuid.UUID
	Handoff  *Handoff
	Consents []Consent
}

// Bind puts the number of the ticket opened in this commit where the words
// promise it, and into the turn's record. A commit that is tried again may be
// given another number: the last one counts.
func (o *Outcome) Bind(protocol string) {
	token := o.Open.Protocol
	if token == "" {
		token = ProtocolToken
	}
	o.Open.Protocol = protocol
	if opening := o.Turn.Decision.Open; opening != nil {
		opening.Protocol = protocol
	}
	for i := range o.Messages {
		if strings.Contains(o.Messages[i].Text, token) {
			at := o.Turn.CreatedAt
			o.Open.ReceiptAt = &at
		}
		o.Messages[i].Text = strings.ReplaceAll(o.Messages[i].Text, token, protocol)
	}
	if o.Handoff != nil {
		o.Handoff.Protocol = protocol
	}
}
