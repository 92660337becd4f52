package desk

import (
	"time"

	"github.com/google/uuid"
)

// Direction of a message.
type Direction string

// The directions. Private ones never leave the desk.
const (
	Inbound  Direction = "in"
	Outbound Direction = "out"
	Private  Direction = "internal"
)

// MessageKind is what a message holds.
type MessageKind string

// The kinds of message.
const (
	KindText        MessageKind = "text"
	KindImage       MessageKind = "image"
	KindAudio       MessageKind = "audio"
	KindVideo       MessageKind = "video"
	KindDocument    MessageKind = "document"
	KindSticker     MessageKind = "sticker"
	KindLocation    MessageKind = "location"
	KindContacts    MessageKind = "contacts"
	KindReply       MessageKind = "reply"       // a button or list row we offered was chosen
	KindOther       MessageKind = "other"       // order, form's answer, call, ...: see Details
	KindUnsupported MessageKind = "unsupported" // the provider could not pass it on
	KindTemplate    MessageKind = "template"    // a template we sent; Text is what the contact saw
	KindReaction    MessageKind = "reaction"    // an emoji of ours on QuotedID; shown there, never as an entry
	KindAskPhone    MessageKind = "ask_phone"   // asks the contact to share their phone number
	KindNote        MessageKind = "note"        // private, among agents
	KindNotice      MessageKind = "notice"      // what happened to the conversation: taken, handed back, ...
)

// Message is one entry of a conversation's thread. Entries are ordered by id.
// Text is at most MaxText characters for outbound messages.
type Message struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	Channel        string
	Direction      Direction
	Author         Author
	AgentID        *uuid.UUID
	Kind           MessageKind
	Text           string
	ProviderID     string      // wamid; unique per channel, empty until the provider accepts
	QuotedID       string      // wamid of the message this one replies to
	DraftID        string      // the id a browser gave it; unique per conversation, so that a repeated request is one message
	Attachment     *Attachment `gorm:"serializer:json"`
	Location       *Location   `gorm:"serializer:json"`
	Choice         *Choice     `gorm:"serializer:json"` // of a KindReply
	Buttons        []Button    `gorm:"serializer:json"` // offered by an outbound message, at most 3; of a template at most 10, shown only
	Notice         string      // key of the words of a KindNotice, e.g. "taken"
	Reaction       string      // the other side's emoji on this message
	Forwarded      bool
	TurnID         *uuid.UUID   // the turn that answered with it
	Template       *TemplateUse `gorm:"serializer:json"` // of a KindTemplate
	Details        *Details     `gorm:"serializer:json"`
	Versions       []Version    `gorm:"serializer:json"` // every wording of an edited message, the first one first
	OwnReaction    string       // our emoji on a message of the contact's
	ReactedAt      *time.Time
	OwnReactedAt   *time.Time

	// Outbound only.
	Status        Status
	FailureCode   int    // the provider's
	FailureDetail string // the provider's words; no text of people
	Attempts      int
	TriedAt       *time.Time // when the last try to send it began
	AcceptedAt    *time.Time
	SentAt        *time.Time // inbound: the provider's time of the message
	DeliveredAt   *time.Time
	ReadAt        *time.Time
	CostMicros    int64  // millionths of CostCurrency
	CostCurrency  string // ISO 4217; empty while nothing is priced
	CostState     CostState
	CostCategory  string // what it is charged as: service, utility, marketing, ...
	CostDay       string // the desk's day of the price, YYYY-MM-DD
	Pricing       string // the provider's pricing object, as it came
	CreatedAt     time.Time
}

// CodeWindow is the provider's refusal of free text whose window is closed (Meta).
const CodeWindow = 131047

// MaxText is the most characters (UTF-16 units) of a text message (Meta).
const MaxText = 4096

// MaxCaption is the most characters of a caption, and of a text with buttons (Meta).
const MaxCaption = 1024

// Location is a place a contact shared.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// Choice is the button or row a contact pressed.
type Choice struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Button is one of at most three replies offered with a message; the title is at
// most 20 characters and the id at most 256 (Meta).
type Button struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Status is how far an outbound message has come.
type Status string

// The statuses, see the picture in doc.go.
const (
	StatusNone      Status = ""
	StatusQueued    Status = "queued"
	StatusSending   Status = "sending"
	StatusUnknown   Status = "unknown"
	StatusSent      Status = "sent"
	StatusDelivered Status = "delivered"
	StatusRead      Status = "read"
	StatusPlayed    Status = "played"
	StatusFailed    Status = "failed"
	StatusDropped   Status = "dropped" // never sent: a person stepped in, or the window closed
)

var statusRank = map[Status]int{
	StatusQueued: 1, StatusSending: 2, StatusUnknown: 3, StatusSent: 4, StatusDelivered: 5, StatusRead: 6, StatusPlayed: 7,
}

// Delivered reports whether the message certainly reached the contact's phone.
func (s Status) Delivered() bool { return statusRank[s] >= statusRank[StatusDelivered] }

// Final reports whether nothing more is to be done to send the message.
func (s Status) Final() bool {
	return s == StatusFailed || s == StatusDropped || statusRank[s] >= statusRank[StatusSent]
}

// DroppedUndone is why a message is dropped whose author took it back before it went out.
const DroppedUndone = "undone"

// Undone reports whether the author took the message back; nobody is shown it.
func (m *Message) Undone() bool { return m.Status == StatusDropped && m.FailureDetail == DroppedUndone }

// Advance applies a status reported by the provider at a time. Statuses only
// climb: a late lower one fills its own time and nothing else; failed ends a
// message that was not delivered, and only delivered or better outlives it
// (both orders are seen in production). It reports whether anything changed.
func (m *Message) Advance(to Status, at time.Time) bool {
	changed := m.stamp(to, at)
	switch {
	case to == StatusFailed:
		if m.Status.Delivered() || m.Status == StatusFailed {
			return changed
		}
	case m.Status == StatusFailed || m.Status == StatusDropped:
		if !to.Delivered() {
			return changed
		}
	case statusRank[to] <= statusRank[m.Status]:
		return changed
	}
	m.Status = to
	return true
}

func (m *Message) stamp(to Status, at time.Time) bool {
	var slot **time.Time
	switch to {
	case StatusSent:
		slot = &m.SentAt
	case StatusDelivered:
		slot = &m.DeliveredAt
	case StatusRead, StatusPlayed:
		slot = &m.ReadAt
	default:
		return false
	}
	at = Instant(at)
	if *slot != nil && (slot != &m.ReadAt || !at.Before(**slot)) { // played may come before read, which was first
		return false
	}
	*slot = &at
	return true
}
