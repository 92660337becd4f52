package consult_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/eval/dialogue"
	"antena/internal/guard"
	"antena/internal/guard/hostile"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/internal/store"
	"antena/internal/turn"
	"antena/internal/turn/turntest"
	"antena/prompts"
)

// What a request holds.
var (
	sourceForm = regexp.MustCompile(`kind="source" id="([^"]+)"`)
	markForm   = regexp.MustCompile(`⟦[A-Z]+_[0-9]+(?:_[0-9]+)?⟧`)
)

// mind is knowledge that no test changes, learned once.
var mind = sync.OnceValues(func() (*dialogue.Mind, error) { return dialogue.Learn(context.Background(), faq.Files) })

var promptSet = sync.OnceValues(prompts.Load)

// advised is a desk with one customer, and a model behind the real client.
type advised struct {
	*turntest.Stage
	model *llmtest.Server
}

// patience is the deadline of turns in tests: real time, since servers take it.
const patience = 2 * time.Second

// withModel opens one; change may alter the client's options.
func withModel(t *testing.T, o turntest.Options, change func(*llm.Options)) *advised {
	t.Helper()
	m, err := mind()
	if err != nil {
		t.Fatal(err)
	}
	return withModelAnd(t, m, o, change)
}

// withModelAnd opens one with a mind of its own.
func withModelAnd(t *testing.T, m *dialogue.Mind, o turntest.Options, change func(*llm.Options)) *advised {
	t.Helper()
	set, err := promptSet()
	if err != nil {
		t.Fatal(err)
	}
	server, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	a := &advised{model: server}
	words := &lazy{}
	o.Deadline, o.Wordsmith = patience, words
	o.Reader = func(s *store.Store) turn.Understander {
		options := llm.Options{
			BaseURL: server.URL(), Key: "sk-secret-key-1234", ChatModel: "talker", Deadline: patience, Ledger: s.Ledger(),
			Prices: map[string]llm.Price{"talker": {In: 150_000, Out: 600_000}}, Log: slog.New(slog.DiscardHandler),
		}
		if change != nil {
			change(&options)
		}
		client, err := llm.New(options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		asks := consult.New(consult.Deps{
			Model: client, Prompts: set, Log: slog.New(slog.DiscardHandler),
			Alert: func(ctx context.Context, alert desk.Alert) error {
				return s.InTx(ctx, func(tx *store.Tx) error { return tx.RaiseAlert(ctx, alert) })
			},
		})
		words.Writer = asks.Writer(guard.New())
		return asks.Reader(m.Understander)
	}
	a.Stage = turntest.New(t, m, o)
	return a
}

// lazy is a writer that comes to exist with the store.
type lazy struct{ *consult.Writer }

// says is a model's answer.
func says(t *testing.T, answer any) string {
	t.Helper()
	raw, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// means is an understanding's answer.
func means(t *testing.T, label string, probability float64) string {
	t.Helper()
	return says(t, prompts.Understood{Language: "es", Intents: []prompts.Guess{{Label: label, Probability: probability}}})
}

// asked counts the requests for a prompt.
func (a *advised) asked(prompt string) int {
	n := 0
	for _, r := range a.model.Requests() {
		if r.Prompt == prompt {
			n++
		}
	}
	return n
}

// answering is a mind that answers everything from one article, to which a stranger
// may have added words.
func answering(t *testing.T, c hostile.Output) *dialogue.Mind {
	t.Helper()
	m, err := mind()
	if err != nil {
		t.Fatal(err)
	}
	article := *m.Book.Articles[c.Articles[0]][c.Language]
	for _, more := range c.Articles[1:] {
		article.Body += "\n\n" + m.Book.Articles[more][c.Language].Body
	}
	article.Body = strings.TrimSpace(article.Body + "\n\n" + c.Source)
	book := *m.Book
	book.Articles = maps.Clone(book.Articles)
	book.Articles[article.ID] = map[string]*desk.Article{c.Language: &article}
	book.Intents = maps.Clone(book.Intents)
	book.Intents["asked"] = &desk.Intent{Label: "asked", Action: desk.IntentAnswer, Articles: []string{article.ID}}
	return &dialogue.Mind{Book: &book, Profile: m.Profile, Understander: certainly{"asked", c.Language}}
}

// certainly understands everything as one intent.
type certainly struct {
	intent   string
	language string
}

func (c certainly) Understand(_ context.Context, s *desk.Scene) (desk.Understanding, error) {
	return desk.Understanding{
		Text: s.Text(), Language: c.language, LanguageConfidence: 1, Intents: []desk.Score{{Label: c.intent, Confidence: 0.99}}, Accept: 0.99, Model: "test",
	}, nil
}

func sourceOf(user string) string {
	if m := sourceForm.FindStringSubmatch(user); m != nil {
		return m[1]
	}
	return "none"
}
