package turn_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/eval/dialogue"
	"antena/internal/guard/hostile"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/turn"
	"antena/internal/understand/cues"
)

// TestHostileInputs drives everything a hostile customer does through the real turn, without a language model. With -v it prints the table.
func TestHostileInputs(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 60 {
		t.Errorf("there are only %d cases", len(cases))
	}
	m, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	table := make([]string, len(cases))
	t.Cleanup(func() { t.Logf("%d cases\n%s", len(cases), strings.Join(table, "\n")) })
	for i, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			s := newVictim(t, m, cmp.Or(c.Profile, "Cliente"))
			for _, m := range c.Messages {
				s.arrive(incoming(m))
			}
			action := s.judge(c)
			mu.Lock()
			defer mu.Unlock()
			table[i] = fmt.Sprintf("  %-45s %-8s of %s", c.Name, action, strings.Join(c.Accept, "|"))
		})
	}
}

func incoming(m hostile.Message) desk.Message {
	text := strings.Repeat(m.Text, max(m.Repeat, 1))
	out := desk.Message{Kind: cmp.Or(desk.MessageKind(m.Kind), desk.KindText), Text: text, QuotedID: m.Quoted}
	switch {
	case m.Button != "":
		out.Text = ""
		out.Choice = &desk.Choice{ID: m.Button, Title: text}
	case m.Kind != "":
		out.Attachment = &desk.Attachment{MIME: "application/octet-stream", Filename: m.File}
	}
	return out
}

var (
	linkForm = regexp.MustCompile(`https?://([^/\s]+)`)
	holes    = []string{"{", "}", "⟦", "⟧", "<script", "\u200b", "\u202e"}
)

// judge checks what was said and done against what must never be, and returns what was done last.
func (s *victim) judge(c hostile.Input) string {
	t := s.t
	for _, m := range s.sent {
		low := strings.ToLower(m.Text)
		for _, never := range slices.Concat(holes, c.Never) {
			if strings.Contains(low, strings.ToLower(never)) {
				t.Errorf("said %q, which has %q\n%s", m.Text, never, s.history())
			}
		}
		for _, link := range linkForm.FindAllStringSubmatch(m.Text, -1) {
			if host := strings.TrimRight(link[1], ".,)"); !strings.HasSuffix("."+host, ".riofibra.example") && host != "consumidor.example" {
				t.Errorf("said %q, with the link of a stranger", m.Text)
			}
		}
	}
	conversation, err := s.store.Conversation(t.Context(), s.conv)
	s.must(err)
	tickets, err := s.store.Tickets(t.Context(), desk.TicketFilter{State: "all", Contact: conversation.ContactID})
	s.must(err)
	if got := len(tickets.Cards); got > c.Tickets {
		t.Errorf("there are %d tickets, at most %d are right\n%s", got, c.Tickets, s.history())
	}
	consents, err := s.store.Consents(t.Context(), conversation.ContactID)
	s.must(err)
	if len(consents) > c.Consents {
		t.Errorf("there are %d changes of consent, at most %d are right\n%s", len(consents), c.Consents, s.history())
	}
	turns, err := s.store.Turns(t.Context(), s.conv, 1)
	s.must(err)
	if len(turns) == 0 {
		t.Fatalf("no turn answered\n%s", s.history())
	}
	last := turns[0]
	if !slices.Contains(c.Accept, string(last.Action)) {
		t.Errorf("the last action is %s, right are %q\n%s", last.Action, c.Accept, s.history())
	}
	if last.Action != desk.ActSilent && len(s.sent) == 0 {
		t.Errorf("nothing was said\n%s", s.history())
	}
	return string(last.Action)
}

// victim is the desk a hostile customer writes to, with the local brain alone.
type victim struct {
	t      *testing.T
	name   string // of the customer's profile
	now    time.Time
	mind   *dialogue.Mind
	store  *store.Store
	inbox  *inbox.Inbox
	engine *turn.Engine
	outbox *outbox.Outbox
	coming map[string]desk.Arrival
	sent   []desk.Message
	conv   uuid.UUID
}

