package phone_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"antena/internal/browsertest"
	"antena/internal/whatsapp"
)

var pictures = flag.String("pictures", "", "directory for screenshots of every state of the phone")

// screen sets size and colours.
func screen(width, height int64, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
}

// until waits for an expression of the page to be true.
func until(expression string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(time.Minute))(ctx, t)
		return chromedp.Void{}, err
	}
}

func has(text string) chromedp.Action[chromedp.Void] {
	return until(`document.querySelector("[data-thread]").innerText.includes(` + "`" + text + "`)")
}

func do(t *testing.T, ctx context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestBrowser_AConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx := browsertest.Open(t)
	text, live := chromedp.CSS("[data-text]"), until(`document.documentElement.classList.contains("live")`)
	do(t, ctx, "opening", screen(1360, 900, "light"), chromedp.Navigate(w.url+"/c/lucia"), live)
	do(t, ctx, "a line break and Enter", chromedp.SendKeys(text, "se me fue el inter"),
		chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierShift)), chromedp.KeyEvent("desde anoche"),
		chromedp.KeyEvent(kb.Enter), until(`!!document.querySelector(".mine")`), has("desde anoche"))
	got := w.arrived()
	if len(got) != 1 || got[0].Text != "se me fue el inter\ndesde anoche" {
		t.Fatalf("arrived %+v", got)
	}
	if err := w.desk.MarkRead(t.Context(), number, got[0].ID, true); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, "typing and blue ticks", until(`document.querySelector("[data-presence]").textContent === "escribiendo…"`),
		until(`!!document.querySelector(".tick.read")`), until(`!!document.querySelector(".dots")`))
	w.say("17875550114", whatsapp.Outbound{Buttons: &whatsapp.Buttons{
		Body: "¿Ves una luz *roja*?", Buttons: []whatsapp.Choice{{ID: "yes", Title: "Sí, roja"}, {ID: "no", Title: "No"}},
	}})
	do(t, ctx, "pressing", chromedp.Click(chromedp.CSS(`.buttons button[value="yes"]`)),
		until(`!!document.querySelector(".mine .quote")`), until(`document.querySelectorAll(".buttons button:disabled").length === 2`))
	do(t, ctx, "a picture", chromedp.Click(chromedp.CSS("summary[title=Adjuntar]")), chromedp.Click(chromedp.CSS(`button[value="router"]`)),
		until(`document.querySelector(".photo img")?.naturalWidth === 720`))
	do(t, ctx, "no microphone, so the sample", chromedp.Click(chromedp.CSS("[data-record]")),
		until(`document.querySelector("[data-voice] [data-time]")?.textContent === "0:02"`))
	do(t, ctx, "quoting", chromedp.Evaluate[chromedp.Void](`document.querySelector(".theirs [data-more]").click()`),
		chromedp.Click(chromedp.CSS("[data-reply]")), chromedp.SendKeys(text, "esta"+kb.Enter), has("esta"),
		until(`document.querySelectorAll(".mine .quote").length === 2`))
	do(t, ctx, "reacting", chromedp.Evaluate[chromedp.Void](`document.querySelector(".theirs [data-more]").click()`),
		chromedp.Click(chromedp.CSS(".menu [data-react]")), until(`document.querySelector(".theirs .reactions")?.innerText === "👍"`))
	do(t, ctx, "a fault", chromedp.Click(chromedp.CSS(`[data-fault="twice"]`)), until(`document.querySelector('[data-fault="twice"]').ariaChecked === "true"`))
	do(t, ctx, "the counters", until(`document.querySelector('[data-count="answered"]').textContent === "1"`))
	if got := w.arrived(); len(got) != 6 || got[1].Reply == nil || got[5].Reaction == nil {
		t.Errorf("arrived %+v", got)
	}
}

