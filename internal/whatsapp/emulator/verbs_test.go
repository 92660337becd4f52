package emulator_test

import (
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

// TestCustomer_EveryVerbIsUnderstood lets the customer do everything there is, and the client read it.
func TestCustomer_EveryVerbIsUnderstood(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.Coexistence = true })
	p := w.phone
	first := p.Text("hola")
	flow := w.say(t, whatsapp.Outbound{Flow: &whatsapp.Flow{Body: "Agenda", ID: "1", Label: "Agendar", Token: "t1", Screen: "START"}})
	steps := []struct {
		name string
		do   func() error
		want func(*whatsapp.Message) bool
	}{
		{"video", func() error { p.Video([]byte("film"), "video/mp4", "mira"); return nil }, func(m *whatsapp.Message) bool { return m.Type == "video" && m.Media.Caption == "mira" }},
		{"sound", func() error { p.Sound([]byte("song"), "audio/mpeg", "a.mp3"); return nil }, func(m *whatsapp.Message) bool { return m.Type == "audio" && !m.Media.Voice }},
		{"sticker", func() error { p.Sticker([]byte("webp"), true); return nil }, func(m *whatsapp.Message) bool { return m.Media.Animated }},
		{"cards", func() error { p.SendCards(emulator.Card{Name: "Zé", Phone: "+55 11 91234-5678"}); return nil }, func(m *whatsapp.Message) bool {
			return !m.Contacts.Requested && m.Contacts.Cards[0].Phones[0].Phone == "+55 11 91234-5678"
		}},
		{"own card", func() error { p.ShareContact(); return nil }, func(m *whatsapp.Message) bool { return m.Contacts.Requested }},
		{"order", func() error {
			p.Order("cat", "hoy", emulator.Item{ID: "plan300", Title: "Plan 300", Price: 9990, Currency: "BRL", Quantity: 1})
			return nil
		}, func(m *whatsapp.Message) bool {
			return m.Order.Items[0].Price == "99.9" && m.Order.Items[0].Quantity == 1
		}},
		{"forwarded", func() error { p.Forward("vean", false); return nil }, func(m *whatsapp.Message) bool { return m.Context.Forwarded }},
		{"often forwarded", func() error { p.Forward("vean", true); return nil }, func(m *whatsapp.Message) bool { return m.Context.FrequentlyForwarded }},
		{"ad", func() error {
			p.FromAd(emulator.Ad{ID: "7", URL: "https://fb.example/x", Headline: "Fibra"}, "quiero")
			return nil
		}, func(m *whatsapp.Message) bool {
			return m.Referral.SourceID == "7" && m.Referral.ClickID != ""
		}},
		{"form", func() error { _, err := p.FillForm(flow, map[string]string{"day": "lunes"}); return err }, func(m *whatsapp.Message) bool {
			return m.Reply.Kind == whatsapp.ReplyFlow && string(m.Reply.Response) == `{"day":"lunes","flow_token":"t1"}` && m.Context.ReplyTo == flow
		}},
		{"edit", func() error { _, err := p.Edit(first, "hola!"); return err }, func(m *whatsapp.Message) bool {
			return m.Edit.OriginalID == first && m.Edit.Message.Text == "hola!"
		}},
		{"revoke", func() error { _, err := p.Revoke(first); return err }, func(m *whatsapp.Message) bool { return m.RevokedID == first }},
		{"unsupported", func() error { p.Unsupported("poll_creation"); return nil }, func(m *whatsapp.Message) bool { return m.Unsupported == "poll_creation" }},
		{"new number", func() error { return p.ChangeNumber("5493515550199") }, func(m *whatsapp.Message) bool {
			return m.System.Type == whatsapp.SystemNumberChanged && m.System.Current.Phone == "5493515550199" && m.System.Previous.BSUID != m.System.Current.BSUID
		}},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		w.settle(t)
		got := w.hook.messages()
		if last := got[len(got)-1]; !step.want(last) {
			t.Errorf("%s arrived as %s", step.name, last.Raw)
		}
	}
	if _, err := p.Edit(first, "again"); err == nil {
		t.Error("a deleted message was edited")
	}
	if _, e := w.send(t, text("x")); e == nil || e.Code != 131030 {
		t.Errorf("the old number was reached: %v", e)
	}
	if sent, e := w.send(t, whatsapp.Outbound{To: whatsapp.Recipient{Phone: "5493515550199"}, Text: &whatsapp.Text{Body: "x"}}); e != nil || sent.ID == "" {
		t.Errorf("the new number: %v", e)
	}
}

