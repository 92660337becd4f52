package routing

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Board is everything a decision looks at, read at one moment.
type Board struct {
	Now      time.Time
	Roster   *desk.Roster
	Profile  *desk.Profile
	Waiting  []Waiting
	Agents   []Agent
	Silences []desk.Silence // of agents who hold a conversation
}

// Waiting is a conversation in the queue.
type Waiting struct {
	Conversation uuid.UUID
	Version      int64
	Team         desk.Team
	Priority     desk.Priority
	Since        time.Time
	Language     string      // of the contact; empty: any agent's will do
	Skill        string      // the agent must have; empty: none
	Done         desk.Waited // what was done about this wait already
}

// WaitingOf is a conversation of the queue as a decision looks at it.
func WaitingOf(c *desk.Conversation) Waiting {
	w := Waiting{Conversation: c.ID, Version: c.Version, Team: c.Team, Priority: c.Priority, Since: c.LastAt, Language: c.Language}
	if c.QueuedAt != nil {
		w.Since = *c.QueuedAt
	}
	if h := c.Handoff; h != nil {
		w.Skill = h.Skill
		if h.Wait != nil {
			w.Done = *h.Wait
		}
	}
	return w
}

// Agent is somebody who may be given conversations.
type Agent struct {
	Post       desk.Post
	State      desk.PresenceState
	Load       int // open conversations they hold
	AssignedAt time.Time
}

// calendar is when a team answers.
func (b *Board) calendar(t desk.Team) desk.Calendar { return b.Roster.Calendar(t, b.Profile) }
