package desk

import "time"

// Consulted is the record of one thing a language model was asked for in a turn.
// It holds no words of a person.
type Consulted struct {
	Prompt     string        `json:"prompt"`             // its name
	Hash       string        `json:"hash"`               // of its text
	Model      string        `json:"model,omitempty"`    // that was asked; empty when none was
	Problem    ModelReason   `json:"problem,omitempty"`  // why it was of no help
	Refused    []string      `json:"refused,omitempty"`  // codes of what was wrong with what it proposed
	Unused     string        `json:"unused,omitempty"`   // why a sound answer changed nothing
	TokensIn   int           `json:"in,omitempty"`       // of all calls, repairs included
	TokensOut  int           `json:"out,omitempty"`      //
	CostMicros int64         `json:"cost,omitempty"`     // millionths of a ModelCurrency unit
	Unpriced   bool          `json:"unpriced,omitempty"` // a price is not known, so the cost is not
	Took       time.Duration `json:"took"`
}

// Helped reports whether something came of it.
func (c *Consulted) Helped() bool {
	return c != nil && c.Problem == "" && len(c.Refused) == 0 && c.Unused == ""
}

// Advice is what a language model said about the meaning of a message, before code
// weighed it into the finding.
type Advice struct {
	Consulted
	Language    string  `json:"language,omitempty"`
	Intents     []Score `json:"intents,omitempty"` // with the model's own probabilities, which are not calibrated
	Second      string  `json:"second,omitempty"`
	NeedsPerson bool    `json:"needs_person,omitempty"` // a hint: it counts where the desk is unsure
}

// Wording is what a language model proposed to say in the place of an article's
// words or of a fixed question.
type Wording struct {
	Consulted
	Text string `json:"text,omitempty"` // as it is said; empty when the fixed words are
}
