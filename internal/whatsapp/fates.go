package whatsapp

import (
	"net/http"
	"time"
)

const (
	unprovenRetries = 3
	unprovenDelay   = 5 * time.Second
)

// fate is one row of Meta's error table (support/error-codes), as instructions.
type fate struct {
	code    int
	last    int // end of a range of codes; 0 = just code
	meaning string
	action  Action
	alert   bool
	base    time.Duration
	factor  float64 // growth of the delay per try; 0 = constant
	retries int     // at most; 0 = no limit
}

// outcome of a row: the rows Meta marks as not proven unprocessed are exactly the unproven retries.
func (f fate) outcome() Outcome {
	if f.action == RetryUnproven {
		return Unknown
	}
	return NotSent
}

// fates returns the table. Order does not matter; no two rows overlap (tested).
func fates() []fate {
	return []fate{
		{code: 0, meaning: "token invalid", action: StopAll, alert: true},
		{code: 190, meaning: "token expired or invalid", action: StopAll, alert: true},
		{code: 368, meaning: "blocked for a policy violation", action: StopAll, alert: true},
		{code: 131031, meaning: "account locked", action: StopAll, alert: true},
		{code: 131042, meaning: "payment problem", action: StopAll, alert: true},

		{code: 1, meaning: "unknown: bad request or server", action: RetryUnproven, base: time.Minute, retries: 1},
		{code: 2, meaning: "temporarily down", action: RetryUnproven, base: unprovenDelay, factor: 2, retries: unprovenRetries},
		{code: 131000, meaning: "unknown failure", action: RetryUnproven, base: unprovenDelay, factor: 2, retries: unprovenRetries},
		{code: 131016, meaning: "service unavailable", action: RetryUnproven, base: unprovenDelay, factor: 2, retries: unprovenRetries},
		{code: 133004, meaning: "server down", action: RetryUnproven, base: unprovenDelay, factor: 2, retries: unprovenRetries},

		{code: 4, meaning: "API call limit of the app", action: Retry, base: 2 * time.Minute, factor: 2},
		{code: 80007, meaning: "API call limit of the account", action: Retry, base: 2 * time.Minute, factor: 2},
		{code: 80004, meaning: "API call limit of the account", action: Retry, base: 2 * time.Minute, factor: 2},
		{code: 80008, meaning: "API call limit of the account", action: Retry, base: 2 * time.Minute, factor: 2},
		{code: 130429, meaning: "throughput of the number", action: Retry, base: 2 * time.Second, factor: 2},
		{code: 131056, meaning: "pair rate: too many to this person", action: Retry, base: 4 * time.Second, factor: 4},
		{code: 131057, meaning: "number in maintenance", action: Retry, base: time.Minute},
		{code: 131059, meaning: "stale paging cursor", action: Retry},
		{code: 133015, meaning: "number just deleted", action: Retry, base: 5 * time.Minute},
		{code: 2494100, meaning: "number in maintenance", action: Retry, base: 5 * time.Minute},

		{code: 131047, meaning: "24-hour window closed", action: WindowClosed},
		{code: 130403, meaning: "recipient blocked", action: MarkUnreachable},
		{code: 130497, meaning: "country not allowed for this business", action: MarkUnreachable},
		{code: 131026, meaning: "undeliverable: no WhatsApp, old app or terms not accepted", action: MarkUnreachable},
		{code: 131050, meaning: "recipient stopped marketing", action: MarkOptedOut},
		{code: 137000, meaning: "identity changed", action: MarkIdentity, alert: true},

		{code: 3, meaning: "capability or permission missing", action: Park, alert: true},
		{code: 10, meaning: "permission missing", action: Park, alert: true},
		{code: 200, last: 299, meaning: "permission missing", action: Park, alert: true},
		{code: 131005, meaning: "permission missing", action: Park, alert: true},
		{code: 33, meaning: "number deleted or wrong id", action: Park, alert: true},
		{code: 131037, meaning: "display name not approved", action: Park, alert: true},
		{code: 131045, meaning: "number not registered properly", action: Park, alert: true},
		{code: 131063, meaning: "marketing off on this API", action: Park, alert: true},
		{code: 131064, meaning: "limited for misclassified templates", action: Park, alert: true},
		{code: 131048, meaning: "spam limit of the number", action: StopBulk, alert: true},

		{code: 100, meaning: "bad parameter", action: Park},
		{code: 131008, meaning: "parameter missing", action: Park},
		{code: 131009, meaning: "parameter value invalid", action: Park},
		{code: 135000, meaning: "bad parameter", action: Park},
		{code: 130472, meaning: "recipient is in a marketing experiment", action: Park},
		{code: 131021, meaning: "recipient is the sender", action: Park},
		{code: 131049, meaning: "held back by Meta (marketing per person)", action: Park, base: 24 * time.Hour},
		{code: 131051, meaning: "message type not supported", action: Park},
		{code: 131052, meaning: "inbound media could not be fetched", action: Park},
		{code: 131053, meaning: "outbound media refused", action: Park},
		{code: 131055, meaning: "method not allowed", action: Park},
		{code: 131062, meaning: "needs a phone number rather than a user id", action: Park},

		{code: 132000, meaning: "template parameter count differs", action: StopTemplate},
		{code: 132001, meaning: "template or language missing or not approved", action: StopTemplate, alert: true},
		{code: 132015, meaning: "template paused", action: StopTemplate, alert: true},
		{code: 132016, meaning: "template disabled", action: StopTemplate, alert: true},
		{code: 132005, meaning: "template text too long when filled", action: Park},
		{code: 132007, meaning: "template content against format policy", action: Park},
		{code: 132012, meaning: "template parameter form wrong", action: Park},
		{code: 132018, meaning: "template parameter form wrong", action: Park},
		{code: 132068, meaning: "flow blocked", action: Park},
		{code: 132069, meaning: "flow throttled", action: Park, base: time.Hour},

		{code: 133000, meaning: "de-registration incomplete", action: Park, alert: true},
		{code: 133005, meaning: "PIN wrong", action: Park},
		{code: 133006, meaning: "number not verified", action: Park, alert: true},
		{code: 133008, meaning: "too many PIN tries", action: Park},
		{code: 133009, meaning: "PIN tries too fast", action: Park},
		{code: 133010, meaning: "number not registered", action: Park, alert: true},
		{code: 133016, meaning: "registration tries used up", action: Park, base: 72 * time.Hour},
		{code: 134011, meaning: "payment terms not accepted", action: Park, alert: true},
		{code: 134100, last: 134102, meaning: "marketing messages API only", action: Park},
		{code: 136024, meaning: "number already verified", action: Done},
		{code: 147001, last: 147004, meaning: "business username refused", action: Park},
		{code: 2388000, last: 2388999, meaning: "template refused", action: Park},
		{code: 2593107, last: 2593109, meaning: "coexistence history not available", action: Park},
	}
}

