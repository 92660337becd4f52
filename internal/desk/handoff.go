package desk

import (
	"slices"
	"time"
)

// Team is a group of agents with one queue.
type Team string

// The teams every desk starts with.
const (
	TeamSupport   Team = "support"
	TeamTechnical Team = "technical"
	TeamBilling   Team = "billing"
	TeamSales     Team = "sales"
	TeamRetention Team = "retention"
)

// Priority of a ticket or a handoff.
type Priority string

// The priorities.
const (
	PriorityLow    Priority = "low"
	PriorityNormal Priority = "normal"
	PriorityHigh   Priority = "high"
	PriorityUrgent Priority = "urgent"
)

// Rank orders priorities, urgent highest.
func (p Priority) Rank() int {
	switch p {
	case PriorityUrgent:
		return 3
	case PriorityHigh:
		return 2
	case PriorityLow:
		return 0
	}
	return 1
}

// Handoff is a conversation given to people, now, with everything a person
// needs so as not to ask again. It is built from facts, never from a model's memory.
type Handoff struct {
	Reason   Reason    `json:"reason"`
	Intent   string    `json:"intent,omitempty"`
	Team     Team      `json:"team"`
	Priority Priority  `json:"priority"`
	Language string    `json:"language"`
	Wants    string    `json:"wants,omitempty"`    // the contact's own words, newest matter
	Tried    []string  `json:"tried,omitempty"`    // what was answered or done already
	Facts    []Fact    `json:"facts,omitempty"`    // data the contact gave
	Mood     string    `json:"mood,omitempty"`     // angry, anxious
	Protocol string    `json:"protocol,omitempty"` // of the ticket opened with it
	At       time.Time `json:"at"`
	Summary  *Summary  `json:"summary,omitempty"` // added afterwards, by a model
}

// Fact is one piece of data the contact gave.
type Fact struct {
	Kind  string `json:"kind"` // an entity kind: document, customer_code, amount, ...
	Value string `json:"value"`
}

// Teams lists the teams in the order they are offered.
var Teams = []Team{TeamSupport, TeamTechnical, TeamBilling, TeamSales, TeamRetention}

// Valid reports whether t is one of the teams.
func (t Team) Valid() bool { return slices.Contains(Teams, t) }

// Priorities lists the priorities, lowest first.
var Priorities = []Priority{PriorityLow, PriorityNormal, PriorityHigh, PriorityUrgent}

// Valid reports whether p is one of the priorities.
func (p Priority) Valid() bool { return slices.Contains(Priorities, p) }
