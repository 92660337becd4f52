package console_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"antena/internal/browsertest"
)

var gallery = flag.String("gallery", "", "write pictures of every page into this folder")

// look is how a picture is taken.
type look struct {
	name          string
	theme         string
	width, height int64
}

// TestGallery photographs every page in light, in dark and on a phone, for people
// to look at. It needs -gallery and chromium.
func TestGallery(t *testing.T) {
	if *gallery == "" {
		t.Skip("no -gallery folder")
	}
	f := golden(t)
	rich(f)
	f.subscribed = make(chan struct{}, 1000)
	h := serve(t, f)
	var theme, who atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Cookie", "antena_theme="+theme.Load().(string))
		if session, _ := who.Load().(string); session != "" {
			r.Header.Set("Cookie", r.Header.Get("Cookie")+"; "+session)
		}
		h.ServeHTTP(w, r)
	}))
	defer server.CloseClientConnections()
	if err := os.MkdirAll(*gallery, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx := browsertest.Open(t)
	for _, l := range []look{{"light", "light", 1440, 900}, {"dark", "dark", 1440, 900}, {"phone", "light", 390, 844}, {"medium", "light", 1100, 800}} {
		theme.Store(l.theme)
		for _, shot := range shots(f) {
			if l.name == "medium" && !strings.HasPrefix(shot.name, "inbox") {
				continue
			}
			who.Store(session(t, h, f, shot.who))
			var png []byte
			err := chromedp.Do(ctx, chromedp.EmulateViewport(l.width, l.height), chromedp.Navigate(server.URL+shot.path), chromedp.WaitReady("body"))
			if err == nil && shot.script != "" {
				_, err = chromedp.Run(ctx, chromedp.Evaluate[any](shot.script))
			}
			if err == nil {
				png, err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
			}
			if err != nil {
				t.Fatalf("%s in %s: %v", shot.name, l.name, err)
			}
			if err := os.WriteFile(filepath.Join(*gallery, shot.name+"-"+l.name+".png"), png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type shot struct {
	name   string
	who    int // -1: nobody
	path   string
	script string
}

func shots(f *fake) []shot {
	conversation := func(i int) string { return "/conversations/" + f.conversations[i].ID.String() }
	why := f.messages[f.conversations[0].ID][3].TurnID.String()
	return []shot{
		{"signin", -1, "/signin", ""},
		{"link", -1, "/signin/link?token=x", ""},
		{"inbox-empty", diego, "/?view=queue", ""},
		{"inbox-mine", ana, conversation(0) + "?view=mine", ""},
		{"inbox-context", ana, conversation(0) + "?view=mine&pane=context", ""},
		{"inbox-why", ana, conversation(0) + "?view=mine&pane=context&why=" + why, ""},
		{"inbox-menu", ana, conversation(0) + "?view=mine", `document.getElementById("menu-more").open = true`},
		{"inbox-note", ana, conversation(0) + "?view=mine", `document.querySelector("[value=note]").click()`},
		{"inbox-queue", bruno, conversation(1) + "?view=queue", ""},
		{"inbox-bot", carla, conversation(4) + "?view=assistant", ""},
		{"inbox-failed", carla, conversation(6) + "?view=all", ""},
		{"inbox-files", ana, albumPath(f) + "?view=mine", ""},
		{"inbox-files-top", ana, albumPath(f) + "?view=mine", `document.querySelector("[data-scroller]").scrollTop = -99999`},
		{"inbox-viewer", ana, albumPath(f) + "?view=mine", `document.querySelector("[data-photo]").click()`},
		{"inbox-window", ana, conversation(7) + "?view=mine", ""},
		{"inbox-english", elena, conversation(2) + "?view=all", ""},
		{"tickets", ana, "/tickets", ""},
		{"ticket", ana, "/tickets/" + f.ticketRows[0].ID.String(), ""},
		{"notifications", ana, "/notifications", ""},
		{"tags", diego, "/tags", ""},
		{"ticket-resolved", ana, "/tickets/" + f.ticketRows[4].ID.String(), ""},
		{"articles", ana, "/articles", ""},
		{"article", ana, "/articles/los-red-light?lang=es", ""},
		{"inbox-template", ana, conversation(7) + "?view=mine&template=1", ""},
		{"replies", ana, "/replies?edit=" + f.kept.replies[0].ID.String(), ""},
		{"macros", carla, "/macros?edit=" + f.kept.macros[0].ID.String(), ""},
		{"find", ana, "/find?q=lu", ""},
		{"inbox-palette", ana, conversation(0) + "?view=mine", `document.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true})); new Promise(r => setTimeout(r, 400))`},
		{"templates", diego, "/templates", ""},
		{"template", diego, "/templates/1", ""},
		{"costs", diego, "/costs", ""},
		{"whatsapp", diego, "/whatsapp", ""},
		{"model", diego, "/model", ""},
		{"intents", diego, "/intents?lang=es", ""},
		{"article-edit", diego, "/articles/los-red-light?lang=es", `document.querySelector("#title").scrollIntoView()`},
		{"inbox-suggest", ana, conversation(0) + "?view=mine", `document.querySelector("[data-suggest]").click(); new Promise(r => setTimeout(r, 400))`},
		{"alerts", diego, "/alerts", ""},
		{"users", diego, "/users", ""},
		{"teams", diego, "/teams", ""},
		{"team", diego, "/teams/sales", ""},
		{"presence", ana, "/teams", `document.querySelector("#me").open = true`},
		{"tokens", diego, "/tokens", ""},
		{"webhooks", diego, "/webhooks?log=019a3f52-1040-700a-8000-00000000000a", ""},
		{"settings", diego, "/settings", ""},
		{"help", bruno, "/help", ""},
		{"problem", ana, "/tickets/none", ""},
	}
}
