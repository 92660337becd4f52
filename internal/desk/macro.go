package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// StepKind is what a step of a macro does.
type StepKind string

// The steps of a macro.
const (
	StepReply    StepKind = "reply"
	StepNote     StepKind = "note"
	StepPriority StepKind = "priority"
	StepEnqueue  StepKind = "enqueue"
	StepSnooze   StepKind = "snooze"
	StepResolve  StepKind = "resolve"
	StepGiveBack StepKind = "give_back"
)

// StepKinds lists the steps in the order they are offered.
var StepKinds = []StepKind{StepReply, StepNote, StepPriority, StepEnqueue, StepSnooze, StepResolve, StepGiveBack}

// Ends reports whether the step lets go of the conversation, so that none can follow.
func (k StepKind) Ends() bool {
	return k == StepEnqueue || k == StepSnooze || k == StepResolve || k == StepGiveBack
}

// Step is one act of a macro.
type Step struct {
	Do       StepKind `json:"do"`
	Text     string   `json:"text,omitempty"` // of a reply (or "/" and a canned reply's shortcut), a note, an outcome
	Team     Team     `json:"team,omitempty"`
	Priority Priority `json:"priority,omitempty"`
	Hours    int      `json:"hours,omitempty"` // of a snooze
}

// Limits of macros.
const (
	MaxSteps       = 8
	MaxMacroName   = 60 // characters
	MaxOutcome     = 1000
	MaxSnoozeHours = 90 * 24
)

// Macro is several acts on a conversation under one name, done together or not at all.
type Macro struct {
	ID        uuid.UUID
	AgentID   *uuid.UUID // whose; nil: shared
	Name      string
	Steps     []Step `gorm:"serializer:json"`
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Check reports what is wrong with a macro, as an ErrInvalid that names the step
// ("step1" is the first) or "name".
func (m *Macro) Check() error {
	if m.Name = strings.TrimSpace(m.Name); m.Name == "" || Units(m.Name) > MaxMacroName {
		return ErrInvalid.For("name")
	}
	if len(m.Steps) == 0 || len(m.Steps) > MaxSteps {
		return ErrInvalid.For("steps")
	}
	for i, s := range m.Steps {
		if !s.valid() || s.Do.Ends() && i < len(m.Steps)-1 {
			return ErrInvalid.For("step" + string(rune('1'+i)))
		}
	}
	return nil
}

func (s Step) valid() bool {
	if !slices.Contains(StepKinds, s.Do) {
		return false
	}
	switch s.Do {
	case StepReply, StepNote:
		text := strings.TrimSpace(s.Text)
		return text != "" && Units(text) <= MaxText-100
	case StepPriority:
		return s.Priority.Valid()
	case StepEnqueue:
		return s.Team.Valid()
	case StepSnooze:
		return s.Hours > 0 && s.Hours <= MaxSnoozeHours
	case StepResolve:
		return Units(s.Text) <= MaxOutcome
	}
	return true
}

// WrongAnswer is an answer of the assistant that an agent found wrong, for whoever
// keeps its article.
type WrongAnswer struct {
	MessageID      uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	ArticleID      string
	Language       string
	Version        int // of the article that was said
	AgentID        uuid.UUID
	Reason         string // the agent's words, or empty
	CreatedAt      time.Time
	SettledAt      *time.Time
	SettledBy      *uuid.UUID
}

// MaxReason is the most characters of why an answer is wrong.
const MaxReason = 500
