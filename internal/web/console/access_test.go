package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/web/console"
)

// needed is what each route asks of who is signed in; "open" needs nothing. It is
// written out a second time on purpose: a route that becomes laxer fails here.
var needed = map[string]string{
	"GET /static/:hash/*file": "open", "GET /favicon.ico": "open", "GET /signin": "open", "POST /signin": "open",
	"GET /signin/link": "open", "POST /signin/link": "open", "POST /theme": "open",

	"GET /": "read", "GET /events": "read", "GET /conversations/:id": "read", "GET /media/:id": "read", "GET /media/:id/thumb": "read", "GET /tickets": "read",
	"GET /tickets/:id": "read", "GET /articles": "read", "GET /articles/:id": "read", "GET /settings": "read", "GET /sla": "read", "POST /sla": "administer", "POST /presence": "answer", "GET /teams": "read", "POST /teams": "administer", "GET /teams/:id": "read", "POST /teams/:id": "administer", "POST /posts/:id": "administer", "POST /rules": "administer", "GET /help": "read",
	"POST /settings/language": "read", "POST /settings/password": "read", "POST /signout": "read",

	"POST /conversations/:id/claim": "answer", "POST /conversations/:id/say": "answer", "POST /conversations/:id/giveback": "answer",
	"POST /conversations/:id/enqueue": "answer", "POST /conversations/:id/assign": "answer", "POST /conversations/:id/snooze": "answer",
	"POST /conversations/:id/resolve": "answer", "POST /conversations/:id/seen": "answer", "POST /messages/:id/decide": "answer",
	"POST /messages/:id/react": "answer", "POST /conversations/:id/phone": "answer",
	"POST /conversations/:id/attach": "answer", "POST /uploads/:id/drop": "answer", "POST /messages/:id/fetch": "answer",
	"POST /tickets/:id/:verb":     "answer",
	"POST /conversations/:id/tag": "answer", "POST /conversations/:id/untag": "answer", "GET /names": "answer",
	"GET /notifications": "read", "POST /notifications": "read", "POST /notifications/:id/read": "read",
	"GET /tags": "administer", "POST /tags/:id": "administer", "POST /fields": "administer",

	"POST /conversations/:id/unsent": "answer", "POST /conversations/:id/undo": "answer", "POST /conversations/:id/macro": "answer", "POST /conversations/:id/here": "read",
	"GET /conversations/:id/replies": "answer", "GET /conversations/:id/arrival": "answer", "POST /messages/:id/unsay": "answer", "POST /messages/:id/wrong": "answer",
	"POST /articles/:id/settle": "reassign", "GET /find": "read", "GET /replies": "answer", "POST /replies": "answer", "POST /replies/:id/delete": "answer",
	"GET /macros": "answer", "POST /macros": "answer", "POST /macros/:id/delete": "answer", "POST /settings/notify": "read",
	"POST /views": "read", "POST /views/:id/drop": "read", "GET /conversations.csv": "reassign",
	"POST /bulk": "answer", "GET /bulk/:id": "answer", "POST /bulk/:id/stop": "answer",
	"POST /conversations/:id/takeover": "reassign",

	"GET /alerts": "administer", "POST /pauses/resume": "administer", "POST /alerts/:id/resolve": "administer", "POST /jobs/:id/retry": "administer", "POST /jobs/:id/discard": "administer",
	"GET /templates": "read", "GET /templates/:id": "read", "POST /conversations/:id/template": "answer",
	"POST /templates": "administer", "GET /templates/new": "administer", "POST /templates/sync": "administer", "POST /templates/push": "administer",
	"POST /templates/:id": "administer", "POST /templates/:id/delete": "administer",
	"GET /costs": "administer", "GET /costs.csv": "administer", "GET /whatsapp": "administer", "POST /whatsapp": "administer",
	"POST /articles/:id": "administer", "GET /intents": "administer", "POST /intents": "administer", "GET /model": "administer", "POST /model": "administer",
	"POST /conversations/:id/suggest": "answer", "POST /conversations/:id/draft": "administer",
	"GET /users": "administer", "POST /users": "administer", "POST /users/:id/role": "administer", "POST /users/:id/deactivate": "administer",
	"POST /users/:id/link": "administer",
	"GET /tokens":          "administer", "POST /tokens": "administer", "POST /tokens/:id/revoke": "administer",
	"GET /webhooks": "administer", "POST /webhooks": "administer", "POST /webhooks/:id": "administer", "POST /webhooks/:id/replay": "administer",
}

var permissions = map[string]desk.Permission{
	"read": desk.MayRead, "answer": desk.MayAnswer, "reassign": desk.MayReassign, "administer": desk.MayAdminister,
}

