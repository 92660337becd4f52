package desk

import "github.com/google/uuid"

// Author says who wrote or did something.
type Author string

// The authors.
const (
	ByContact   Author = "contact"
	ByAssistant Author = "assistant"
	ByAgent     Author = "agent"
	BySystem    Author = "system"
)

// Actor is whoever acts: an agent with an id, or one of the others without.
type Actor struct {
	Kind Author
	ID   uuid.UUID // the agent's id; zero for others
	Name string
}

// The actors that are not people of the desk.
var (
	TheAssistant = Actor{Kind: ByAssistant}
	TheSystem    = Actor{Kind: BySystem}
	TheContact   = Actor{Kind: ByContact}
)

// AgentID returns the agent's id, or nil when the actor is not an agent.
func (a Actor) AgentID() *uuid.UUID {
	if a.Kind != ByAgent {
		return nil
	}
	id := a.ID
	return &id
}
