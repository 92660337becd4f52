package channel_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

const (
	number = "770900800700600"
	ana    = "5493515550101"
)

// world is an emulator, a line to it, and a webhook that reads what comes.
type world struct {
	em       *emulator.Emulator
	line     *channel.Line
	phone    *emulator.Phone
	mu       sync.Mutex
	arrived  []desk.Arrival
	accepted []emulator.Accepted
}

func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	items, errSplit := whatsapp.Split(body)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, item := range items {
		a, errRead := channel.Read(item.Raw)
		err = errors.Join(err, errRead)
		w.arrived = append(w.arrived, a)
	}
	if errors.Join(err, errSplit) != nil {
		rw.WriteHeader(http.StatusBadRequest)
	}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{}
	w.em = emulator.New(emulator.Config{
		AppSecret: "s", VerifyToken: "v", AccessToken: "t", PhoneNumberID: number, WABAID: "1", RetryDelay: time.Millisecond, Limits: emulator.NoLimits(),
		OnAccept: func(a emulator.Accepted) { w.mu.Lock(); defer w.mu.Unlock(); w.accepted = append(w.accepted, a) },
	})
	api, hook := httptest.NewServer(w.em.Handler()), httptest.NewServer(w)
	w.em.SetWebhookURL(hook.URL)
	w.line = lineTo(t, api.URL)
	t.Cleanup(func() { w.em.Close(); hook.Close(); api.Close() })
	w.phone = w.em.Customer(emulator.CustomerProfile{Name: "Ana", Phone: ana, BSUID: "AR.1", Username: "ana"})
	return w
}

func lineTo(t *testing.T, url string) *channel.Line {
	t.Helper()
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: url, Token: "t", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return channel.New(client)
}

// settle waits until every webhook is taken and returns what arrived.
func (w *world) settle(t *testing.T) []desk.Arrival {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.em.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.arrived
}

func dispatch(m desk.Message) desk.Dispatch {
	m.ID, m.Channel, m.Attempts = desk.NewID(), number, max(1, m.Attempts)
	return desk.Dispatch{Message: m, Phone: ana, BSUID: "AR.1"}
}

// TestLine_RoundTrip writes to a customer, who presses and quotes, and reads all
// of it back from the webhooks.
func TestLine_RoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := w.phone.Text("hola")
	plain := dispatch(desk.Message{Text: "¿Cómo va?", QuotedID: asked})
	buttons := dispatch(desk.Message{Text: "¿Qué pasa?", Buttons: []desk.Button{{ID: "intent:pay", Title: "Pagar"}, {ID: "person", Title: "Alguien"}}})
	var ids []string
	for _, d := range []desk.Dispatch{plain, buttons} {
		got, err := w.line.Send(t.Context(), d)
		if err != nil || got.ProviderID == "" || got.Phone != ana {
			t.Fatalf("%+v: %v", got, err)
		}
		ids = append(ids, got.ProviderID)
	}
	w.mu.Lock()
	accepted := w.accepted
	w.mu.Unlock()
	for i, want := range []emulator.Accepted{
		{ID: ids[0], To: ana, Type: "text", Text: "¿Cómo va?", ReplyTo: asked, CallbackData: plain.Message.ID.String()},
		{ID: ids[1], To: ana, Type: "interactive", Text: "¿Qué pasa?", CallbackData: buttons.Message.ID.String()},
	} {
		want.At = accepted[i].At
		if accepted[i] != want {
			t.Errorf("the provider took %+v, want %+v", accepted[i], want)
		}
	}
	if _, err := w.phone.PressButton(ids[1], "intent:pay"); err != nil {
		t.Fatal(err)
	}
	w.phone.React(ids[0], "👍")
	var press, receipt, reaction bool
	for _, a := range w.settle(t) {
		if m := a.Message; m != nil && m.Choice != nil {
			press = *m.Choice == desk.Choice{ID: "intent:pay", Title: "Pagar"} && m.QuotedID == ids[1] && m.Kind == desk.KindReply && a.From.Phone == ana
		}
		if r := a.Receipt; r != nil && r.ProviderID == ids[0] && r.Status == desk.StatusDelivered {
			receipt = r.MessageID == plain.Message.ID.String()
		}
		if a.Reaction != nil {
			reaction = a.Reaction.ProviderID == ids[0] && a.Reaction.Emoji == "👍"
		}
	}
	if !press || !receipt || !reaction {
		t.Errorf("came back: press %v, receipt with our id %v, reaction %v", press, receipt, reaction)
	}
}

func TestLine_MarkReadShowsTyping(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := w.phone.Text("hola")
	if err := w.line.MarkRead(t.Context(), number, asked, true); err != nil || !w.phone.Typing() {
		t.Errorf("typing %v: %v", w.phone.Typing(), err)
	}
}

