package phone

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"antena/internal/web"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates.
type pages struct{ all *template.Template }

// loadPages panics on a broken template: the program must not start with one.
func loadPages(files *assets) *pages {
	all := template.New("").Funcs(template.FuncMap{"asset": files.URL})
	return &pages{template.Must(all.ParseFS(templateFiles, "templates/*.html"))}
}

// show draws a template. A failure half way leaves no half page, since nothing is sent before the end.
func (p *Phone) show(c *gin.Context, status int, name string, data any) error {
	var page bytes.Buffer
	if err := p.pages.all.ExecuteTemplate(&page, name, data); err != nil {
		return fmt.Errorf("drawing %s: %w", name, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// showProblem answers a failure in the customer's language: JSON for fetch, else a page.
func (p *Phone) showProblem(c *gin.Context, problem web.Problem) {
	w := p.languageOf(c)
	if wantsJSON(c) {
		problem.Message = w.problem(problem.Code)
		web.JSON(c, problem)
		return
	}
	v := p.view(w, nil)
	v.Problem = w.problem(problem.Code)
	v.Back = "/"
	if who, err := p.people.find(c.Param("id")); err == nil {
		v.Back = chatURL(who)
	}
	if err := p.show(c, problem.Status, "page", v); err != nil {
		p.Log.ErrorContext(c.Request.Context(), "showing a problem", "error", err)
		c.Status(http.StatusInternalServerError)
	}
}
