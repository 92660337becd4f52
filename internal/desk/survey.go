package desk

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// Verdict is what a contact thought of the help of a person.
type Verdict string

// The verdicts, best first.
const (
	VerdictGood Verdict = "good"
	VerdictFair Verdict = "fair"
	VerdictBad  Verdict = "bad"
)

// Verdicts lists them in the order in which they are offered.
var Verdicts = [...]Verdict{VerdictGood, VerdictFair, VerdictBad}

// Survey is the one question after a person resolved a matter, and its answer.
type Survey struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	ContactID      uuid.UUID
	TicketID       *uuid.UUID // resolved by itself; nil: with the chat
	MessageID      uuid.UUID  // the question
	AgentID        uuid.UUID  // who resolved it
	Team           Team
	Language       string
	Verdict        Verdict // empty: not answered
	AskedAt        time.Time
	AnsweredAt     *time.Time
}

// Times around a survey.
const (
	SurveyDelay = 20 * time.Second    // after the resolution, while it may still be taken back
	SurveyRest  = 12 * time.Hour      // a conversation is not asked twice within it: its end and its ticket's are one matter
	SurveyOpen  = 24 * time.Hour      // a word counts as the answer
	SurveyKeep  = 14 * 24 * time.Hour // a pressed button counts
)

// SurveyJob asks what the contact thought of a resolution, unless the chat is live again.
type SurveyJob struct {
	Survey       uuid.UUID  `json:"survey"` // the id it will have: a job that runs twice asks once
	Conversation uuid.UUID  `json:"conversation"`
	Ticket       *uuid.UUID `json:"ticket,omitempty"`
	Agent        uuid.UUID  `json:"agent"`
	Team         Team       `json:"team"`
}

// Kind names the job.
func (SurveyJob) Kind() string { return "survey" }

// ButtonSurveyPrefix begins the id of a survey's button: + survey ":" verdict.
const ButtonSurveyPrefix = "survey:"

// SurveyButtonID returns the id of the button with which a verdict is given.
func SurveyButtonID(survey uuid.UUID, v Verdict) string {
	return ButtonSurveyPrefix + survey.String() + ":" + string(v)
}

// Prefixes of Message.DraftID of what a survey says: each is said once.
const (
	draftSurvey = "survey:"
	draftThanks = "thanks:"
)

// Asks is the DraftID of the survey's question, Thanks that of the words for its answer.
func (s *Survey) Asks() string { return draftSurvey + s.ID.String() }

// Thanks see Asks.
func (s *Survey) Thanks() string { return draftThanks + s.ID.String() }

// AsksOpinion reports whether a message of ours is the question of a survey.
func (m *Message) AsksOpinion() bool { return strings.HasPrefix(m.DraftID, draftSurvey) }

// GivesVerdict reports whether a message of the contact's answers a survey by its button.
func (c *Choice) GivesVerdict() bool {
	return c != nil && strings.HasPrefix(c.ID, ButtonSurveyPrefix)
}

// verdictWords are what contacts type instead of pressing, folded, in every language.
var verdictWords = map[string]Verdict{
	"bien": VerdictGood, "muy bien": VerdictGood, "bueno": VerdictGood, "buena": VerdictGood, "excelente": VerdictGood,
	"bem": VerdictGood, "muito bem": VerdictGood, "bom": VerdictGood, "boa": VerdictGood, "otimo": VerdictGood, "ótimo": VerdictGood,
	"good": VerdictGood, "very good": VerdictGood, "great": VerdictGood, "excellent": VerdictGood,
	"regular": VerdictFair, "mas o menos": VerdictFair, "más o menos": VerdictFair, "mais ou menos": VerdictFair, "so so": VerdictFair, "ok": VerdictFair,
	"mal": VerdictBad, "muy mal": VerdictBad, "malo": VerdictBad, "mala": VerdictBad,
	"ruim": VerdictBad, "muito ruim": VerdictBad, "bad": VerdictBad, "very bad": VerdictBad,
}

// VerdictOf reads a message as the answer to a survey: the survey its button names, or
// uuid.Nil for a word that would answer whichever was asked last.
func VerdictOf(m *Message) (survey uuid.UUID, v Verdict, ok bool) {
	words := m.Text
	if m.Choice != nil {
		if rest, ours := strings.CutPrefix(m.Choice.ID, ButtonSurveyPrefix); ours {
			id, verdict, _ := strings.Cut(rest, ":")
			survey, err := uuid.Parse(id)
			return survey, Verdict(verdict), err == nil && survey != uuid.Nil && Verdict(verdict).Valid()
		}
		words = m.Choice.Title // of a template, which carries no id of ours
	}
	if len(words) > 40 || m.Kind != KindText && m.Kind != KindReply {
		return uuid.Nil, "", false
	}
	switch strings.TrimSpace(words) {
	case "👍":
		return uuid.Nil, VerdictGood, true
	case "👎":
		return uuid.Nil, VerdictBad, true
	}
	marks := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	v, ok = verdictWords[strings.Join(strings.FieldsFunc(strings.ToLower(words), marks), " ")]
	return uuid.Nil, v, ok
}

// Valid reports whether it is one of the verdicts.
func (v Verdict) Valid() bool { return v == VerdictGood || v == VerdictFair || v == VerdictBad }

// Answer takes a verdict in and reports whether it is the first; the last one counts.
func (s *Survey) Answer(v Verdict, at time.Time) (first bool) {
	first = s.Verdict == ""
	at = Instant(at)
	s.Verdict, s.AnsweredAt = v, &at
	return first
}

// TakeVerdict takes note of an answer to a survey: the window opens, and nothing else
// is wanted of anybody. Where the assistant has nothing left to answer it is settled.
func (c *Conversation) TakeVerdict(m *Message, now time.Time) {
	c.reached(m, now)
	if c.Owner == OwnerAssistant && c.TurnDueAt == nil {
		c.Settle(m.ID)
	}
	c.show(m, now)
}
