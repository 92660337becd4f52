package desk

import (
	"time"

	"github.com/google/uuid"
)

// SendRate is what all replicas know of the pace of a business number. Its times
// are the database's.
type SendRate struct {
	Channel   string      `gorm:"primaryKey"`
	PerSecond int         // messages a second the provider allows, in and out together; 0: not learned
	HeldUntil *time.Time  // nothing goes out before
	HeldCode  int         // what the provider said then
	BulkUntil *time.Time  // nothing in bulk goes out before
	Shares    []SendShare `gorm:"serializer:json"`
}

// SendShare is the part of a number's pace that one replica holds.
type SendShare struct {
	Replica uuid.UUID `json:"replica"`
	Slots   int       `json:"slots"` // messages it may have under way or in the second after
	Wants   int       `json:"wants"`
	Until   time.Time `json:"until"`
}

// Rank says who goes first when the provider's pace keeps messages waiting.
type Rank int

// The ranks: a person's words, then answers, then what is sent in bulk.
const (
	RankAnswer Rank = 0
	RankPerson Rank = -1
	RankBulk   Rank = 1
)

// Tried is when an outbound message was last tried, or written when it never was.
func (m *Message) Tried() time.Time {
	if m.TriedAt == nil {
		return m.CreatedAt
	}
	return *m.TriedAt
}

// Refused reports whether an outbound message certainly never reached the provider's
// hands, so that sending it again cannot double it. What the provider took first and
// gave up later is not refused: such messages have arrived all the same.
func (m *Message) Refused() bool {
	return m.Direction == Outbound && m.Status == StatusFailed && m.ProviderID == "" && m.AcceptedAt == nil
}

// Rank returns how soon an outbound message is to go.
func (m *Message) Rank() Rank {
	switch {
	case m.Author == ByAgent || m.AgentID != nil:
		return RankPerson
	case m.Template != nil:
		return RankBulk
	}
	return RankAnswer
}
