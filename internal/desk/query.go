package desk

import (
	"time"

	"github.com/google/uuid"
)

// ConversationQuery selects conversations for programs, newest first by when they
// began, so that what changes meanwhile stays in its place.
type ConversationQuery struct {
	State   ConversationState // zero values select all
	Owner   Owner
	Agent   uuid.UUID // who holds it
	Contact uuid.UUID
	Team    Team
	Channel string
	After   string // cursor of the page before
	Limit   int    // 1 to 100, default 30
}

// TicketQuery selects tickets for programs: newest first by when they were opened
// or, with Changed, oldest change first, which is how to catch up.
type TicketQuery struct {
	State        TicketState // zero values select all
	Assignee     uuid.UUID
	Contact      uuid.UUID
	Conversation uuid.UUID
	Team         Team
	Protocol     string
	Source       string // of ExternalID
	ExternalID   string
	Since        time.Time // not changed before
	Changed      bool
	After        string
	Limit        int
}

// ContactQuery selects contacts for programs, newest first by when we first heard of
// them. Phone finds every form of the number.
type ContactQuery struct {
	Phone      string
	BSUID      string
	Protocol   string // of one of their tickets
	Source     string // of ExternalID
	ExternalID string
	After      string
	Limit      int
}
