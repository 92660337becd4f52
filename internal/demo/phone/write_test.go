package phone_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"antena/internal/whatsapp"
)

func TestWrite_FormArrivesSigned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/lucia/messages", "text", "  se me fue el inter\r\ndesde anoche ñ 😀 ")
	got := w.arrived()
	if len(got) != 1 || got[0].Text != "se me fue el inter\ndesde anoche ñ 😀" || got[0].From.Phone != "17875550114" {
		t.Fatalf("arrived %+v", got)
	}
	if page := w.get("/c/lucia"); !strings.Contains(page, "se me fue el inter<br>desde anoche") {
		t.Errorf("the page does not show the message:\n%s", page)
	}
}

func TestWrite_JSONAndUsernameOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	resp, body := w.do(w.request("POST", "/c/duda/messages", "application/json", strings.NewReader(`{"text":"esqueci a senha"}`), "Accept", "application/json"))
	if resp.StatusCode != http.StatusNoContent || body != "" {
		t.Fatalf("%d %q", resp.StatusCode, body)
	}
	got := w.arrived()
	if len(got) != 1 || got[0].From.Phone != "" || got[0].From.BSUID == "" || got[0].From.Username != "duda.lima" {
		t.Fatalf("arrived %+v", got)
	}
}

func TestWrite_Refusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	tests := []struct {
		name, path, text string
		status           int
		says             string
	}{
		{"nothing", "/c/lucia/messages", " \n ", 422, "Escribe algo primero."},
		{"too long", "/c/rafael/messages", strings.Repeat("é", 4097), 422, "4.096"},
		{"far too long", "/c/grace/messages", strings.Repeat("é", 20000), 413, "too large"},
		{"nobody", "/c/zeus/messages", "hi", 404, "no such thing"},
	}
	for _, test := range tests {
		resp, body := w.post(test.path, url.Values{"text": {test.text}}, "Accept", "application/json")
		if resp.StatusCode != test.status || !strings.Contains(body, test.says) {
			t.Errorf("%s: %d %s", test.name, resp.StatusCode, body)
		}
		resp, body = w.post(test.path, url.Values{"text": {test.text}})
		if resp.StatusCode != test.status || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s, as a page: %d %s", test.name, resp.StatusCode, body)
		}
	}
	w.must("/c/lucia/messages", "text", strings.Repeat("é", 4096))
	if got := w.arrived(); len(got) != 1 {
		t.Errorf("%d messages arrived, want the longest allowed alone", len(got))
	}
}

func TestWrite_FromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	resp, _ := w.post("/c/lucia/messages", url.Values{"text": {"hola"}}, "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden || len(w.arrived()) != 0 {
		t.Errorf("status %d", resp.StatusCode)
	}
}

