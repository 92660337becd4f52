package inbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	wire "antena/internal/channel"
	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// lostSend is the id of a message whose answer never came.
var lostSend = uuid.MustParse("01920000-0000-7000-8000-000000000001")

// Whatever the order in which a session's events come, however often and in what
// company, the desk ends in the same state.
//
// What does not commute by nature is decided by the provider's word: two messages
// stand by its time and then by wamid; of two edits, reactions, names or addresses
// the one it dates later counts. Left out of the comparison are our own ids and
// clocks.
func TestProperty_AnyOrderEndsInTheSameState(t *testing.T) {
	t.Parallel()
	seeds := map[string]int{storetest.SQLite: 40, storetest.Postgres: 4}
	if testing.Short() {
		seeds = map[string]int{storetest.SQLite: 8, storetest.Postgres: 1}
	}
	day := tale{bodies: session(t), now: noon, begin: (*world).begin}
	if len(day.bodies) < 60 {
		t.Fatalf("the session has only %d events", len(day.bodies))
	}
	day.anyOrder(t, seeds)
}

// tale is a session to be told in any order.
type tale struct {
	bodies [][]byte
	now    time.Time // of the desk, later than all that is told
	begin  func(*world)
}

// anyOrder tells it in as many orders per database, which must all end as it does in order.
func (s tale) anyOrder(t *testing.T, seeds map[string]int) {
	t.Helper()
	want := s.play(t, storetest.SQLite, inOrder(len(s.bodies)))
	if testing.Verbose() {
		t.Log("\n" + want)
	}
	for _, dialect := range storetest.Dialects() {
		for seed := range seeds[dialect] {
			t.Run(fmt.Sprint(dialect, "/", seed), func(t *testing.T) {
				t.Parallel()
				got := s.play(t, dialect, shuffled(uint64(seed), len(s.bodies)))
				if got != want {
					t.Errorf("another order, another state\n%s", differ(got, want))
				}
			})
		}
	}
}

// inOrder delivers each event by itself, as it happened.
func inOrder(n int) (batches [][]int) {
	for i := range n {
		batches = append(batches, []int{i})
	}
	return batches
}

// shuffled delivers events in any order, some of them repeatedly, in batches of any
// size. Some seeds only delay: what is late comes after up to the whole session.
func shuffled(seed uint64, n int) (batches [][]int) {
	r := rand.New(rand.NewPCG(seed, 7))
	at := make([]float64, 0, 2*n)
	which := make([]int, 0, 2*n)
	for i := range n {
		for range 1 + r.IntN(2) {
			delay := r.Float64() * float64(n)
			if seed%2 == 0 && r.IntN(4) > 0 {
				delay = r.Float64() * 2
			}
			which, at = append(which, i), append(at, float64(i)+delay)
		}
	}
	order := make([]int, len(which))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if at[a] < at[b] {
			return -1
		}
		return 1
	})
	for len(order) > 0 {
		size := min(len(order), 1+r.IntN(9))
		var batch []int
		for _, i := range order[:size] {
			if !slices.Contains(batch, which[i]) {
				batch = append(batch, which[i])
			}
		}
		batches, order = append(batches, batch), order[size:]
	}
	return batches
}

