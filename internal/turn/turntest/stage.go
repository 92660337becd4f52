// Package turntest is a desk for tests with one customer: inbox, turn and outbox as
// they serve, on a store and with a clock of their own, and a provider that takes
// everything. It judges what the desk said and did against package guard/hostile's
// tables. It is imported by tests only.
package turntest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/adapt"
	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/eval/dialogue"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/turn"
	"antena/internal/understand/cues"
)

// Stage is one conversation of one customer with the desk.
type Stage struct {
	Store  *store.Store
	Mind   *dialogue.Mind
	Engine *turn.Engine
	Sent   []desk.Message // to the customer, as the provider got them
	Conv   uuid.UUID      // zero before the first message
	Now    time.Time      // the desk's clock

	t      *testing.T
	name   string // of the customer's profile
	inbox  *inbox.Inbox
	outbox *outbox.Outbox
	coming map[string]desk.Arrival
}

// Options say what the desk is made of, beside its mind.
type Options struct {
	Dialect   string                               // default SQLite
	Name      string                               // of the customer's profile; an ordinary one when empty
	Reader    func(*store.Store) turn.Understander // nil: the mind's
	Wordsmith turn.Wordsmith
	Deadline  time.Duration
}

const channelID = "100000000000001"

// New opens a desk.
func New(t *testing.T, m *dialogue.Mind, o Options) *Stage {
	t.Helper()
	s := &Stage{
		t: t, Mind: m, name: cmp.Or(o.Name, "Cliente"), Now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), coming: map[string]desk.Arrival{},
	}
	clock := func() time.Time { return s.Now }
	log := slog.New(slog.DiscardHandler)
	s.Store = storetest.Open(t, cmp.Or(o.Dialect, storetest.SQLite), clock)
	s.inbox = inbox.New(inbox.Deps{
		Store: adapt.Inbox{Store: s.Store}, Read: s.read, StopWriting: func(x string) bool { return cues.Read(x).OptOut },
		Withdrawals: compose.Withdrawals, Now: clock, Log: log,
	})
	understander := m.Understander
	if o.Reader != nil {
		understander = o.Reader(s.Store)
	}
	s.Engine = turn.New(turn.Deps{
		Scenes: s.Store, Store: adapt.Turn{Store: s.Store}, Understander: understander, Wordsmith: o.Wordsmith, Deadline: o.Deadline, Knowledge: s, Now: clock, Log: log,
	})
	s.outbox = outbox.New(outbox.Deps{Store: adapt.Outbox{Store: s.Store}, Line: s, Now: clock, Log: log})
	return s
}

// Profile is the mind's.
func (s *Stage) Profile() *desk.Profile { return s.Mind.Profile }

// Book is the mind's.
func (s *Stage) Book() *desk.Book { return s.Mind.Book }

// Send is the provider: it takes everything.
func (s *Stage) Send(_ context.Context, d desk.Dispatch) (desk.Accepted, error) {
	s.Sent = append(s.Sent, d.Message)
	return desk.Accepted{ProviderID: fmt.Sprintf("wamid.OUT%d", len(s.Sent))}, nil
}

func (s *Stage) read(raw []byte) (desk.Arrival, error) {
	var key string
	err := json.Unmarshal(raw, &key)
	return s.coming[key], err
}

// Says lets the customer write words.
func (s *Stage) Says(text string) {
	s.t.Helper()
	s.Arrive(desk.Message{Kind: desk.KindText, Text: text})
}

// Arrive lets the customer send a message, and lets the assistant have its turn and
// say what it has to.
func (s *Stage) Arrive(m desk.Message) {
	s.t.Helper()
	ctx := s.t.Context()
	s.Now = s.Now.Add(20 * time.Second)
	at := s.Now
	m.ProviderID, m.SentAt = fmt.Sprintf("wamid.IN%d", len(s.coming)+1), &at
	s.coming[m.ProviderID] = desk.Arrival{Channel: channelID, Message: &m, From: desk.Identity{BSUID: "BR.1", Phone: "5511900000000", Name: s.name}}
	raw, err := json.Marshal(m.ProviderID)
	s.must(err)
	event := desk.Event{ID: desk.NewID(), Key: m.ProviderID, Kind: "message", Channel: channelID, Raw: raw, ReceivedAt: s.Now}
	s.must(s.inbox.AcceptEvents(ctx, []desk.Event{event}))
	s.must(s.inbox.Ingest(ctx, []uuid.UUID{event.ID}))
	got, err := s.Store.Message(ctx, event.ID)
	s.must(err)
	s.Conv = got.ConversationID
	for range 3 {
		wait, err := s.Engine.Handle(ctx, s.Conv)
		s.must(err)
		if wait == 0 {
			break
		}
		s.Now = s.Now.Add(wait)
	}
	page, err := s.Store.Messages(ctx, s.Conv, uuid.Nil, 100)
	s.must(err)
	for _, m := range page.Messages {
		if m.Status == desk.StatusQueued {
			_, err := s.outbox.Send(ctx, m.ID)
			s.must(err)
		}
	}
}

// Last is the newest turn.
func (s *Stage) Last() desk.Turn {
	s.t.Helper()
	turns, err := s.Store.Turns(s.t.Context(), s.Conv, 1)
	s.must(err)
	if len(turns) == 0 {
		s.t.Fatalf("no turn answered\n%s", s.History())
	}
	return turns[0]
}

// Replays decides every turn again from its record, without a model, and fails the
// test when one comes out otherwise.
func (s *Stage) Replays() {
	s.t.Helper()
	turns, err := s.Store.Turns(s.t.Context(), s.Conv, 100)
	s.must(err)
	r := &turn.Replayer{Records: s.Store, Knowledge: s, Understander: s.Mind.Understander}
	for _, was := range turns {
		again, err := r.Replay(s.t.Context(), was.ID, false)
		s.must(err)
		if !again.Same || len(again.Inputs) > 0 {
			s.t.Errorf("%s %s is decided otherwise: %+v %+v", was.Action, was.Reason, again.Inputs, again.Stored.Changes)
		}
	}
}

func (s *Stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// History is the thread, for reports.
func (s *Stage) History() string {
	page, err := s.Store.Messages(context.WithoutCancel(s.t.Context()), s.Conv, uuid.Nil, 100)
	s.must(err)
	var b strings.Builder
	for _, m := range page.Messages {
		fmt.Fprintf(&b, "    %-9s %s %.300q\n", m.Author, m.Kind, m.Text)
	}
	return b.String()
}
