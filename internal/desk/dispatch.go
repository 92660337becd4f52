package desk

import (
	"fmt"
	"time"
)

// Dispatch is a message on its way to a contact's address.
type Dispatch struct {
	Message Message
	Phone   string
	BSUID   string
	Free    bool // a free entry point is open
	Window  bool // the contact's window is open
}

// Sending is a message that may be about to be sent, with all that decides
// whether it is.
type Sending struct {
	Message      Message
	Conversation Conversation
	Contact      Contact
	Pauses       []Pause   // of its number and of all
	Earlier      []Message // outbound ones of the conversation that come before it and are still to be sent
	Recent       int       // sends of the conversation begun in the last PairMemory
}

// PairMemory is how far back sends to one person are counted: the time in which
// the provider forgets the largest burst it allows (Meta: 45 messages, one each
// six seconds).
const PairMemory = 45 * 6 * time.Second

// Accepted is the provider's word that it took a message; it is not delivery.
type Accepted struct {
	ProviderID string
	Phone      string // what the provider made of the address; may differ from ours
	BSUID      string
}

// Remedy is what to do about a refused or failed send.
type Remedy string

// The remedies.
const (
	RemedyRetry   Remedy = "retry"    // certainly not sent: again after After
	RemedyWait    Remedy = "wait"     // nobody knows: wait for a receipt, never repeat
	RemedyPark    Remedy = "park"     // the same send would fail again: show it
	RemedyStopAll Remedy = "stop_all" // nothing can be sent now: hold everything, alert
	RemedyWindow  Remedy = "window"   // free text is no longer allowed
)

// SendError is a send that failed, with what to do about it.
type SendError struct {
	Remedy Remedy
	After  time.Duration
	Code   int
	Detail string // the provider's words; no text of people
	Alert  string // kind of alert to raise; empty: none
	Stale  bool   // our copy of the template is not the provider's any more
	Hold   bool   // the whole number waits for After, not this message alone
	Bulk   bool   // what is sent in bulk waits for After
	Err    error
}

func (e *SendError) Error() string {
	return fmt.Sprintf("send refused (code %d, %s): %v", e.Code, e.Remedy, e.Err)
}

func (e *SendError) Unwrap() error { return e.Err }
