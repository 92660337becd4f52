package desk

import "time"

// Certain is a thing found in a message without any model.
type Certain string

// The certain things, in the order they are looked for.
const (
	CertainNothing     Certain = ""
	CertainOptOut      Certain = "opt_out"
	CertainPerson      Certain = "person"
	CertainComplaint   Certain = "complaint" // lodges one, or says that a regulator will hear of it
	CertainDataRequest Certain = "data_request"
	CertainGreeting    Certain = "greeting" // nothing but a greeting
	CertainThanks      Certain = "thanks"   // nothing but thanks or an emoji
)

// Understanding is what was found in what a contact said: findings, no decision.
type Understanding struct {
	Text               string        `json:"-"` // everything new, joined; kept in the messages, not twice
	Language           string        `json:"language"`
	LanguageConfidence float64       `json:"language_confidence"`
	Certain            Certain       `json:"certain,omitempty"`
	OptOut             bool          `json:"opt_out,omitempty"`  // wants no more messages, and something else besides
	Intents            []Score       `json:"intents,omitempty"`  // best first, at most 5
	Accept             float64       `json:"accept"`             // probability that the first intent is right
	None               float64       `json:"none"`               // probability that it is none of ours
	Second             string        `json:"second,omitempty"`   // label of a second matter in the same message
	Passages           []Passage     `json:"passages,omitempty"` // best first, at most 5
	Entities           []Entity      `json:"entities,omitempty"`
	Meaning            *Meaning      `json:"meaning,omitempty"` // how articles were looked for by meaning, beside words
	Hints              []string      `json:"hints,omitempty"`   // labels that pictures hint at; never enough to act on
	Why                []Gram        `json:"why,omitempty"`     // what spoke for the first intent
	Mood               Mood          `json:"mood,omitempty"`
	Urgent             bool          `json:"urgent,omitempty"`       // business, health, regulator or safety named
	StillBroken        bool          `json:"still_broken,omitempty"` // says it does not work after all
	WorksNow           bool          `json:"works_now,omitempty"`
	Advice             *Advice       `json:"advice,omitempty"`  // of a language model, weighed in; nil when none was asked
	Model              string        `json:"model"`             // what understood: "local" and the version of its knowledge, and a model that advised
	Problem            string        `json:"problem,omitempty"` // why understanding failed; then the rest is empty
	Took               time.Duration `json:"took"`
}

// Mood of a contact.
type Mood string

// The moods.
const (
	MoodCalm    Mood = ""
	MoodAngry   Mood = "angry"
	MoodAnxious Mood = "anxious"
)

// Score is an intent's label with its probability.
type Score struct {
	Label      string  `json:"label"`
	Confidence float64 `json:"confidence"`
}

// Passage is a piece of an article found for what was said. Confidence is the
// probability that the article answers it.
type Passage struct {
	Article    ArticleRef `json:"article"`
	Confidence float64    `json:"confidence"`
	Score      float64    `json:"score"`
	Matched    string     `json:"matched,omitempty"` // the article's words that matched best
}

// Meaning is the record of a search by meaning.
type Meaning struct {
	Model   string        `json:"model"`
	Problem ModelReason   `json:"problem,omitempty"` // why words alone were used
	Took    time.Duration `json:"took"`
}

// Entity is a piece of data in a message.
type Entity struct {
	Kind  string `json:"kind"`
	Value string `json:"value"` // in its normal form
}

// Gram is an n-gram with its weight for an intent.
type Gram struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}

// NotUnderstood is the finding of an understanding that failed: it hands over,
// and never leaves the contact waiting.
func NotUnderstood(err error, language string) Understanding {
	return Understanding{Language: language, Model: "none", Problem: err.Error()}
}

// Best returns the first intent, or a zero Score.
func (u *Understanding) Best() Score {
	if len(u.Intents) == 0 {
		return Score{}
	}
	return u.Intents[0]
}