// play runs a session on a fresh desk and tells what it ends in.
func (s tale) play(t *testing.T, dialect string, batches [][]int) string {
	t.Helper()
	w := &world{t: t, now: s.now}
	clock := func() time.Time { return w.now }
	w.store = &adapter{Store: storetest.Open(t, dialect, clock)}
	w.inbox = inbox.New(inbox.Deps{
		Store: w.store, Now: clock, Log: slog.New(slog.DiscardHandler), Withdrawals: compose.Withdrawals, Read: wire.Read,
		StopWriting: func(text string) bool { return strings.EqualFold(text, "stop") },
	})
	all := events(t, s.bodies)
	w.visit()
	s.begin(w)
	for _, batch := range batches {
		var some []desk.Event
		for _, i := range batch {
			some = append(some, all[i])
			some[len(some)-1].ID = desk.NewID()
		}
		w.comes(some...)
	}
	waiting, err := w.store.ParkedMessages(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range waiting { // what upkeep does
		if err := w.inbox.Meet(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	return w.state()
}

// visit hands in the template of which the session tells.
func (w *world) visit() {
	w.do(func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveTemplate(ctx, &desk.Template{ID: "77", Name: "visita", Language: "pt_BR", Status: desk.TemplatePending, Quality: "GREEN", SyncedAt: noon.Add(-7 * time.Hour)})
	})
}

// begin gives Ana a conversation in which we have said something already, and a
// ticket; Bea, who is only known by her phone, has a ticket too.
func (w *world) begin() {
	w.do(func(ctx context.Context, tx *store.Tx) error {
		before := noon.Add(-7 * time.Hour)
		for i, person := range []who{ana, beaTel} {
			contact, err := tx.ContactFor(ctx, desk.Identity{Phone: person.phone, BSUID: person.bsuid, Name: person.name, At: before}, before)
			if err != nil {
				return err
			}
			conv, err := tx.ConversationFor(ctx, contact.ID, channel, before)
			if err != nil {
				return err
			}
			ticket := &desk.Ticket{ID: desk.NewID(), Protocol: fmt.Sprint("P", i), ContactID: contact.ID, ConversationID: conv.ID, State: desk.TicketNew, Priority: desk.PriorityNormal, CreatedAt: before, UpdatedAt: before}
			if err := tx.AddTicket(ctx, ticket); err != nil {
				return err
			}
			if i > 0 {
				continue
			}
			for _, wamid := range []string{"wamid.out1", "wamid.out2", "wamid.out3", "wamid.out4", ""} {
				m := &desk.Message{ID: desk.NewID(), ConversationID: conv.ID, Channel: channel, Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "resposta " + wamid, ProviderID: wamid, Status: desk.StatusSent, CreatedAt: before}
				if wamid == "" {
					m.ID, m.Status = lostSend, desk.StatusUnknown
				}
				if _, err := tx.AddMessage(ctx, m); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// state is everything the desk knows, but for our own ids and clocks, in one order.
func (w *world) state() string {
	w.t.Helper()
	var out []string
	page, err := w.store.Conversations(w.t.Context(), desk.ConversationFilter{View: desk.ViewAll, Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	closed, err := w.store.Conversations(w.t.Context(), desk.ConversationFilter{View: desk.ViewClosed, Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, card := range append(page.Cards, closed.Cards...) {
		out = append(out, w.conversationState(&card.Conversation))
	}
	slices.Sort(out)
	var alerts []string
	for _, a := range w.alerts() {
		alerts = append(alerts, fmt.Sprintf("alert %s %s %s %d times\n", a.Kind, a.Subject, a.Severity, a.Count))
	}
	slices.Sort(alerts)
	visit, err := w.store.Template(w.t.Context(), "77")
	if err != nil {
		w.t.Fatal(err)
	}
	alerts = append(alerts, fmt.Sprintf("template %s %s %s\n", visit.Name, visit.Status, visit.Quality))
	return strings.Join(out, "\n") + strings.Join(alerts, "")
}

func (w *world) conversationState(c *desk.Conversation) string {
	w.t.Helper()
	ctx := w.t.Context()
	contact, err := w.store.Contact(ctx, c.ContactID)
	if err != nil {
		w.t.Fatal(err)
	}
	reason := desk.Reason("")
	if c.Handoff != nil {
		reason = c.Handoff.Reason
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %s %s\n", contact.BSUID, contact.Name, contact.Phone, contact.Username)
	fmt.Fprintf(&b, "  %s %s %s unread %d, %q by %s, held by %q, window %v, referred %v, turn %v\n", c.Owner, c.State, reason, c.Unread, c.Preview, c.PreviewBy,
		c.Controller, c.WindowEndsAt, c.ReferredAt, c.TurnDueAt != nil)
	messages, err := w.store.Messages(ctx, c.ID, uuid.Nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	var lines []string
	for _, m := range messages.Messages {
		if m.Kind == desk.KindNotice {
			continue // our own words about it, at our own times
		}
		details, _ := json.Marshal(m.Details)
		lines = append(lines, fmt.Sprintf("  %s %s %s %s %s %q %v %s [%s|%s] %s %d %v %v %v q=%s %s\n", m.Spoken().Format(time.TimeOnly), m.ProviderID, m.Direction, m.Author, m.Kind, m.Text, m.Versions,
			m.Notice, m.Reaction, m.OwnReaction, m.Status, m.FailureCode, m.SentAt, m.DeliveredAt, m.ReadAt, m.QuotedID, details))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	consents, err := w.store.Consents(ctx, c.ContactID)
	if err != nil {
		w.t.Fatal(err)
	}
	lines = nil
	for _, k := range consents {
		lines = append(lines, fmt.Sprintf("  consent %s %s %v %s %q\n", k.CreatedAt.Format(time.TimeOnly), k.Purpose, k.Granted, k.Source, k.Wording))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	tickets, err := w.store.Tickets(ctx, desk.TicketFilter{Contact: c.ContactID, State: "all"})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, k := range tickets.Cards {
		fmt.Fprintf(&b, "  ticket %s %s here %v\n", k.Ticket.Protocol, k.Ticket.State, k.Ticket.ConversationID == c.ID)
	}
	return b.String()
}

// differ shows the lines that only one of two states has.
func differ(got, want string) string {
	var b strings.Builder
	a, c := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range a {
		if !slices.Contains(c, line) {
			b.WriteString("got  " + line + "\n")
		}
	}
	for _, line := range c {
		if !slices.Contains(a, line) {
			b.WriteString("want " + line + "\n")
		}
	}
	return b.String()
}
