package console

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"antena/internal/desk"
)

// articlesPage lists the articles of one language.
type articlesPage struct {
	shell
	Languages []choice
	Listed    string // the language whose articles are listed
	Search    string
	Rows      []articleRow
	Total     int
}

type articleRow struct {
	URL       string
	Title     string
	Lead      string
	Owner     string
	Status    string
	StateName string
	Version   string
	Uses      int
	Down      int
	Wrong     int      // answers found wrong and not dealt with
	Missing   []string // languages it does not exist in
}

func (p *Console) articles(v *visit) error {
	ctx := v.gin.Request.Context()
	all, err := p.Reader.Articles(ctx)
	if err != nil {
		return fmt.Errorf("listing articles: %w", err)
	}
	language := v.gin.Query("lang")
	if !desk.KnownLanguage(language) {
		language = v.language
	}
	page := &articlesPage{shell: p.shell(v, "articles", v.T("nav.articles")), Listed: language, Search: v.gin.Query("q")}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	wrong, err := p.Written.WrongCounts(ctx)
	if err != nil {
		return fmt.Errorf("counting wrong answers: %w", err)
	}
	variants := map[string]map[string]bool{}
	counts := map[string]int{}
	for i := range all {
		a := &all[i]
		if variants[a.ID] == nil {
			variants[a.ID] = map[string]bool{}
		}
		variants[a.ID][a.Language] = true
		counts[a.Language]++
	}
	for _, l := range desk.Languages {
		q := url.Values{"lang": {l}}
		if page.Search != "" {
			q.Set("q", page.Search)
		}
		page.Languages = append(page.Languages, choice{Value: l, Label: fmt.Sprintf("%s · %d", v.T("language."+l), counts[l]), URL: "/articles?" + q.Encode(), Current: l == language})
	}
	for i := range all {
		a := &all[i]
		if a.Language == language && mentions(a, page.Search) {
			row := rowOf(v, a, variants[a.ID])
			row.Wrong = wrong[a.ID+"/"+a.Language]
			page.Rows = append(page.Rows, row)
		}
	}
	sort.Slice(page.Rows, func(i, j int) bool { return folded(page.Rows[i].Title) < folded(page.Rows[j].Title) })
	page.Total = len(page.Rows)
	return p.show(v, http.StatusOK, "articles", page)
}

func rowOf(v *visit, a *desk.Article, exists map[string]bool) articleRow {
	row := articleRow{
		URL: "/articles/" + url.PathEscape(a.ID) + "?lang=" + a.Language, Title: a.Title, Lead: lead(a.Body),
		Owner: v.Code("team", string(a.Owner)), Status: string(a.Status), StateName: v.T("article.status." + string(a.Status)),
		Version: v.T("article.version", a.Version), Uses: a.Uses, Down: a.ThumbsDown,
	}
	for _, l := range desk.Languages {
		if !exists[l] {
			row.Missing = append(row.Missing, strings.ToUpper(l))
		}
	}
	return row
}

// lead is the first line of a body, without marks.
func lead(body string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(body), "\n")
	return strings.NewReplacer("*", "", "_", "", "~", "", "`", "").Replace(line)
}

// mentions reports whether every word of a search is somewhere in an article.
func mentions(a *desk.Article, search string) bool {
	text := ""
	for _, word := range strings.Fields(folded(search)) {
		if text == "" {
			text = folded(strings.Join([]string{a.ID, a.Title, a.Body, strings.Join(a.Questions, "\n"), strings.Join(a.Keywords, "\n")}, "\n"))
		}
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// folded is a text without case and accents.
func folded(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return plain
}

// articlePage is one article in its three languages.
type articlePage struct {
	shell
	ID       string
	Tabs     []choice
	Absent   string // the language that is asked for and missing
	Article  articleRow
	Body     template.HTML
	Ask      []string
	Keywords []string
	Slots    []string
	Details  []fact
	ListURL  string
	Edit     *editView // for admins
	Wrong    *wrongView
}

func (p *Console) article(v *visit) error { return p.showArticle(v, http.StatusOK) }

func (p *Console) showArticle(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	all, err := p.Reader.Articles(ctx)
	if err != nil {
		return fmt.Errorf("opening an article: %w", err)
	}
	id := v.gin.Param("id")
	variants := map[string]*desk.Article{}
	exists := map[string]bool{}
	for i := range all {
		if all[i].ID == id {
			variants[all[i].Language], exists[all[i].Language] = &all[i], true
		}
	}
	if len(variants) == 0 {
		return desk.ErrNotFound
	}
	language := v.gin.Query("lang")
	if !desk.KnownLanguage(language) {
		language = v.language
	}
	page := &articlePage{shell: p.shell(v, "articles", id), ID: id, ListURL: "/articles?lang=" + language}
	for _, l := range desk.Languages {
		page.Tabs = append(page.Tabs, choice{Value: l, Label: v.T("language." + l), URL: "/articles/" + url.PathEscape(id) + "?lang=" + l, Current: l == language})
	}
	if a := variants[language]; a == nil {
		page.Absent = v.T("article.absent", v.T("language."+language))
	} else {
		p.fillArticle(v, page, a, exists)
		people, err := p.people(ctx)
		if err != nil {
			return err
		}
		if page.Wrong, err = p.wrongOf(ctx, v, a, people); err != nil {
			return fmt.Errorf("opening an article: %w", err)
		}
	}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "article", page)
}

func (p *Console) fillArticle(v *visit, page *articlePage, a *desk.Article, exists map[string]bool) {
	page.Title, page.Article = a.Title, rowOf(v, a, exists)
	page.Body, page.Ask, page.Keywords = markup(strings.TrimSpace(a.Body)), a.Questions, a.Keywords
	page.Slots, page.Edit = desk.Placeholders(a.Body), editOf(v, a)
	add := func(key, value string) {
		if value != "" {
			page.Details = append(page.Details, fact{Name: v.T(key), Value: value})
		}
	}
	add("article.owner", page.Article.Owner)
	add("article.zones", strings.Join(a.Zones, ", "))
	add("article.plans", strings.Join(a.Plans, ", "))
	if a.ValidFrom != nil {
		add("article.from", v.Day(*a.ValidFrom))
	}
	if a.ValidUntil != nil {
		add("article.until", v.Day(*a.ValidUntil))
	}
	add("article.changed", v.DayTime(a.UpdatedAt))
	add("article.uses", fmt.Sprint(a.Uses))
	add("article.down", fmt.Sprint(a.ThumbsDown))
}
