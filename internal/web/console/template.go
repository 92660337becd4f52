package console

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"antena/internal/desk"
	"antena/internal/web"
)

// templatePage is one template, with the form to change it.
type templatePage struct {
	shell
	Row      templateRow
	New      bool
	Act      string
	ID       string
	Preview  previewView
	Details  []fact
	Unknown  []string
	Why      string // it may not be sent
	Form     *templateForm
	Problems []string
}

// templateForm is a template as people type it.
type templateForm struct {
	Name       string
	Language   string
	Categories []choice
	Named      bool
	Header     string
	Body       string
	Footer     string
	Buttons    []buttonField
	Samples    []sampleField
	Fixed      bool // name, language and form of the variables stay
}

type buttonField struct {
	Number int
	Types  []choice
	Text   string
	Target string
}

type sampleField struct{ Key, Name, Value string }

// mostButtons is how many buttons the form offers; the provider allows ten.
const mostButtons = 5

func (p *Console) template(v *visit) error {
	t, err := p.Reader.Template(v.gin.Request.Context(), v.gin.Param("id"))
	if err != nil {
		return fmt.Errorf("opening a template: %w", err)
	}
	return p.showTemplate(v, http.StatusOK, t, nil)
}

func (p *Console) newTemplate(v *visit) error {
	return p.showTemplate(v, http.StatusOK, &desk.Template{Named: true, Language: v.language, Category: desk.CategoryUtility}, nil)
}

func (p *Console) showTemplate(v *visit, status int, t *desk.Template, problems []string) error {
	page := &templatePage{
		shell: p.shell(v, "templates", t.Name), Row: p.templateRow(v, t), New: t.ID == "", ID: t.ID, Act: "/templates/" + url.PathEscape(t.ID),
		Preview: preview(&t.Content, t.Content.Samples), Unknown: t.Content.Unknown, Problems: problems,
	}
	if page.New {
		page.Title, page.Act = v.T("templates.new"), "/templates"
	}
	if err := p.fillViews(v.gin.Request.Context(), v, &page.shell, nil); err != nil {
		return err
	}
	if !page.New {
		page.Details = p.templateDetails(v, t, &page.Row)
		if !t.Usable() {
			page.Why = v.T("template.unusable")
		}
	}
	if page.Admin && (page.New || t.Sendable()) {
		page.Form = formOf(v, t)
	}
	return p.show(v, status, "template", page)
}

func (p *Console) templateDetails(v *visit, t *desk.Template, row *templateRow) []fact {
	var all []fact
	add := func(key, value string) {
		if value != "" {
			all = append(all, fact{Name: v.T(key), Value: value})
		}
	}
	add("template.category", row.Category)
	add("template.quality", row.Quality)
	add("template.price", row.Price)
	add("template.uses", strconv.Itoa(t.Uses))
	add("template.reason", t.Reason)
	add("template.synced", v.DayTime(t.SyncedAt))
	return all
}

func formOf(v *visit, t *desk.Template) *templateForm {
	f := &templateForm{
		Name: t.Name, Language: t.Language, Named: t.Named, Header: t.Content.Header.Text, Body: t.Content.Body, Footer: t.Content.Footer, Fixed: t.ID != "",
	}
	for _, c := range []desk.TemplateCategory{desk.CategoryUtility, desk.CategoryMarketing} {
		f.Categories = append(f.Categories, choice{Value: string(c), Label: v.Code("template.category", string(c)), Current: c == t.Category})
	}
	for i := range max(mostButtons, len(t.Content.Buttons)) {
		var b desk.TemplateButton
		if i < len(t.Content.Buttons) {
			b = t.Content.Buttons[i]
		}
		field := buttonField{Number: i, Text: b.Text, Target: b.URL + b.Phone}
		for _, kind := range []string{desk.ButtonQuickReply, desk.ButtonURL, desk.ButtonPhone} {
			field.Types = append(field.Types, choice{Value: kind, Label: v.Code("template.button", kind), Current: kind == b.Type})
		}
		f.Buttons = append(f.Buttons, field)
	}
	for _, variable := range t.Content.Variables() {
		f.Samples = append(f.Samples, sampleField{variable.Key, variable.Name, t.Content.Samples[variable.Key]})
	}
	return f
}

// typedContent reads the form.
func typedContent(v *visit) desk.TemplateContent {
	c := desk.TemplateContent{Body: v.gin.PostForm("body"), Footer: v.form("footer"), Samples: map[string]string{}}
	if header := v.form("header"); header != "" {
		c.Header = desk.TemplateHeader{Format: desk.HeaderText, Text: header}
	}
	for i := range 10 {
		n := strconv.Itoa(i)
		b := desk.TemplateButton{Type: v.form("button_type" + n), Text: v.form("button_text" + n)}
		if b.Text == "" {
			continue
		}
		switch b.Type {
		case desk.ButtonURL:
			b.URL = v.form("button_to" + n)
		case desk.ButtonPhone:
			b.Phone = v.form("button_to" + n)
		default:
			b.Type = desk.ButtonQuickReply
		}
		c.Buttons = append(c.Buttons, b)
	}
	for _, variable := range c.Variables() {
		c.Samples[variable.Key] = v.form("sample." + variable.Key)
	}
	return c
}

func (p *Console) createTemplate(v *visit) error {
	t := desk.Template{
		Name: v.form("name"), Language: v.form("code"), Category: desk.TemplateCategory(v.form("category")), Named: v.form("named") != "", Content: typedContent(v),
	}
	made, err := p.Templates.Create(v.gin.Request.Context(), v.who, t)
	if err != nil {
		return p.refuseTemplate(v, &t, err)
	}
	return v.done("/templates/"+url.PathEscape(made.ID), "template_handed_in")
}

func (p *Console) editTemplate(v *visit) error {
	ctx := v.gin.Request.Context()
	t, err := p.Reader.Template(ctx, v.gin.Param("id"))
	if err != nil {
		return fmt.Errorf("changing a template: %w", err)
	}
	content, category := typedContent(v), desk.TemplateCategory(v.form("category"))
	if _, err := p.Templates.Edit(ctx, v.who, t.ID, category, content); err != nil {
		t.Content = content
		return p.refuseTemplate(v, t, err)
	}
	return v.done("/templates/"+url.PathEscape(t.ID), "template_handed_in")
}

// refuseTemplate shows the form again with everything that is wrong.
func (p *Console) refuseTemplate(v *visit, t *desk.Template, err error) error {
	var rules desk.TemplateProblems
	var lines []string
	if errors.As(err, &rules) {
		for _, r := range rules {
			lines = append(lines, v.templateRule(r))
		}
	}
	return p.failed(v, err, func(status int, words string) error {
		if problem := web.ProblemOf(err); problem.Code == desk.ErrTemplateRefused.Code && problem.Field != "" {
			lines = append(lines, problem.Field) // the provider's own words
		}
		v.problem = words
		return p.showTemplate(v, status, t, lines)
	})
}

// templateRule says one broken rule; the rule's English words are its key.
func (v *visit) templateRule(p desk.TemplateProblem) string {
	part, _, _ := strings.Cut(strings.ReplaceAll(p.Field, "[", "."), ".")
	where := v.Code("template.part", part)
	rule := p.Rule
	key := "template.rule." + strings.Trim(ruleKey(rule), "_")
	if v.Has(key) {
		rule = v.T(key)
	} else if most, has, ok := strings.Cut(strings.TrimPrefix(rule, "at most "), ", has "); ok {
		rule = v.T("template.rule.at_most", most, has)
	}
	return where + ": " + rule
}

func ruleKey(rule string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, strings.ToLower(rule))
}
