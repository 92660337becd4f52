package desk

import (
	"time"

	"github.com/google/uuid"
)

// SavedView is a filter somebody keeps under a name. A shared one is everybody's to
// use and its owner's, or an admin's, to change.
type SavedView struct {
	ID        uuid.UUID
	AgentID   uuid.UUID // whose it is
	Name      string
	Shared    bool
	Filter    ConversationFilter `gorm:"serializer:json"`
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Limits of saved views.
const (
	MaxViewName   = 40 // characters
	MaxSavedViews = 20 // of one agent, shared ones included
)
