package desk

import (
	"slices"
	"strings"
	"time"
)

// TemplateStatus is what the provider says of a template. Only an approved one is
// ever sent.
type TemplateStatus string

// The statuses the desk knows; others are kept as they came and are not usable.
const (
	TemplateApproved TemplateStatus = "APPROVED"
	TemplatePending  TemplateStatus = "PENDING"
	TemplateRejected TemplateStatus = "REJECTED"
	TemplatePaused   TemplateStatus = "PAUSED"
	TemplateDisabled TemplateStatus = "DISABLED"
	TemplateInAppeal TemplateStatus = "IN_APPEAL"
	TemplateDeleted  TemplateStatus = "DELETED"
)

// TemplateCategory decides what a template may say and what it costs.
type TemplateCategory string

// The categories.
const (
	CategoryUtility        TemplateCategory = "UTILITY"
	CategoryMarketing      TemplateCategory = "MARKETING"
	CategoryAuthentication TemplateCategory = "AUTHENTICATION"
)

// Template is our copy of a message template in one language, the only kind of
// message that may be sent outside the window.
type Template struct {
	ID        string // the provider's
	Name      string // a-z, 0-9 and _; the same in every language
	Language  string // the provider's code: es, es_AR, pt_BR, en_US, ...
	Category  TemplateCategory
	Status    TemplateStatus
	Quality   string          // GREEN, YELLOW, RED, UNKNOWN or empty
	Reason    string          // why it was rejected, the provider's key
	Named     bool            // variables have names rather than numbers
	Content   TemplateContent `gorm:"serializer:json"`
	Edits     []time.Time     `gorm:"serializer:json"` // ours of the last 30 days, for the provider's limits
	Uses      int             // messages sent with it from here
	Approved  bool            // it was approved once: its name is blocked for a while after deletion
	DeletedAt *time.Time
	SyncedAt  time.Time // when the provider last told us of it
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TemplateContent is what a template says. Variables are written {{1}} or {{name}}.
type TemplateContent struct {
	Header  TemplateHeader    `json:"header"`
	Body    string            `json:"body"`
	Footer  string            `json:"footer,omitempty"`
	Buttons []TemplateButton  `json:"buttons,omitempty"`
	Samples map[string]string `json:"samples,omitempty"` // by the key of the variable
	Unknown []string          `json:"unknown,omitempty"` // parts we cannot fill: such a template is shown and not sent
}

// Formats of a header. Media headers are only used when they need no file of ours.
const (
	HeaderNone = ""
	HeaderText = "TEXT"
)

// TemplateHeader stands above the body.
type TemplateHeader struct {
	Format string `json:"format,omitempty"` // TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION or empty
	Text   string `json:"text,omitempty"`
}

// Types of a template's button that we can show and fill.
const (
	ButtonQuickReply = "QUICK_REPLY"
	ButtonURL        = "URL"
	ButtonPhone      = "PHONE_NUMBER"
)

// TemplateButton is one of at most ten.
type TemplateButton struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	URL   string `json:"url,omitempty"` // may end in one variable
	Phone string `json:"phone,omitempty"`
}

// TemplateUse is a template as one message used it.
type TemplateUse struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Language string           `json:"language"`
	Category TemplateCategory `json:"category"`
	Header   []TemplateValue  `json:"header,omitempty"`
	Body     []TemplateValue  `json:"body,omitempty"`
	Buttons  []TemplateValue  `json:"buttons,omitempty"` // the variable ends of addresses
}

// TemplateValue is one variable with its value.
type TemplateValue struct {
	Name   string `json:"name,omitempty"` // empty: by position
	Button int    `json:"button,omitempty"`
	Text   string `json:"text"`
}

// TemplateNews is what the provider reports of one template. Empty fields did not change.
type TemplateNews struct {
	ID       string
	At       time.Time // the provider's; zero: not told
	Status   TemplateStatus
	Quality  string
	Category TemplateCategory
	Reason   string
}

// TemplatesJob brings our copy of the templates up to date.
type TemplatesJob struct{}

// Kind names the job.
func (TemplatesJob) Kind() string { return "templates" }

