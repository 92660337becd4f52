package console_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"antena/internal/browsertest"
	"antena/internal/desk"
)

// TestBrowser works the console by keyboard in a real browser: it opens a
// conversation from the list, hears of a new message, writes and sends.
func TestBrowser(t *testing.T) {
	ctx := browsertest.Open(t)
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Origin", "https://desk.example") // the browser's own is the test's address
		h.ServeHTTP(w, r)
	}))
	defer server.CloseClientConnections()
	step := func(name string, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	// press is a key as a page hears it; the browser's own typing of the letter, which
	// a page prevents, is a second event over the protocol and would come through.
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			script := `(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {key: "` + key + `", bubbles: true, cancelable: true}))`
			if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](script)); err != nil {
				t.Fatalf("%s: %v", key, err)
			}
		}
	}
	until := func(name, condition string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Poll[any](condition, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
			page, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.title + ' ' + location.href"))
			t.Fatalf("%s: %v (%s)", name, err, page)
		}
	}
	step("open", chromedp.EmulateViewport(1440, 900), chromedp.Navigate(server.URL+"/?view=mine"), chromedp.WaitReady("[data-card]"))
	<-f.subscribed

	press("j")
	step("Enter", chromedp.KeyEvent(kb.Enter))
	until("the thread opens", `location.pathname.startsWith("/conversations/") && document.querySelector(".thread-who h2")?.textContent === "Lucía Fernández"`)
	until("it is seen", `document.querySelector("[data-composer]") !== null`)

	f.mu.Lock()
	f.say(&f.conversations[0], desk.Message{Text: "una cosa más"}, 0)
	f.mu.Unlock()
	f.changes <- desk.Change{Topic: desk.TopicConversation, ID: f.conversations[0].ID}
	until("the message comes by itself", `document.querySelector("[data-log]").textContent.includes("una cosa más") && document.querySelector("[data-card][aria-current]").textContent.includes("una cosa más")`)

	press("r")
	step("write", chromedp.SendKeys("[data-text]", "va para allá"))
	until("the draft is kept", `document.querySelector("[data-count]").textContent === "12 / 4096" && !Object.values(localStorage).includes("va para allá")`)
	if did := f.did(); !slices.Contains(did, "keep reply va para allá") {
		t.Errorf("the server has no draft: %v", did)
	}
	press("Escape", "n")
	until("the note is empty", `document.querySelector("[data-text]").value === "" && document.activeElement.matches("[data-text]")`)
	press("Escape", "r")
	until("the draft is back", `document.querySelector("[data-text]").value === "va para allá"`)
	step("send", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	until("the composer is empty", `document.querySelector("[data-text]").value === "" && !Object.values(localStorage).includes("va para allá")`)
	sent := 0
	for _, act := range f.did() {
		if strings.HasPrefix(act, "reply ") && strings.HasSuffix(act, "va para allá") {
			sent++
		}
	}
	if sent != 1 {
		t.Errorf("sent %d times: %v", sent, f.did())
	}

	step("a slash", chromedp.SendKeys("[data-text]", "/rein"))
	until("the canned replies open", `document.querySelector("#ready [aria-selected=true]")?.textContent.includes("/reiniciar")`)
	step("choose one", chromedp.KeyEvent(kb.Enter))
	until("its words are inserted", `document.querySelector("[data-text]").value.startsWith("Apaga el router") && !document.querySelector("#ready")`)
	until("somebody else types", `document.querySelector(".thread-head [data-company]").textContent === "Bruno Carvalho escribe…"`)
	until("what could be said is shown", `document.querySelector(".arrival [data-first]") !== null`)

	bar := `(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true, cancelable: true}))`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](bar)); err != nil {
		t.Fatal(err)
	}
	until("the command bar opens", `document.activeElement.id === "palette" && document.querySelectorAll("[data-commands] [role=option]").length > 10`)
	step("look for a command", chromedp.SendKeys("#palette", "reinicio"))
	until("the macro is found", `document.querySelector("[data-palette] [aria-selected=true]")?.textContent.includes("Macro: Reinicio y espera")`)
	step("run it", chromedp.KeyEvent(kb.Enter))
	until("it is done, and can be undone", `document.querySelector("[data-undo-at]") !== null && !document.querySelector("[data-palette]").open`)
	if did := f.did(); !slices.Contains(did, "macro") {
		t.Errorf("the macro did not run: %v", did)
	}

	press("Escape", "?")
	until("help opens", `document.querySelector("dialog[open] .help-keys") !== null`)
	step("close", chromedp.KeyEvent(kb.Escape))
	until("help closes", `document.querySelector("dialog[open]") === null`)
	press("g", "t")
	step("the tickets open", chromedp.WaitReady(".ticket-row"))
}
