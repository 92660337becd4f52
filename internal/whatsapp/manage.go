package whatsapp

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// Template is our copy of a message template in one language.
type Template struct {
	ID, Name, Language string
	Status             string // upper case: "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", ...
	Category           string // upper case: "UTILITY", "MARKETING", "AUTHENTICATION"
	Named              bool   // parameters by name rather than by position
	Quality            string // "GREEN", "YELLOW", "RED", "UNKNOWN" or ""
	RejectedReason     string
	Components         json.RawMessage
}

// Usable reports whether the template may be sent.
func (t Template) Usable() bool { return t.Status == "APPROVED" }

const (
	templateFields = "id,name,status,category,language,components,parameter_format,quality_score,rejected_reason"
	templatePage   = "100"
	// templatePages bounds one listing: Meta allows 6000 templates, and a paging loop must end.
	templatePages = 200
)

var errTooManyPages = errors.New("the template list does not end")

// Templates lists all templates of an account. A cursor that goes stale on the way restarts the list once.
func (c *Client) Templates(ctx context.Context, wabaID string) ([]Template, error) {
	list, err := c.templates(ctx, wabaID)
	if err != nil && AsError(err).Code == 131059 {
		return c.templates(ctx, wabaID)
	}
	return list, err
}

func (c *Client) templates(ctx context.Context, wabaID string) ([]Template, error) {
	const op = "list templates"
	query := url.Values{"fields": {templateFields}, "limit": {templatePage}}
	var list []Template
	for range templatePages {
		var page rawObject
		if err := c.getJSON(ctx, op, c.path(wabaID, "message_templates")+"?"+query.Encode(), &page); err != nil {
			return nil, err
		}
		for _, t := range page.list("data") {
			list = append(list, template(t))
		}
		after := page.obj("paging").obj("cursors").str("after")
		if after == "" || !page.obj("paging").has("next") {
			return list, nil
		}
		query.Set("after", after)
	}
	return nil, &Error{Op: op, Action: Park, Outcome: NotSent, Err: errTooManyPages}
}

func template(t node) Template {
	return Template{
		ID:             t.str("id"),
		Name:           t.str("name"),
		Language:       t.str("language"),
		Status:         strings.ToUpper(t.str("status")),
		Category:       strings.ToUpper(t.str("category")),
		Named:          strings.EqualFold(t.str("parameter_format"), "named"),
		Quality:        strings.ToUpper(t.obj("quality_score").str("score")),
		RejectedReason: t.str("rejected_reason"),
		Components:     t.raw("components"),
	}
}

// NumberInfo is the state of one of our numbers.
type NumberInfo struct {
	ID, Display, VerifiedName string
	Quality                   string // "GREEN", "YELLOW", "RED"
	NameStatus                string
	Throughput                string // "STANDARD", "HIGH"
	// CanSend is health_status.can_send_message: "AVAILABLE", "LIMITED", "BLOCKED"; "" when not told.
	CanSend string
	Health  []EntityHealth
}

// EntityHealth is one of the things that must be well for a number to send.
type EntityHealth struct {
	Type, ID, CanSend string
	Problems          []string // Meta's words
}

const numberFields = "id,display_phone_number,verified_name,quality_rating,name_status,throughput,health_status"

// NumberInfo reads the state of a number: a good check at start.
func (c *Client) NumberInfo(ctx context.Context, phoneNumberID string) (NumberInfo, error) {
	var n rawObject
	address := c.path(phoneNumberID) + "?fields=" + url.QueryEscape(numberFields)
	if err := c.getJSON(ctx, "read phone number", address, &n); err != nil {
		return NumberInfo{}, err
	}
	health := n.obj("health_status")
	info := NumberInfo{
		ID:           n.str("id"),
		Display:      n.str("display_phone_number"),
		VerifiedName: n.str("verified_name"),
		Quality:      strings.ToUpper(n.str("quality_rating")),
		NameStatus:   strings.ToUpper(n.str("name_status")),
		Throughput:   strings.ToUpper(n.obj("throughput").str("level")),
		CanSend:      strings.ToUpper(health.str("can_send_message")),
	}
	for _, entity := range health.list("entities") {
		info.Health = append(info.Health, entityHealth(entity))
	}
	return info, nil
}

func entityHealth(n node) EntityHealth {
	h := EntityHealth{Type: n.str("entity_type"), ID: n.str("id"), CanSend: strings.ToUpper(n.str("can_send_message"))}
	for _, problem := range n.list("errors") {
		h.Problems = append(h.Problems, problem.first("error_description", "details", "error_code"))
	}
	return h
}

// Subscribed reports whether any app receives the account's webhooks; without one nothing ever arrives.
func (c *Client) Subscribed(ctx context.Context, wabaID string) (bool, error) {
	var answer rawObject
	if err := c.getJSON(ctx, "list subscribed apps", c.path(wabaID, "subscribed_apps"), &answer); err != nil {
		return false, err
	}
	return len(answer.list("data")) > 0, nil
}

// Subscribe makes the token's app receive the account's webhooks.
func (c *Client) Subscribe(ctx context.Context, wabaID string) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.call(ctx, "subscribe app", http.MethodPost, c.path(wabaID, "subscribed_apps"), "", nil, nil)
}

// rawObject is a node that decodes itself, for answers whose types vary.
type rawObject struct{ node }

func (o *rawObject) UnmarshalJSON(raw []byte) error {
	n, err := parseNode(raw)
	o.node = n
	return err
}
