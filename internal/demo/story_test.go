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

// TestStory_FilesAndAClosedWindow is the other story in a real browser, on both databases: an agent receives a photo, a voice
// note, a PDF and a location, answers with a picture, is told in words what failed, and writes with a template once the window
// has closed; and sees ticks and what it cost.
func TestStory_FilesAndAClosedWindow(t *testing.T) {
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			at := start(t, storetest.Empty(t, dialect).URL)
			s := &stage{t: t, at: at}
			s.phone = browsertest.Open(t)
			s.console = browsertest.Tab(t, s.phone)
			s.arrive()
			s.receive()
			s.answer()
			s.fail()
			s.closeWindow()
		})
	}
}

// stage is a phone and a console in two tabs.
type stage struct {
	t              *testing.T
	at             demo.Addresses
	phone, console context.Context
}

// do takes some steps, within a time that leaves enough to tell what is on the page.
func (s *stage) do(who context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(who, 45*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
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

// write sends words as the agent does, with what the form in front of them has.
func (s *stage) write(text string) {
	s.t.Helper()
	s.do(s.console, "write "+text, chromedp.Evaluate[chromedp.Void](`{
		const text = document.querySelector("[data-composer] [data-text]");
		text.value = "`+text+`";
		text.dispatchEvent(new Event("input", { bubbles: true }));
		text.form.requestSubmit();
	}`))
}

// fail lets the network fail the next message, which the agent is told in words.
func (s *stage) fail() {
	s.do(s.phone, "fail the next", chromedp.Evaluate[chromedp.Void](`{
		document.querySelector("#code").value = "131049";
		const button = document.querySelector("button[name=how][value=later]");
		button.form.requestSubmit(button);
	}`))
	s.until(s.phone, "the network is told", `!document.querySelector("form[action='/faults/next']").dataset.busy`)
	s.write("¿Pudiste reiniciar?")
	s.until(s.console, "the failure is told in words", `document.querySelector("[data-log]").innerText.includes("para não incomodar o cliente")`)
}

// closeWindow moves the clock on by a day, after which only a template reaches the customer.
func (s *stage) closeWindow() {
	s.do(s.console, "close the console for the night", chromedp.Navigate("about:blank"))
	s.do(s.phone, "a day later", chromedp.Evaluate[chromedp.Void](`{
		const button = document.querySelector("[data-day]");
		button.form.requestSubmit(button);
	}`))
	s.until(s.phone, "the clock is moved", `!document.querySelector("form[action='/clock']").dataset.busy`)
	s.signIn(s.at.Phone + "/console")
	s.open("mine")
	s.do(s.console, "choose a template", chromedp.WaitReady(chromedp.CSS(".offers a")), chromedp.Evaluate[chromedp.Void](`document.querySelector(".offers a").click()`), chromedp.WaitReady(chromedp.CSS("form.template-draft")))
	s.do(s.console, "fill it in and send it", chromedp.Evaluate[chromedp.Void](`{
		const form = document.querySelector("form.template-draft");
		for (const field of form.querySelectorAll("[data-fills]")) {
			if (!field.value) field.value = "Lucía";
			field.dispatchEvent(new Event("input", { bubbles: true }));
		}
		form.requestSubmit();
	}`))
	s.until(s.phone, "the template reaches the customer", `[...document.querySelectorAll(".theirs")].at(-1).innerText.includes("Luc")`)
	s.until(s.console, "what it cost is shown", `/US\$|USD|\$/.test(document.querySelector("[data-region=context]").innerText)`)
}
