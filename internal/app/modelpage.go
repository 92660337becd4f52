package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/config"
	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
	"antena/prompts"
)

// State is what admins see of the language models, from a day on.
func (m *models) State(ctx context.Context, from string) (*desk.ModelState, error) {
	o := m.settings
	s := &desk.ModelState{
		Share: string(o.Share), BaseURL: o.BaseURL, Deadline: o.Deadline.String(), DayBudget: budgetWords(o.DailyBudget),
		Models: []desk.ModelOf{
			{Purpose: "chat", Name: o.ChatModel}, {Purpose: "vision", Name: o.VisionModel},
			{Purpose: "embedding", Name: o.EmbeddingModel}, {Purpose: "transcription", Name: o.TranscriptionModel},
		},
	}
	if o.Share == config.ShareNothing {
		for i := range s.Models {
			s.Models[i].Name = ""
		}
	}
	var err error
	if s.Usage, err = m.store.ModelUse(ctx, from); err != nil {
		return nil, err
	}
	if s.Failures, err = m.store.ModelFailures(ctx, from); err != nil {
		return nil, err
	}
	if m.vectors != nil {
		s.Embedded, s.Passages = m.vectors.Progress()
	}
	used, _, err := m.store.Ledger().Spent(ctx, m.now().UTC().Format(time.DateOnly), uuid.Nil)
	s.Left = leftOf(o.DailyBudget, used)
	return s, err
}

func budgetWords(b config.Budget) string {
	switch {
	case b.Micros > 0:
		return fmt.Sprintf("%s %.2f", desk.ModelCurrency, float64(b.Micros)/1e6)
	case b.Tokens > 0:
		return fmt.Sprintf("%d tokens", b.Tokens)
	}
	return ""
}

// leftOf is what is left of a budget, in words; empty without one.
func leftOf(b config.Budget, used desk.ModelUsage) string {
	switch {
	case b.Micros > 0:
		return fmt.Sprintf("%s %.2f", desk.ModelCurrency, float64(max(b.Micros-used.CostMicros, 0))/1e6)
	case b.Tokens > 0:
		return fmt.Sprintf("%d tokens", max(b.Tokens-int64(used.Tokens()), 0))
	}
	return ""
}

// tryTime is how long a try of one model may take.
const tryTime = 15 * time.Second

// Try asks every model that is set something small that holds no words of people.
func (m *models) Try(ctx context.Context, by desk.Agent) ([]desk.ModelAnswer, error) {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return nil, desk.ErrForbidden
	}
	all := []desk.ModelAnswer{}
	if m.client == nil {
		return all, nil
	}
	try := func(purpose string, set bool, ask func(context.Context) error) {
		if !set {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, tryTime)
		defer cancel()
		start := time.Now()
		err := ask(ctx)
		all = append(all, desk.ModelAnswer{Purpose: purpose, Problem: desk.ModelReasonOf(err), TookMS: time.Since(start).Milliseconds()})
	}
	try("chat", m.client.Asks(), func(ctx context.Context) error {
		var out prompts.Suggested
		in := prompts.Inputs{"conversation": []prompts.Line{{From: prompts.Customer, Text: "Hello, is anybody there?"}}, "language": "en", "longest": 100}
		_, err := m.line.Ask(ctx, prompts.Request{Prompt: m.prompts.Suggest, Inputs: in}, &out)
		return err
	})
	try("vision", m.client.Looks(), func(ctx context.Context) error {
		var out prompts.Seen
		_, err := m.line.Ask(ctx, prompts.Request{Prompt: m.prompts.See, Inputs: prompts.Inputs{"language": "en"}, Images: []prompts.Image{{MIME: "image/png", Data: dot()}}}, &out)
		return err
	})
	try("embedding", m.client.Embeds(), func(ctx context.Context) error {
		_, _, err := m.line.Embed(ctx, uuid.Nil, []string{"red light"})
		return err
	})
	try("transcription", m.client.Hears(), func(ctx context.Context) error {
		_, _, err := m.line.Transcribe(ctx, uuid.Nil, "audio/wav", silence(), "en")
		return err
	})
	return all, nil
}

// silence is a tenth of a second of it, as a WAV file of 8,000 samples a second.
func silence() io.Reader {
	const samples = 800
	header := "RIFF" + le32(36+samples) + "WAVEfmt " + le32(16) + "\x01\x00\x01\x00" + le32(8000) + le32(8000) + "\x01\x00\x08\x00data" + le32(samples)
	return strings.NewReader(header + strings.Repeat("\x80", samples))
}

func le32(n uint32) string {
	return string([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
}

type editStore struct{ *store.Store }

func (s editStore) InTx(ctx context.Context, fn func(knowledge.EditTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (a *App) editor() *knowledge.Editor {
	return &knowledge.Editor{Store: editStore{a.Store}, Library: a.library, Now: desk.Clock(a.Now)}
}

// draft has a model draft an article from a conversation, and keeps it.
func (a *App) draft(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Article, error) {
	settings := consult.Settings{}
	for name, p := range a.library.Placeholders {
		settings[name] = p.Description
	}
	article, err := a.scribe.Draft(ctx, by, conversation, settings)
	if err != nil {
		return nil, err
	}
	id, err := a.editor().AddDraft(ctx, by, *article)
	if errors.Is(err, desk.ErrInvalid) {
		return nil, errors.Join(desk.ErrModelDoubtful, err) // an article no editor could keep
	}
	article.ID = cmp.Or(id, article.ID)
	return article, err
}

// drafter is draft where a model can; nil where none is set.
func (a *App) drafter() func(context.Context, desk.Agent, uuid.UUID) (*desk.Article, error) {
	if !a.models.asks() {
		return nil
	}
	return a.draft
}
