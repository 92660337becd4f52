package channel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Account is the templates of one WhatsApp Business Account.
type Account struct {
	client *whatsapp.Client
	waba   string
}

// NewAccount returns the templates of an account.
func NewAccount(client *whatsapp.Client, waba string) *Account { return &Account{client, waba} }

// Templates reads all templates of the account.
func (a *Account) Templates(ctx context.Context) ([]desk.Template, error) {
	if a.waba == "" {
		return nil, desk.ErrNoAccount
	}
	found, err := a.client.Templates(ctx, a.waba)
	if err != nil {
		return nil, fmt.Errorf("reading the templates: %w", refusal(err))
	}
	all := make([]desk.Template, 0, len(found))
	for i := range found {
		all = append(all, templateOf(&found[i]))
	}
	return all, nil
}

// CheckTemplate holds a template to the provider's rules before it is handed in.
func (a *Account) CheckTemplate(t *desk.Template) []desk.TemplateProblem {
	err := draft(t).Validate()
	var e *whatsapp.InvalidError
	if !errors.As(err, &e) {
		return nil
	}
	problems := make([]desk.TemplateProblem, 0, len(e.Problems))
	for _, p := range e.Problems {
		problems = append(problems, desk.TemplateProblem{Field: p.Field, Rule: p.Rule})
	}
	return problems
}

// CreateTemplate hands a template to the provider's review and returns it as the
// provider filed it.
func (a *Account) CreateTemplate(ctx context.Context, t *desk.Template) (desk.Template, error) {
	if a.waba == "" {
		return desk.Template{}, desk.ErrNoAccount
	}
	made, err := a.client.CreateTemplate(ctx, a.waba, draft(t))
	if err != nil {
		return desk.Template{}, fmt.Errorf("handing in the template %s: %w", t.Name, refusal(err))
	}
	filed := *t
	filed.ID, filed.Status, filed.Category = made.ID, desk.TemplateStatus(made.Status), desk.TemplateCategory(made.Category)
	if filed.Status == "" {
		filed.Status = desk.TemplatePending
	}
	return filed, nil
}

// EditTemplate hands new content of a template to review.
func (a *Account) EditTemplate(ctx context.Context, before, after *desk.Template) error {
	now := whatsapp.Template{
		ID: before.ID, Name: before.Name, Language: before.Language, Status: string(before.Status), Category: string(before.Category), Named: before.Named,
	}
	if err := a.client.EditTemplate(ctx, now, draft(after)); err != nil {
		return fmt.Errorf("changing the template %s: %w", before.Name, refusal(err))
	}
	return nil
}

// DeleteTemplate deletes one language of a template.
func (a *Account) DeleteTemplate(ctx context.Context, t *desk.Template) error {
	if a.waba == "" {
		return desk.ErrNoAccount
	}
	if err := a.client.DeleteTemplate(ctx, a.waba, t.Name, t.ID); err != nil {
		return fmt.Errorf("deleting the template %s: %w", t.Name, refusal(err))
	}
	return nil
}

// refusal gives a refusal of the provider a meaning people can be shown. Its words
// are about a template, not about people.
func refusal(err error) error {
	e := whatsapp.AsError(err)
	if e.HTTPStatus < 400 || e.HTTPStatus >= 500 || e.Action == whatsapp.Retry {
		return err
	}
	words := strings.TrimSpace(e.Message + " " + e.Details)
	if words == "" {
		words = e.Meaning
	}
	return fmt.Errorf("%w: %w", &desk.Error{
		Kind: desk.Invalid, Code: desk.ErrTemplateRefused.Code, Field: words, Msg: desk.ErrTemplateRefused.Msg,
	}, err)
}

// draft is a template as it is handed in.
func draft(t *desk.Template) whatsapp.TemplateDraft {
	c := &t.Content
	d := whatsapp.TemplateDraft{
		Name: t.Name, Language: t.Language, Category: string(t.Category), Named: t.Named, Body: c.Body, Footer: c.Footer, Examples: map[string]string{},
	}
	if c.Header.Format != desk.HeaderNone {
		d.Header = &whatsapp.DraftHeader{Text: c.Header.Text}
		if c.Header.Format != desk.HeaderText {
			d.Header.Kind = c.Header.Format
		}
	}
	for _, v := range c.Variables() {
		if v.Part != desk.PartButton {
			d.Examples[v.Name] = v.Sample
		}
	}
	filled := c.Filled(c.Samples)
	for i, b := range c.Buttons {
		button := whatsapp.DraftButton{Kind: b.Type, Text: b.Text, URL: b.URL, Phone: b.Phone}
		if b.URL != filled.Buttons[i].URL {
			button.Example = filled.Buttons[i].URL
		}
		d.Buttons = append(d.Buttons, button)
	}
	if t.Category == desk.CategoryAuthentication { // whose words are the provider's
		d.Body, d.Footer, d.Header, d.SecurityAdvice = "", "", nil, true
		d.Buttons = []whatsapp.DraftButton{{Kind: whatsapp.DraftOTP}}
	}
	return d
}

// component is a part of a template as the provider lists it.
type component struct {
	Type    string `json:"type"`
	Format  string `json:"format"`
	Text    string `json:"text"`
	Buttons []struct {
		Type    string          `json:"type"`
		Text    string          `json:"text"`
		URL     string          `json:"url"`
		Phone   string          `json:"phone_number"`
		Example json.RawMessage `json:"example"`
	} `json:"buttons"`
	Example struct {
		HeaderText  []string   `json:"header_text"`
		BodyText    [][]string `json:"body_text"`
		HeaderNamed []sample   `json:"header_text_named_params"`
		BodyNamed   []sample   `json:"body_text_named_params"`
	} `json:"example"`
}