// TestSend_Remedies has a row for each of the provider's actions and each alert.
func TestSend_Remedies(t *testing.T) {
	t.Parallel()
	refuse := func(code int) emulator.Fault { return emulator.Fault{Kind: emulator.FaultRefuse, Code: code, Count: 1} }
	bare := func(status int) emulator.Fault {
		return emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: status, Count: 1}
	}
	for _, c := range []struct {
		name   string
		fault  emulator.Fault
		tries  int
		remedy desk.Remedy
		after  time.Duration
		alert  string
	}{
		{"token expired", refuse(190), 1, desk.RemedyStopAll, 0, desk.AlertToken},
		{"policy violation", refuse(368), 1, desk.RemedyStopAll, 0, desk.AlertAccountBlocked},
		{"account locked", refuse(131031), 1, desk.RemedyStopAll, 0, desk.AlertAccountBlocked},
		{"payment", refuse(131042), 1, desk.RemedyStopAll, 0, desk.AlertPayment},
		{"unknown failure", refuse(131000), 1, desk.RemedyWait, 5 * time.Second, ""},
		{"unknown failure, third try", refuse(131000), 3, desk.RemedyWait, 20 * time.Second, ""},
		{"temporarily down", refuse(2), 1, desk.RemedyWait, 5 * time.Second, ""},
		{"number's rate", refuse(130429), 1, desk.RemedyRetry, 2 * time.Second, ""},
		{"pair's rate", refuse(131056), 1, desk.RemedyRetry, 4 * time.Second, ""},
		{"pair's rate, second try", refuse(131056), 2, desk.RemedyRetry, 16 * time.Second, ""},
		{"window", refuse(131047), 1, desk.RemedyWindow, 0, ""},
		{"unreachable", refuse(131026), 1, desk.RemedyPark, 0, ""},
		{"stopped marketing", refuse(131050), 1, desk.RemedyPark, 0, ""},
		{"identity changed", refuse(137000), 1, desk.RemedyPark, 0, desk.AlertSendRefused},
		{"permission", refuse(10), 1, desk.RemedyPark, 0, desk.AlertPermission},
		{"permission of the number", refuse(131005), 1, desk.RemedyPark, 0, desk.AlertPermission},
		{"number gone", refuse(33), 1, desk.RemedyPark, 0, desk.AlertNumber},
		{"number not registered", refuse(133010), 1, desk.RemedyPark, 0, desk.AlertNumber},
		{"spam limit", refuse(131048), 1, desk.RemedyPark, time.Hour, desk.AlertSpamLimit},
		{"bad parameter", refuse(100), 1, desk.RemedyPark, 0, ""},
		{"template gone", refuse(132001), 1, desk.RemedyPark, 0, desk.AlertSendRefused},
		{"no more than done", refuse(136024), 1, desk.RemedyPark, 0, ""},
		{"a code nobody knows", refuse(999999), 1, desk.RemedyPark, 0, ""},
		{"bare 500", bare(500), 1, desk.RemedyWait, 5 * time.Second, ""},
		{"bare 503", bare(503), 2, desk.RemedyWait, 10 * time.Second, ""},
		{"bare 429", bare(429), 1, desk.RemedyRetry, 2 * time.Second, ""},
		{"bare 401", bare(401), 1, desk.RemedyStopAll, 0, desk.AlertToken},
		{"bare 404", bare(404), 1, desk.RemedyPark, 0, ""},
		{"no answer", emulator.Fault{Kind: emulator.FaultHang, Count: 1}, 1, desk.RemedyWait, 5 * time.Second, ""},
		{"connection lost after", emulator.Fault{Kind: emulator.FaultResetAfter, Count: 1}, 1, desk.RemedyWait, 5 * time.Second, ""},
		{"connection lost before, which nobody can tell apart", emulator.Fault{Kind: emulator.FaultResetBefore, Count: 1}, 1, desk.RemedyWait, 5 * time.Second, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.phone.Text("hola")
			w.em.Inject(c.fault)
			_, err := w.line.Send(t.Context(), dispatch(desk.Message{Text: "secreto de Ana", Attempts: c.tries}))
			var e *desk.SendError
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Remedy != c.remedy || e.After != c.after || e.Alert != c.alert || e.Code != c.fault.Code {
				t.Errorf("got %s after %v, alert %q, code %d", e.Remedy, e.After, e.Alert, e.Code)
			}
			for _, private := range []string{"secreto", ana, "AR.1"} {
				if strings.Contains(e.Detail+err.Error(), private) {
					t.Errorf("%q is in the error: %v (%s)", private, err, e.Detail)
				}
			}
		})
	}
}

// TestSend_UnreadableSuccess: an answer that says yes but not to what is no
// reason to send again.
func TestSend_UnreadableSuccess(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "{}", "<html>", `{"messages":[]}`, `{"messages":[{"id":""}]}`} {
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		t.Cleanup(api.Close)
		_, err := lineTo(t, api.URL).Send(t.Context(), dispatch(desk.Message{Text: "x"}))
		var e *desk.SendError
		if !errors.As(err, &e) || e.Remedy != desk.RemedyWait {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestSend_NobodyThere(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(nil)
	gone.Close()
	_, err := lineTo(t, gone.URL).Send(t.Context(), dispatch(desk.Message{Text: "x"}))
	var e *desk.SendError
	if !errors.As(err, &e) || e.Remedy != desk.RemedyRetry {
		t.Errorf("nothing was sent, and yet %v", err)
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	content := bytes.Repeat([]byte("jpeg"), 1000)
	w.phone.Image(content, "image/jpeg", "luz roja")
	id := ""
	for _, a := range w.settle(t) {
		if a.Message != nil && a.Message.Attachment != nil {
			id = a.Message.Attachment.MediaID
		}
	}
	var got bytes.Buffer
	info, err := w.line.Fetch(t.Context(), number, id, &got, 4000)
	if err != nil || !bytes.Equal(got.Bytes(), content) || info.MIME != "image/jpeg" || info.MediaID != id {
		t.Fatalf("%d bytes, %+v: %v", got.Len(), info, err)
	}
	for name, c := range map[string]struct {
		id    string
		limit int64
		want  error
	}{"too large": {id, 3999, desk.ErrFileTooLarge}, "gone": {"no-such", 4000, desk.ErrNotFound}} {
		if _, err := w.line.Fetch(t.Context(), number, c.id, io.Discard, c.limit); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
