package whatsapp

import "encoding/json"

// Outbound is one message to send. Exactly one of the contents, Text to Template, is set.
type Outbound struct {
	To      Recipient
	ReplyTo string // wamid to quote; not possible with a Reaction
	// CallbackData comes back in every status of the message, at most 512 units. Set it on each send: there is no
	// idempotency key, and this is how a send with a lost reply is found again.
	CallbackData string
	// IdentityHash makes Meta refuse the message (137000) when the person re-registered since this hash was seen. Only with
	// the identity check on; use it before sending something personal.
	IdentityHash string

	Text            *Text
	Buttons         *Buttons
	List            *List
	Link            *Link
	Media           *OutMedia
	Location        *Location
	Contacts        []Card
	Flow            *Flow
	LocationRequest *Ask
	ContactRequest  *Ask
	Reaction        *Reaction
	Template        *TemplateMessage
}

// Recipient is a person by phone, BSUID or both; with both the phone wins at Meta.
type Recipient struct {
	Phone string // digits with country code; answer to exactly the wa_id that wrote
	BSUID string
}

// Text is a plain text of at most 4096 units.
type Text struct {
	Body       string
	PreviewURL bool
}

// Header of an interactive message: a text of at most 60 units, or a picture, video or document (Buttons only).
type Header struct {
	Text  string
	Media *OutMedia
}

// Buttons asks with one to three reply buttons.
type Buttons struct {
	Header  *Header
	Body    string // at most 1024 units
	Footer  string // at most 60
	Buttons []Choice
}

// Choice is a reply button (title 20 units, id 256) or a list row (title 24, description 72, id 200).
type Choice struct {
	ID, Title   string
	Description string // rows only
}

// List asks with a menu of one to ten rows in all.
type List struct {
	Header   string
	Body     string // at most 4096 units
	Footer   string
	Open     string // label of the button that opens the list, at most 20
	Sections []Section
}

// Section is a group of rows; Title (24 units) is needed when there is more than one.
type Section struct {
	Title string
	Rows  []Choice
}

// Link is one button that opens a URL.
type Link struct {
	Header *Header
	Body   string // at most 1024 units
	Footer string
	Label  string // at most 20
	URL    string
}

// Flow is one button that opens a form (WhatsApp Flows). The answer is a Reply of kind nfm_reply.
type Flow struct {
	Header *Header
	Body   string // at most 1024 units
	Footer string
	ID     string
	Label  string          // at most 30, no emoji
	Token  string          // comes back with the answer
	Screen string          // where it starts; "" lets the form's own server decide
	Data   json.RawMessage // what the first screen is given: an object, or nothing
}

// Ask requests the customer's location or contact data with one tap.
type Ask struct {
	Body string // at most 1024 units
}

// OutMedia is a file by id (preferred) or public HTTPS link.
type OutMedia struct {
	Type     string // TypeImage, TypeAudio, TypeVideo, TypeDocument or TypeSticker
	ID, Link string // exactly one
	Caption  string // at most 1024 units; not for audio and stickers
	Filename string // documents only
	Voice    bool   // audio only: shown as a voice note (ogg, opus, mono)
}

// TemplateMessage is an approved template with its variables filled.
type TemplateMessage struct {
	Name       string
	Language   string // must equal one approved translation: "pt_BR" is not "pt"
	Components []Component
}

// Component fills the variables of one part; parts without variables have none.
type Component struct {
	Type       string // "header", "body", "button"
	SubType    string // buttons: one of the Button constants
	Index      int    // buttons: position, from 0
	Parameters []Parameter
}

// Sub types of a button Component, and what its Parameter holds.
const (
	ButtonQuickReply = "quick_reply" // Payload
	ButtonURL        = "url"         // Text: what follows the address; also the code of an authentication template
	ButtonCopyCode   = "copy_code"   // Coupon
	ButtonFlow       = "flow"        // Flow
)

// Parameter is one value. Set Name on every text of a template with named parameters, and on none otherwise. Newlines, tabs
// and runs of spaces in Text are collapsed when sending, because Meta refuses them.
type Parameter struct {
	Name     string
	Text     string
	Payload  string         // quick_reply button
	Coupon   string         // copy_code button
	Media    *OutMedia      // header
	Location *Location      // header
	Flow     *FlowParameter // flow button
}

// FlowParameter is what a template's flow button carries.
type FlowParameter struct {
	Token string
	Data  json.RawMessage // an object, or nothing
}

// Sent is Meta's acceptance, not delivery: the truth is in the statuses.
type Sent struct {
	ID    string // wamid
	Input string
	WaID  string // may differ from what we wrote to (Brazil, Mexico, Argentina): another alias
	BSUID string
	// State is set for templates: "accepted", "held_for_quality_assessment", "paused".
	State string
}
