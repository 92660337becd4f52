package desk

// IntentAction is what an intent asks of the assistant when it is sure of it.
type IntentAction string

// The actions of intents.
const (
	IntentAnswer       IntentAction = "answer"        // from the best article
	IntentFlow         IntentAction = "flow"          // a guided flow
	IntentTicket       IntentAction = "ticket"        // open or update a ticket
	IntentHandoff      IntentAction = "handoff"       // to a person, with a ticket
	IntentReply        IntentAction = "reply"         // a fixed phrase
	IntentSilent       IntentAction = "silent"        // nothing is said
	IntentDecline      IntentAction = "decline"       // kindly not our subject
	IntentOptOut       IntentAction = "opt_out"       // stop writing
	IntentDataRequest  IntentAction = "data_request"  // personal data: a person, with a ticket
	IntentTicketStatus IntentAction = "ticket_status" // how is my ticket
)

// Labels that code knows by name: the few certain things. Everything else about
// intents is data.
const (
	LabelNone         = "none"
	LabelHuman        = "human_agent"
	LabelGreeting     = "greeting"
	LabelThanks       = "thanks_closing"
	LabelOptOut       = "opt_out"
	LabelDataRequest  = "data_request"
	LabelComplaint    = "complaint"
	LabelTicketStatus = "ticket_status"
	LabelPaymentProof = "payment_reported"
)

// Intent is a matter contacts write about. Intents are data (faq/intents).
type Intent struct {
	Label string `yaml:"label"`
	// Description says in English what belongs to the intent and what to its neighbours: for those who write examples. At most 400 characters.
	Description string       `yaml:"description" json:"description,omitempty"`
	Names       Words        `yaml:"names"` // on a button: at most 20 characters
	Action      IntentAction `yaml:"action"`
	Flow        string       `yaml:"flow"`
	Articles    []string     `yaml:"articles"` // ids an answer may use, best first
	Ticket      TicketPlan   `yaml:"ticket"`
	// AnswerFirst: a fitting article is said before a ticket is offered.
	AnswerFirst bool `yaml:"answer_first"`
	// Ambiguous are whole messages, by language, that mean this intent or another
	// that lists them too: the contact is asked which.
	Ambiguous map[string][]string `yaml:"ambiguous"`
	Examples  map[string][]string `yaml:"examples"` // by language
	// Signs are what in a picture hints at the intent; never enough to act on.
	Signs []Sign `yaml:"signs" json:"signs,omitempty"`
}

// TicketPlan says what a ticket about an intent is like.
type TicketPlan struct {
	Priority Priority `yaml:"priority" json:"priority"`
	Team     Team     `yaml:"team" json:"team"`
}

// Flow is a guided flow: a few questions with buttons. Flows are data (faq/flows).
type Flow struct {
	ID    string              `yaml:"id"`
	Start string              `yaml:"start"`
	Skip  []FlowSkip          `yaml:"skip"`
	Steps map[string]FlowStep `yaml:"steps"`
}

// Ends of a flow, in the place of a step's name.
const (
	FlowSolved = "solved"
	FlowTicket = "ticket"
	FlowPerson = "person"
)

// FlowStep says an article or words and offers buttons.
type FlowStep struct {
	Article  string       `yaml:"article"`
	Say      Words        `yaml:"say"`
	Buttons  []FlowButton `yaml:"buttons"`   // at most 3
	FreeText string       `yaml:"free_text"` // the button meant by "it still does not work" in own words
}

// FlowButton leads on. Note is written into the ticket.
type FlowButton struct {
	ID    string `yaml:"id"`
	Label Words  `yaml:"label"` // at most 20 characters
	To    string `yaml:"to"`
	Note  Words  `yaml:"note"`
}

// FlowSkip passes over a step that the contact's own words settle already.
type FlowSkip struct {
	Step string              `yaml:"step"`
	To   string              `yaml:"to"`
	Note Words               `yaml:"note"`
	When map[string][]string `yaml:"when"` // whole-word phrases by language, folded
}

// FlowPosition is where a contact stands in a flow.
type FlowPosition struct {
	Flow   string   `json:"flow"`
	Step   string   `json:"step"`
	Intent string   `json:"intent"`
	Notes  []string `json:"notes,omitempty"` // what was tried and answered so far
	Facts  []Fact   `json:"facts,omitempty"`
}

// Book is all knowledge in force at one moment. It is never changed once made;
// a new one takes its place.
type Book struct {
	Version  string // hash of the content
	Intents  map[string]*Intent
	Flows    map[string]*Flow
	Articles map[string]map[string]*Article // by id, then language
}

// Article returns the article in the language, else in the nearest language that
// has it (Portuguese and Spanish readers before English).
func (b *Book) Article(id, language string) *Article {
	variants := b.Articles[id]
	if a := variants[language]; a != nil {
		return a
	}
	for _, l := range Languages {
		if a := variants[l]; a != nil {
			return a
		}
	}
	return nil
}
