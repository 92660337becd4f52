package emulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

const (
	secret  = "emulated-secret"
	token   = "emulated-token"
	number  = "770900800700600"
	account = "880100200300400"
	ana     = "5493515550101"
)

// world is an emulator behind a real listener, our real client, and a webhook that keeps what it gets.
type world struct {
	em     *emulator.Emulator
	client *whatsapp.Client
	hook   *hook
	phone  *emulator.Phone
}

// hook verifies and stores what is posted, and answers what the test wants.
type hook struct {
	mu     sync.Mutex
	events []whatsapp.Event
	posts  int
	bad    int
	answer func(post int) int // nil: 200
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		if q := r.URL.Query(); q.Get("hub.mode") == "subscribe" && q.Get("hub.verify_token") == "verify-me" {
			io.WriteString(w, q.Get("hub.challenge"))
			return
		}
		w.WriteHeader(http.StatusForbidden)
		return
	}
	body, err := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.posts++
	if err != nil || !whatsapp.Verify([]string{"old-secret", secret}, body, r.Header.Get("X-Hub-Signature-256")) {
		h.bad++
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if h.answer != nil {
		if status := h.answer(h.posts); status != http.StatusOK {
			w.WriteHeader(status)
			return
		}
	}
	items, err := whatsapp.Split(body)
	if err != nil {
		h.bad++
	}
	for _, item := range items {
		event, err := whatsapp.Decode(item.Raw)
		if err != nil {
			h.bad++
		}
		h.events = append(h.events, event)
	}
}

func (h *hook) messages() []*whatsapp.Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*whatsapp.Message
	for _, e := range h.events {
		if e.Message != nil {
			list = append(list, e.Message)
		}
	}
	return list
}

func (h *hook) statuses() []*whatsapp.Status {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*whatsapp.Status
	for _, e := range h.events {
		if e.Status != nil {
			list = append(list, e.Status)
		}
	}
	return list
}

func (h *hook) answers(f func(post int) int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = f
}

func newWorld(t testing.TB, change func(*emulator.Config)) *world {
	t.Helper()
	cfg := emulator.Config{
		AppSecret: secret, VerifyToken: "verify-me", AccessToken: token, PhoneNumberID: number, WABAID: account,
		RetryDelay: time.Millisecond, RetryMax: 5 * time.Millisecond, Limits: emulator.NoLimits(),
	}
	if change != nil {
		change(&cfg)
	}
	w := &world{em: emulator.New(cfg), hook: &hook{}}
	api := httptest.NewServer(w.em.Handler())
	hooks := httptest.NewServer(w.hook)
	w.em.SetWebhookURL(hooks.URL)
	var err error
	w.client, err = whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: token, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.em.Close() // before the servers, which wait for hanging answers
		w.client.Close()
		hooks.Close()
		api.Close()
		if w.hook.bad != 0 {
			t.Errorf("%d webhooks were wrongly signed or unreadable", w.hook.bad)
		}
	})
	w.phone = w.em.Customer(emulator.CustomerProfile{Name: "Ana Ñandú", Phone: ana, BSUID: "AR.80417733920011", Username: "ana"})
	return w
}

func (w *world) settle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.em.Settle(ctx); err != nil {
		t.Fatalf("webhooks do not settle: %v; %+v", err, w.em.Counters())
	}
}

func (w *world) send(t *testing.T, m whatsapp.Outbound) (whatsapp.Sent, *whatsapp.Error) {
	t.Helper()
	if m.To == (whatsapp.Recipient{}) {
		m.To.Phone = ana
	}
	sent, err := w.client.Send(t.Context(), number, m)
	return sent, whatsapp.AsError(err)
}

func text(body string) whatsapp.Outbound { return whatsapp.Outbound{Text: &whatsapp.Text{Body: body}} }

func TestCustomer_EverythingTheyDoArrivesInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.phone
	p.Text("¡Hola! 😀 a/b <c> \x00 fin")
	if _, e := w.send(t, whatsapp.Outbound{Buttons: &whatsapp.Buttons{Body: "¿Resuelto?", Buttons: []whatsapp.Choice{{ID: "yes", Title: "Sí"}, {ID: "no", Title: "No"}}}}); e != nil {
		t.Fatal(e)
	}
	if _, err := p.PressButton("", "no"); err != nil {
		t.Fatal(err)
	}
	list, e := w.send(t, whatsapp.Outbound{List: &whatsapp.List{Body: "¿Qué pasa?", Open: "Ver", Sections: []whatsapp.Section{{Rows: []whatsapp.Choice{{ID: "slow", Title: "Lento", Description: "de noche"}}}}}})
	if e != nil {
		t.Fatal(e)
	}
	if _, err := p.ChooseRow(list.ID, "slow"); err != nil {
		t.Fatal(err)
	}
	p.Image([]byte("jpeg"), "image/jpeg", "luz roja")
	p.Audio([]byte("ogg"), "audio/ogg; codecs=opus")
	p.Document([]byte("pdf"), "application/pdf", "pago.pdf", "")
	p.Location(-31.4, -64.2, "Casa")
	p.React(list.ID, "👍🏽")
	p.Quote(list.ID, "esto")
	p.ShareContact()
	p.Send(map[string]any{"type": "unsupported", "unsupported": map[string]string{"type": "poll_creation"}})
	w.settle(t)

	got := w.hook.messages()
	wants := []func(*whatsapp.Message) bool{
		func(m *whatsapp.Message) bool { return m.Text == "¡Hola! 😀 a/b <c>  fin" },
		func(m *whatsapp.Message) bool { return m.Reply.ID == "no" && m.Context.ReplyTo != "" },
		func(m *whatsapp.Message) bool { return m.Reply.ID == "slow" && m.Reply.Description == "de noche" },
		func(m *whatsapp.Message) bool { return m.Media.Caption == "luz roja" && m.Media.MIME == "image/jpeg" },
		func(m *whatsapp.Message) bool { return m.Media.Voice },
		func(m *whatsapp.Message) bool { return m.Media.Filename == "pago.pdf" },
		func(m *whatsapp.Message) bool { return m.Location.Latitude == -31.4 && m.Location.Name == "Casa" },
		func(m *whatsapp.Message) bool {
			return m.Reaction.Emoji == "👍🏽" && m.Reaction.MessageID == list.ID
		},
		func(m *whatsapp.Message) bool { return m.Context.ReplyTo == list.ID && m.Text == "esto" },
		func(m *whatsapp.Message) bool {
			return m.Contacts.Requested && m.Contacts.Cards[0].Phones[0].WaID == ana
		},
		func(m *whatsapp.Message) bool { return m.Unsupported == "poll_creation" },
	}
	if len(got) != len(wants) {
		t.Fatalf("%d messages arrived, want %d", len(got), len(wants))
	}
	for i, want := range wants {
		if !want(got[i]) {
			t.Errorf("message %d: %+v", i, got[i])
		}
		if f := got[i].From; f.Phone != ana || f.BSUID != "AR.80417733920011" || f.Name != "Ana Ñandú" || f.Username != "ana" {
			t.Errorf("message %d is from %+v", i, f)
		}
	}
}

