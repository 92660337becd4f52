package eval

// Kind says what a report is about.
type Kind string

// The kinds of report.
const (
	KindIntents       Kind = "intents"
	KindRetrieval     Kind = "retrieval"
	KindConversations Kind = "conversations"
)

// Item is one thing that was measured: a message, a question, an expectation. Two
// reports on the same data are compared item by item.
type Item struct {
	ID         string  `json:"id"` // the words, or file and line
	Language   string  `json:"language,omitempty"`
	Want       string  `json:"want"`
	Got        string  `json:"got"` // of intents: what would be acted on, "none" when refused
	Right      bool    `json:"right"`
	Confidence float64 `json:"confidence,omitempty"`
}

// Progress hears how far a long evaluation is: of the stage with this name, so
// many of all are done. Nil hears nothing.
type Progress func(stage string, done, all int)

func (p Progress) tell(stage string, done, all int) {
	if p != nil {
		p(stage, done, all)
	}
}
