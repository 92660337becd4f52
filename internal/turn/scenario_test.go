package turn_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/faq"
	"antena/internal/agents"
	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/knowledge"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/turn"
	"antena/internal/understand"
	"antena/internal/understand/cues"
)

// Scenarios are whole conversations in files. A file opens with what broke, or
// could, and what is promised; then one step or expectation a line:
//
//	hours: closed                 people do not answer now
//	contact: words                the contact writes, and the assistant has its turn
//	contact image|audio|...: words
//	press: title                  of a button of the last message
//	agent claims | agent replies: words | agent gives back | agent resolves
//	wait: 25h
//	decided: action reason        of the last turn
//	intent: label   article: id   owner: queue   handoff: reason
//	says: words                   part of the last message to the contact
//	says not: words
//	silent                        nothing was said to the last step
//	buttons: a | b
//	tickets: 1                    how many the contact has
//	ticket: intent state priority team
//	consents: 3
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			for _, dialect := range storetest.Dialects() {
				t.Run(dialect, func(t *testing.T) {
					t.Parallel()
					play(t, dialect, file)
				})
			}
		})
	}
}

// shared is knowledge that no scenario changes, learned once.
var shared = sync.OnceValues(func() (*mind, error) {
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		return nil, err
	}
	m := &mind{book: knowledge.NewBook(lib.Articles, lib), library: lib, brain: understand.New(nil)}
	return m, m.brain.Learn(context.Background(), m.book)
})

type mind struct {
	book    *desk.Book
	library *knowledge.Library
	brain   *understand.Brain
}

// scene is one conversation being played.
type stage struct {
	t       *testing.T
	now     time.Time
	store   *store.Store
	inbox   *inbox.Inbox
	engine  *turn.Engine
	outbox  *outbox.Outbox
	agents  *agents.Desk
	agent   desk.Agent
	profile *desk.Profile
	book    *desk.Book
	coming  map[string]desk.Arrival
	sent    []desk.Message
	before  int // messages sent before the last step
	conv    uuid.UUID
	count   int
}

const channelID = "100000000000001"

func play(t *testing.T, dialect, file string) {
	m, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), profile: knowledge.DemoProfile(m.library), book: m.book, coming: map[string]desk.Arrival{}}
	clock := func() time.Time { return s.now }
	s.store = storetest.Open(t, dialect, clock)
	log := slog.New(slog.DiscardHandler)
	s.inbox = inbox.New(inbox.Deps{
		Store: inboxStore{s.store}, Read: s.read, StopWriting: func(x string) bool { f := cues.Read(x); return f.OptOut },
		Withdrawals: compose.Withdrawals, Now: clock, Log: log,
	})
	s.engine = turn.New(turn.Deps{Scenes: s.store, Store: turnStore{s.store}, Understander: m.brain, Knowledge: s, Now: clock, Log: log})
	s.outbox = outbox.New(outbox.Deps{Store: outboxStore{s.store}, Line: s, Now: clock, Log: log})
	s.agents = agents.New(agents.Deps{Store: agentsStore{s.store}, Now: clock})
	s.agent = desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: s.now, UpdatedAt: s.now}
	s.must(s.store.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAgent(t.Context(), &s.agent) }))
	f, err := os.Open(file)
	s.must(err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if problem := s.line(line); problem != "" {
			t.Fatalf("%s:%d: %s\n  %s\n%s", file, n, line, problem, s.history())
		}
	}
}

func (s *stage) Profile() *desk.Profile { return s.profile }
func (s *stage) Book() *desk.Book       { return s.book }

// Send is the provider: it takes everything.
func (s *stage) Send(_ context.Context, d desk.Dispatch) (desk.Accepted, error) {
	s.sent = append(s.sent, d.Message)
	return desk.Accepted{ProviderID: fmt.Sprintf("wamid.OUT%d", len(s.sent))}, nil
}

func (s *stage) read(raw []byte) (desk.Arrival, error) {
	var key string
	err := json.Unmarshal(raw, &key)
	return s.coming[key], err
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.history())
	}
}

// arrive lets the contact write, and lets the assistant have its turn.
func (s *stage) arrive(m desk.Message) {
	ctx := s.t.Context()
	s.count++
	s.now = s.now.Add(20 * time.Second)
	s.before = len(s.sent)
	at := s.now
	m.ProviderID, m.SentAt = fmt.Sprintf("wamid.IN%d", s.count), &at
	s.coming[m.ProviderID] = desk.Arrival{Channel: channelID, Message: &m, From: desk.Identity{BSUID: "BR.1", Phone: "5511900000000", Name: "Cliente"}}
	raw, err := json.Marshal(m.ProviderID)
	s.must(err)
	event := desk.Event{ID: desk.NewID(), Key: m.ProviderID, Kind: "message", Channel: channelID, Raw: raw, ReceivedAt: s.now}
	s.must(s.inbox.AcceptEvents(ctx, []desk.Event{event}))
	s.must(s.inbox.Ingest(ctx, []uuid.UUID{event.ID}))
	got, err := s.store.Message(ctx, event.ID)
	s.must(err)
	s.conv = got.ConversationID
	s.turn()
}

// turn runs what jobs would: the turn when it is due, then the sends.
func (s *stage) turn() {
	ctx := s.t.Context()
	for range 3 {
		wait, err := s.engine.Handle(ctx, s.conv)
		s.must(err)
		if wait == 0 {
			break
		}
		s.now = s.now.Add(wait)
	}
	s.drain()
}

func (s *stage) drain() {
	ctx := s.t.Context()
	page, err := s.store.Messages(ctx, s.conv, uuid.Nil, 100)
	s.must(err)
	for _, m := range page.Messages {
		if m.Status == desk.StatusQueued {
			_, err := s.outbox.Send(ctx, m.ID)
			s.must(err)
		}
	}
}

func (s *stage) history() string {
	if s.conv == uuid.Nil {
		return ""
	}
	page, err := s.store.Messages(context.Background(), s.conv, uuid.Nil, 100)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, m := range page.Messages {
		fmt.Fprintf(&b, "    %-9s %s%s %q", m.Author, m.Kind, m.Notice, m.Text)
		if m.TurnID != nil {
			if turn, err := s.store.Turn(context.Background(), *m.TurnID); err == nil {
				fmt.Fprintf(&b, "  [%s %s rule=%s intent=%s accept=%.2f none=%.2f certain=%s]", turn.Action, turn.Reason, turn.Decision.Rule, turn.Intent, turn.Understanding.Accept, turn.Understanding.None, turn.Understanding.Certain)
			}
		}
		b.WriteByte('\n')
	}
	if last, err := s.lastTurn(); err == nil {
		fmt.Fprintf(&b, "    last turn: %s %s rule=%s intents=%v accept=%.2f none=%.2f certain=%s\n", last.Action, last.Reason, last.Decision.Rule, last.Understanding.Intents, last.Understanding.Accept, last.Understanding.None, last.Understanding.Certain)
	}
	return b.String()
}
