package desk

import "time"

// CheckState is what a check found.
type CheckState string

// The states of a check, worst last.
const (
	CheckOK   CheckState = "ok"
	CheckWarn CheckState = "warn" // works now, and will not for long or not for everything
	CheckFail CheckState = "fail"
)

// CheckLine is one thing a doctor looked at.
type CheckLine struct {
	Check   string     `json:"check"`             // stable key: token, number, webhook, ...
	Subject string     `json:"subject,omitempty"` // the number or template it is about
	State   CheckState `json:"state"`
	Found   Words      `json:"found"`          // in words, by language
	Mend    Words      `json:"mend,omitempty"` // what to do about it; empty when all is well
}

// Checkup is what a doctor found at a time.
type Checkup struct {
	At    time.Time   `json:"at"`
	Lines []CheckLine `json:"lines"`
}

// State is the worst of the lines; a checkup without lines is well.
func (c *Checkup) State() CheckState {
	worst := CheckOK
	for _, l := range c.Lines {
		if l.State == CheckFail {
			return CheckFail
		}
		if l.State == CheckWarn {
			worst = CheckWarn
		}
	}
	return worst
}