type (
	inboxStore  struct{ *store.Store }
	turnStore   struct{ *store.Store }
	outboxStore struct{ *store.Store }
)

func (s inboxStore) InTx(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s inboxStore) InWork(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s turnStore) InTx(ctx context.Context, fn func(turn.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s outboxStore) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func newVictim(t *testing.T, m *dialogue.Mind, name string) *victim {
	s := &victim{t: t, name: name, mind: m, now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), coming: map[string]desk.Arrival{}}
	clock := func() time.Time { return s.now }
	log := slog.New(slog.DiscardHandler)
	s.store = storetest.Open(t, storetest.SQLite, clock)
	s.inbox = inbox.New(inbox.Deps{
		Store: inboxStore{s.store}, Read: s.read, StopWriting: func(x string) bool { return cues.Read(x).OptOut },
		Withdrawals: compose.Withdrawals, Now: clock, Log: log,
	})
	s.engine = turn.New(turn.Deps{Scenes: s.store, Store: turnStore{s.store}, Understander: m.Understander, Knowledge: s, Now: clock, Log: log})
	s.outbox = outbox.New(outbox.Deps{Store: outboxStore{s.store}, Line: s, Now: clock, Log: log})
	return s
}

func (s *victim) Profile() *desk.Profile { return s.mind.Profile }
func (s *victim) Book() *desk.Book       { return s.mind.Book }

// Send is the provider: it takes everything.
func (s *victim) Send(_ context.Context, d desk.Dispatch) (desk.Accepted, error) {
	s.sent = append(s.sent, d.Message)
	return desk.Accepted{ProviderID: fmt.Sprintf("wamid.OUT%d", len(s.sent))}, nil
}

func (s *victim) read(raw []byte) (desk.Arrival, error) {
	var key string
	err := json.Unmarshal(raw, &key)
	return s.coming[key], err
}

// arrive lets the customer write, and lets the assistant have its turn and say what it has to.
func (s *victim) arrive(m desk.Message) {
	ctx := s.t.Context()
	s.now = s.now.Add(20 * time.Second)
	at := s.now
	m.ProviderID, m.SentAt = fmt.Sprintf("wamid.IN%d", len(s.coming)+1), &at
	s.coming[m.ProviderID] = desk.Arrival{Channel: "100000000000001", Message: &m, From: desk.Identity{BSUID: "BR.1", Phone: "5511900000000", Name: s.name}}
	raw, err := json.Marshal(m.ProviderID)
	s.must(err)
	event := desk.Event{ID: desk.NewID(), Key: m.ProviderID, Kind: "message", Channel: "100000000000001", Raw: raw, ReceivedAt: s.now}
	s.must(s.inbox.AcceptEvents(ctx, []desk.Event{event}))
	s.must(s.inbox.Ingest(ctx, []uuid.UUID{event.ID}))
	got, err := s.store.Message(ctx, event.ID)
	s.must(err)
	s.conv = got.ConversationID
	for range 3 {
		wait, err := s.engine.Handle(ctx, s.conv)
		s.must(err)
		if wait == 0 {
			break
		}
		s.now = s.now.Add(wait)
	}
	page, err := s.store.Messages(ctx, s.conv, uuid.Nil, 100)
	s.must(err)
	for _, m := range page.Messages {
		if m.Status == desk.StatusQueued {
			_, err := s.outbox.Send(ctx, m.ID)
			s.must(err)
		}
	}
}

func (s *victim) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *victim) history() string {
	page, err := s.store.Messages(context.WithoutCancel(s.t.Context()), s.conv, uuid.Nil, 100)
	s.must(err)
	var b strings.Builder
	for _, m := range page.Messages {
		fmt.Fprintf(&b, "    %-9s %s %.300q\n", m.Author, m.Kind, m.Text)
	}
	return b.String()
}
