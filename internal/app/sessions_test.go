package app_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp/emulator"
	"antena/internal/whatsapp/emulator/recording"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	record = flag.Bool("record", false, "record the sessions anew")
)

// sessionsDir holds the recorded sessions, which the inbox too is shown, in any order.
const sessionsDir = "../whatsapp/emulator/recording/testdata"

// customers of the sessions: one known by phone and BSUID, one by phone alone, one by BSUID alone.
var (
	lucia = emulator.CustomerProfile{Name: "Lucía Gómez", Phone: "5493515550101", BSUID: "AR.lucia"}
	bruno = emulator.CustomerProfile{Name: "Bruno Dias", Phone: "5511955550102"}
	grace = emulator.CustomerProfile{Name: "Grace Hill", BSUID: "US.grace", Username: "grace.hill"}
)

// sessions are what was played when the files were recorded; said waits for what the business makes of each act.
var sessions = map[string]func(t *testing.T, em *emulator.Emulator, said func()){
	"question-es": func(_ *testing.T, em *emulator.Emulator, said func()) {
		p := em.Customer(lucia)
		p.Text("cómo cambio la clave del wifi?")
		said()
		p.React(p.Thread()[1].ID, "👍")
		said()
		p.Quote(p.Thread()[1].ID, "gracias")
		said()
	},
	"handoff-pt": func(t *testing.T, em *emulator.Emulator, said func()) {
		p := em.Customer(bruno)
		first := p.Text("quero falar com um atendente")
		said()
		if _, err := p.Edit(first, "quero falar com uma pessoa"); err != nil {
			t.Fatal(err)
		}
		p.Location(-23.55, -46.63, "Casa")
		said()
		wrong := p.Text("esquece")
		said()
		if _, err := p.Revoke(wrong); err != nil {
			t.Fatal(err)
		}
		said()
	},
	"ticket-es": func(_ *testing.T, em *emulator.Emulator, said func()) {
		p := em.Customer(lucia)
		p.Text("no tengo internet")
		said()
		p.Text("ya lo reinicié y sigue sin andar")
		said()
		p.Text("no, sigue igual")
		said()
	},
	"two-at-once": func(_ *testing.T, em *emulator.Emulator, said func()) {
		g, l := em.Customer(grace), em.Customer(lucia)
		g.Text("how do i change my wifi password?")
		l.Text("no tengo internet")
		said()
		g.Image([]byte("\x89PNG\r\n\x1a\nnot much of a picture"), "image/png", "my router")
		l.Text("quiero hablar con una persona")
		said()
		g.Text("thanks!")
		said()
	},
}

// What was recorded happens again, on both databases: conversations, tickets and ticks end as they did.
func TestSessions(t *testing.T) {
	t.Parallel()
	if *record {
		for name, session := range sessions {
			recordSession(t, name, session)
		}
	}
	files, err := filepath.Glob(filepath.Join(sessionsDir, "*.jsonl"))
	if err != nil || len(files) < len(sessions) {
		t.Fatalf("%d recorded sessions of %d: %v", len(files), len(sessions), err)
	}
	each(t, func(t *testing.T, dialect string) {
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
			t.Run(name, func(t *testing.T) { replaySession(t, dialect, name, file) })
		}
	})
}

func recordSession(t *testing.T, name string, session func(*testing.T, *emulator.Emulator, func())) {
	t.Helper()
	d := apptest.New(t, apptest.Options{})
	d.Graph.SetCoexistence(true)
	d.Graph.Record()
	session(t, d.Graph.Emulator, func() { ended(t, d) })
	d.Stop(t)
	f, err := os.Create(filepath.Join(sessionsDir, name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := recording.Save(f, d.Graph.Recorded()); err != nil {
		t.Fatal(err)
	}
}

func replaySession(t *testing.T, dialect, name, file string) {
	t.Helper()
	session, err := recording.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	d := apptest.New(t, apptest.Options{Dialect: dialect})
	d.Graph.SetCoexistence(true)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := recording.Replay(ctx, d.Graph.Emulator, session); err != nil {
		t.Fatal(err)
	}
	ended(t, d)
	got, golden := outcome(t, d.Store), filepath.Join("testdata", "sessions", name+".txt")
	if *update && dialect == storetest.SQLite {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the session ends in\n%s\nwant\n%s", got, want)
	}
}

// ended waits until all that was told is worked off and all that was sent is read.
func ended(t *testing.T, d *apptest.Desk) {
	t.Helper()
	apptest.Eventually(t, "everything is said and read", func() bool {
		if d.Graph.Settle(t.Context()) != nil || !d.Idle(t) {
			return false
		}
		for _, p := range d.Graph.Customers() {
			for _, m := range p.Thread() {
				if !m.FromCustomer && m.Tick != emulator.TickRead {
					return false
				}
			}
		}
		return d.Graph.Settle(t.Context()) == nil && d.Idle(t)
	})
}

// outcome is how conversations, tickets and ticks stand, without what differs each time: ids, times, and the assistant's
// words, which change with the hour; what it decided stands in their place.
func outcome(t *testing.T, s *store.Store) string {
	t.Helper()
	page, err := s.Conversations(t.Context(), desk.ConversationFilter{View: desk.ViewAll, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, card := range page.Cards {
		all = append(all, story(t, s, &card.Conversation))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func story(t *testing.T, s *store.Store, c *desk.Conversation) string {
	t.Helper()
	contact, err := s.Contact(t.Context(), c.ContactID)
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Messages(t.Context(), c.ID, desk.NewID(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%q %s %s\n  %s %s\n", contact.Name, contact.Phone, contact.BSUID, c.Owner, c.State)
	for _, m := range page.Messages {
		if m.Direction != desk.Outbound {
			fmt.Fprintf(&b, "  %s %s %q worded %d times, reaction %q %s\n", m.Author, m.Kind, m.Text, max(1, len(m.Versions)), m.Reaction, m.Notice)
			continue
		}
		decided := "a notice"
		if m.TurnID != nil {
			turn, err := s.Turn(t.Context(), *m.TurnID)
			if err != nil {
				t.Fatal(err)
			}
			decided = fmt.Sprintf("%s %s in %s", turn.Action, turn.Intent, turn.Language)
		}
		fmt.Fprintf(&b, "  %s %s %s: %s, reaction %q\n", m.Author, m.Kind, m.Status, decided, m.Reaction)
	}
	tickets, err := s.Tickets(t.Context(), desk.TicketFilter{Contact: c.ContactID, State: "all"})
	if err != nil {
		t.Fatal(err)
	}
	for _, card := range tickets.Cards {
		fmt.Fprintf(&b, "  ticket %s %s\n", card.Ticket.State, card.Ticket.Priority)
	}
	return b.String()
}
