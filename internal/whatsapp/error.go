package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Action is what the sender does about an Error.
type Action string

// Actions. Only Retry and RetryUnproven ever send again.
const (
	Retry           Action = "retry"            // nothing was sent; send again after Error.Delay
	RetryUnproven   Action = "retry_unproven"   // may have been sent; again only if no status shows our callback data, at most Error.MaxRetries times
	Park            Action = "park"             // the same request fails for ever: show it to a person
	StopAll         Action = "stop_all"         // nothing can be sent by this account: stop every queue and alert
	StopBulk        Action = "stop_bulk"        // the number is limited for hours: stop bulk sends; replies may go on
	StopTemplate    Action = "stop_template"    // this template cannot be used: refresh the copy of the templates
	WindowClosed    Action = "window_closed"    // the 24 hours are over: a template, or hold until the customer writes
	MarkUnreachable Action = "mark_unreachable" // this person cannot be reached on WhatsApp
	MarkOptedOut    Action = "mark_opted_out"   // this person stopped marketing messages
	MarkIdentity    Action = "mark_identity"    // the person re-registered: verify who they are before anything personal
	Done            Action = "done"             // what was asked is already so
)

// Outcome says what became of the message.
type Outcome string

// Outcomes.
const (
	NotSent Outcome = "not_sent" // proven: it did not go out
	Unknown Outcome = "unknown"  // it may have: wait for a status with our callback data
)

// Error is a failed call. Its text holds numbers and our own words only: no token, no recipient, no message text, and
// nothing Meta wrote. Message and Details are Meta's words, cleaned of the token; they may name parameters, so log them
// only where the section of the log is private.
type Error struct {
	Op         string // what we were doing: "send message"
	HTTPStatus int    // 0 when there was no answer
	Code       int    // Graph error code; 0 with an empty Meaning when there was no Graph error
	Subcode    int
	Meaning    string // our words for Code
	Message    string // Meta's words
	Details    string // Meta's error_data.details
	TraceID    string // fbtrace_id, for Meta's support

	Action     Action
	Outcome    Outcome
	Alert      bool // a person should be told now
	MaxRetries int  // 0 = no limit of its own
	Err        error

	base   time.Duration
	factor float64
}

func (e *Error) Error() string {
	text := e.Op
	if e.HTTPStatus != 0 {
		text += fmt.Sprintf(": HTTP %d", e.HTTPStatus)
	}
	if e.Meaning != "" {
		text += fmt.Sprintf(": code %d (%s)", e.Code, e.Meaning)
	}
	if e.TraceID != "" {
		text += " trace " + e.TraceID
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return fmt.Sprintf("%s [%s, %s]", text, e.Action, e.Outcome)
}

func (e *Error) Unwrap() error { return e.Err }

// maxDelay caps Error.Delay: a pair limit backs off by powers of four and would reach days.
const maxDelay = time.Hour

// Delay is how long to wait before try number attempt+1, where attempt counts the tries made so far, from 1. Without
// jitter: add some, so that many messages do not come back at once. Zero when the Action is not to retry and Meta named no time.
func (e *Error) Delay(attempt int) time.Duration {
	if e.base == 0 || e.factor <= 1 || attempt <= 1 {
		return e.base
	}
	grown := float64(e.base) * math.Pow(e.factor, float64(min(attempt-1, 30)))
	return time.Duration(min(grown, float64(max(maxDelay, e.base))))
}

// AsError returns the *Error in err's chain. For any other non-nil error (a cancelled context before the call, say) it
// returns one that says nothing was proven, so that a caller needs no second path. nil gives nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Op: "call", Action: RetryUnproven, Outcome: Unknown, MaxRetries: unprovenRetries, Err: err, base: unprovenDelay, factor: 2}
}

// networkError classifies a call that got no answer. wrote tells whether any byte of the request may have left.
func networkError(op string, wrote bool, err error) *Error {
	e := &Error{Op: op, Err: err, base: unprovenDelay, factor: 2}
	if wrote {
		e.Action, e.Outcome, e.MaxRetries = RetryUnproven, Unknown, unprovenRetries
		return e
	}
	e.Action, e.Outcome = Retry, NotSent
	if errors.Is(err, context.Canceled) {
		e.base = 0
	}
	return e
}
