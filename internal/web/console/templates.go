package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"antena/internal/desk"
	"antena/internal/pricing"
)

// templatesPage lists the message templates of the account.
type templatesPage struct {
	shell
	Statuses []choice
	Listed   string
	Search   string
	Rows     []templateRow
	Total    int
	Synced   string
}

type templateRow struct {
	URL      string
	Name     string
	Language string
	Lead     string
	Category string
	State    string // good, wait or bad
	Status   string
	Quality  string
	Level    string // of the quality: GREEN, YELLOW, RED
	Price    string
	Uses     int
}

func (p *Console) templates(v *visit) error { return p.showTemplates(v, http.StatusOK) }

func (p *Console) showTemplates(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	all, err := p.Reader.Templates(ctx)
	if err != nil {
		return fmt.Errorf("listing templates: %w", err)
	}
	page := &templatesPage{shell: p.shell(v, "templates", v.T("nav.templates")), Listed: v.gin.Query("status"), Search: v.gin.Query("q")}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	counts := map[string]int{"": len(all)}
	for i := range all {
		t := &all[i]
		counts[string(t.Status)]++
		if (page.Listed == "" || page.Listed == string(t.Status)) && strings.Contains(folded(t.Name+"\n"+t.Content.Text()), folded(page.Search)) {
			page.Rows = append(page.Rows, p.templateRow(v, t))
		}
		if i == 0 || page.Synced == "" {
			page.Synced = v.DayTime(t.SyncedAt)
		}
	}
	page.Total = len(page.Rows)
	page.Statuses = statusChoices(v, counts, page.Listed, page.Search)
	return p.show(v, status, "templates", page)
}

func statusChoices(v *visit, counts map[string]int, listed, search string) []choice {
	var statuses []string
	for s := range counts {
		statuses = append(statuses, s)
	}
	slices.Sort(statuses)
	var all []choice
	for _, s := range statuses {
		label := v.T("templates.all")
		if s != "" {
			label = v.Code("template.status", s)
		}
		q := url.Values{"status": {s}, "q": {search}}
		all = append(all, choice{Value: s, Label: fmt.Sprintf("%s · %d", label, counts[s]), URL: "/templates?" + q.Encode(), Current: s == listed})
	}
	return all
}

func (p *Console) templateRow(v *visit, t *desk.Template) templateRow {
	row := templateRow{
		URL: "/templates/" + url.PathEscape(t.ID), Name: t.Name, Language: t.Language, Lead: lead(t.Content.Body), Category: v.Code("template.category", string(t.Category)),
		Status: v.Code("template.status", string(t.Status)), State: templateState(t.Status), Uses: t.Uses, Level: t.Quality,
		Price: price(v, p.quote(t.Category, &desk.Conversation{}, "", p.country()+".")),
	}
	if t.Quality != "" && t.Quality != "UNKNOWN" {
		row.Quality = v.Code("template.quality", t.Quality)
	}
	return row
}

func templateState(s desk.TemplateStatus) string {
	switch s {
	case desk.TemplateApproved:
		return "good"
	case desk.TemplatePending, desk.TemplateInAppeal:
		return "wait"
	}
	return "bad"
}

// country is the desk's, for prices before there is a contact.
func (p *Console) country() string {
	if p.Country == nil {
		return ""
	}
	return p.Country()
}

func (p *Console) quote(category desk.TemplateCategory, c *desk.Conversation, phone, bsuid string) pricing.Quote {
	if p.Prices == nil {
		return pricing.Quote{}
	}
	return p.Prices.Quote(category, c, phone, bsuid, p.now())
}

func (p *Console) syncTemplates(v *visit) error {
	_, err := p.Templates.Sync(v.gin.Request.Context())
	return p.onTemplates(v, "templates_synced", err)
}

func (p *Console) pushTemplates(v *visit) error {
	pushed, err := p.Templates.Push(v.gin.Request.Context(), v.who, desk.Languages)
	for _, one := range pushed {
		if err == nil && one.Err != nil {
			err = one.Err
		}
	}
	return p.onTemplates(v, "templates_pushed", err)
}

func (p *Console) deleteTemplate(v *visit) error {
	return p.onTemplates(v, "template_deleted", p.Templates.Delete(v.gin.Request.Context(), v.who, v.gin.Param("id")))
}

func (p *Console) onTemplates(v *visit, done string, err error) error {
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showTemplates(v, status)
		})
	}
	return v.done("/templates", done)
}
