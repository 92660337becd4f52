package whatsapp

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"
)

// AccountEvent is news about the account, a number or a template: one form for all such fields, so that an alert needs no
// knowledge of each. What does not apply is empty. Enumerations are in upper case.
type AccountEvent struct {
	Name     string // the webhook field
	Event    string // event, decision, alert type, new quality or new category
	Reason   string // why, in Meta's words; "" for NONE
	Advice   string // what Meta recommends to do
	Severity string // of an alert: "CRITICAL", "WARNING", "INFORMATIONAL"
	State    string // of an alert: "ACTIVE", "NONE"; of a ban: "DISABLE", "REINSTATE", "SCHEDULE_FOR_DISABLE"
	Template TemplateRef
	Display  string // display number the news is about
	Subject  string // requested name, user name, or id of what an alert is about
	// Before and After are the quality, category or limit that changed.
	Before, After string
	// Effective is when a ban, a disabling or a change of category takes place; zero when not told or at once.
	Effective    time.Time
	Restrictions []Restriction
	Raw          json.RawMessage // the whole value, U+0000 and lone surrogates removed
}

// TemplateRef names a template in one language.
type TemplateRef struct {
	ID, Name, Language, Category string
}

// Restriction is one thing that the account may not do for a time.
type Restriction struct {
	Type  string    // "RESTRICTED_BIZ_INITIATED_MESSAGING", ...
	Until time.Time // zero when not told
}

func (d *decoder) account(field string) *AccountEvent {
	n := d.item
	alert, ban, other, rejection := n.obj("alert_info"), n.obj("ban_info"), n.obj("other_info"), n.obj("rejection_info")
	a := &AccountEvent{
		Name:     field,
		Event:    strings.ToUpper(n.first("event", "decision", "new_quality_score", "correct_category", "new_category", "status", "type")),
		Reason:   reason(n),
		Advice:   rejection.str("recommendation"),
		Severity: alert.upper("alert_severity"),
		State:    cmp.Or(alert.upper("alert_status"), ban.upper("waba_ban_state")),
		Template: TemplateRef{
			ID:       n.str("message_template_id"),
			Name:     n.str("message_template_name"),
			Language: n.str("message_template_language"),
			Category: n.upper("message_template_category"),
		},
		Display: n.str("display_phone_number"),
		Subject: n.first("requested_verified_name", "username", "entity_id", "requester"),
		Before:  strings.ToUpper(n.first("previous_quality_score", "previous_category", "old_limit")),
		After:   strings.ToUpper(n.first("new_quality_score", "correct_category", "new_category", "max_daily_conversations_per_business", "current_limit")),
		Raw:     d.raw,
	}
	if alert != nil {
		a.Event = strings.ToUpper(alert.first("alert_type", "alert_status"))
		a.Reason = alert.first("alert_description", "alert_severity")
	}
	if a.Event == "" {
		a.Event = other.upper("title")
	}
	if n.has("correct_category") { // a change to come: what the category still is stands in new_category
		a.Before = n.upper("new_category")
	}
	for _, moment := range []time.Time{n.date("category_update_timestamp"), n.obj("disable_info").date("disable_date"), ban.date("waba_ban_date")} {
		if a.Effective.IsZero() {
			a.Effective = moment
		}
	}
	for _, r := range n.list("restriction_info") {
		a.Restrictions = append(a.Restrictions, Restriction{Type: r.upper("restriction_type"), Until: r.date("expiration")})
	}
	return a
}

// reason is the first of the places where Meta says why.
func reason(n node) string {
	for _, why := range []string{
		n.str("reason"), n.str("rejection_reason"), n.obj("rejection_info").str("reason"), n.obj("other_info").first("description", "title"),
		n.obj("violation_info").str("violation_type"), n.obj("ban_info").str("waba_ban_state"),
	} {
		if why != "" && !strings.EqualFold(why, "none") {
			return why
		}
	}
	return ""
}

func (d *decoder) handover() *Handover {
	n := d.item
	h := &Handover{Event: strings.ToLower(n.str("type")), At: n.moment("timestamp")}
	sender := n.obj("sender")
	h.Person = person(sender, n.str("from_user_id"), n.str("from"))
	control := n.obj(h.Event)
	h.Previous, h.New = control.str("previous_owner_role"), control.str("new_owner_role")
	h.Metadata = cmp.Or(control.str("metadata"), n.str("metadata"))
	h.Context = control.raw("conversation_context")
	return h
}
