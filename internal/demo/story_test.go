package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"antena/internal/browsertest"
	"antena/internal/demo"
	"antena/internal/store/storetest"
)

// TestStory_Files is the other story in a real browser, on both databases: an agent receives a photo, a voice note, a PDF and a
// location, answers with a picture, and sees ticks and what it cost.
func TestStory_Files(t *testing.T) {
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			at := start(t, storetest.Empty(t, dialect).URL)
			s := &stage{t: t, at: at}
			s.phone = browsertest.Open(t)
			s.console = browsertest.Tab(t, s.phone)
			s.arrive()
			s.receive()
			s.answer()
		})
	}
}

// stage is a phone and a console in two tabs.
type stage struct {
	t              *testing.T
	at             demo.Addresses
	phone, console context.Context
}

func (s *stage) do(who context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	if err := chromedp.Do(who, steps...); err != nil {
		s.t.Fatalf("%s: %v\n%s", what, err, s.page(who))
	}
}

func (s *stage) until(who context.Context, what, condition string) {
	s.t.Helper()
	if _, err := chromedp.Run(who, chromedp.Poll[any](condition, chromedp.WithPollingTimeout(45*time.Second))); err != nil {
		s.t.Fatalf("%s: %v\n%s", what, err, s.page(who))
	}
}

func (s *stage) page(who context.Context) string {
	text, err := chromedp.Run(who, chromedp.Evaluate[string]("location.href + ' ' + document.body.innerText.slice(0, 3000)"))
	if err != nil {
		return err.Error()
	}
	return text
}

func (s *stage) signIn(link string) {
	s.do(s.console, "sign in", chromedp.Navigate(link), chromedp.Click(chromedp.CSS("form button")), chromedp.WaitReady(chromedp.CSS("[data-region], .nav, nav")))
}

func (s *stage) open(view string) {
	s.do(s.console, "open the conversation", chromedp.Navigate(s.at.Console+"/?view="+view), chromedp.Click(chromedp.CSS("[data-card] a, a[data-card]")), chromedp.WaitReady(chromedp.CSS("[data-log]")))
}

// arrive brings the customer to a person.
func (s *stage) arrive() {
	s.do(s.phone, "open the phone", chromedp.EmulateViewport(1360, 900), chromedp.Navigate(s.at.Phone+"/c/lucia"), chromedp.WaitVisible(chromedp.CSS("[data-text]")),
		chromedp.SendKeys(chromedp.CSS("[data-text]"), "quiero hablar con una persona"+kb.Enter))
	s.until(s.phone, "the handoff is said", `document.querySelector("[data-thread]").innerText.includes("Te paso con una persona")`)
	s.do(s.console, "the console's size", chromedp.EmulateViewport(1440, 900))
	s.signIn(s.at.Agent)
	s.open("queue")
	s.do(s.console, "take it", chromedp.Click(chromedp.CSS("form[action$='/claim'] button")), chromedp.WaitVisible(chromedp.CSS("[data-composer] [data-text]")))
}

// receive sends a photo, a voice note, a PDF and a location, which the agent sees and hears.
func (s *stage) receive() {
	for _, name := range []string{"router", "voice", "document"} {
		s.do(s.phone, "send "+name, chromedp.Click(chromedp.CSS("summary[title=Adjuntar]")), chromedp.Click(chromedp.CSS(`button[value="`+name+`"]`)))
		s.until(s.phone, name+" is on its way", `!document.querySelector("details[data-pop][open]") && !document.querySelector("form[action$='/samples']").dataset.busy`)
	}
	s.do(s.phone, "send the place", chromedp.Click(chromedp.CSS("summary[title=Adjuntar]")), chromedp.Click(chromedp.CSS(`form[action$="/location"] button`)))
	s.until(s.console, "the photo is seen", `document.querySelector("[data-log] a.photo img")?.naturalWidth > 0`)
	s.until(s.console, "the voice note can be played", `!!document.querySelector("[data-log] .sound audio")`)
	s.until(s.console, "the PDF can be opened", `!!document.querySelector("[data-log] .file-open")`)
	s.until(s.console, "the place is shown", `document.querySelector("[data-log]").innerText.includes("Puerto Claro")`)
}

// answer sends a picture, which the customer sees and the ticks tell.
func (s *stage) answer() {
	picture, err := filepath.Abs(filepath.Join("phone", "samples", "receipt.png"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.do(s.console, "choose a picture", chromedp.SetUploadFiles(chromedp.CSS("[data-files]"), []string{picture}), chromedp.WaitReady(chromedp.CSS(".upload-list input[name=upload]")))
	s.do(s.console, "send it", chromedp.SendKeys(chromedp.CSS("[data-composer] [data-text]"), "Mira esta foto"), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	s.until(s.phone, "the customer sees the picture", `document.querySelector(".theirs .photo img")?.naturalWidth > 0`)
	s.until(s.phone, "and the words", `document.querySelector("[data-thread]").innerText.includes("Mira esta foto")`)
	s.until(s.console, "the ticks say that it was read", `[...document.querySelectorAll("[data-log] [class*=tick], [data-log] [data-status], [data-log] .status")].some(e => /read|leíd|lida/i.test(e.outerHTML))`)
	s.until(s.console, "the cost is shown", `/US\$|USD|\$/.test(document.querySelector("[data-region=context]").innerText)`)
}