// address fills the parts of a route with things that exist.
func address(f *fake, path string) string {
	id := f.conversations[0].ID
	switch {
	case strings.HasPrefix(path, "/tickets"):
		id = f.ticketRows[0].ID
	case strings.HasPrefix(path, "/messages"), strings.HasPrefix(path, "/media"):
		id = f.messages[f.conversations[0].ID][5].ID
	case strings.HasPrefix(path, "/alerts"):
		id = f.alertRows[0].ID
	case strings.HasPrefix(path, "/users"):
		id = f.agents[bruno].ID
	}
	path = strings.ReplaceAll(strings.ReplaceAll(path, ":verb", "start"), "/jobs/:id", "/jobs/4821")
	path = strings.ReplaceAll(path, "/articles/:id", "/articles/los-red-light")
	path = strings.ReplaceAll(path, "/templates/:id", "/templates/1")
	return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(path, ":id", id.String()), ":hash", "x"), "*file", "icons.svg")
}

// TestAccess walks every registered route as nobody and as every role.
func TestAccess(t *testing.T) {
	t.Parallel()
	f := golden(t)
	close(f.changes) // so that /events ends at once
	r := engine(t, f)
	registered := 0
	for _, route := range r.Routes() {
		name := route.Method + " " + route.Path
		need, ok := needed[name]
		if !ok {
			t.Errorf("%s is not in the table of this test", name)
			continue
		}
		registered++
		path := address(f, route.Path)
		anonymous := do(r, route.Method, path, "", nil)
		if need == "open" {
			if anonymous.Code == http.StatusForbidden || strings.HasPrefix(anonymous.Header().Get("Location"), "/signin?next") {
				t.Errorf("nobody at %s: %d %s", name, anonymous.Code, anonymous.Header().Get("Location"))
			}
			continue
		}
		redirected := anonymous.Code == http.StatusSeeOther && strings.HasPrefix(anonymous.Header().Get("Location"), "/signin")
		if !redirected && anonymous.Code != http.StatusUnauthorized {
			t.Errorf("nobody at %s got %d", name, anonymous.Code)
		}
		for who := range 5 {
			before := len(f.did())
			w := do(r, route.Method, path, session(t, r, f, who), nil)
			may := f.agents[who].Role.May(permissions[need])
			if may == (w.Code == http.StatusForbidden) {
				t.Errorf("%s at %s got %d", f.agents[who].Role, name, w.Code)
			}
			if acts := f.did()[before:]; !may && len(acts) > 1 { // signing in is one
				t.Errorf("%s at %s did %v", f.agents[who].Role, name, acts)
			}
		}
	}
	if registered != len(needed) {
		t.Errorf("%d routes are registered, the table has %d", registered, len(needed))
	}
}

func TestHeaders_OnEveryAnswer(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	for _, path := range []string{"/", "/signin", "/tickets", "/nothing/here", "/tickets/" + uuid.NewString(), "/users", "/static/x/icons.svg"} {
		w := do(h, http.MethodGet, path, cookie, nil)
		if got := w.Header().Get("Content-Security-Policy"); got != console.Policy {
			t.Errorf("%s has the policy %q", path, got)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Strict-Transport-Security") == "" {
			t.Errorf("%s lacks headers: %v", path, w.Header())
		}
	}
	for _, forbidden := range []string{"unsafe-inline", "unsafe-eval", "http:", "*"} {
		if strings.Contains(console.Policy, forbidden) {
			t.Errorf("the policy allows %s", forbidden)
		}
	}
}

func TestPages_HaveNoInlineScriptOrStyle(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	for _, s := range shots(f) {
		page := do(h, http.MethodGet, s.path, session(t, h, f, s.who), nil).Body.String()
		for _, inline := range []string{"<style", " style=", " onclick=", " onload=", "javascript:", "<script>"} {
			if strings.Contains(page, inline) {
				t.Errorf("%s contains %q", s.path, inline)
			}
		}
		if strings.Count(page, "<script") != strings.Count(page, `<script type="module" src="/static/`) {
			t.Errorf("%s has a script that is not a file", s.path)
		}
	}
}

func TestCrossSite_FormsAreRefused(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	path := "/conversations/" + f.conversations[1].ID.String() + "/claim"
	before := len(f.did())
	if w := do(h, http.MethodPost, path, cookie, nil, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("got %d", w.Code)
	}
	if w := do(h, http.MethodPost, path, cookie, nil, "Sec-Fetch-Site", "", "Origin", "https://evil.example"); w.Code != http.StatusForbidden {
		t.Errorf("with another origin: got %d", w.Code)
	}
	if got := f.did()[before:]; len(got) != 0 {
		t.Errorf("did %v", got)
	}
}

func TestForms_TooLarge(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	w := do(h, http.MethodPost, "/conversations/"+f.conversations[0].ID.String()+"/say", session(t, h, f, ana), url.Values{"text": {strings.Repeat("x", 70_000)}})
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d", w.Code)
	}
}