func TestWrite_QuoteAndReaction(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	id := w.say("12125550178", whatsapp.Outbound{Text: &whatsapp.Text{Body: "Hello Tom"}})
	w.must("/c/tom/messages", "text", "this one", "quote", id)
	w.must("/c/tom/react", "message", id, "emoji", "👍")
	page := w.get("/c/tom/thread")
	for _, want := range []string{`<blockquote class="quote"><b>Río Fibra</b><span>Hello Tom</span>`, `<p class="reactions"><span>👍</span></p>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the thread lacks %s:\n%s", want, page)
		}
	}
	w.must("/c/tom/react", "message", id, "emoji", "👍") // the same again takes it away
	if strings.Contains(w.get("/c/tom/thread"), "reactions") {
		t.Error("the reaction is still there")
	}
	got := w.arrived()
	if len(got) != 4 || got[1].Context == nil || got[1].Context.ReplyTo != id || got[2].Reaction.Emoji != "👍" || got[3].Reaction.Emoji != "" {
		t.Errorf("arrived %+v", got)
	}
	for path, form := range map[string]url.Values{
		"/c/tom/messages": {"text": {"x"}, "quote": {"wamid.none"}},
		"/c/tom/react":    {"message": {"wamid.none"}, "emoji": {"👍"}},
	} {
		if resp, _ := w.post(path, form); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s about no message: %d", path, resp.StatusCode)
		}
	}
}

func TestPress_OnceEachEvenAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/mateo/messages", "text", "hola")
	w.settle()
	buttons := w.say("18295550131", whatsapp.Outbound{Buttons: &whatsapp.Buttons{
		Body: "¿Se resolvió?", Buttons: []whatsapp.Choice{{ID: "yes", Title: "Sí"}, {ID: "no", Title: "Todavía no"}},
	}})
	rows := w.say("18295550131", whatsapp.Outbound{List: &whatsapp.List{
		Body: "¿Qué pasa?", Open: "Ver temas",
		Sections: []whatsapp.Section{{Title: "Internet", Rows: []whatsapp.Choice{{ID: "slow", Title: "Lento", Description: "De noche"}, {ID: "off", Title: "Cortado"}}}},
	}})
	page := w.get("/c/mateo")
	for _, want := range []string{`value="yes"`, "Todavía no", "Ver temas", "<h4>Internet</h4>", "<small>De noche</small>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	var wait sync.WaitGroup
	statuses := make(chan int, 20)
	for i := range 10 {
		for _, form := range []url.Values{{"message": {buttons}, "button": {[]string{"yes", "no"}[i%2]}}, {"message": {rows}, "button": {"slow"}}} {
			wait.Go(func() {
				resp, _ := w.post("/c/mateo/press", form)
				statuses <- resp.StatusCode
			})
		}
	}
	wait.Wait()
	close(statuses)
	count := map[int]int{}
	for s := range statuses {
		count[s]++
	}
	if count[http.StatusSeeOther] != 2 || count[http.StatusConflict] != 18 {
		t.Errorf("statuses %v, want two taken", count)
	}
	got := w.arrived()
	if len(got) != 3 {
		t.Fatalf("%d messages arrived, want hello, a button and a row", len(got))
	}
	page = w.get("/c/mateo/thread")
	if n := strings.Count(page, `disabled class="chosen"`); n != 2 {
		t.Errorf("%d buttons are shown as chosen, want 2:\n%s", n, page)
	}
	if resp, _ := w.post("/c/mateo/press", url.Values{"message": {"wamid.none"}, "button": {"yes"}}); resp.StatusCode != http.StatusNotFound {
		t.Errorf("pressing nothing: %d", resp.StatusCode)
	}
}

func TestPress_LocationRequestAndLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	ask := w.say("12125550178", whatsapp.Outbound{LocationRequest: &whatsapp.Ask{Body: "Where are you?"}})
	w.say("12125550178", whatsapp.Outbound{Link: &whatsapp.Link{Body: "Pay here", Label: "Pay now", URL: "https://riofibra.example/pay?a=1&b=2"}})
	page := w.get("/c/tom/thread")
	if !strings.Contains(page, `<a href="https://riofibra.example/pay?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">`) {
		t.Errorf("no link:\n%s", page)
	}
	w.must("/c/tom/press", "message", ask, "button", "")
	if resp, _ := w.post("/c/tom/press", url.Values{"message": {ask}}); resp.StatusCode != http.StatusConflict {
		t.Errorf("the second press: %d", resp.StatusCode)
	}
	got := w.arrived()
	if len(got) != 2 || got[1].Location == nil {
		t.Errorf("arrived %+v", got)
	}
}

func TestBurst_ThreeMessagesInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/rafael/burst")
	got := w.arrived()
	if len(got) != 3 || got[0].Text != "oi" || got[2].Text != "desde ontem à noite" {
		t.Errorf("arrived %+v", got)
	}
}

func TestGuests_AreStrangersWithNumbersOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for i, language := range []string{"es", "pt", "en"} {
		resp, _ := w.post("/guests", url.Values{"language": {language}})
		want := fmt.Sprintf("/c/guest-%d", i+1)
		if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != want {
			t.Fatalf("%d %s", resp.StatusCode, resp.Header.Get("Location"))
		}
		if page := w.get(want); !strings.Contains(page, `<html lang="`+language+`"`) {
			t.Errorf("%s is not in %s", want, language)
		}
		w.must(want+"/messages", "text", "hola")
	}
	from := map[string]bool{}
	for _, m := range w.arrived() {
		from[m.From.Phone] = true
	}
	if len(from) != 3 || !from["447700900300"] {
		t.Errorf("numbers %v", from)
	}
}
