package console_test

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// editor is what admins ask of the golden desk's articles.
type editor struct{ *fake }

func (f *fake) Suggest(context.Context, desk.Agent, uuid.UUID) (*desk.Suggestion, error) {
	return &desk.Suggestion{
		Text: "Atendemos los sábados de 9 a 13.", Model: "talker", Sources: []desk.ArticleRef{{ID: "support-hours", Language: "es", Version: 1, Title: "Horarios de atención"}},
	}, f.act("suggest")
}

func (f editor) Edit(_ context.Context, _ desk.Agent, id, language string, e desk.ArticleEdit) error {
	return f.act(fmt.Sprintf("edit %s/%s %d %s %q", language, id, e.Version, e.Title, e.Questions))
}

func (f editor) Publish(_ context.Context, _ desk.Agent, id, language string, version int) error {
	return f.act(fmt.Sprintf("publish %s/%s %d", language, id, version))
}

func (f editor) Withdraw(_ context.Context, _ desk.Agent, id, language string, version int) error {
	return f.act(fmt.Sprintf("withdraw %s/%s %d", language, id, version))
}

func (f editor) Discard(_ context.Context, _ desk.Agent, id, language string) error {
	return f.act("discard " + language + "/" + id)
}

func (f editor) AddPhrase(_ context.Context, _ desk.Agent, intent, language, text string) error {
	return f.act("teach " + intent + "/" + language + " " + text)
}

func (f editor) RemovePhrase(_ context.Context, _ desk.Agent, intent, language, text string) error {
	return f.act("forget " + intent + "/" + language + " " + text)
}

func (f *fake) Phrases(context.Context) ([]desk.IntentPhrase, error) {
	return []desk.IntentPhrase{{Intent: "no_internet", Language: "es", Text: "se cayó todo", Author: "Diego", CreatedAt: f.now}}, nil
}

func (f *fake) draft(_ context.Context, _ desk.Agent, _ uuid.UUID) (*desk.Article, error) {
	return &desk.Article{ID: "los-red-light", Language: "es"}, f.act("draft")
}

// machines are the language models of the golden desk.
type machines struct{ f *fake }

func (m machines) State(context.Context, string) (*desk.ModelState, error) {
	return &desk.ModelState{
		Share: "redacted", BaseURL: "http://127.0.0.1:11434/v1", Deadline: "8s", DayBudget: "5usd", Left: "USD 4.21", Passages: 320, Embedded: 240,
		Models: []desk.ModelOf{{Purpose: "chat", Name: "qwen3:8b"}, {Purpose: "vision"}, {Purpose: "embedding", Name: "nomic-embed-text"}, {Purpose: "transcription"}},
		Usage: []desk.ModelUsage{
			{Day: "2026-03-12", Purpose: "rewrite", Model: "qwen3:8b", Calls: 210, TokensIn: 301_200, TokensOut: 28_900, CostMicros: 790_000},
			{Day: "2026-03-11", Purpose: "embed", Model: "nomic-embed-text", Calls: 4, TokensIn: 19_000, Unpriced: 4},
		},
		Failures: []desk.ModelFailure{{Day: "2026-03-12", Purpose: "rewrite", Model: "qwen3:8b", Reason: "model_slow", Times: 3, Detail: "model_slow", At: m.f.ago(0)}},
	}, nil
}

func (m machines) Try(context.Context, desk.Agent) ([]desk.ModelAnswer, error) {
	return []desk.ModelAnswer{{Purpose: "chat", TookMS: 412}, {Purpose: "embedding", Problem: desk.ModelDown}}, m.f.act("try")
}
