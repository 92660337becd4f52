package inbox_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const channel = "100"

type adapter struct {
	*store.Store
	away error
}

func (s *adapter) InWork(ctx context.Context, fn func(inbox.Tx) error) error { return s.InTx(ctx, fn) }

func (s *adapter) InTx(ctx context.Context, fn func(inbox.Tx) error) error {
	if s.away != nil {
		return s.away
	}
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is an inbox over a store; an event's bytes are the arrival in JSON.
type world struct {
	t       *testing.T
	store   *adapter
	inbox   *inbox.Inbox
	now     time.Time
	mu      sync.Mutex
	heard   []string
	strange []string
}

// each runs a test on both databases.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, now: noon}
			clock := func() time.Time { return w.now }
			w.store = &adapter{Store: storetest.Open(t, dialect, clock)}
			w.inbox = inbox.New(inbox.Deps{
				Store: w.store, Now: clock, Log: slog.New(slog.DiscardHandler), Withdrawals: compose.Withdrawals,
				StopWriting: func(text string) bool { return strings.EqualFold(text, "stop") },
				Read: func(raw []byte) (a desk.Arrival, err error) {
					err = json.Unmarshal(raw, &a)
					return a, err
				},
				Strange: func(what string) { w.mu.Lock(); defer w.mu.Unlock(); w.strange = append(w.strange, what) },
				Heard:   func(m desk.Message) { w.mu.Lock(); defer w.mu.Unlock(); w.heard = append(w.heard, m.Text) },
			})
			test(w)
		})
	}
}

func raw(t *testing.T, a desk.Arrival) desk.Event {
	t.Helper()
	a.Channel = channel
	bytes, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	id := desk.NewID()
	return desk.Event{ID: id, Key: id.String(), Kind: "message", Channel: channel, Raw: bytes}
}

// comes stores events and ingests them in one job.
func (w *world) comes(events ...desk.Event) []uuid.UUID {
	w.t.Helper()
	var ids []uuid.UUID
	for i := range events {
		events[i].ReceivedAt = w.now
		ids = append(ids, events[i].ID)
	}
	if err := w.inbox.AcceptEvents(w.t.Context(), events); err != nil {
		w.t.Fatal(err)
	}
	if err := w.inbox.Ingest(w.t.Context(), ids); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

var bruna = desk.Identity{BSUID: "BR.1", Phone: "5511900000000", Name: "Bruna"}

// says is a text of a person's; its wamid is made from the words.
func (w *world) says(who desk.Identity, text string) desk.Event {
	return raw(w.t, desk.Arrival{From: who, Message: &desk.Message{Kind: desk.KindText, Text: text, ProviderID: "wamid." + text}})
}

func (w *world) arrival(a desk.Arrival) desk.Event { return raw(w.t, a) }

func (w *world) message(id uuid.UUID) *desk.Message {
	w.t.Helper()
	m, err := w.store.Message(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) conversation(id uuid.UUID) *desk.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) thread(conversation uuid.UUID) []desk.Message {
	w.t.Helper()
	page, err := w.store.Messages(w.t.Context(), conversation, uuid.Nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return page.Messages
}

func (w *world) jobs(kind string) int {
	w.t.Helper()
	load, err := w.store.Load(w.t.Context(), w.now.Add(time.Hour))
	if err != nil {
		w.t.Fatal(err)
	}
	return load.Jobs[kind]
}

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.Store.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// begun is a conversation with one message of Bruna's, changed at will.
func (w *world) begun(change func(*desk.Conversation)) *desk.Conversation {
	w.t.Helper()
	id := w.message(w.comes(w.says(bruna, "hola"))[0]).ConversationID
	if change != nil {
		w.do(func(ctx context.Context, tx *store.Tx) error {
			c, err := tx.LockConversation(ctx, id)
			if err != nil {
				return err
			}
			change(c)
			return tx.SaveConversation(ctx, c)
		})
	}
	return w.conversation(id)
}

// sent is a message of ours on its way.
func (w *world) sent(c *desk.Conversation, status desk.Status, wamid string) desk.Message {
	w.t.Helper()
	m := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: channel, Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "¡hola!",
		Status: status, ProviderID: wamid, CreatedAt: w.now}
	w.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
	return m
}

// owner gives a conversation to somebody without a word.
func owner(id uuid.UUID, to desk.Owner) func(context.Context, *store.Tx) error {
	return func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		c.Owner = to
		return tx.SaveConversation(ctx, c)
	}
}