func TestCustomer_EditsElsewhereAreUnsupportedAndDeletionsUntold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	id := w.phone.Text("hola")
	if _, err := w.phone.Edit(id, "holá"); err != nil {
		t.Fatal(err)
	}
	if told, err := w.phone.Revoke(id); err != nil || told != "" {
		t.Errorf("told %q, %v", told, err)
	}
	w.settle(t)
	if got := w.hook.messages(); len(got) != 2 || got[1].Unsupported != "edit" {
		t.Errorf("arrived %+v", got)
	}
	if m := w.phone.Thread()[0]; !m.Deleted || m.Text != "" {
		t.Errorf("the phone shows %+v", m)
	}
}

func TestCallsAndEchoes_HaveFieldsOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Call()
	w.phone.Echo("Soy el dueño")
	w.settle(t)
	w.hook.mu.Lock()
	defer w.hook.mu.Unlock()
	calls, echoes := 0, 0
	for _, e := range w.hook.events {
		if e.Call != nil {
			calls++
		}
		if e.Echo != nil && e.Echo.Message.Text == "Soy el dueño" {
			echoes++
		}
	}
	if calls != 2 || echoes != 1 {
		t.Errorf("%d events of calls and %d echoes", calls, echoes)
	}
	if _, e := w.send(t, text("te llamamos")); e != nil {
		t.Errorf("a call opens the window: %v", e)
	}
}

func TestPricing_FreeEntryPointAndOldFreeWindow(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		now  time.Time
		ad   bool
		kind string
	}{
		"before October 2026": {time.Date(2026, 9, 30, 12, 0, 0, 0, time.UTC), false, "free_customer_service"},
		"since":               {time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC), false, "regular"},
		"from an ad":          {time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC), true, "free_entry_point"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *emulator.Config) { c.Now = func() time.Time { return test.now } })
			if test.ad {
				w.phone.FromAd(emulator.Ad{ID: "1", URL: "https://fb.example"}, "hola")
			} else {
				w.phone.Text("hola")
			}
			w.say(t, text("respuesta"))
			w.settle(t)
			if p := w.hook.statuses()[0].Pricing; p == nil || p.Type != test.kind {
				t.Errorf("priced %+v, want %s", p, test.kind)
			}
		})
	}
}

func TestAdvance_ClosesTheWindowAndDeliversWhatWasHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Text("hola")
	w.settle(t)
	remove := w.em.Inject(emulator.Fault{Kind: emulator.FaultHold, Delay: 48 * time.Hour})
	w.phone.Text("tarde")
	w.em.Advance(25 * time.Hour)
	if _, e := w.send(t, text("x")); e == nil || e.Code != 131047 {
		t.Errorf("after 25 hours: %v", e)
	}
	if n := len(w.hook.messages()); n != 1 {
		t.Errorf("%d messages arrived, the second two days early", n)
	}
	remove()
	w.em.Advance(24 * time.Hour)
	w.settle(t)
	if got := w.hook.messages(); len(got) != 2 || got[1].Text != "tarde" {
		t.Errorf("arrived %+v", got)
	}
}

// say sends and expects it to be taken.
func (w *world) say(t *testing.T, m whatsapp.Outbound) string {
	t.Helper()
	sent, e := w.send(t, m)
	if e != nil {
		t.Fatalf("%v (%s)", e, e.Details)
	}
	return sent.ID
}
