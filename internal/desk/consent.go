package desk

import (
	"time"

	"github.com/google/uuid"
)

// Purpose is what a contact allows us to write about.
type Purpose string

// The purposes.
const (
	PurposeSupport   Purpose = "support"
	PurposeBilling   Purpose = "billing_notice"
	PurposeOutage    Purpose = "outage_notice"
	PurposeMarketing Purpose = "marketing"
)

// Consent is one entry of the ledger; the newest per contact and purpose holds.
// Entries are added, never changed.
type Consent struct {
	ID        uuid.UUID
	ContactID uuid.UUID
	Purpose   Purpose
	Granted   bool // false: withdrawn
	Source    string
	Wording   string     // what was shown or said
	MessageID *uuid.UUID // the proof
	CreatedAt time.Time
}
