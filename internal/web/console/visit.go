package console

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"antena/internal/desk"
)

// partialHeader asks for some regions of a page instead of all of it.
const partialHeader = "X-Partial"

const (
	themeCookie    = "antena_theme"
	languageCookie = "antena_language"
	cookieYear     = 365 * 24 * 60 * 60
)

// visit is one request: who asks, in which words and at what time.
type visit struct {
	gin *gin.Context
	who desk.Agent // zero when nobody is signed in
	calendar
	theme   string   // light, dark, or empty for what the system prefers
	regions []string // of the page that are wanted; empty: the whole page

	// Set when a form is refused and its page is shown again.
	problem string // why
	typed   string // what was written
	mode    string // reply or note

	suggestion *suggestionView // that was asked for
	answer     string          // what a script is told when a form is done
}

// visitKey keeps the visit for the page of a failure.
const visitKey = "visit"

func (p *Console) arrive(c *gin.Context) (*visit, error) {
	v := &visit{gin: c}
	if wanted := c.GetHeader(partialHeader); wanted != "" {
		v.regions = strings.Split(wanted, ",")
	}
	if theme, err := c.Cookie(themeCookie); err == nil && (theme == "light" || theme == "dark") {
		v.theme = theme
	}
	v.calendar = calendar{speech: p.speech[guessLanguage(c)], zone: p.Zone(), now: p.now()}
	c.Set(visitKey, v)
	ctx, err := p.sessions.load(c.Request)
	if err != nil {
		return nil, err
	}
	c.Request = c.Request.WithContext(ctx)
	c.Header("Vary", "Cookie, Accept-Language, "+partialHeader)
	v.who, err = p.sessions.agent(ctx)
	if err != nil && !errors.Is(err, desk.ErrUnauthenticated) {
		return nil, err
	}
	if s, ok := p.speech[v.who.Language]; ok {
		v.speech = s
	}
	return v, nil
}

// guessLanguage picks the language for somebody who is not signed in.
func guessLanguage(c *gin.Context) string {
	if kept, err := c.Cookie(languageCookie); err == nil && desk.KnownLanguage(kept) {
		return kept
	}
	tags, _, err := language.ParseAcceptLanguage(c.GetHeader("Accept-Language"))
	if err == nil {
		for _, tag := range tags {
			if base, _ := tag.Base(); desk.KnownLanguage(base.String()) {
				return base.String()
			}
		}
	}
	return desk.Languages[0]
}

// partial reports whether only regions of the page were asked for.
func (v *visit) partial() bool { return len(v.regions) > 0 }

// wants reports whether a region of the page is to be shown.
func (v *visit) wants(region string) bool {
	return !v.partial() || slices.Contains(v.regions, region)
}

// id reads the id in the address.
func (v *visit) id() (uuid.UUID, error) {
	id, err := uuid.Parse(v.gin.Param("id"))
	if err != nil {
		return uuid.Nil, desk.ErrNotFound
	}
	return id, nil
}

// form reads a field of the form, without blanks round it.
func (v *visit) form(name string) string { return strings.TrimSpace(v.gin.PostForm(name)) }

// readForm reads the form before any field is asked for: gin reads it too, but
// takes a form that is too large for an empty one.
func (v *visit) readForm() error {
	err := v.gin.Request.ParseForm()
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return fmt.Errorf("reading the form: %w", desk.ErrInvalid)
}

// done ends a form: a redirect for a browser without script, an empty answer with
// the words of success for one with.
func (v *visit) done(to, key string) error {
	if v.partial() {
		v.gin.Header("X-Done", url.PathEscape(v.T("done."+key)))
		if v.answer != "" {
			v.gin.String(http.StatusOK, "%s", v.answer)
			return nil
		}
		v.gin.Status(http.StatusNoContent)
		v.gin.Writer.WriteHeaderNow()
		return nil
	}
	u, err := url.Parse(to)
	if err != nil {
		return fmt.Errorf("going back: %w", err)
	}
	q := u.Query()
	q.Set("done", key)
	u.RawQuery = q.Encode()
	v.gin.Redirect(http.StatusSeeOther, u.String())
	return nil
}

// back returns the page a form came from, if it is one of ours, else fallback.
func (v *visit) back(fallback string) string {
	to := v.gin.PostForm("back")
	if local(to) {
		return to
	}
	return fallback
}

// local reports whether an address stays on this site.
func local(to string) bool {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return false
	}
	u, err := url.Parse(to)
	return err == nil && u.Host == "" && u.Scheme == ""
}

func (v *visit) keep(name, value string, secure bool) {
	v.gin.SetSameSite(http.SameSiteLaxMode)
	age := cookieYear
	if value == "" {
		age = -1
	}
	v.gin.SetCookie(name, value, age, "/", "", secure, true)
}
