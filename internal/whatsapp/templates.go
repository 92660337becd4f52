package whatsapp

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Template is our copy of a message template in one language. Enumerations are in upper case.
type Template struct {
	ID, Name, Language string
	Status             string // one of the Template constants
	Category           string // "UTILITY", "MARKETING", "AUTHENTICATION"
	Named              bool   // parameters by name rather than by position
	Quality            string // "GREEN", "YELLOW", "RED", "UNKNOWN" or ""
	RejectedReason     string // "" for NONE
	Components         json.RawMessage
}

// Values of Template.Status. Only an approved one may be sent.
const (
	TemplateApproved        = "APPROVED"
	TemplatePending         = "PENDING"
	TemplateRejected        = "REJECTED"
	TemplatePaused          = "PAUSED"
	TemplateDisabled        = "DISABLED"
	TemplateInAppeal        = "IN_APPEAL"
	TemplatePendingDeletion = "PENDING_DELETION"
	TemplateDeleted         = "DELETED"
	TemplateLimitExceeded   = "LIMIT_EXCEEDED"
	TemplateArchived        = "ARCHIVED"
)

// Usable reports whether the template may be sent.
func (t Template) Usable() bool { return t.Status == TemplateApproved }

// Editable reports whether Meta lets the template be edited: an approved one ten times in 30 days and once in 24 hours.
func (t Template) Editable() bool {
	return slices.Contains([]string{TemplateApproved, TemplateRejected, TemplatePaused}, t.Status)
}

const templateFields = "id,name,status,category,language,components,parameter_format,quality_score,rejected_reason"

// Templates lists all templates of an account. A cursor that goes stale on the way restarts the list once.
func (c *Client) Templates(ctx context.Context, wabaID string) ([]Template, error) {
	found, err := c.paged(ctx, "list templates", c.path(wabaID, "message_templates"), url.Values{"fields": {templateFields}})
	if err != nil {
		return nil, err
	}
	list := make([]Template, len(found))
	for i, n := range found {
		list[i] = template(n)
	}
	return list, nil
}

// Template reads one template by Meta's id.
func (c *Client) Template(ctx context.Context, templateID string) (Template, error) {
	var n rawObject
	if err := c.getJSON(ctx, "read template", c.path(templateID)+"?fields="+url.QueryEscape(templateFields), &n); err != nil {
		return Template{}, err
	}
	return template(n.node), nil
}

func template(n node) Template {
	t := Template{
		ID:             n.str("id"),
		Name:           n.str("name"),
		Language:       n.str("language"),
		Status:         n.upper("status"),
		Category:       n.upper("category"),
		Named:          strings.EqualFold(n.str("parameter_format"), "named"),
		Quality:        n.obj("quality_score").upper("score"),
		RejectedReason: n.upper("rejected_reason"),
		Components:     n.raw("components"),
	}
	if t.RejectedReason == "NONE" {
		t.RejectedReason = ""
	}
	return t
}

// CreateTemplate hands a draft to Meta's review, which may take 24 hours. A draft that breaks a rule is not sent: the error
// holds an *InvalidError. Meta may file the template under another category than asked: it is in the answer. At most 100 an
// hour and account.
func (c *Client) CreateTemplate(ctx context.Context, wabaID string, d TemplateDraft) (Template, error) {
	const op = "create template"
	if err := d.Validate(); err != nil {
		return Template{}, invalid(op, err)
	}
	body := d.payload()
	var answer rawObject
	if err := c.postJSON(ctx, op, c.path(wabaID, "message_templates"), body, &answer); err != nil {
		return Template{}, err
	}
	made := template(answer.node)
	if made.ID == "" {
		return Template{}, bareStatus(op, http.StatusOK)
	}
	made.Name, made.Language, made.Named, made.Components = d.Name, d.Language, d.Named, d.ComponentsJSON()
	if made.Category == "" {
		made.Category = strings.ToUpper(d.Category)
	}
	return made, nil
}

// EditTemplate replaces the parts of a template, which goes to review again. Name and language stay; the category of an
// approved template cannot be changed and is left alone.
func (c *Client) EditTemplate(ctx context.Context, t Template, d TemplateDraft) error {
	const op = "edit template"
	d.Name, d.Language, d.Named = t.Name, t.Language, t.Named
	if d.Category == "" || t.Status == TemplateApproved {
		d.Category = t.Category
	}
	problem := must("template.status", t.Editable(), "does not allow an edit")
	if err := refuse(append(d.rules(), problem)); err != nil {
		return invalid(op, err)
	}
	whole := d.payload()
	body := object{"components": whole["components"]}
	if !strings.EqualFold(d.Category, t.Category) {
		body["category"] = whole["category"]
	}
	if ttl, ok := whole["message_send_ttl_seconds"]; ok {
		body["message_send_ttl_seconds"] = ttl
	}
	return c.order(ctx, op, http.MethodPost, c.path(t.ID), body)
}

// DeleteTemplate deletes a template in all languages, or in the one that templateID names. The name of an approved one
// cannot be used again for 30 days.
func (c *Client) DeleteTemplate(ctx context.Context, wabaID, name, templateID string) error {
	query := url.Values{"name": {name}}
	if templateID != "" {
		query.Set("hsm_id", templateID)
	}
	return c.order(ctx, "delete template", http.MethodDelete, c.path(wabaID, "message_templates")+"?"+query.Encode(), nil)
}

// UnpauseTemplate makes a template usable again that was paused for its rate (RATE_LIMITING_PAUSE); a pause for low quality
// ends by itself after 3 and then 6 hours.
func (c *Client) UnpauseTemplate(ctx context.Context, templateID string) error {
	return c.order(ctx, "unpause template", http.MethodPost, c.path(templateID, "unpause"), nil)
}