func TestSend_EveryKindReachesThePhone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	question := w.phone.Text("hola")
	w.em.SetTemplates([]emulator.Template{{Name: "visita", Language: "es_AR", Body: "Hola {{1}}, {{2}}", Buttons: []string{"Confirmar"}}})
	mediaID, err := w.client.UploadMedia(t.Context(), number, "application/pdf", "factura ñ.pdf", strings.NewReader("%PDF"), 4)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		give whatsapp.Outbound
		want func(emulator.Message) bool
	}{
		"text":  {text("a\nb"), func(m emulator.Message) bool { return m.Text == "a\nb" }},
		"quote": {whatsapp.Outbound{ReplyTo: question, Text: &whatsapp.Text{Body: "x"}}, func(m emulator.Message) bool { return m.ReplyTo == question }},
		"buttons": {whatsapp.Outbound{Buttons: &whatsapp.Buttons{Header: &whatsapp.Header{Text: "H"}, Body: "B", Footer: "F", Buttons: []whatsapp.Choice{{ID: "1", Title: "Uno"}}}},
			func(m emulator.Message) bool {
				return m.Header == "H" && m.Footer == "F" && m.Buttons[0] == emulator.Button{Kind: emulator.ButtonReply, ID: "1", Title: "Uno"}
			}},
		"list": {whatsapp.Outbound{List: &whatsapp.List{Header: "H", Body: "B", Open: "Ver", Sections: []whatsapp.Section{{Title: "S", Rows: []whatsapp.Choice{{ID: "1", Title: "Uno", Description: "D"}}}}}},
			func(m emulator.Message) bool {
				return m.OpenLabel == "Ver" && m.Buttons[0] == emulator.Button{Kind: emulator.ButtonRow, ID: "1", Title: "Uno", Description: "D", Section: "S"}
			}},
		"link": {whatsapp.Outbound{Link: &whatsapp.Link{Body: "B", Label: "Abrir", URL: "https://isp.example/2"}},
			func(m emulator.Message) bool { return m.Buttons[0].URL == "https://isp.example/2" }},
		"document": {whatsapp.Outbound{Media: &whatsapp.OutMedia{Type: "document", ID: mediaID, Caption: "Factura", Filename: "f.pdf"}},
			func(m emulator.Message) bool {
				return m.MediaID == mediaID && m.Filename == "f.pdf" && m.Text == "Factura"
			}},
		"image by link": {whatsapp.Outbound{Media: &whatsapp.OutMedia{Type: "image", Link: "https://isp.example/a.png"}},
			func(m emulator.Message) bool { return m.MediaLink == "https://isp.example/a.png" }},
		"location": {whatsapp.Outbound{Location: &whatsapp.Location{Latitude: 1.5, Longitude: 2.5, Name: "Local"}},
			func(m emulator.Message) bool { return m.Latitude == 1.5 && m.Text == "Local" }},
		"location request": {whatsapp.Outbound{LocationRequest: &whatsapp.Ask{Body: "¿Dónde?"}},
			func(m emulator.Message) bool { return m.Buttons[0].Kind == emulator.ButtonLocation }},
		"contact request": {whatsapp.Outbound{ContactRequest: &whatsapp.Ask{Body: "¿Número?"}},
			func(m emulator.Message) bool { return m.Buttons[0].Kind == emulator.ButtonContact }},
		"reaction": {whatsapp.Outbound{Reaction: &whatsapp.Reaction{MessageID: question, Emoji: "👀"}},
			func(m emulator.Message) bool { return m.BusinessReaction == "👀" }},
		"template": {whatsapp.Outbound{Template: &whatsapp.TemplateMessage{Name: "visita", Language: "es_AR", Components: []whatsapp.Component{
			{Type: "body", Parameters: []whatsapp.Parameter{{Text: "Ana"}, {Text: "lunes\n9 h"}}},
			{Type: "button", SubType: "quick_reply", Parameters: []whatsapp.Parameter{{Payload: "OK"}}}}}},
			func(m emulator.Message) bool {
				return m.Text == "Hola Ana, lunes 9 h" && m.Buttons[0] == emulator.Button{Kind: emulator.ButtonQuick, ID: "OK", Title: "Confirmar"}
			}},
		"by BSUID": {whatsapp.Outbound{To: whatsapp.Recipient{BSUID: "AR.80417733920011"}, Text: &whatsapp.Text{Body: "x"}},
			func(m emulator.Message) bool { return m.Text == "x" }},
	}
	var template string
	for name, test := range tests {
		sent, e := w.send(t, test.give)
		if e != nil {
			t.Errorf("%s: %v (%s)", name, e, e.Details)
			continue
		}
		id := sent.ID
		if test.give.Template != nil {
			template = id
		}
		if test.give.Reaction != nil {
			id = test.give.Reaction.MessageID
		}
		if !find(w.phone, id, test.want) {
			t.Errorf("%s: the phone does not show it: %+v", name, w.phone.Thread())
		}
	}
	if _, err := w.phone.PressButton(template, "OK"); err != nil {
		t.Error(err)
	}
	w.settle(t)
	last := w.hook.messages()
	if b := last[len(last)-1].Button; b == nil || b.Payload != "OK" || b.Text != "Confirmar" {
		t.Errorf("the template's quick reply arrived as %+v", b)
	}
}

func find(p *emulator.Phone, id string, want func(emulator.Message) bool) bool {
	for _, m := range p.Thread() {
		if m.ID == id {
			return want(m)
		}
	}
	return false
}

func TestStatuses_ComeBackWithCallbackDataAndPricing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Text("hola")
	m := text("respuesta")
	m.CallbackData = "msg:1"
	sent, e := w.send(t, m)
	if e != nil {
		t.Fatal(e)
	}
	w.settle(t)
	got := w.hook.statuses()
	want := []string{"sent", "delivered", "read"}
	if len(got) != len(want) {
		t.Fatalf("%d statuses, want %d", len(got), len(want))
	}
	for i, s := range got {
		if s.State != want[i] || s.ID != sent.ID || s.CallbackData != "msg:1" || s.Recipient.Phone != ana {
			t.Errorf("status %d: %+v", i, s)
		}
		if (s.Pricing != nil) != (s.State != "read") {
			t.Errorf("status %s has pricing %+v", s.State, s.Pricing)
		}
	}
	if c := w.em.Counters(); c.ByCallback["msg:1"] != 1 || c.ByRecipient[ana] != 1 || c.Accepted != 1 {
		t.Errorf("counters %+v", c)
	}
	if !find(w.phone, sent.ID, func(m emulator.Message) bool { return m.Tick == emulator.TickRead }) {
		t.Error("no blue ticks on the phone")
	}
}

