package desk

import (
	"time"

	"github.com/google/uuid"
)

// Event is one thing the provider told us, as its bytes came, kept before the
// webhook is answered. Key is what makes a repeat a repeat; keys are kept at
// least EventKeep, longer than the provider repeats (up to 7 days, Meta).
type Event struct {
	ID         uuid.UUID // later becomes the id of the message it holds
	Key        string
	Kind       string
	Channel    string // the business number's phone_number_id
	Raw        []byte
	ReceivedAt time.Time
	DoneAt     *time.Time
	Error      string // why it could not be used; empty when it was
}

// EventKeep is how long a used event is kept to recognise repeats.
const EventKeep = 9 * 24 * time.Hour
