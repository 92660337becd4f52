package desk

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// ModelReason says in one stable word why a language model was of no help. It is
// written into the record of the turn that did without.
type ModelReason string

// The reasons. ModelReason.Configuration names those an admin must act on.
const (
	ModelOff         ModelReason = "model_off"          // no model is set for this kind of help
	ModelSlow        ModelReason = "model_slow"         // no answer within the deadline
	ModelDown        ModelReason = "model_down"         // cannot be reached, or says it is broken
	ModelBusy        ModelReason = "model_busy"         // too many calls: theirs to count, or ours
	ModelKeyRefused  ModelReason = "model_refused_key"  // the key is wrong or may not do this
	ModelUnpaid      ModelReason = "model_unpaid"       // the account's credit or quota is used up
	ModelUnknown     ModelReason = "model_unknown"      // the server knows no such model or address
	ModelRejected    ModelReason = "model_rejected"     // the server did not take the request as it is
	ModelRefused     ModelReason = "model_refused"      // the model or its filter would not answer
	ModelCut         ModelReason = "model_cut"          // the answer ended in the middle
	ModelTooLong     ModelReason = "model_too_long"     // the question or the answer is too large
	ModelNonsense    ModelReason = "model_nonsense"     // not an answer, or none that fits its schema
	ModelBudget      ModelReason = "model_budget"       // the day's or the conversation's budget is spent
	ModelUnaccounted ModelReason = "model_unaccounted"  // what was spent could not be read, so nothing is
	ModelStopped     ModelReason = "model_stopped"      // whoever asked went away
	ModelInput       ModelReason = "model_input_faulty" // what we wanted to ask does not fit the prompt
)

// Configuration reports whether no call will succeed until an admin changes a
// setting or pays a bill.
func (r ModelReason) Configuration() bool {
	return r == ModelKeyRefused || r == ModelUnpaid || r == ModelUnknown
}

// ModelError is a language model that did not help. Its text is our own words: it
// holds no prompt, no answer and no key.
type ModelError struct {
	Reason ModelReason
	Detail string // such as "HTTP 503"
}

func (e *ModelError) Error() string {
	if e.Detail == "" {
		return string(e.Reason)
	}
	return string(e.Reason) + ": " + e.Detail
}

// ModelFailure counts how often a model did not help for a reason on a day.
type ModelFailure struct {
	Day     string `gorm:"primaryKey"` // 2026-11-23, in UTC
	Purpose string `gorm:"primaryKey"`
	Model   string `gorm:"primaryKey"`
	Reason  string `gorm:"primaryKey"`
	Times   int
	Detail  string // of the last one; holds no text of people
	At      time.Time
}

// ModelReasonOf returns why a model did not help; ModelDown for an error of
// another kind, nothing for nil.
func ModelReasonOf(err error) ModelReason {
	if err == nil {
		return ""
	}
	var e *ModelError
	if errors.As(err, &e) {
		return e.Reason
	}
	return ModelDown
}

// ModelCurrency is the currency of what models cost: their makers' price lists are
// in US dollars.
const ModelCurrency = "USD"

// ModelUsage is what calls of a model used: of one call, or of all calls on a day
// for one conversation, purpose and model.
type ModelUsage struct {
	Day            string    `gorm:"primaryKey"` // 2026-11-23, in UTC
	ConversationID uuid.UUID `gorm:"primaryKey"` // uuid.Nil: for none
	Purpose        string    `gorm:"primaryKey"` // name of the prompt, "embed" or "transcribe"
	Model          string    `gorm:"primaryKey"`
	Calls          int
	TokensIn       int   // cached ones included
	TokensCached   int   // of TokensIn, those the server had read before
	TokensOut      int   // thinking included
	CostMicros     int64 // millionths of a ModelCurrency unit, of the calls whose price is known
	Unpriced       int   // calls whose price is not known
	At             time.Time
}

// Tokens returns all tokens, read and written.
func (u ModelUsage) Tokens() int { return u.TokensIn + u.TokensOut }

// Add adds what more calls used. Day, conversation, purpose and model stay; the
// time is the later one.
func (u *ModelUsage) Add(more ModelUsage) {
	u.Calls += more.Calls
	u.TokensIn += more.TokensIn
	u.TokensCached += more.TokensCached
	u.TokensOut += more.TokensOut
	u.CostMicros += more.CostMicros
	u.Unpriced += more.Unpriced
	if more.At.After(u.At) {
		u.At = more.At
	}
}
