package whatsapp

import (
	"encoding/json"
	"time"
)

// Event is a decoded Item. Exactly one of the pointers is set, the one its Kind names.
type Event struct {
	Kind   string // one of the Kind constants
	Field  string // Meta's webhook field
	WABAID string
	// EntryAt is the entry's time; zero on messages and statuses, which carry their own.
	EntryAt time.Time
	Number  Number

	Message    *Message
	Status     *Status
	Failure    *Failure
	Echo       *Echo
	Preference *Preference
	Call       *Call
	Account    *AccountEvent
	Handover   *Handover
	History    *History
	// Standby wraps what another owner of the conversation received, so that it is not taken for ours by accident.
	Standby *Event
	Other   *Other
}

// Number is our business number. Route by ID; Display is for people and may change.
type Number struct {
	ID      string
	Display string
}

// Person is whoever is at the other end, by every name Meta gave. All fields are optional. Values are classified by their
// form, not by the field they came in: a BSUID found in a phone field stands in BSUID here.
type Person struct {
	Phone        string // digits as Meta sent them (wa_id); never rewrite it
	BSUID        string // business-scoped user id, opaque
	ParentBSUID  string // the same for linked portfolios
	Name         string // profile name, chosen by the person
	Username     string // without "@"; for display, changes
	IdentityHash string // changes when the person re-registers; only if the identity check is on
}

// Empty reports whether nothing identifies the person.
func (p Person) Empty() bool { return p.Phone == "" && p.BSUID == "" && p.ParentBSUID == "" }

// Ref returns the BSUID or else the parent BSUID or else the phone.
func (p Person) Ref() string {
	switch {
	case p.BSUID != "":
		return p.BSUID
	case p.ParentBSUID != "":
		return p.ParentBSUID
	default:
		return p.Phone
	}
}

// Failure is an error in a webhook: {code, title, message, error_data{details}, href}.
type Failure struct {
	Code    int
	Title   string
	Message string
	Details string
	Href    string
}

// Echo is a message that a person of the business sent from the WhatsApp Business app.
type Echo struct {
	To      Person
	Message Message // Message.From is empty
}

// Preference is a customer's choice about one category of messages.
type Preference struct {
	Person   Person
	Category string // "marketing_messages"
	Value    string // "stop", "resume"; others have been seen
	Detail   string
	At       time.Time
}

// Stops reports whether the customer asked for no more of Category.
func (p Preference) Stops() bool { return p.Value == "stop" }

// Call is a step of a voice call. A call by the user opens the 24-hour window too.
type Call struct {
	ID        string
	Event     string // "connect", "terminate"
	Status    string // on a call status: "RINGING", "ACCEPTED", "REJECTED"
	Direction string // "USER_INITIATED", "BUSINESS_INITIATED"
	Person    Person
	At        time.Time
	Errors    []Failure
}

// ByUser reports whether the customer called us.
func (c Call) ByUser() bool { return c.Direction == "USER_INITIATED" }

// History is one past message handed over when an existing Business app number joins. It is never answered and opens no window.
type History struct {
	Thread  Person // the customer, whoever wrote
	ByUs    bool   // the business wrote it
	Status  string // history_context status, such as "READ"; upper case
	Message Message
	// Phase (0 to 2), Chunk and Progress (percent) tell how far the handing over is.
	Phase, Chunk, Progress int
}

// Handover tells that the control of one conversation passed between apps or agents.
type Handover struct {
	Person   Person
	Event    string // "control_passed": somebody gave it; "control_taken": somebody took it
	Previous string // role of the owner before: customer_service, marketing, utility, ctwa, ai_agent, escalation
	New      string
	Metadata string // a note of whoever passed it
	At       time.Time
	Context  json.RawMessage // conversation_context, if given
}

// Other is an update of a kind we do not know.
type Other struct {
	Name string // the webhook field, or the part of the value
	Raw  json.RawMessage
}
