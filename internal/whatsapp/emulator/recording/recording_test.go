package recording_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
	"antena/internal/whatsapp/emulator/recording"
)

const secret = "emulated-secret"

// business answers every text with buttons, every picture with thanks, and keeps what it was told.
type business struct {
	mu     sync.Mutex
	em     *emulator.Emulator
	client *whatsapp.Client
	seen   map[string]bool
	types  []string
	posts  int
}

func (b *business) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || !whatsapp.Verify([]string{secret}, body, r.Header.Get("X-Hub-Signature-256")) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	items, err := whatsapp.Split(body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.posts++
	for _, item := range items {
		event, err := whatsapp.Decode(item.Raw)
		if err != nil || event.Message == nil || b.seen[event.Message.ID] {
			continue
		}
		b.seen[event.Message.ID] = true
		b.types = append(b.types, event.Message.Type)
		if b.client != nil {
			b.answer(r.Context(), event.Message)
		}
	}
}

func (b *business) answer(ctx context.Context, m *whatsapp.Message) {
	out := whatsapp.Outbound{To: whatsapp.Recipient{Phone: m.From.Phone}, CallbackData: m.ID}
	switch m.Type {
	case "text":
		out.Buttons = &whatsapp.Buttons{Body: "¿Resolvió?", Buttons: []whatsapp.Choice{{ID: "yes", Title: "Sí"}}}
	case "image":
		out.Text = &whatsapp.Text{Body: "Gracias por la foto"}
	default:
		return
	}
	_, _ = b.client.Send(ctx, "1", out) // a replay that misses it says so
}

func open(t *testing.T) (*emulator.Emulator, *business) {
	t.Helper()
	em := emulator.New(emulator.Config{AppSecret: secret, AccessToken: "t", PhoneNumberID: "1", WABAID: "2", Limits: emulator.NoLimits(), Coexistence: true})
	api := httptest.NewServer(em.Handler())
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: "t", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	b := &business{em: em, client: client, seen: map[string]bool{}}
	hooks := httptest.NewServer(b)
	em.SetWebhookURL(hooks.URL)
	t.Cleanup(func() {
		em.Close()
		client.Close()
		hooks.Close()
		api.Close()
	})
	return em, b
}

func settle(t *testing.T, em *emulator.Emulator) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := em.Settle(ctx); err != nil {
		t.Fatal(err)
	}
}

// record lets a customer do something of everything, and returns the recording as it comes back from a file.
func record(t *testing.T) recording.Recording {
	t.Helper()
	em, _ := open(t)
	em.Record()
	p := em.Customer(emulator.CustomerProfile{Name: "Ana", Phone: "5493515550101", BSUID: "AR.1"})
	first := p.Text("hola")
	settle(t, em)
	if _, err := p.PressButton("", "yes"); err != nil {
		t.Fatal(err)
	}
	p.Image([]byte("the picture"), "image/png", "mi módem")
	settle(t, em)
	p.React(p.Thread()[1].ID, "👍")
	if _, err := p.Edit(first, "hola!"); err != nil {
		t.Fatal(err)
	}
	p.Location(1.5, 2.5, "Casa")
	settle(t, em)
	em.Advance(25 * time.Hour)
	p.Call()
	if err := p.ChangeNumber("5493515550102"); err != nil {
		t.Fatal(err)
	}
	settle(t, em)
	var file bytes.Buffer
	if err := recording.Save(&file, em.Recorded()); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Load(&file)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// chat is what a phone shows, without what differs each time.
func chat(p *emulator.Phone) (lines []string) {
	for _, m := range p.Thread() {
		line := m.Type + " " + m.Text + " " + m.CustomerReaction
		if m.Edited {
			line += " (edited)"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestReplay_ShowsTheSameChat(t *testing.T) {
	t.Parallel()
	r := record(t)
	em, b := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := recording.Replay(ctx, em, r); err != nil {
		t.Fatal(err)
	}
	settle(t, em)
	got := chat(em.Customers()[0])
	want := []string{"text hola!  (edited)", "interactive ¿Resolvió? 👍", "interactive Sí ", "image mi módem ", "text Gracias por la foto ", "location Casa ", "call  ", "system +5493515550102 "}
	if !slices.Equal(got, want) {
		t.Errorf("the phone shows\n%q, want\n%q", got, want)
	}
	if em.Customers()[0].Profile().Phone != "5493515550102" || em.Now().Sub(time.Now()) < 24*time.Hour {
		t.Error("the number or the clock was not changed")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.Equal(b.types, []string{"text", "interactive", "image", "reaction", "edit", "location", "system"}) {
		t.Errorf("the business was told %q", b.types)
	}
}

func TestReplay_ASilentBusinessIsNamed(t *testing.T) {
	t.Parallel()
	r := record(t)
	em, b := open(t)
	b.client = nil
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := recording.Replay(ctx, em, r); err == nil || !strings.Contains(err.Error(), "was sent 0 messages of 1") {
		t.Errorf("replayed with %v", err)
	}
}

func TestPost_AnyOrderTellsTheSame(t *testing.T) {
	t.Parallel()
	r := record(t)
	bodies := r.Webhooks(recording.Account{WABAID: "2", PhoneNumberID: "1", DisplayNumber: "15550783881"})
	for seed := range uint64(5) {
		b := &business{seen: map[string]bool{}}
		hooks := httptest.NewServer(b)
		t.Cleanup(hooks.Close)
		shuffled := recording.Shuffle(bodies, seed)
		if again := recording.Shuffle(bodies, seed); !slices.EqualFunc(shuffled, again, bytes.Equal) {
			t.Error("a seed gives two orders")
		}
		if err := recording.Post(t.Context(), hooks.URL, secret, shuffled); err != nil {
			t.Fatal(err)
		}
		if len(b.seen) != 6 || b.posts != len(shuffled) || b.posts < len(bodies) {
			t.Errorf("seed %d: %d messages in %d posts of %d", seed, len(b.seen), b.posts, len(bodies))
		}
	}
	refusing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(refusing.Close)
	if err := recording.Post(t.Context(), refusing.URL, secret, bodies); err == nil {
		t.Error("a refusal was taken for an answer")
	}
}

func TestLoad_NamesTheBrokenLine(t *testing.T) {
	t.Parallel()
	for _, give := range []string{"{\"kind\":\"advance\"}\n{", "{\"kind\":\"advance\"}\n{\"at\":\"2026-11-22T12:00:00Z\"}"} {
		if _, err := recording.Load(strings.NewReader(give)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q was read with %v", give, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"kind":"act","who":"1","message":{"type":"text"}}`))
	f.Add([]byte("{}\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := recording.Load(bytes.NewReader(data))
		if err != nil {
			return
		}
		var file bytes.Buffer
		if err := recording.Save(&file, r); err != nil {
			t.Fatal(err)
		}
		again, err := recording.Load(&file)
		if err != nil || len(again) != len(r) || len(again.Webhooks(recording.Account{})) > len(r) {
			t.Fatalf("%d steps became %d: %v", len(r), len(again), err)
		}
	})
}
