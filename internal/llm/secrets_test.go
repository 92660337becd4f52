package llm_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/prompts"
)

// writer is a log that may be written to by several at once.
type writer struct {
	mu  sync.Mutex
	log bytes.Buffer
}

func (w *writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.Write(p)
}

// Whatever goes wrong, no log line and no error holds a key, a word of the customer,
// of the prompt or of the server.
func TestAsk_TellsNoSecrets(t *testing.T) {
	t.Parallel()
	var told writer
	for _, kind := range []llmtest.Kind{
		llmtest.Down, llmtest.HTML, llmtest.KeyRefused, llmtest.Forbidden, llmtest.Unpaid, llmtest.NoModel, llmtest.Busy, llmtest.Broken,
		llmtest.TooLong, llmtest.Rejected, llmtest.Truncated, llmtest.WrongSchema, llmtest.ToolCalls, llmtest.Refusal, llmtest.Redirect,
	} {
		w := newWorld(t, func(o *llm.Options) {
			o.Log = slog.New(slog.NewTextHandler(&told, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		w.server.Fail(llmtest.Any, llmtest.Fault{Kind: kind, After: time.Hour})
		for range 6 {
			_, _, err := w.rewrite()
			if err == nil {
				t.Fatalf("%s: no failure", kind)
			}
			_, _ = told.Write([]byte(err.Error() + "\n"))
		}
	}
	text := told.log.String()
	if !strings.Contains(text, "model_refused_key") || !strings.Contains(text, "circuit") {
		t.Errorf("what an admin needs is not told:\n%s", text)
	}
	for _, secret := range []string{"sk-", "pago", "QR", "Incorrect", "current quota", "refund", "sorry", "Sign in", "127.0.0.1", "sources"} {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("%q is told: %s", secret, text[max(0, i-80):min(len(text), i+80)])
		}
	}
}

// No more calls run at once than may, and all of them get their answer.
func TestAsk_Concurrency(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *llm.Options) { o.Concurrency, o.Deadline = 3, time.Minute })
	var now, most atomic.Int32
	w.server.AnswerWith("rewrite", func(llmtest.Request) string {
		n := now.Add(1)
		defer now.Add(-1)
		for seen := most.Load(); n > seen && !most.CompareAndSwap(seen, n); seen = most.Load() {
		}
		return good
	})
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			var out prompts.Rewritten
			if _, err := w.client.Ask(t.Context(), w.rewriting(uuid.Nil), &out); err != nil || !out.Covers {
				t.Errorf("answered %+v with %v", out, err)
			}
		})
	}
	all.Wait()
	if most.Load() > 3 || w.ledger.total().Calls != 40 {
		t.Errorf("%d at once, %d charged", most.Load(), w.ledger.total().Calls)
	}
}
