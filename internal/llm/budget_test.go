package llm_test

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/prompts"
)

func TestBudget(t *testing.T) {
	t.Parallel()
	talk, other := desk.NewID(), desk.NewID()
	for _, one := range []struct {
		name  string
		day   llm.Budget
		talk  llm.Budget
		spent []desk.ModelUsage
		want  desk.ModelReason
	}{
		{"no limit", llm.Budget{}, llm.Budget{}, []desk.ModelUsage{{Day: "2026-11-23", TokensIn: 1 << 40}}, ""},
		{"something left", llm.Budget{Tokens: 1000}, llm.Budget{Tokens: 1000}, []desk.ModelUsage{{Day: "2026-11-23", ConversationID: talk, TokensIn: 999}}, ""},
		{"the day's tokens", llm.Budget{Tokens: 1000}, llm.Budget{}, []desk.ModelUsage{{Day: "2026-11-23", ConversationID: other, TokensIn: 600, TokensOut: 400}}, desk.ModelBudget},
		{"another day's tokens", llm.Budget{Tokens: 1000}, llm.Budget{}, []desk.ModelUsage{{Day: "2026-11-22", TokensIn: 5000}}, ""},
		{"the day's money", llm.Budget{Micros: 50}, llm.Budget{}, []desk.ModelUsage{{Day: "2026-11-23", CostMicros: 50}}, desk.ModelBudget},
		{"the conversation's", llm.Budget{}, llm.Budget{Tokens: 100}, []desk.ModelUsage{{Day: "2026-11-23", ConversationID: talk, TokensIn: 100}}, desk.ModelBudget},
		{"another conversation's", llm.Budget{}, llm.Budget{Tokens: 100}, []desk.ModelUsage{{Day: "2026-11-23", ConversationID: other, TokensIn: 100}}, ""},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *llm.Options) {
				o.DayBudget, o.TalkBudget = one.day, one.talk
				o.VisionModel, o.EmbeddingModel, o.TranscriptionModel = "", "", ""
			})
			w.server.Answer("rewrite", good)
			w.ledger.rows = one.spent
			_, err := w.client.Ask(t.Context(), w.rewriting(talk), &prompts.Rewritten{})
			if got := reason(t, err); got != one.want {
				t.Errorf("failed with %v, want %q", err, one.want)
			}
			if asked := len(w.server.Requests()); (asked == 0) != (one.want != "") {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

// A ledger that is away stops spending; one that dies afterwards does not take the
// answer away.
func TestBudget_LedgerAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *llm.Options) { o.DayBudget.Tokens = 1000 })
	w.server.Answer("rewrite", good)
	w.ledger.fails = errors.New("disk full")
	if _, _, err := w.rewrite(); reason(t, err) != desk.ModelUnaccounted || len(w.server.Requests()) != 0 {
		t.Errorf("failed with %v", err)
	}
	w = newWorld(t, nil)
	w.server.Answer("rewrite", good)
	w.ledger.fails = errors.New("disk full")
	if out, _, err := w.rewrite(); err != nil || !out.Covers {
		t.Errorf("an answer was lost: %v", err)
	}
}

// A server that gives no account of its work is charged all the same.
func TestUsage_Estimated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Fail("see", llmtest.Fault{Kind: llmtest.NoUsage})
	var out prompts.Seen
	u, err := w.client.Ask(t.Context(), prompts.Request{
		Prompt: w.prompts.See, Inputs: prompts.Inputs{"language": "es"}, Images: []prompts.Image{{MIME: "image/png", Data: []byte{1}}},
	}, &out)
	if err != nil || u.TokensIn < 1500 || u.TokensOut == 0 {
		t.Errorf("used %+v, %v", u, err)
	}
}

func TestUsage_Cost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Answer("rewrite", good)
	_, u, err := w.rewrite()
	if err != nil {
		t.Fatal(err)
	}
	pico := int64(u.TokensIn-u.TokensCached)*150_000 + int64(u.TokensCached)*75_000 + int64(u.TokensOut)*600_000
	if want := (pico + 999_999) / 1_000_000; u.CostMicros != want || u.TokensCached == 0 {
		t.Errorf("cost %d, want %d of %+v", u.CostMicros, want, u)
	}
}

