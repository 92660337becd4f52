package app

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"antena/internal/config"
	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/guard"
	"antena/internal/llm"
	"antena/internal/media"
	"antena/internal/store"
	"antena/internal/understand"
	"antena/prompts"
)

// models are the language models of a desk and those who ask them; all nil when
// none is set, or when nothing may be shown to one.
type models struct {
	client *llm.Client
	line   consult.Everything // the client, its failures counted
	desk   *consult.Desk
	senses *consult.Senses

	settings config.OpenAI
	store    *store.Store
	now      func() time.Time
	prompts  *prompts.Set
	vectors  *consult.Vectors // nil without a model for them
}

// openModels prepares what the settings name. It calls nobody.
func (a *App) openModels() error {
	o := a.Config.OpenAI
	a.models.settings, a.models.store, a.models.now = o, a.Store, desk.Clock(a.Now)
	if o.Share == config.ShareNothing || o.ChatModel == "" && o.VisionModel == "" && o.EmbeddingModel == "" && o.TranscriptionModel == "" {
		return nil
	}
	client, err := llm.New(llm.Options{
		BaseURL: o.BaseURL, Key: o.APIKey.Reveal(), ChatModel: o.ChatModel, VisionModel: o.VisionModel, EmbeddingModel: o.EmbeddingModel, TranscriptionModel: o.TranscriptionModel,
		Deadline: o.Deadline, Concurrency: o.Concurrency, Prices: pricesOf(o.Prices), DayBudget: llm.Budget(o.DailyBudget), TalkBudget: llm.Budget(o.ConversationBudget),
		Ledger: a.Store.Ledger(), Now: a.Now, Log: a.Log,
	})
	if err != nil {
		return err
	}
	a.models.client = client
	set, err := prompts.Load()
	if err != nil {
		return err
	}
	a.models.prompts = set
	a.models.line = &consult.Recorder{Line: client, Keep: a.Store.Ledger().Failed, Now: desk.Clock(a.Now), Log: a.Log}
	a.models.desk = consult.New(consult.Deps{Model: a.models.line, Prompts: set, Alert: a.raise, Now: a.Now, Log: a.Log})
	a.models.senses = &consult.Senses{
		Desk: a.models.desk, Hearer: a.models.line, Files: openFiles{a}, Thread: threadStore{a.Store}, Hears: client.Hears(), Looks: client.Looks(),
	}
	if client.Embeds() {
		a.models.vectors = &consult.Vectors{Embedder: a.models.line, Store: a.Store, Model: o.EmbeddingModel, Want: a.wantVectors, Log: a.Log}
	}
	return nil
}

// wantVectors has the missing vectors made by a job.
func (a *App) wantVectors(ctx context.Context) error {
	return a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.Enqueue(ctx, desk.VectorsJob{}) })
}

// found is the brain, and what finds articles by meaning beside it where a model can.
func (a *App) found(brain *understand.Brain) consult.Brain {
	if a.models.vectors == nil {
		return brain
	}
	return &consult.Finder{Brain: brain, Nearer: a.models.vectors, Model: a.models.vectors.Model, Now: desk.Clock(a.Now)}
}

// learnVectors hands the passages of a book to the search by meaning. What fails
// there leaves the search by words.
func (a *App) learnVectors(ctx context.Context, b *desk.Book) {
	if a.models.vectors == nil {
		return
	}
	var all []consult.Passage
	for _, p := range understand.Passages(b) {
		all = append(all, consult.Passage{ID: p.ID, Text: p.Text})
	}
	if err := a.models.vectors.Learn(ctx, all); err != nil {
		a.Log.ErrorContext(ctx, "articles cannot be found by meaning", "error", err)
	}
}

// reloadVectors takes up vectors that were made, here or on another replica.
func (a *App) reloadVectors() {
	if a.models.vectors == nil {
		return
	}
	if err := a.models.vectors.Reload(context.Background()); err != nil {
		a.Log.Error("new vectors are not in use", "error", err)
	}
}

func pricesOf(all map[string]config.Price) map[string]llm.Price {
	out := make(map[string]llm.Price, len(all))
	for model, p := range all {
		out[model] = llm.Price(p)
	}
	return out
}

// asks reports whether there is a model that answers prompts.
func (m *models) asks() bool { return m.client != nil && m.client.Asks() }

// awaited reports which messages a turn waits for; nil when none is read.
func (m *models) awaited() func(*desk.Message, time.Time) bool {
	if m.senses == nil {
		return nil
	}
	return m.senses.Awaited
}

func (m *models) close() {
	if m.client != nil {
		m.client.Close()
	}
}

func (a *App) raise(ctx context.Context, alert desk.Alert) error {
	return a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.RaiseAlert(ctx, alert) })
}

// scribe writes for people of the desk, with a model or without.
func (a *App) newScribe() *consult.Scribe {
	s := &consult.Scribe{
		Scenes: a.Store, Thread: threadStore{a.Store}, Knowledge: a.current, Understander: a.found(a.brain), Guard: guard.New(), Now: desk.Clock(a.Now),
	}
	if a.models.asks() {
		s.Desk = a.models.desk
	}
	return s
}

// reading is the job that follows the arrival of a message's file.
func (a *App) reading(m *desk.Message) desk.Job {
	if a.models.senses == nil || !a.models.senses.Reads(m) {
		return nil
	}
	return desk.ReadingJob{Message: m.ID}
}

// openFiles opens files of messages, which come to exist after the models do.
type openFiles struct{ app *App }

func (f openFiles) OpenFile(ctx context.Context, message uuid.UUID, small bool) (io.ReadCloser, error) {
	var file *media.File
	file, err := f.app.media.Open(ctx, message, small)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// threadStore is the store as those who keep a model's findings need it.
type threadStore struct{ *store.Store }

func (s threadStore) InTx(ctx context.Context, fn func(consult.ThreadTx) error) error {
	return s.Store.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}
