package desk

import (
	"time"

	"github.com/google/uuid"
)

// PresenceState says whether an agent is at the desk.
type PresenceState string

// The states of a presence.
const (
	Online  PresenceState = "online"
	Away    PresenceState = "away"
	Offline PresenceState = "offline"
)

// When a presence changes by itself.
const (
	PresenceLease = 75 * time.Second // of an open console; it is renewed long before
	IdleAfter     = 10 * time.Minute // without a key or a pointer
)

// Presence is what is known of an agent's being there. It is a lease: whoever's
// consoles are all closed is offline when it runs out.
type Presence struct {
	AgentID    uuid.UUID     `gorm:"primaryKey"`
	Chosen     PresenceState // by the agent: away or offline; empty: as it is seen
	SeenUntil  *time.Time    // while a console is open
	ActiveAt   *time.Time    // when the agent last did something
	AssignedAt *time.Time    // when they were last given a conversation
	Shown      PresenceState // what was last told to consoles
	ShownAt    time.Time
}

// At is the state at a time.
func (p *Presence) At(now time.Time) PresenceState {
	switch {
	case p.Chosen == Offline, p.SeenUntil == nil, !now.Before(*p.SeenUntil):
		return Offline
	case p.Chosen == Away, p.ActiveAt == nil, now.Sub(*p.ActiveAt) >= IdleAfter:
		return Away
	}
	return Online
}

// Wait is one that ended: how long a conversation was in a team's queue.
type Wait struct {
	ConversationID uuid.UUID `gorm:"primaryKey"`
	Team           Team
	QueuedAt       time.Time `gorm:"primaryKey"`
	EndedAt        time.Time
}

// Queue is what a contact can be told when handed to a team: how many are before
// them, and how long those before them waited.
type Queue struct {
	Ahead  int
	Recent []time.Duration // waits that ended lately
}

// Silence is an agent who lets a contact wait.
type Silence struct {
	Conversation uuid.UUID
	Version      int64
	Agent        uuid.UUID
	Team         Team
	Since        time.Time
}
