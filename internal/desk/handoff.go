package desk

import (
	"slices"
	"time"

	"github.com/google/uuid"
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
	Reason   Reason      `json:"reason"`
	Intent   string      `json:"intent,omitempty"`
	Team     Team        `json:"team"`
	Priority Priority    `json:"priority"`
	Language string      `json:"language"`
	Wants    string      `json:"wants,omitempty"`    // the contact's own words, newest matter
	Tried    []string    `json:"tried,omitempty"`    // what was answered or done already
	Facts    []Fact      `json:"facts,omitempty"`    // data the contact gave
	Mood     string      `json:"mood,omitempty"`     // angry, anxious
	Protocol string      `json:"protocol,omitempty"` // of the ticket opened with it
	At       time.Time   `json:"at"`
	Summary  *Summary    `json:"summary,omitempty"` // added afterwards, by a model
	Skill    string      `json:"skill,omitempty"`   // the agent must have
	Wait     *Waited     `json:"wait,omitempty"`    // what happened to this wait in the queue
	Back     *time.Time  `json:"back,omitempty"`    // when a team with hours of its own is there again
	Note     *PassedNote `json:"note,omitempty"`    // from who passed it on to who has it next
}

// PassedNote is a note between two holders of a conversation.
type PassedNote struct {
	By   string    `json:"by"` // the agent's name
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Waited is what was told and done about one wait in the queue.
type Waited struct {
	Told       *Told       `json:"told,omitempty"`        // to the contact, once
	OverflowAt *time.Time  `json:"overflow_at,omitempty"` // when it went to the overflow team, once
	RaisedAt   *time.Time  `json:"raised_at,omitempty"`   // when supervisors were told, once
	Silent     []uuid.UUID `json:"silent,omitempty"`      // agents who had it and did not answer: not given it again
}

// Told is what a contact was told of the queue.
type Told struct {
	Ahead   int `json:"ahead"`   // how many were before them
	Minutes int `json:"minutes"` // how long it would take; 0: nothing was said
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
