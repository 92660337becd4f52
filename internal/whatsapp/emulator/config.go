package emulator

import (
	"log/slog"
	"time"
)

// Config describes the emulated account. The zero value of everything but the first five fields is useful.
type Config struct {
	AppSecret     string // signs the webhooks
	VerifyToken   string // shown when verifying the webhook URL
	AccessToken   string // callers of the API must bear it
	PhoneNumberID string
	WABAID        string

	DisplayNumber string // digits; default "15550783881"
	VerifiedName  string // name of the business; default "Antena Demo"
	WebhookURL    string // may be set later; until then webhooks wait

	// Now is the clock of timestamps, windows and rates; nil means time.Now. Delays always pass in real time.
	Now func() time.Time
	// StatusDelay passes between accepting a message and "sent", and again before "delivered". Negative: no statuses at all.
	StatusDelay time.Duration
	// ReadDelay passes between "delivered" and "read" on phones with AutoRead. Negative: nobody reads by themselves.
	ReadDelay time.Duration
	// RetryDelay is the pause before a refused webhook is posted again; it doubles up to RetryMax. Defaults 100 ms and 5 s.
	RetryDelay, RetryMax time.Duration
	// History is how many messages each phone keeps, oldest dropped first; 0 means 500. Negative keeps only the last one the
	// business sent, so that its buttons can be pressed: for benchmarks.
	History int
	// Coexistence: the number is also on the Business app, so that edits and deletions are told, see SetCoexistence.
	Coexistence bool
	// ReviewDelay is after how long a template that was handed in is reviewed. 0: only Review decides.
	ReviewDelay time.Duration
	Limits      Limits
	Seed        uint64 // of the dice behind Fault.Probability
	// OnAccept is called for each accepted message before it is answered; it must be quick and safe for concurrent use.
	OnAccept func(Accepted)
	Log      *slog.Logger // nil discards; no message text is ever logged
}

// Limits are Meta's rates. Zero means Meta's figure, negative none.
type Limits struct {
	Throughput   int           // messages a second of the number, in and out together; Meta: 80
	PairBurst    int           // messages in a row to one person; Meta: 45
	PairInterval time.Duration // one more after each; Meta: 6 s
	Strict       bool          // count the throughput in every single second instead of forgiving a burst after a quiet one
}

// NoLimits switches every rate off.
func NoLimits() Limits { return Limits{Throughput: -1, PairBurst: -1} }

// Accepted is a message the emulated API took.
type Accepted struct {
	ID           string // wamid
	To           string // the customer's phone, or BSUID when there is none
	Type         string
	Text         string // body of a text or interactive message
	ReplyTo      string
	CallbackData string
	At           time.Time // real time, for measuring
}