func TestNew_Refuses(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)
	for name, o := range map[string]llm.Options{
		"no address":               {BaseURL: "ollama:11434", Log: quiet},
		"no log":                   {},
		"a budget without ledger":  {Log: quiet, DayBudget: llm.Budget{Tokens: 1}},
		"money without the prices": {Log: quiet, Ledger: &memory{}, ChatModel: "talker", TalkBudget: llm.Budget{Micros: 1}},
	} {
		if _, err := llm.New(o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := llm.New(llm.Options{Log: quiet}); err != nil {
		t.Errorf("no model at all is fine: %v", err)
	}
}

// After a failure only an admin can mend, nobody is asked for a while; then once.
func TestPause_Configuration(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Answer("rewrite", good)
	w.server.Fail("rewrite", llmtest.Fault{Kind: llmtest.KeyRefused, Times: 2})
	for _, want := range []struct {
		later  time.Duration
		reason desk.ModelReason
		asked  int
	}{
		{0, desk.ModelKeyRefused, 1},
		{time.Minute, desk.ModelKeyRefused, 1},
		{4 * time.Minute, desk.ModelKeyRefused, 2}, // five minutes after the first
		{time.Minute, desk.ModelKeyRefused, 2},
		{4 * time.Minute, "", 3},
		{0, "", 4},
	} {
		w.now = w.now.Add(want.later)
		if _, _, err := w.rewrite(); reason(t, err) != want.reason || len(w.server.Requests()) != want.asked {
			t.Fatalf("at %s: %v after %d requests, want %q after %d", w.now, err, len(w.server.Requests()), want.reason, want.asked)
		}
	}
	if got := desk.ModelKeyRefused.Configuration(); !got {
		t.Error("nobody would tell an admin")
	}
}

// A server that names a time is left alone for it, and asked again within the
// deadline when it fits.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Answer("rewrite", good)
	w.server.Fail("rewrite", llmtest.Fault{Kind: llmtest.Busy, Times: 1, After: 10 * time.Millisecond})
	if out, u, err := w.rewrite(); err != nil || !out.Covers || u.Calls != 1 || len(w.server.Requests()) != 2 {
		t.Errorf("a short wait: %v after %d requests, charged %d calls", err, len(w.server.Requests()), u.Calls)
	}
	w.server.Reset()
	w.server.Answer("rewrite", good)
	w.server.Fail("rewrite", llmtest.Fault{Kind: llmtest.Overloaded, Times: 3, After: 10 * time.Millisecond})
	if _, _, err := w.rewrite(); reason(t, err) != desk.ModelDown || len(w.server.Requests()) != 2 {
		t.Errorf("waited for once: %v after %d requests", err, len(w.server.Requests()))
	}

	w = newWorld(t, nil)
	w.server.Answer("rewrite", good)
	w.server.Fail("rewrite", llmtest.Fault{Kind: llmtest.Busy, Times: 1, After: time.Minute})
	for _, want := range []struct {
		later  time.Duration
		reason desk.ModelReason
		asked  int
	}{
		{0, desk.ModelBusy, 1},
		{59 * time.Second, desk.ModelBusy, 1},
		{time.Second, "", 2},
	} {
		w.now = w.now.Add(want.later)
		if _, _, err := w.rewrite(); reason(t, err) != want.reason || len(w.server.Requests()) != want.asked {
			t.Fatalf("at %s: %v after %d requests, want %q after %d", w.now, err, len(w.server.Requests()), want.reason, want.asked)
		}
	}
}

// After failures in a row the server is left alone; each kind of help has a breaker
// of its own.
func TestBreaker(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Fail("rewrite", llmtest.Fault{Kind: llmtest.Broken})
	for range 8 {
		if _, _, err := w.rewrite(); reason(t, err) != desk.ModelDown {
			t.Fatal(err)
		}
	}
	if got := len(w.server.Requests()); got != 5 {
		t.Errorf("asked %d times, want 5", got)
	}
	if _, _, err := w.client.Embed(t.Context(), uuid.Nil, []string{"hola"}); err != nil {
		t.Errorf("another kind of help suffers: %v", err)
	}
}
