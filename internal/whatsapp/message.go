package whatsapp

import (
	"encoding/json"
	"time"
)

// Message types as Meta names them. An unknown one is kept as it came.
const (
	TypeText           = "text"
	TypeImage          = "image"
	TypeAudio          = "audio"
	TypeVideo          = "video"
	TypeDocument       = "document"
	TypeSticker        = "sticker"
	TypeLocation       = "location"
	TypeContacts       = "contacts"
	TypeInteractive    = "interactive"
	TypeButton         = "button"
	TypeReaction       = "reaction"
	TypeOrder          = "order"
	TypeSystem         = "system"
	TypeEdit           = "edit"
	TypeRevoke         = "revoke"
	TypeRequestWelcome = "request_welcome"
	TypeUnsupported    = "unsupported"
	TypeTemplate       = "template"
	// TypeUnknown stands in some accounts for TypeUnsupported.
	TypeUnknown = "unknown"
	// TypeMediaPlaceholder stands in history for a file that is handed over later, or never.
	TypeMediaPlaceholder = "media_placeholder"
)

// Message is what a customer sent. The field that Type names is set if the payload had it: a message whose type promises
// more than it holds is normal in production.
type Message struct {
	ID   string // wamid
	Type string // one of the Type constants, or whatever Meta sent
	At   time.Time
	From Person
	// GroupID is set for a message in a group. Key the thread by it and do not answer automatically.
	GroupID  string
	Context  *Context
	Referral *Referral
	Errors   []Failure

	Text        string          // text: body
	Media       *Media          // image, audio, video, document, sticker
	Location    *Location       // location
	Contacts    *Contacts       // contacts
	Reply       *Reply          // interactive
	Button      *Button         // button: quick reply of a template
	Reaction    *Reaction       // reaction: attach to its target; it is not a new request
	Order       *Order          // order
	System      *System         // system: the customer changed number or id
	Edit        *Edit           // edit
	RevokedID   string          // revoke: wamid that the customer took back
	Unsupported string          // unsupported: what it was, "" when not told
	Raw         json.RawMessage // the element as it came, U+0000 and lone surrogates removed
}

// Context ties a message to another.
type Context struct {
	ReplyTo             string // wamid quoted or answered; may be unknown to us
	From                string // who wrote it
	Forwarded           bool
	FrequentlyForwarded bool // more than five times
	CatalogID           string
	ProductID           string // product_retailer_id the customer asks about
}

// Referral tells which advertisement or post the customer came from.
type Referral struct {
	SourceURL, SourceID, SourceType string // type "ad" or "post"
	Headline, Body, MediaType       string
	MediaURL, ThumbnailURL          string
	ClickID                         string // ctwa_clid
	Ref, Welcome                    string
}

// Media points to a file at Meta. Fetch it at once: the id lasts seven days, the URL minutes.
type Media struct {
	ID       string
	MIME     string // may carry parameters: "audio/ogg; codecs=opus"
	SHA256   string // base64
	Caption  string
	Filename string
	URL      string // may be missing; needs the token
	Voice    bool   // recorded in the chat rather than attached
	Animated bool
}

// Location is a point, both ways. Name, Address and URL are set only for a chosen place.
type Location struct {
	Latitude, Longitude float64
	Name, Address, URL  string
}

// Contacts are shared address cards. Requested reports that they answer our request for contact data.
type Contacts struct {
	Requested bool
	Cards     []Card
}

// Card is one address card.
type Card struct {
	Name, FirstName, LastName string
	Organisation, Birthday    string
	Phones                    []CardPhone
	Emails                    []string
	Addresses                 []string
	URLs                      []string
	VCard                     string // the whole card as text, if given
}

// CardPhone is a number on a card. Phone is as the sender wrote it; WaID is set when it is on WhatsApp.
type CardPhone struct {
	Phone, WaID, BSUID, Type string
}

// Kinds of Reply.
const (
	ReplyButton         = "button_reply"
	ReplyList           = "list_reply"
	ReplyFlow           = "nfm_reply"
	ReplyCallPermission = "call_permission_reply"
)

// Reply answers an interactive message of ours. Kind is one of the Reply constants, or the type that Meta named if the
// payload held none of them.
type Reply struct {
	Kind                   string
	ID, Title, Description string          // button_reply, list_reply
	Name, Body             string          // nfm_reply: "flow", "address_message"
	Response               json.RawMessage // nfm_reply: always valid JSON, not always an object; a JSON string if it was none
	Accepted, Permanent    bool            // call_permission_reply
	ExpiresAt              time.Time       // call_permission_reply
	Source                 string          // call_permission_reply: response_source
}

// Button is a template's quick reply. Payload is what we set when sending, else the text.
type Button struct {
	Payload, Text string
}

// Reaction is an emoji on a message, both ways. Emoji "" removes it.
type Reaction struct {
	MessageID, Emoji string
}

// Order is a basket from a catalogue.
type Order struct {
	CatalogID, Text string
	Items           []OrderItem
}

// OrderItem is a line of an Order. Price is the text as sent ("99.9"), in units of Currency.
type OrderItem struct {
	ProductID       string
	Quantity        int
	Price, Currency string
}

// Types of System.
const (
	SystemNumberChanged   = "user_changed_number"
	SystemIDChanged       = "user_changed_user_id"
	SystemIdentityChanged = "customer_identity_changed"
)

// System tells that a customer's number or id changed: move the aliases from the old to the new.
type System struct {
	Type     string // one of the System constants, or whatever Meta sent
	Body     string
	Previous Person
	Current  Person
}

// Edit replaces an earlier message (coexistence numbers only).
type Edit struct {
	OriginalID string
	Message    *Message // the new content; nil when not given
}
