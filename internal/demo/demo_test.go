package demo_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"antena/internal/browsertest"
	"antena/internal/demo"
	"antena/internal/store/storetest"
)

// start runs the demo on free ports until the test ends.
func start(t *testing.T, database string) demo.Addresses {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ready, ended := make(chan demo.Addresses, 1), make(chan error, 1)
	go func() {
		ended <- demo.Run(ctx, demo.Options{
			ConsoleAddr: "127.0.0.1:0", PhoneAddr: "127.0.0.1:0", DatabaseURL: database, Empty: true, Out: io.Discard,
			Ready: func(a demo.Addresses) { ready <- a },
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the demo ended badly: %v", err)
		}
	})
	select {
	case a := <-ready:
		return a
	case err := <-ended:
		ended <- err
		t.Fatalf("the demo does not start: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("the demo does not get ready")
	}
	return demo.Addresses{}
}

// TestVisit is the whole story in a real browser, on both databases: a customer
// writes on the phone and is answered, asks for a person, an agent sees it live,
// takes it and replies, the customer reads it, and the agent resolves.
func TestVisit(t *testing.T) {
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			visit(t, start(t, storetest.Empty(t, dialect).URL))
		})
	}
}

func visit(t *testing.T, at demo.Addresses) {
	phone := browsertest.Open(t)
	console := browsertest.Tab(t, phone)
	do := func(who context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(who, steps...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	until := func(who context.Context, what, condition string) {
		t.Helper()
		if _, err := chromedp.Run(who, chromedp.Poll[any](condition, chromedp.WithPollingTimeout(30*time.Second))); err != nil {
			page, _ := chromedp.Run(who, chromedp.Evaluate[string]("document.title + ' ' + location.href + ' ' + document.body.innerText.slice(0, 1500)"))
			t.Fatalf("%s: %v\n%s", what, err, page)
		}
	}
	thread := func(part string) string {
		return `document.querySelector("[data-thread]").innerText.includes("` + part + `")`
	}
	write := func(text string) {
		t.Helper()
		do(phone, "write "+text, chromedp.SendKeys(chromedp.CSS("[data-text]"), text+kb.Enter))
	}

	do(phone, "open the phone", chromedp.EmulateViewport(390, 844), chromedp.Navigate(at.Phone+"/c/lucia"), chromedp.WaitVisible(chromedp.CSS("[data-text]")))
	do(console, "sign in", chromedp.EmulateViewport(1440, 900), chromedp.Navigate(at.Agent), chromedp.Click(chromedp.CSS("form button")), chromedp.WaitReady(chromedp.CSS("[data-region], .nav, nav")))
	do(console, "look at the queue", chromedp.Navigate(at.Console+"/?view=queue"), chromedp.WaitReady(chromedp.CSS("main")))

	write("che como hago pa cambiar la clave del wifi")
	until(phone, "the article comes", thread("La clave se cambia"))
	write("quiero hablar con una persona")
	until(phone, "the handoff is said", thread("Te paso con una persona"))

	until(console, "the queue shows it by itself", `document.querySelector("[data-card]")?.innerText.includes("Lucía")`)
	do(console, "open it", chromedp.Click(chromedp.CSS("[data-card] a, a[data-card]")), chromedp.WaitVisible(chromedp.CSS("form[action$='/claim'] button")))
	until(console, "what was said is there", `document.body.innerText.includes("clave del wifi")`)
	do(console, "take it", chromedp.Click(chromedp.CSS("form[action$='/claim'] button")), chromedp.WaitVisible(chromedp.CSS("[data-composer] [data-text]")))

	write("hola? hay alguien")
	until(console, "the customer's words come by themselves", `document.querySelector("[data-log]").innerText.includes("hay alguien")`)
	do(console, "reply", chromedp.SendKeys(chromedp.CSS("[data-composer] [data-text]"), "Hola Lucía, soy Bruno"), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	until(phone, "the customer reads it", thread("soy Bruno"))
	until(console, "the ticks show that it was read", `[...document.querySelectorAll("[data-log] [class*=tick], [data-log] [data-status], [data-log] .status")].some(e => /read|leíd|lida|Leíd|Lida/i.test(e.outerHTML))`)

	do(console, "resolve", chromedp.Evaluate[chromedp.Void](`document.querySelector("form[action$='/resolve']").requestSubmit()`))
	until(console, "it is resolved", `fetch("/?view=closed").then(r => r.text()).then(t => t.includes("Lucía"))`)
	write("gracias!")
	until(phone, "the thanks are there", thread("gracias!"))
}
