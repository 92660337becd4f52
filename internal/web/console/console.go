package console

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
)

// Policy is the content policy of every page: everything from the console's own
// origin, no inline script, no inline style, no frames.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"media-src 'self'; connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// formLimit is the most bytes of a form: the longest text of a message is 4,096
// characters, at most twelve bytes each once encoded.
const formLimit = 64 << 10

// Console serves the agents' pages.
type Console struct {
	Deps
	log      *slog.Logger
	now      func() time.Time
	speech   map[string]*speech
	assets   *assets
	pages    pages
	sessions *sessions
	shared   *shares
}

// New prepares the console: it reads every catalogue and template, so that a
// broken one stops the program here.
func New(deps Deps) (*Console, error) {
	p := &Console{Deps: deps, log: deps.Log, now: desk.Clock(deps.Now), shared: newShares()}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	if p.Zone == nil {
		p.Zone = func() *time.Location { return time.UTC }
	}
	var err error
	if p.speech, err = loadSpeech(); err != nil {
		return nil, err
	}
	if p.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if p.pages, err = loadPages(p.speech, p.assets); err != nil {
		return nil, fmt.Errorf("reading the templates: %w", err)
	}
	p.sessions = newSessions(deps.Sessions, deps.Account, deps.PublicURL, p.now)
	return p, nil
}

// Register adds the console's routes. The engine round them is to be wrapped in
// web.Protect and to carry web.RequestID; everything else is set here. Attempts to
// sign in are counted by gin's ClientIP, so the engine must trust only proxies of ours.
func (p *Console) Register(r gin.IRouter) {
	group := r.Group("", web.Headers(Policy, web.HTTPS(p.PublicURL)), web.Recover(p.log, p.showProblem))
	for _, route := range p.routes() {
		group.Handle(route.method, route.path, web.Limit(limitOf(route)), web.Handle(p.log, p.showProblem, p.admit(route)))
	}
}

// NotFound answers addresses that nothing serves; app registers it as the engine's NoRoute.
func (p *Console) NotFound(c *gin.Context) {
	web.Headers(Policy, web.HTTPS(p.PublicURL))(c)
	p.showProblem(c, web.ProblemOf(desk.ErrNotFound))
}