// Fate turns a Graph code, from an HTTP answer or from a failed status, into instructions. httpStatus 0 means that it came
// in a webhook: then the message is known not to have arrived, and an unproven retry becomes a safe one. A code we do not
// know is parked at 4xx and in webhooks, and treated as 131000 at 5xx.
func Fate(op string, httpStatus, code int) *Error {
	e := &Error{Op: op, HTTPStatus: httpStatus, Code: code}
	for _, row := range fates() {
		if code == 0 && httpStatus == 0 {
			break // a webhook without a code says nothing about the token
		}
		if code == row.code || (row.last != 0 && code > row.code && code <= row.last) {
			e.Meaning, e.Action, e.Outcome, e.Alert = row.meaning, row.action, row.outcome(), row.alert
			e.MaxRetries, e.base, e.factor = row.retries, row.base, row.factor
			break
		}
	}
	if e.Action == "" {
		e.unknownCode()
	}
	if httpStatus == 0 {
		e.Outcome = NotSent
		if e.Action == RetryUnproven {
			e.Action = Retry
		}
	}
	return e
}

func (e *Error) unknownCode() {
	e.Meaning = "unknown code"
	e.Action, e.Outcome = Park, NotSent
	if e.HTTPStatus >= http.StatusInternalServerError {
		e.Action, e.Outcome = RetryUnproven, Unknown
		e.MaxRetries, e.base, e.factor = unprovenRetries, unprovenDelay, 2
	}
}

// bareStatus classifies an answer without a Graph error in it, from a proxy or a broken server.
func bareStatus(op string, httpStatus int) *Error {
	e := &Error{Op: op, HTTPStatus: httpStatus}
	switch {
	case httpStatus == http.StatusTooManyRequests:
		e.Action, e.Outcome, e.base, e.factor = Retry, NotSent, 2*time.Second, 2
	case httpStatus == http.StatusUnauthorized:
		e.Action, e.Outcome, e.Alert = StopAll, NotSent, true
	case httpStatus >= http.StatusBadRequest && httpStatus < http.StatusInternalServerError && httpStatus != http.StatusRequestTimeout:
		e.Action, e.Outcome = Park, NotSent
	default: // 5xx, 408, 3xx, and a 200 that does not say what was done
		e.Action, e.Outcome = RetryUnproven, Unknown
		e.MaxRetries, e.base, e.factor = unprovenRetries, unprovenDelay, 2
	}
	return e
}
