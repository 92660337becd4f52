package emulator

import "time"

// Tick is how far a message has come.
type Tick int

// Ticks. For what the customer writes, TickDelivered means that our webhook answered 200, and TickRead that we marked it read.
const (
	TickPending Tick = iota
	TickSent
	TickDelivered
	TickRead
	TickPlayed // a voice note of the business was listened to
	TickFailed
)

// Message is one bubble on a phone.
type Message struct {
	ID           string // wamid
	FromCustomer bool
	Type         string // "text", "interactive", "image", ...
	At           time.Time
	Tick         Tick
	ReplyTo      string // wamid quoted

	Header, Text, Footer string // Text is the body, or the caption of a file
	Buttons              []Button
	OpenLabel            string // of a list: the button that opens it
	MediaID, MediaLink   string
	MIME, Filename       string
	Latitude, Longitude  float64
	Template, Category   string // of a template: its name, and utility, marketing or authentication
	Voice                bool   // audio that was recorded in the chat
	Forwarded            bool
	Edited, Deleted      bool
	Cards                []Card
	Items                []Item // of an order
	Form                 string // what was filled into a form, a line each
	Failure              int    // the Graph code with TickFailed
	terms                terms
	CallbackData         string
	// Reactions, "" when there is none: the customer's and ours.
	CustomerReaction, BusinessReaction string
}

// Kinds of Button.
const (
	ButtonReply    = "reply"    // press with PressButton
	ButtonRow      = "row"      // choose with ChooseRow
	ButtonURL      = "url"      // opens URL
	ButtonQuick    = "quick"    // quick reply of a template: press with PressButton
	ButtonLocation = "location" // answer with Location
	ButtonContact  = "contact"  // answer with ShareContact
	ButtonFlow     = "flow"     // opens a form: answer with FillForm
	ButtonPhone    = "phone"    // rings URL, which is a number
	ButtonCopy     = "copy"     // copies ID
)

// Button is something to press under a message.
type Button struct {
	Kind, ID, Title  string
	Description, URL string
	Section          string // rows only
	Token, Screen    string // forms only
}

// Card is an address card.
type Card struct{ Name, Phone, Organisation string }

// Item is a line of an order: a product of the catalogue, its price in minor units.
type Item struct {
	ID, Title, Currency string
	Price               int64
	Quantity            int
}

// ChangeKind says what a Change is about.
type ChangeKind int

// Changes.
const (
	ChangeMessage ChangeKind = iota + 1 // Message is new
	ChangeUpdate                        // Message has another tick or reaction
	ChangeTyping                        // Typing began or ended
)

// Change is news on one phone.
type Change struct {
	Kind    ChangeKind
	Message Message
	Typing  bool
}
