package phone_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"antena/internal/demo/phone"
	"antena/internal/whatsapp"
)

func TestPage_HostileTextIsEscaped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	evil := `*<script>alert(1)</script>* <img src=x onerror=alert(1)> "' javascript:alert(1) https://x.example/"onmouseover="alert(1)`
	w.must("/c/grace/messages", "text", evil)
	w.settle()
	w.say("447700900142", whatsapp.Outbound{Buttons: &whatsapp.Buttons{
		Body: evil, Footer: "<b>foot</b>", Buttons: []whatsapp.Choice{{ID: `"><script>`, Title: "<i>x</i>"}},
	}})
	page := w.get("/c/grace")
	for _, bad := range []string{"<script>alert", "<img src=x", `onmouseover="alert`, "<b>foot", "<i>x</i>", `"><script>`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %s", bad)
		}
	}
	if !strings.Contains(page, "<strong>&lt;script&gt;alert(1)&lt;/script&gt;</strong>") {
		t.Errorf("the text is not shown:\n%s", page)
	}
	w.must("/c/grace/press", "message", lastID(page), "button", `"><script>`)
	if got := w.arrived(); len(got) != 2 {
		t.Errorf("the odd button did not arrive: %+v", got)
	}
}

var messageID = regexp.MustCompile(`name="message" value="([^"]+)"`)

// lastID is the newest message that has buttons.
func lastID(page string) string {
	all := messageID.FindAllStringSubmatch(page, -1)
	if len(all) == 0 {
		return ""
	}
	return strings.ReplaceAll(all[len(all)-1][1], "&#43;", "+")
}

func TestPage_StrictPolicyAndNothingInline(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/lucia/samples", "name", "router")
	w.must("/c/lucia/samples", "name", "voice")
	w.must("/c/lucia/location")
	for _, path := range []string{"/", "/c/lucia", "/c/lucia/thread", "/nowhere", "/c/nobody"} {
		resp, body := w.do(w.request("GET", path, "", nil))
		policy := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no nosniff", path)
		}
		if found := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script[^>]*>[^<]|javascript:`).FindString(body); found != "" {
			t.Errorf("%s: inline %q", path, found)
		}
	}
}

func TestPage_StaticFilesUnderTheirHash(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	page := w.get("/")
	files := regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(files) < 7 {
		t.Fatalf("%d files", len(files))
	}
	for _, f := range files {
		resp, body := w.do(w.request("GET", f[1], "", nil))
		if resp.StatusCode != http.StatusOK || body == "" || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %s", f[1], resp.StatusCode, resp.Header.Get("Cache-Control"))
		}
	}
	resp, _ := w.do(w.request("GET", "/static/old/css/chat.css", "", nil))
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an old hash: %d %s", resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
	if resp, _ := w.do(w.request("GET", "/static/x/../phone.go", "", nil)); resp.StatusCode == http.StatusOK {
		t.Error("a file outside is served")
	}
}

func TestPage_LanguageOfTheBrowserAndOfTheCustomer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for accept, want := range map[string]string{"pt-BR,pt;q=0.9,en;q=0.5": "pt", "es-419": "es", "de,en;q=0.3": "en", "": "en", "%%": "en"} {
		_, body := w.do(w.request("GET", "/", "", nil, "Accept-Language", accept))
		if !strings.Contains(body, `<html lang="`+want+`"`) {
			t.Errorf("%q is not shown in %s", accept, want)
		}
	}
	for _, c := range phone.Seeded() {
		page := w.get("/c/" + c.ID)
		if !strings.Contains(page, `<html lang="`+c.Language+`"`) {
			t.Errorf("%s is not in %s", c.ID, c.Language)
		}
		for _, starter := range c.Starters {
			if !strings.Contains(page, starter) {
				t.Errorf("%s lacks the starter %q", c.ID, starter)
			}
		}
	}
	w.must("/c/lucia/messages", "text", "hola")
	if strings.Contains(w.get("/c/lucia"), `class="starters"`) {
		t.Error("a begun chat offers starters")
	}
}

func TestPage_TicksDaysAndTyping(t *testing.T) {
	t.Parallel()
	now := time.Now().UTC().AddDate(0, 0, 1) // so that what is written now is yesterday's
	w := newWorld(t, func(d *phone.Deps) { d.Now = func() time.Time { return now } })
	w.must("/c/lucia/messages", "text", "hola")
	w.settle()
	page := w.get("/c/lucia/thread")
	if !strings.Contains(page, `class="tick delivered"`) || !strings.Contains(page, "<span>Ayer</span>") {
		t.Errorf("thread:\n%s", page)
	}
	id := w.arrived()[0].ID
	if err := w.desk.MarkRead(t.Context(), number, id, true); err != nil {
		t.Fatal(err)
	}
	page = w.get("/c/lucia")
	if !strings.Contains(page, `class="tick read"`) || !strings.Contains(page, "escribiendo…</p>") || !strings.Contains(page, `data-typing="true"`) {
		t.Errorf("page:\n%s", page)
	}
}

func TestPage_OpeningReads(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	w.say("12125550178", whatsapp.Outbound{Text: &whatsapp.Text{Body: "Hello"}})
	w.settle() // "sent" and "delivered" have reached the desk
	if !strings.Contains(w.get("/c/tom/thread"), `data-unread="true"`) {
		t.Error("fetching the thread reads it, though nobody may look")
	}
	w.get("/c/tom")
	w.settle()
	if strings.Contains(w.get("/c/tom/thread"), `data-unread="true"`) {
		t.Error("the open chat is unread")
	}
	w.hook.mu.Lock()
	defer w.hook.mu.Unlock()
	last := w.hook.events[len(w.hook.events)-1].Status
	if last == nil || last.State != "read" {
		t.Errorf("the desk heard %+v last, want read", last)
	}
}

func TestFaults_SwitchOnAndOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	w.must("/faults", "name", "down", "on", "true", "back", "tom")
	w.must("/faults", "name", "down", "on", "true", "back", "tom")
	m := whatsapp.Outbound{Text: &whatsapp.Text{Body: "x"}}
	m.To.Phone = "12125550178"
	if _, err := w.desk.Send(t.Context(), number, m); err == nil {
		t.Error("a send got through while the network is down")
	}
	if page := w.get("/c/tom"); !strings.Contains(page, `value="false" role="switch" aria-checked="true" data-fault="down"`) {
		t.Error("the switch is not shown on")
	}
	w.must("/faults", "name", "down", "on", "false")
	w.say("12125550178", m)
	w.must("/faults", "name", "twice", "on", "true")
	w.must("/c/tom/messages", "text", "again")
	if got := w.arrived(); len(got) != 4 {
		t.Errorf("%d messages arrived, want one and three copies", len(got))
	}
	if resp, _ := w.post("/faults", nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("no such fault: %d", resp.StatusCode)
	}
}
