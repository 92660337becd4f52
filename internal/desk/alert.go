package desk

import (
	"time"

	"github.com/google/uuid"
)

// Severity of an alert.
type Severity string

// The severities.
const (
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// Alert is a failure somebody should act on, shown to admins until resolved.
// Alerts of one kind and subject are one row with a count.
type Alert struct {
	ID         uuid.UUID
	Kind       string // key of its words and of what to do about it, e.g. "token_invalid"
	Subject    string // the number, template or message it is about; no personal data
	Severity   Severity
	Detail     string // the provider's words, without text or tokens
	Count      int
	FirstAt    time.Time
	LastAt     time.Time
	ResolvedAt *time.Time
	ResolvedBy *uuid.UUID
}

// Kinds of alert. Their words are the console's.
const (
	AlertToken          = "token_invalid"
	AlertPermission     = "permission_missing"
	AlertAccountBlocked = "account_blocked"
	AlertPayment        = "payment_problem"
	AlertSpamLimit      = "spam_limit"
	AlertNumber         = "number_problem"
	AlertSendRefused    = "send_refused"
	AlertSendUnknown    = "send_unknown"
	AlertProviderDown   = "provider_down"
	AlertEventUnread    = "event_unreadable"
	AlertJobDead        = "job_dead"
	AlertTurnFailed     = "turn_failed"
	AlertPlatform       = "platform_notice" // account, template, quality or security notice of the platform
	AlertViolation      = "account_violation"
	AlertRestricted     = "account_restricted"
	AlertDisabled       = "account_disabled"
	AlertReview         = "account_review"
	AlertSecurity       = "security_notice"
	AlertTemplate       = "template_problem"
	AlertQuality        = "number_quality"
	AlertLimit          = "limit_changed"
	AlertName           = "name_refused"
	AlertControl        = "thread_taken"    // another app answers contacts of this number
	AlertHistory        = "history_refused" // what was said before the number joined is not handed over
	AlertDisk           = "disk_full"
	AlertAnswer         = "answer_wrong"    // agents found an article's answer wrong; the subject is its id
	AlertUnclaimed      = "queue_unclaimed" // nobody of a team takes what waits; the subject is the team
	AlertModel          = "model_settings"  // the language model refuses us until a setting is changed or a bill paid
)
