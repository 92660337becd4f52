package llm_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/prompts"
)

// memory is a ledger of one process.
type memory struct {
	mu    sync.Mutex
	rows  []desk.ModelUsage
	fails error
}

func (m *memory) Spent(_ context.Context, day string, conversation uuid.UUID) (all, one desk.ModelUsage, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range m.rows {
		if u.Day != day {
			continue
		}
		all.Add(u)
		if u.ConversationID == conversation {
			one.Add(u)
		}
	}
	return all, one, m.fails
}

func (m *memory) Spend(ctx context.Context, u desk.ModelUsage) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.rows = append(m.rows, u)
	return m.fails
}

func (m *memory) total() (all desk.ModelUsage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range m.rows {
		all.Add(u)
	}
	return all
}

// world is an emulated model, a client of it and its ledger.
type world struct {
	t       *testing.T
	server  *llmtest.Server
	client  *llm.Client
	ledger  *memory
	prompts *prompts.Set
	now     time.Time
}

// loaded are the prompts, read once for all tests.
var loaded = sync.OnceValues(prompts.Load)

const secret = "sk-secret-key-1234"

// newWorld makes a world; change may alter the options.
func newWorld(t *testing.T, change func(*llm.Options)) *world {
	t.Helper()
	server, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	set, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, server: server, ledger: &memory{}, prompts: set, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	o := llm.Options{
		BaseURL: server.URL(), Key: secret, ChatModel: "talker", VisionModel: "looker", EmbeddingModel: "placer", TranscriptionModel: "hearer",
		Deadline: 20 * time.Second, Ledger: w.ledger, Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler),
		Prices: map[string]llm.Price{"talker": {In: 150_000, Cached: 75_000, Out: 600_000}, "hearer": {Minute: 6_000 * 1_000_000}},
	}
	if change != nil {
		change(&o)
	}
	if w.client, err = llm.New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.client.Close)
	return w
}

const good = `{"covers": true, "citations": ["article:pay/es/1"], "text": "Con QR o en la app."}`

func (w *world) rewriting(conversation uuid.UUID) prompts.Request {
	return prompts.Request{Prompt: w.prompts.Rewrite, Conversation: conversation, Inputs: prompts.Inputs{
		"question": "como pago?", "language": "es", "longest": 900,
		"sources": []prompts.Source{{ID: "article:pay/es/1", Title: "Pagar", Text: "Con QR o en la app."}},
	}}
}

// rewrite asks once for nobody in particular.
func (w *world) rewrite() (prompts.Rewritten, desk.ModelUsage, error) {
	var out prompts.Rewritten
	u, err := w.client.Ask(w.t.Context(), w.rewriting(uuid.Nil), &out)
	return out, u, err
}

// reason returns why there was no help; the error must be of the one type.
func reason(t *testing.T, err error) desk.ModelReason {
	t.Helper()
	var e *desk.ModelError
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("an error of another kind: %v", err)
	}
	return desk.ModelReasonOf(err)
}
