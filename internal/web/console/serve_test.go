package console_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/web"
	"antena/internal/web/console"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

// engine is the console as app builds it, without the protection round it.
func engine(t testing.TB, f *fake) *gin.Engine {
	t.Helper()
	zone := time.FixedZone("ART", -3*60*60)
	page, err := console.New(console.Deps{
		Writing: f, Written: f, Company: f, Profile: f.profile,
		Scribe: f, Editor: editor{f}, Models: machines{f}, Draft: f.draft,
		Templates: shelf{f}, Prices: rates{}, Promises: vows{f}, Rota: crew{f}, Staffing: crew{f}, Country: func() string { return "AR" }, Checkup: f.checkup, Examine: f.examine,

		Desk: f, Tickets: f, Ties: f, Tied: f, Account: f, Reader: f, Lists: f, Views: views{f}, Finder: f, Live: f, Jobs: f, Sessions: f, Media: f, Tokens: keys{f}, Webhooks: posts{f},
		Replay: func(_ context.Context, turn uuid.UUID) (*desk.Replay, error) {
			return &desk.Replay{Turn: turn, Stored: desk.Redecision{Changes: []desk.Difference{{What: "action", Was: "flow", Now: "ask"}}}}, f.act("replay")
		},
		Resume:       func(context.Context, desk.Agent, string) error { return f.act("resume") },
		ResolveAlert: func(_ context.Context, _ desk.Agent, _ uuid.UUID) error { return f.act("resolve alert") },
		Book: func() *desk.Book {
			return &desk.Book{Intents: map[string]*desk.Intent{"no_internet": {Names: desk.Words{"es": "Sin internet", "pt": "Sem internet", "en": "No internet"}}}}
		},
		Zone: func() *time.Location { return zone }, Now: func() time.Time { return f.now }, Log: slog.New(slog.DiscardHandler),
		PublicURL: "https://desk.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	r := gin.New()
	r.Use(web.RequestID())
	page.Register(r)
	r.NoRoute(page.NotFound)
	return r
}

func serve(t testing.TB, f *fake) http.Handler {
	t.Helper()
	h, err := web.Protect(engine(t, f), "https://desk.example")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// session signs an agent in and returns the cookie; nobody has none.
func session(t testing.TB, h http.Handler, f *fake, who int) string {
	t.Helper()
	if who < 0 {
		return ""
	}
	w := do(h, http.MethodPost, "/signin", "", url.Values{"email": {f.agents[who].Email}, "password": {password}})
	for _, c := range w.Result().Cookies() {
		if c.Name == "antena_session" {
			return c.Name + "=" + c.Value
		}
	}
	t.Fatalf("signing in answered %d without a session", w.Code)
	return ""
}

// do sends a request as a browser of the same origin would.
func do(h http.Handler, method, path, cookie string, form url.Values, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, "https://desk.example"+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}