// Failures around templates.
var (
	ErrTemplateUnusable = &Error{Kind: Conflict, Code: "template_unusable", Msg: "this template may not be sent now: the provider has not approved it, or paused or disabled it"}
	ErrTemplateUnfilled = &Error{Kind: Invalid, Code: "template_unfilled", Msg: "fill in every field of the template"}
	ErrTemplateTooLong  = &Error{Kind: Invalid, Code: "template_too_long", Msg: "the message is too long once filled in"}
	ErrTemplateFixed    = &Error{Kind: Conflict, Code: "template_fixed", Msg: "the provider allows changes only to approved, rejected and paused templates"}
	ErrTemplateEdits    = &Error{Kind: TooMany, Code: "template_edits", Msg: "an approved template may be changed once a day and ten times in 30 days"}
	ErrTemplateName     = &Error{Kind: Conflict, Code: "template_name", Msg: "a template of this name was deleted; the provider blocks the name for 30 days"}
	ErrTemplateRefused  = &Error{Kind: Invalid, Code: "template_refused", Msg: "the provider refused the template"}
	ErrNoAccount        = &Error{Kind: Unavailable, Code: "no_account", Msg: "set WHATSAPP_WABA_ID first: templates belong to the account"}
)

// Usable reports whether the template may be sent by us.
func (t *Template) Usable() bool {
	return t.Status == TemplateApproved && t.DeletedAt == nil && t.Sendable()
}

// Sendable reports whether we know how to fill every part of the template.
func (t *Template) Sendable() bool { return len(t.Content.Unknown) == 0 }

// Speaks reports whether the template's language is one of the desk's: pt_BR is pt.
func (t *Template) Speaks(language string) bool {
	base, _, _ := strings.Cut(t.Language, "_")
	return language != "" && strings.EqualFold(base, language)
}

// Meta's limits on changing an approved template.
const (
	editsADay   = 1
	editsAMonth = 10
	month       = 30 * 24 * time.Hour
	// TemplateNameBlock is how long the name of a deleted approved template is blocked.
	TemplateNameBlock = month
)

// Edit takes note of a change at a time, or says why the provider would refuse it.
func (t *Template) Edit(now time.Time) error {
	switch t.Status {
	case TemplateApproved, TemplateRejected, TemplatePaused:
	default:
		return ErrTemplateFixed
	}
	t.Edits = slices.DeleteFunc(slices.Clone(t.Edits), func(at time.Time) bool { return now.Sub(at) >= month })
	today := 0
	for _, at := range t.Edits {
		if now.Sub(at) < 24*time.Hour {
			today++
		}
	}
	if t.Status == TemplateApproved && (today >= editsADay || len(t.Edits) >= editsAMonth) {
		return ErrTemplateEdits
	}
	if t.Status == TemplateApproved {
		t.Edits = append(t.Edits, Instant(now))
	}
	return nil
}

// Hear takes over what the provider reports. A status older than what it told us
// since, in a list or in other news, is passed over; the provider knows whole seconds.
func (t *Template) Hear(n TemplateNews) {
	if n.Status != "" && (n.At.IsZero() || !n.At.Before(t.SyncedAt.Truncate(time.Second))) {
		if n.At.After(t.SyncedAt) {
			t.SyncedAt = Instant(n.At)
		}
		t.Status, t.Reason = n.Status, n.Reason
		t.Approved = t.Approved || n.Status == TemplateApproved
	}
	if n.Quality != "" {
		t.Quality = n.Quality
	}
	if n.Category != "" {
		t.Category = n.Category
	}
}

// TemplateProblem is one rule of the provider's that a template breaks.
type TemplateProblem struct {
	Field string
	Rule  string // in English, a short clause: "starts with a variable"
}

// TemplateProblems is everything that is wrong with a template.
type TemplateProblems []TemplateProblem

func (p TemplateProblems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Field + " " + one.Rule
	}
	return "the template breaks the provider's rules: " + strings.Join(lines, "; ")
}

// Unwrap makes it a failure of what was typed.
func (p TemplateProblems) Unwrap() error { return ErrTemplateRules }

// ErrTemplateRules is what TemplateProblems are to a caller that does not list them.
var ErrTemplateRules = &Error{Kind: Invalid, Code: "template_rules", Msg: "the template breaks rules of the provider"}