func TestBrowser_Recording(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx := browsertest.Open(t, "use-fake-device-for-media-stream", "use-fake-ui-for-media-stream")
	do(t, ctx, "recording a second", chromedp.Navigate(w.url+"/c/grace"), chromedp.Click(chromedp.CSS("[data-record]")),
		chromedp.WaitVisible(chromedp.CSS("[data-recording]")), until(`document.querySelector("[data-record-time]").textContent === "0:01"`),
		chromedp.Click(chromedp.CSS("[data-record-send]")), until(`document.querySelector("[data-voice] audio")?.readyState > 0`))
	do(t, ctx, "one thought better of", chromedp.Click(chromedp.CSS("[data-record]")), chromedp.WaitVisible(chromedp.CSS("[data-recording]")),
		chromedp.Click(chromedp.CSS("[data-record-cancel]")), chromedp.WaitVisible(chromedp.CSS("[data-record]")))
	got := w.arrived()
	if len(got) != 1 || got[0].Media == nil || !got[0].Media.Voice || got[0].Media.MIME == "audio/wav" {
		t.Errorf("arrived %+v", got)
	}
}

func TestBrowser_WithoutScript(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx := browsertest.Open(t)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	w.say("12125550178", whatsapp.Outbound{Buttons: &whatsapp.Buttons{Body: "Better?", Buttons: []whatsapp.Choice{{ID: "yes", Title: "Yes"}}}})
	noScript := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})
	do(t, ctx, "pressing and writing", noScript, chromedp.Navigate(w.url+"/c/tom"), chromedp.Click(chromedp.CSS(".buttons button")),
		chromedp.WaitVisible(chromedp.CSS(".mine .quote")), chromedp.SendKeys(chromedp.CSS("[data-text]"), "thanks"),
		chromedp.Click(chromedp.CSS("[data-send]")), chromedp.WaitVisible(chromedp.CSS(".line:nth-of-type(5)")))
	got := w.arrived()
	if len(got) != 3 || got[1].Reply == nil || got[2].Text != "thanks" {
		t.Errorf("arrived %+v", got)
	}
}

// TestBrowser_Pictures draws every state for people to look at: go test -run Pictures -pictures=DIR
func TestBrowser_Pictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures directory given")
	}
	w := newWorld(t, nil)
	fill(w)
	ctx := browsertest.Open(t)
	shots := []struct {
		name, path    string
		width, height int64
		scheme        string
		steps         []chromedp.Action[chromedp.Void]
	}{
		{"home-desktop", "/", 1360, 900, "light", nil},
		{"home-phone", "/", 390, 844, "light", nil},
		{"home-phone-dark", "/", 390, 844, "dark", nil},
		{"empty-desktop", "/c/rafael", 1360, 900, "light", nil},
		{"chat-desktop", "/c/lucia", 1360, 900, "light", nil},
		{"chat-desktop-dark", "/c/lucia", 1360, 900, "dark", nil},
		{"chat-phone", "/c/lucia", 390, 844, "light", nil},
		{"chat-phone-dark", "/c/lucia", 390, 844, "dark", nil},
		{"files-phone", "/c/tom", 390, 844, "light", nil},
		{"files-desktop-dark", "/c/tom", 1100, 800, "dark", nil},
		{"attach-phone", "/c/lucia", 390, 844, "light", []chromedp.Action[chromedp.Void]{chromedp.Click(chromedp.CSS("summary[title=Adjuntar]"))}},
		{"emoji-desktop", "/c/lucia", 1360, 900, "light", []chromedp.Action[chromedp.Void]{chromedp.Click(chromedp.CSS("summary[title=Emoji]"))}},
		{"list-phone", "/c/lucia", 390, 844, "light", []chromedp.Action[chromedp.Void]{chromedp.Click(chromedp.CSS(".list summary"))}},
		{"list-desktop-dark", "/c/lucia", 1360, 900, "dark", []chromedp.Action[chromedp.Void]{chromedp.Click(chromedp.CSS(".list summary"))}},
		{"around-phone", "/c/lucia#around", 390, 844, "light", nil},
		{"menu-phone", "/c/lucia", 390, 844, "light", []chromedp.Action[chromedp.Void]{
			chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".theirs [data-more]")].at(-1).click()`)}},
		{"menu-desktop", "/c/lucia", 1360, 900, "light", []chromedp.Action[chromedp.Void]{
			chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".theirs [data-more]")].at(-1).click()`)}},
		{"problem-desktop", "/c/nobody", 1360, 900, "light", nil},
		{"quote-phone", "/c/lucia", 390, 844, "light", []chromedp.Action[chromedp.Void]{
			chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".theirs [data-more]")].at(-1).click()`), chromedp.Click(chromedp.CSS("[data-reply]")),
			chromedp.SendKeys(chromedp.CSS("[data-text]"), "una respuesta que ocupa más de una línea en la caja de escribir")}},
	}
	for _, s := range shots {
		do(t, ctx, s.name, screen(s.width, s.height, s.scheme), chromedp.Navigate("about:blank"), chromedp.Navigate(w.url+s.path), chromedp.WaitReady(chromedp.CSS(".live, .problem, .choose")))
		do(t, ctx, s.name, s.steps...)
		do(t, ctx, s.name, until(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`))
		shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, s.name+".png"), shot, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// fill makes two conversations that show every kind of bubble.