func TestRead_WaitsForTheCustomerWithoutAutoRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.SetAutoRead(false)
	w.phone.Text("hola")
	sent, e := w.send(t, text("respuesta"))
	if e != nil {
		t.Fatal(e)
	}
	w.settle(t)
	if got := len(w.hook.statuses()); got != 2 {
		t.Fatalf("%d statuses before reading, want sent and delivered", got)
	}
	w.phone.Read()
	w.settle(t)
	if got := w.hook.statuses(); len(got) != 3 || got[2].State != "read" || got[2].ID != sent.ID {
		t.Errorf("after reading: %+v", got)
	}
}

func TestMarkRead_TicksAndTyping(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	changes, cancel := w.phone.Subscribe()
	defer cancel()
	first, second := w.phone.Text("uno"), w.phone.Text("dos")
	w.settle(t)
	if err := w.client.MarkRead(t.Context(), number, second, true); err != nil {
		t.Fatal(err)
	}
	if !w.phone.Typing() {
		t.Error("not typing")
	}
	for _, id := range []string{first, second} {
		if !find(w.phone, id, func(m emulator.Message) bool { return m.Tick == emulator.TickRead }) {
			t.Errorf("%s is not read", id)
		}
	}
	if _, e := w.send(t, text("x")); e != nil {
		t.Fatal(e)
	}
	if w.phone.Typing() {
		t.Error("still typing after the message came")
	}
	var typing []bool
	for len(typing) < 2 {
		select {
		case c := <-changes:
			if c.Kind == emulator.ChangeTyping {
				typing = append(typing, c.Typing)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("the phone was told of typing %v, want on and off", typing)
		}
	}
	if !typing[0] || typing[1] {
		t.Errorf("typing %v, want on and off", typing)
	}
	err := w.client.MarkRead(t.Context(), number, "wamid.unknown", false)
	if e := whatsapp.AsError(err); e == nil || e.Code != 131009 {
		t.Errorf("marking a stranger's message: %v", err)
	}
}

func TestMedia_RoundTrip(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var mu sync.Mutex
	w := newWorld(t, func(c *emulator.Config) {
		c.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	})
	w.phone.Image([]byte("the picture"), "image/png", "")
	w.settle(t)
	media := w.hook.messages()[0].Media
	var got strings.Builder
	info, err := w.client.Fetch(t.Context(), number, media.ID, &got, 100)
	if err != nil || got.String() != "the picture" || info.MIME != "image/png" || info.Size != 11 || info.SHA256 != media.SHA256 {
		t.Fatalf("fetched %q %+v %v", got.String(), info, err)
	}
	if _, err := w.client.Fetch(t.Context(), number, media.ID, io.Discard, 10); !errors.Is(err, whatsapp.ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	mu.Lock()
	now = now.Add(6 * time.Minute)
	mu.Unlock()
	_, err = w.client.Download(t.Context(), info, io.Discard, 100)
	if e := whatsapp.AsError(err); e == nil || e.HTTPStatus != http.StatusNotFound || e.Action != whatsapp.Park {
		t.Errorf("an old URL: %v", err)
	}
}

func TestManagement(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	var list []emulator.Template
	for i := range 230 {
		list = append(list, emulator.Template{Name: "t" + string(rune('a'+i%26)), Language: "es", Body: "x", Named: i%2 == 1})
	}
	w.em.SetTemplates(list)
	got, err := w.client.Templates(t.Context(), account)
	if err != nil || len(got) != 230 || !got[1].Named || !got[0].Usable() || got[229].Name != list[229].Name || !json.Valid(got[0].Components) {
		t.Errorf("%d templates, %v", len(got), err)
	}
	info, err := w.client.NumberInfo(t.Context(), number)
	if err != nil || info.CanSend != "AVAILABLE" || len(info.Health) != 2 || info.Quality != "GREEN" {
		t.Errorf("number %+v, %v", info, err)
	}
	if yes, err := w.client.Subscribed(t.Context(), account); err != nil || !yes {
		t.Errorf("subscribed %v, %v", yes, err)
	}
	if err := w.client.Subscribe(t.Context(), account); err != nil {
		t.Error(err)
	}
	if err := w.em.VerifyWebhook(t.Context()); err != nil {
		t.Error(err)
	}
}
