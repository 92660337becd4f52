package whatsapp

import (
	"encoding/json"
	"time"
)

// Values of Status.State. Others are to be kept and ignored.
const (
	StateSent      = "sent"
	StateDelivered = "delivered"
	StateRead      = "read"
	StatePlayed    = "played"
	StateFailed    = "failed"
)

// Status is one step of a message we sent. It may come before our own send returned, late, twice, out of order, or for a
// message that another app sent.
type Status struct {
	ID        string // wamid
	State     string // one of the State constants, or whatever Meta sent
	At        time.Time
	Recipient Person
	GroupID   string // set when the recipient is a group
	// CallbackData is what we set as Outbound.CallbackData: the one way to match a send whose reply was lost.
	CallbackData   string
	Pricing        *Pricing
	ConversationID string // with v24 and later only for the free entry point
	Origin         string // what opened it: "service", "referral_conversion", ...
	// ConversationEnds is given on sent only.
	ConversationEnds time.Time
	TemplateID       string
	Errors           []Failure
}

// Pricing is what the message costs, as Meta sent it.
type Pricing struct {
	Billable bool
	Model    string // "PMP"
	Type     string // "regular" is charged; "free_customer_service", "free_entry_point" are not
	Category string // "service", "utility", "marketing", "authentication", ...
	Raw      json.RawMessage
}
