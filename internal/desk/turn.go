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

// Inputs is what the decision rested on beside the understanding.
type Inputs struct {
	BookVersion string        `json:"book_version"`
	Owner       Owner         `json:"owner"`
	Pending     *Pending      `json:"pending,omitempty"`
	Misses      int           `json:"misses"`
	Kinds       []MessageKind `json:"kinds"`
	Choice      *Choice       `json:"choice,omitempty"`
	Tickets     []TicketInput `json:"tickets,omitempty"`
	Thresholds  Thresholds    `json:"thresholds"`
	InHours     bool          `json:"in_hours"`
	Now         time.Time     `json:"now"`
}

// TicketInput is what a decision saw of a ticket.
type TicketInput struct {
	ID        uuid.UUID   `json:"id"`
	Protocol  string      `json:"protocol"`
	Intent    string      `json:"intent"`
	State     TicketState `json:"state"`
	UpdatedAt time.Time   `json:"updated_at"`
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
// promise it.
func (o *Outcome) Bind(protocol string) {
	o.Open.Protocol = protocol
	for i := range o.Messages {
		o.Messages[i].Text = strings.ReplaceAll(o.Messages[i].Text, ProtocolToken, protocol)
	}
	if o.Handoff != nil {
		o.Handoff.Protocol = protocol
	}
}
