package desk

import "errors"

// Kind says what sort of failure an Error is; transport maps it to a status.
type Kind int

// The kinds of failure.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooMany
	Unavailable
)

// Error is a failure with a meaning. Code is stable and is the key of the words
// shown to people; Msg is safe to show as it is.
type Error struct {
	Kind  Kind
	Code  string
	Field string // the input it is about, if one
	Msg   string
}

func (e *Error) Error() string { return e.Msg }

// Is makes errors.Is compare by code, so that a copy with a Field still matches.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

// For returns a copy of the error that names the input it is about.
func (e *Error) For(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// Failures of the desk.
var (
	ErrNotFound        = &Error{Kind: NotFound, Code: "not_found", Msg: "there is no such thing here"}
	ErrStale           = &Error{Kind: Conflict, Code: "stale", Msg: "this changed while you were working on it"}
	ErrTaken           = &Error{Kind: Conflict, Code: "taken", Msg: "somebody else has this conversation"}
	ErrNotHolder       = &Error{Kind: Conflict, Code: "not_holder", Msg: "take the conversation first"}
	ErrWindowClosed    = &Error{Kind: Conflict, Code: "window_closed", Msg: "the 24-hour reply window has closed"}
	ErrControl         = &Error{Kind: Conflict, Code: "control_lost", Msg: "another app answers this contact at WhatsApp; nothing can be sent from here until it hands the conversation back"}
	ErrPhoneKnown      = &Error{Kind: Conflict, Code: "phone_known", Msg: "the phone number of this contact is known already"}
	ErrTransition      = &Error{Kind: Conflict, Code: "transition", Msg: "that step is not possible from the present state"}
	ErrTooLate         = &Error{Kind: Conflict, Code: "too_late", Msg: "it is too late to take this back"}
	ErrAnswered        = &Error{Kind: Conflict, Code: "answered", Msg: "somebody else answered meanwhile"}
	ErrNoValue         = &Error{Kind: Invalid, Code: "no_value", Field: "text", Msg: "a placeholder in the text has no value here"}
	ErrFull            = &Error{Kind: Conflict, Code: "full", Msg: "there are as many of these as there may be"}
	ErrMerged          = &Error{Kind: Conflict, Code: "merged", Msg: "this ticket was merged into another"}
	ErrOtherContact    = &Error{Kind: Conflict, Code: "other_contact", Msg: "only tickets of the same customer can become one"}
	ErrTwoFloors       = &Error{Kind: Conflict, Code: "two_floors", Msg: "a ticket that is part of another has no parts of its own"}
	ErrFieldMissing    = &Error{Kind: Conflict, Code: "field_missing", Msg: "fill in what a ticket needs before it is resolved"}
	ErrFieldValue      = &Error{Kind: Invalid, Code: "field_value", Msg: "this field does not take that value"}
	ErrReopenTooLate   = &Error{Kind: Conflict, Code: "reopen_too_late", Msg: "the time to reopen this ticket has passed"}
	ErrEmptyText       = &Error{Kind: Invalid, Code: "empty_text", Field: "text", Msg: "write something first"}
	ErrTextTooLong     = &Error{Kind: Invalid, Code: "text_too_long", Field: "text", Msg: "the text is too long"}
	ErrFileEmpty       = &Error{Kind: Invalid, Code: "file_empty", Field: "file", Msg: "the file is empty"}
	ErrFileType        = &Error{Kind: Invalid, Code: "file_type", Field: "file", Msg: "WhatsApp does not carry files of this type"}
	ErrFileTooLarge    = &Error{Kind: Invalid, Code: "file_too_large", Field: "file", Msg: "the file is larger than WhatsApp allows for its type"}
	ErrTooManyFiles    = &Error{Kind: Invalid, Code: "too_many_files", Field: "file", Msg: "there are too many files for one message"}
	ErrFileAltered     = &Error{Kind: Invalid, Code: "file_altered", Field: "file", Msg: "the file is not the one that was announced"}
	ErrStorage         = &Error{Kind: Unavailable, Code: "storage", Field: "file", Msg: "the file could not be kept; try again"}
	ErrInvalid         = &Error{Kind: Invalid, Code: "invalid", Msg: "that value is not valid"}
	ErrForbidden       = &Error{Kind: Forbidden, Code: "forbidden", Msg: "you may not do this"}
	ErrUnauthenticated = &Error{Kind: Unauthenticated, Code: "unauthenticated", Msg: "sign in first"}
	ErrBadCredentials  = &Error{Kind: Unauthenticated, Code: "bad_credentials", Msg: "that e-mail and password do not match"}
	ErrLinkSpent       = &Error{Kind: Unauthenticated, Code: "link_spent", Msg: "this sign-in link was used or has expired"}
	ErrTooMany         = &Error{Kind: TooMany, Code: "too_many", Msg: "too many attempts; wait a little"}
	ErrDuplicate       = &Error{Kind: Conflict, Code: "duplicate", Msg: "this exists already"}
	ErrLastAdmin       = &Error{Kind: Conflict, Code: "last_admin", Msg: "there must be at least one active admin"}
	ErrNoModel         = &Error{Kind: Unavailable, Code: "no_model", Msg: "no language model helps with this now"}
	ErrModelDoubtful   = &Error{Kind: Unavailable, Code: "model_doubtful", Msg: "what the model wrote did not pass the checks"}
	ErrTooManyViews    = &Error{Kind: Conflict, Code: "too_many_views", Msg: "you have saved as many views as there may be; remove one first"}
	ErrNothingPicked   = &Error{Kind: Invalid, Code: "nothing_picked", Field: "id", Msg: "pick at least one conversation"}
	ErrBulkTooMany     = &Error{Kind: Invalid, Code: "bulk_too_many", Field: "id", Msg: "that is too many conversations for one act"}
	ErrUnavailable     = &Error{Kind: Unavailable, Code: "unavailable", Msg: "the database is away; nothing was taken"}
)
