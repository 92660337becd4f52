package phone

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
	"antena/internal/whatsapp/emulator"
)

// policy is the content policy of every page: everything from the phone's own
// origin, no inline script, no inline style. Recordings play from blob addresses.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// permissions lets the page ask for the microphone (voice notes) and the place.
const permissions = "camera=(), microphone=(self), geolocation=(self), payment=(), usb=()"

const (
	fileLimit = 16 << 20           // bytes of one file
	bodyLimit = fileLimit + 64<<10 // with the form round it
	formLimit = 64 << 10           // of a form without files: 4,096 characters, at most twelve bytes each
)

// Customer is somebody a visitor can be.
type Customer struct {
	ID       string // in addresses: letters, digits and dashes
	Profile  emulator.CustomerProfile
	Language string   // es, pt or en: of the page while one is this customer
	Story    string   // one line: who this is
	Starters []string // offered above the composer of an empty chat
}

// Deps are what the phone needs. Emulator and Customers are required.
type Deps struct {
	Emulator   *emulator.Emulator
	Customers  []Customer // see Seeded
	Log        *slog.Logger
	Now        func() time.Time // decides what "today" is; nil means the emulator's
	ConsoleURL string           // where the agents' console is; "" shows no link
	// SignIn makes a new link that signs an agent in; nil: the console's address will do.
	SignIn func(context.Context) (url string, err error)

	Business string          // name in the header; "" means Río Fibra
	Zone     *time.Location  // of the times shown; nil means the machine's
	Closing  <-chan struct{} // closed when the server stops, which ends the event streams; may be nil
}

// Phone serves the page. Safe for concurrent use.
type Phone struct {
	Deps
	people *people
	faults *switchboard
	assets *assets
	pages  *pages
}

// New prepares the phone and makes the customers known to the emulator.
func New(deps Deps) *Phone {
	deps.Business = cmp.Or(deps.Business, "Río Fibra")
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	if deps.Now == nil {
		deps.Now = deps.Emulator.Now
	}
	if deps.Zone == nil {
		deps.Zone = time.Local
	}
	files := loadAssets()
	return &Phone{
		Deps:   deps,
		people: newPeople(deps.Emulator, deps.Customers),
		faults: newSwitchboard(deps.Emulator),
		assets: files,
		pages:  loadPages(files),
	}
}

// Handler serves the phone at the root of an address of its own.
func (p *Phone) Handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(web.RequestID(), web.Headers(policy, false), allowDevices, web.Recover(p.Log, p.showProblem))
	for _, route := range p.routes() {
		limit := int64(formLimit)
		if route.files {
			limit = bodyLimit
		}
		r.Handle(route.method, route.path, web.Limit(limit), web.Handle(p.Log, p.showProblem, route.handler))
	}
	r.NoRoute(web.Handle(p.Log, p.showProblem, func(*gin.Context) error { return desk.ErrNotFound }))
	return http.NewCrossOriginProtection().Handler(r)
}

func allowDevices(c *gin.Context) { c.Header("Permissions-Policy", permissions) }

type route struct {
	method, path string
	handler      func(*gin.Context) error
	files        bool
}

func (p *Phone) routes() []route {
	mine := func(do func(*gin.Context, *person) error) func(*gin.Context) error {
		return func(c *gin.Context) error {
			who, err := p.people.find(c.Param("id"))
			if err != nil {
				return err
			}
			return do(c, who)
		}
	}
	return []route{
		{method: "GET", path: "/", handler: p.home},
		{method: "POST", path: "/guests", handler: p.addGuest},
		{method: "POST", path: "/faults", handler: p.switchFault},
		{method: "POST", path: "/faults/profile", handler: p.switchProfile},
		{method: "POST", path: "/faults/next", handler: p.failNext},
		{method: "POST", path: "/clock", handler: p.advance},
		{method: "POST", path: "/recording", handler: p.record},
		{method: "GET", path: "/recording", handler: p.recorded},
		{method: "GET", path: "/console", handler: p.console},
		{method: "GET", path: "/static/:hash/*file", handler: p.static},
		{method: "GET", path: "/c/:id", handler: mine(p.chat)},
		{method: "GET", path: "/c/:id/thread", handler: mine(p.thread)},
		{method: "GET", path: "/c/:id/events", handler: mine(p.events)},
		{method: "GET", path: "/c/:id/media/:media", handler: mine(p.media)},
		{method: "POST", path: "/c/:id/messages", handler: mine(p.write)},
		{method: "POST", path: "/c/:id/burst", handler: mine(p.burst)},
		{method: "POST", path: "/c/:id/press", handler: mine(p.press)},
		{method: "POST", path: "/c/:id/react", handler: mine(p.react)},
		{method: "POST", path: "/c/:id/read", handler: mine(p.read)},
		{method: "POST", path: "/c/:id/files", handler: mine(p.upload), files: true},
		{method: "POST", path: "/c/:id/samples", handler: mine(p.sample)},
		{method: "POST", path: "/c/:id/location", handler: mine(p.locate)},
		{method: "POST", path: "/c/:id/edit", handler: mine(p.edit)},
		{method: "POST", path: "/c/:id/revoke", handler: mine(p.revoke)},
		{method: "POST", path: "/c/:id/form", handler: mine(p.fill)},
		{method: "POST", path: "/c/:id/order", handler: mine(p.order)},
		{method: "POST", path: "/c/:id/number", handler: mine(p.renumber)},
	}
}
