package desk

import "github.com/google/uuid"

// Replay is what deciding a recorded turn again gave.
type Replay struct {
	Turn   uuid.UUID    `json:"turn"`
	Same   bool         `json:"same"`             // the stored inputs give the decision and the words they gave then
	Inputs []Difference `json:"inputs,omitempty"` // what could not be given as it was then
	Stored Redecision   `json:"stored"`           // from the stored inputs
	Now    *Redecision  `json:"now,omitempty"`    // with the thresholds in force; nil when they are those of then
	Again  *Redecision  `json:"again,omitempty"`  // understood again, with the thresholds in force; nil when not asked for
}

// Redecision is one decision made again.
type Redecision struct {
	Action  Action       `json:"action"`
	Reason  Reason       `json:"reason"`
	Rule    string       `json:"rule"`
	Intent  string       `json:"intent,omitempty"`
	Article string       `json:"article,omitempty"`
	Text    string       `json:"text,omitempty"`
	Changes []Difference `json:"changes,omitempty"` // from what was decided and said then
}

// Difference is one thing that was and is otherwise. What is a path such as
// "handoff.team"; an empty Was or Now means that there was or is none.
type Difference struct {
	What string `json:"what"`
	Was  string `json:"was"`
	Now  string `json:"now"`
}
