package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
)

// A suggestion stands in the composer, with its source, and nothing is sent; what
// somebody wrote stays.
func TestSuggest(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie, here := session(t, h, f, ana), "/conversations/"+f.conversations[0].ID.String()
	w := do(h, http.MethodPost, here+"/suggest", cookie, url.Values{})
	for _, want := range []string{"Atendemos los sábados de 9 a 13.</textarea>", "Horarios de atención", "/articles/support-hours?lang=es", "talker"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	w = do(h, http.MethodPost, here+"/suggest", cookie, url.Values{"text": {"mi borrador"}})
	if !strings.Contains(w.Body.String(), "mi borrador</textarea>") {
		t.Error("what was written is gone")
	}
	w = do(h, http.MethodPost, here+"/suggest", cookie, nil, "X-Partial", "suggestion")
	if body := w.Body.String(); !strings.Contains(body, "data-suggested") || strings.Contains(body, "<html") {
		t.Errorf("a script got %q", body)
	}
	for _, act := range f.did() {
		if strings.HasPrefix(act, "reply") {
			t.Errorf("something was sent: %s", act)
		}
	}
	f.refuse = desk.ErrNoModel
	if w = do(h, http.MethodPost, here+"/suggest", cookie, url.Values{}); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a failure answered %d", w.Code)
	}
}

// What a machine read is marked as such, and a receipt is said to prove nothing.
func TestReading_IsMarked(t *testing.T) {
	t.Parallel()
	f := golden(t)
	c := f.conversations[0]
	f.say(&c, desk.Message{Kind: desk.KindAudio, Attachment: &desk.Attachment{MIME: "audio/ogg", Voice: true, Path: "x", Reading: &desk.Reading{Heard: "no tengo <b>señal</b>", Model: "hearer"}}}, 0)
	f.say(&c, desk.Message{Kind: desk.KindImage, Attachment: &desk.Attachment{MIME: "image/jpeg", Path: "y", Thumb: true, Reading: &desk.Reading{
		Sight: "receipt", Readable: true, Findings: []desk.Finding{{Name: "amount", Value: "350,00"}}, Text: "Un comprobante."}}}, 0)
	f.say(&c, desk.Message{Kind: desk.KindAudio, Attachment: &desk.Attachment{MIME: "audio/ogg", Path: "z", Reading: &desk.Reading{Failed: desk.ModelSlow}}}, 0)
	f.conversations[0].Handoff.Summary = &desk.Summary{Problem: "Sin internet desde ayer.", Tried: []string{"reinició"}, Wants: "un técnico", Model: "talker"}
	h := serve(t, f)
	body := do(h, http.MethodGet, "/conversations/"+c.ID.String()+"?view=mine&pane=context", session(t, h, f, ana), nil).Body.String()
	for _, want := range []string{
		"Transcripto por una máquina", "no tengo &lt;b&gt;señal&lt;/b&gt;", "leído por una máquina", "350,00 (no es seguro)", "no prueba un pago",
		"No se pudo leer: demasiado lento", "Sin internet desde ayer.", "Resumen escrito por talker",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// The forms of articles and phrases ask the editor, and a refusal keeps what was typed.
func TestEdit_AsksTheEditor(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie, here := session(t, h, f, diego), "/articles/los-red-light?lang=es"
	for _, form := range []url.Values{
		{"act": {"save"}, "version": {"3"}, "title": {"Luz roja"}, "body": {"x"}, "questions": {"uno\ndos"}},
		{"act": {"publish"}, "version": {"3"}}, {"act": {"withdraw"}, "version": {"4"}}, {"act": {"discard"}},
	} {
		if w := do(h, http.MethodPost, here, cookie, form); w.Code != http.StatusSeeOther {
			t.Errorf("%v answered %d", form, w.Code)
		}
	}
	for _, form := range []url.Values{{"phrase": {"no anda nada"}}, {"remove": {"se cayó todo"}}} {
		if w := do(h, http.MethodPost, "/intents?intent=no_internet&lang=es", cookie, form); w.Code != http.StatusSeeOther {
			t.Errorf("%v answered %d", form, w.Code)
		}
	}
	want := []string{
		`edit es/los-red-light 3 Luz roja ["uno" "dos"]`, "publish es/los-red-light 3", "withdraw es/los-red-light 4", "discard es/los-red-light",
		"teach no_internet/es no anda nada", "forget no_internet/es se cayó todo",
	}
	did := slices.DeleteFunc(f.did(), func(act string) bool { return act == "sign in" })
	if !slices.Equal(did, want) {
		t.Errorf("asked for %q", did)
	}
	f.refuse = desk.ErrInvalid.For("body")
	w := do(h, http.MethodPost, here, cookie, url.Values{"act": {"save"}, "version": {"3"}, "title": {"Mi título nuevo"}, "body": {""}})
	if w.Code != http.StatusBadRequest && w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Mi título nuevo") {
		t.Errorf("a refusal answered %d", w.Code)
	}
	if w := do(h, http.MethodPost, here, cookie, url.Values{"act": {"other"}}); w.Code == http.StatusSeeOther {
		t.Error("an unknown act was done")
	}
	if strings.Contains(do(h, http.MethodGet, here, session(t, h, f, ana), nil).Body.String(), `name="act"`) {
		t.Error("an agent is offered to edit")
	}
}

// The page of models says what is set, what it used and how it failed; a test shows
// what came of each.
func TestModelPage(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	body := do(h, http.MethodGet, "/model", cookie, nil).Body.String()
	for _, want := range []string{"qwen3:8b", "240 de 320 pasajes", "USD 0.7900", "precio desconocido", "demasiado lento", "USD 4.21", "http://127.0.0.1:11434/v1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	body = do(h, http.MethodPost, "/model", cookie, url.Values{}).Body.String()
	if !strings.Contains(body, "responde, 412 ms") || !strings.Contains(body, "no responde") {
		t.Error("the test's outcome is not shown")
	}
}