type sample struct {
	Name  string `json:"param_name"`
	Value string `json:"example"`
}

// templateOf reads the provider's template. Parts that we cannot fill are named in
// Content.Unknown, and make it a template we only show.
func templateOf(t *whatsapp.Template) desk.Template {
	out := desk.Template{
		ID: t.ID, Name: t.Name, Language: t.Language, Category: desk.TemplateCategory(t.Category), Status: desk.TemplateStatus(t.Status),
		Quality: t.Quality, Reason: t.RejectedReason, Named: t.Named,
	}
	out.Content.Samples = map[string]string{}
	var parts []component
	if err := json.Unmarshal(t.Components, &parts); err != nil && len(t.Components) > 0 {
		out.Content.Unknown = []string{"components"}
		return out
	}
	for i := range parts {
		takePart(&out.Content, &parts[i])
	}
	if out.Category == desk.CategoryAuthentication {
		out.Content.Unknown = append(out.Content.Unknown, "authentication")
	}
	return out
}

func takePart(c *desk.TemplateContent, p *component) {
	switch kind := strings.ToUpper(p.Type); kind {
	case "HEADER":
		c.Header = desk.TemplateHeader{Format: strings.ToUpper(p.Format), Text: p.Text}
		if c.Header.Format != desk.HeaderText {
			c.Unknown = append(c.Unknown, "header "+strings.ToLower(p.Format))
		}
		samples(c, desk.PartHeader, p.Text, p.Example.HeaderText, p.Example.HeaderNamed)
	case "BODY":
		c.Body = p.Text
		var values []string
		if len(p.Example.BodyText) > 0 {
			values = p.Example.BodyText[0]
		}
		samples(c, desk.PartBody, p.Text, values, p.Example.BodyNamed)
	case "FOOTER":
		c.Footer = p.Text
	case "BUTTONS":
		takeButtons(c, p)
	default:
		c.Unknown = append(c.Unknown, strings.ToLower(kind))
	}
}

func takeButtons(c *desk.TemplateContent, p *component) {
	for i, b := range p.Buttons {
		kind := strings.ToUpper(b.Type)
		c.Buttons = append(c.Buttons, desk.TemplateButton{Type: kind, Text: b.Text, URL: b.URL, Phone: b.Phone})
		switch kind {
		case desk.ButtonQuickReply, desk.ButtonPhone:
		case desk.ButtonURL:
			var examples []string
			before, _, variable := strings.Cut(b.URL, "{{")
			if json.Unmarshal(b.Example, &examples) == nil && len(examples) > 0 && variable {
				c.Samples[desk.PartButton+strconv.Itoa(i)+".1"] = strings.TrimPrefix(examples[0], before)
			}
		default:
			c.Unknown = append(c.Unknown, "button "+strings.ToLower(kind))
		}
	}
}

// samples keeps the sample values of a part by the keys of its variables.
func samples(c *desk.TemplateContent, part, text string, values []string, named []sample) {
	for i, name := range desk.VariablesIn(text) {
		if n, err := strconv.Atoi(name); err == nil {
			i = n - 1
		}
		if i >= 0 && i < len(values) {
			c.Samples[part+"."+name] = values[i]
		}
	}
	for _, s := range named {
		c.Samples[part+"."+s.Name] = s.Value
	}
}

// templateMessage is a template as it is sent.
func templateMessage(use *desk.TemplateUse) *whatsapp.TemplateMessage {
	out := &whatsapp.TemplateMessage{Name: use.Name, Language: use.Language}
	add := func(kind string, values []desk.TemplateValue) {
		if len(values) == 0 {
			return
		}
		c := whatsapp.Component{Type: kind}
		for _, v := range values {
			c.Parameters = append(c.Parameters, whatsapp.Parameter{Name: v.Name, Text: v.Text})
		}
		out.Components = append(out.Components, c)
	}
	add("header", use.Header)
	add("body", use.Body)
	for _, v := range use.Buttons {
		out.Components = append(out.Components, whatsapp.Component{
			Type: "button", SubType: "url", Index: v.Button, Parameters: []whatsapp.Parameter{{Text: v.Text}},
		})
	}
	return out
}

// statusOfEvent are the events of a template that are statuses, or stand for one.
var statusOfEvent = map[string]desk.TemplateStatus{
	"APPROVED": desk.TemplateApproved, "REINSTATED": desk.TemplateApproved, "PENDING": desk.TemplatePending, "REJECTED": desk.TemplateRejected,
	"PAUSED": desk.TemplatePaused, "DISABLED": desk.TemplateDisabled, "IN_APPEAL": desk.TemplateInAppeal, "DELETED": desk.TemplateDeleted,
	"PENDING_DELETION": "PENDING_DELETION", "ARCHIVED": "ARCHIVED", "LOCKED": "LOCKED", "LIMIT_EXCEEDED": "LIMIT_EXCEEDED",
}

// templateNews is what an event says of one template; nil when it is about none.
func templateNews(n *whatsapp.AccountEvent, at time.Time) *desk.TemplateNews {
	if n.Template.ID == "" {
		return nil
	}
	news := &desk.TemplateNews{ID: n.Template.ID, At: at}
	switch n.Name {
	case "message_template_status_update":
		news.Status, news.Reason = statusOfEvent[n.Event], n.Reason
	case "message_template_quality_update":
		news.Quality = n.Event
	case "template_category_update":
		if n.Effective.IsZero() { // otherwise it is only announced
			news.Category = desk.TemplateCategory(n.Event)
		}
	}
	return news
}
