package console

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
)

//go:embed templates
var templateFiles embed.FS

// pages holds every page in every language: language, then the page's name. A page
// is made when it is first asked for: all of them in all languages would fill memory
// with what a desk that speaks one of them never shows.
type pages map[string]map[string]func() (*template.Template, error)

// loadPages reads every template once, so that a broken one is found at the start.
func loadPages(all map[string]*speech, files *assets) (pages, error) {
	names, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	frame, err := template.New("layout.html").Funcs(functions(&speech{}, files)).
		ParseFS(templateFiles, "templates/layout.html", "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	loaded := pages{}
	for language := range all {
		loaded[language] = map[string]func() (*template.Template, error){}
	}
	for _, file := range names {
		if _, err := makePage(frame, file); err != nil {
			return nil, err
		}
		for language, s := range all {
			loaded[language][strings.TrimSuffix(path.Base(file), ".html")] = sync.OnceValues(func() (*template.Template, error) {
				page, err := makePage(frame, file)
				if err != nil {
					return nil, err
				}
				return page.Funcs(functions(s, files)), nil
			})
		}
	}
	return loaded, nil
}

// makePage adds a page to a copy of the frame that all share.
func makePage(frame *template.Template, file string) (*template.Template, error) {
	page, err := frame.Clone()
	if err != nil {
		return nil, err
	}
	own := []string{file}
	if path.Base(file) == "inbox.html" {
		own = append(own, "templates/inbox/*.html")
	}
	return page.ParseFS(templateFiles, own...)
}

// functions are all that templates may call: words, icons, addresses of files.
func functions(s *speech, files *assets) template.FuncMap {
	sprite := files.URL("icons.svg")
	return template.FuncMap{
		"t":     s.T,
		"n":     s.N,
		"code":  s.Code,
		"asset": files.URL,
		"pick":  func(name, label string, choices []choice) pickView { return pickView{name, label, choices} },
		"icon": func(name string) template.HTML { // names come from templates and our own code, never from people
			return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="` + sprite + "#" +
				template.HTMLEscapeString(name) + `"></use></svg>`)
		},
	}
}

// shell is what every page shows round its content.
type shell struct {
	Title    string
	Language string
	Theme    string
	Who      person
	SignedIn bool
	Section  string // which link of the navigation is the current one
	Pane     string // on a phone: list, thread or context
	Views    []viewLink
	Saved    []viewLink        // saved views
	Teams    map[desk.Team]int // how many wait in each queue
	Admin    bool
	Me       string        // id of who is signed in
	Told     int           // unread notifications
	Alerts   int           // open alerts, for admins
	Presence *presenceView // of who looks; nil: they work at nothing
	Path     string
	Notice   string // what was just done
	Problem  string // what just failed
	Notify   string // how the person wants to be told of what is new
	Unread   int    // what contacts wrote in the person's conversations, not looked at
	Calling  int    // how many wait for people
	Partial  bool
}

// person is somebody of the desk, or a contact, as a round picture with a name.
type person struct {
	Name     string
	Initials string
	Hue      int // 0 to 7
	Role     string
}

// framed is a page: whatever embeds the shell.
type framed interface{ frame() *shell }

func (s *shell) frame() *shell { return s }

// show writes a page, or the regions of it that were asked for.
func (p *Console) show(v *visit, status int, name string, page framed) error {
	t, err := p.pages[v.language][name]()
	if err != nil {
		return fmt.Errorf("making the page %s: %w", name, err)
	}
	var out bytes.Buffer
	if v.partial() {
		page.frame().Partial = true
		for _, region := range v.regions {
			if t.Lookup("region-"+region) == nil {
				continue
			}
			if err := t.ExecuteTemplate(&out, "region-"+region, page); err != nil {
				return fmt.Errorf("rendering %s of %s: %w", region, name, err)
			}
		}
	} else if err := t.Execute(&out, page); err != nil {
		return fmt.Errorf("rendering %s: %w", name, err)
	}
	v.gin.Header("Cache-Control", "no-store")
	v.gin.Data(status, "text/html; charset=utf-8", out.Bytes())
	return nil
}

// shell fills the frame of a page for whoever is signed in.
func (p *Console) shell(v *visit, section, title string) shell {
	s := shell{
		Title: title, Language: v.language, Theme: v.theme, Section: section, Pane: "main",
		Path:     v.gin.Request.URL.RequestURI(),
		SignedIn: v.who.Active, Me: idOrEmpty(v.who.ID), Admin: v.who.Role.May(desk.MayAdminister),
		Who: face(v.who.Name), Problem: v.problem,
	}
	if v.who.NotifyDesktop {
		s.Notify = "desktop"
	}
	if v.who.NotifySound {
		s.Notify += " sound"
	}
	s.Who.Role = v.Code("role", string(v.who.Role))
	if key := "done." + v.gin.Query("done"); v.Has(key) {
		s.Notice = v.T(key)
	}
	return s
}

// problemPage is what is left when a page cannot be shown.
type problemPage struct {
	shell
	Status    int
	Words     string
	RequestID string
}

// showProblem is the console's side of the mapping of failures: a short text for
// a script, a page for a person.
func (p *Console) showProblem(c *gin.Context, problem web.Problem) {
	v, ok := c.Value(visitKey).(*visit)
	if !ok {
		v = &visit{gin: c, calendar: calendar{speech: p.speech[guessLanguage(c)], zone: p.Zone(), now: p.now()}}
		if c.GetHeader(partialHeader) != "" {
			v.regions = []string{"problem"}
		}
	}
	words := p.words(v, problem)
	if v.partial() {
		c.String(problem.Status, "%s", words)
		return
	}
	page := &problemPage{shell: p.shell(v, "", v.T("problem.title")), Status: problem.Status, Words: words}
	if page.SignedIn && problem.Status < http.StatusInternalServerError {
		if err := p.fillViews(c.Request.Context(), v, &page.shell, nil); err != nil {
			page.Views = nil // a page about one failure must not fail for another
		}
	}
	if problem.Status >= http.StatusInternalServerError {
		page.RequestID = web.RequestIDOf(c)
	}
	if err := p.show(v, problem.Status, "problem", page); err != nil {
		p.log.ErrorContext(c.Request.Context(), "showing a failure", "request_id", web.RequestIDOf(c), "error", err)
		c.String(http.StatusInternalServerError, "%s", words)
	}
}

// words says a problem in the visitor's language.
func (p *Console) words(v *visit, problem web.Problem) string {
	if key := "error." + problem.Code + "." + problem.Field; problem.Field != "" && v.Has(key) {
		return v.T(key)
	}
	if key := "error." + problem.Code; v.Has(key) {
		return v.T(key)
	}
	return problem.Message
}