func fill(w *world) {
	lucia := "17875550114"
	for _, text := range []string{"hola", "se me fue el inter desde anoche 😩"} {
		w.must("/c/lucia/messages", "text", text)
	}
	first := w.arrived()[1].ID
	if err := w.desk.MarkRead(w.t.Context(), number, first, false); err != nil {
		w.t.Fatal(err)
	}
	ask := w.say(lucia, whatsapp.Outbound{ReplyTo: first, Buttons: &whatsapp.Buttons{
		Body:    "Lamento el corte, Lucía. Probemos algo rápido:\n1. Apaga el equipo *30 segundos*.\n2. Enciéndelo y espera _tres minutos_.\n\n¿De qué color está la luz que dice `LOS`?",
		Footer:  "Asistente virtual de Río Fibra",
		Buttons: []whatsapp.Choice{{ID: "red", Title: "Roja"}, {ID: "off", Title: "Apagada"}, {ID: "person", Title: "Hablar con alguien"}},
	}})
	w.must("/c/lucia/press", "message", ask, "button", "red")
	w.must("/c/lucia/react", "message", ask, "emoji", "🙏")
	w.say(lucia, whatsapp.Outbound{Text: &whatsapp.Text{Body: "Esa luz avisa que no llega señal por la fibra. Abrí el reclamo *RF-20261122-0042* y un técnico lo revisa.\n> Plazo: hasta 24 horas\n- No hace falta que reinicies otra vez.\n- Te aviso aquí: https://riofibra.example/estado"}})
	w.say(lucia, whatsapp.Outbound{List: &whatsapp.List{Body: "¿Algo más en que pueda ayudarte?", Open: "Ver temas", Sections: []whatsapp.Section{
		{Title: "Internet", Rows: []whatsapp.Choice{{ID: "slow", Title: "Va lento", Description: "Sobre todo de noche"}, {ID: "wifi", Title: "Clave del wifi"}}},
		{Title: "Facturas", Rows: []whatsapp.Choice{{ID: "bill", Title: "Ver mi factura"}, {ID: "pay", Title: "Ya pagué", Description: "Enviar comprobante"}}},
	}}})
	w.must("/c/lucia/messages", "text", "no gracias, ```espero```")
	w.must("/c/lucia/messages", "text", "👍")
	for _, name := range []string{"receipt", "voice", "document"} {
		w.must("/c/tom/samples", "name", name)
	}
	w.must("/c/tom/location")
	w.must("/c/tom/samples", "name", "router")
	w.settle()
	w.say("12125550178", whatsapp.Outbound{Link: &whatsapp.Link{Body: "Thanks Tom! You can follow the repair here.", Label: "See status", URL: "https://riofibra.example/status"}})
	w.settle()
}
