package whatsapp

import (
	"encoding/json"
	"time"
)

// What an Item is about. A newer Graph version may bring fields we do not know: they are KindOther, never an error.
const (
	KindMessage    = "message"    // a customer wrote to us: Event.Message
	KindStatus     = "status"     // fate of something we sent: Event.Status
	KindFailure    = "failure"    // an error Meta reports outside any message: Event.Failure
	KindEcho       = "echo"       // a person wrote from the WhatsApp Business app (coexistence): Event.Echo
	KindPreference = "preference" // the customer stopped or resumed marketing: Event.Preference
	KindCall       = "call"       // a call started, ended or changed: Event.Call
	KindTemplate   = "template"   // a template changed status, quality or category: Event.Account
	KindAccount    = "account"    // account, number, limit or security news: Event.Account
	KindHandover   = "handover"   // control of a conversation passed between apps or agents: Event.Handover
	KindHistory    = "history"    // old messages handed over on onboarding; never to be answered: Event.History
	KindStandby    = "standby"    // traffic of a conversation that another app or agent owns: Event.Standby
	KindOther      = "other"      // anything else, kept raw: Event.Other
)

// MaxKey is the longest Item.Key in bytes; a longer one is replaced by its hash.
const MaxKey = 200

// Item is one update out of a webhook POST, small enough to be one row.
type Item struct {
	// Key says "the same update": equal keys may be dropped for at least eight days (Meta repeats for up to seven).
	Key string
	// Kind is one of the Kind constants.
	Kind string
	// Field is Meta's webhook field, such as "messages" or "account_update".
	Field string
	// WABAID is the WhatsApp Business Account (entry id), PhoneNumberID our number's id; "" when the update names none.
	WABAID, PhoneNumberID string
	// ContactRef is the BSUID or else the phone of the person, exactly as sent; "" when there is no person. It groups and
	// orders work; it is not an identity, since the same person may come once with a BSUID and once with a phone.
	ContactRef string
	// At is Meta's own time of the update in UTC, or the entry's time; zero when neither was given.
	At time.Time
	// Raw is a JSON envelope holding all that Decode needs, see envelope. It is valid UTF-8 without U+0000 and without lone
	// surrogates, so that any text or JSON column takes it.
	Raw json.RawMessage
}
