package consult_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/llm/llmtest"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func (r *room) vectors(model string) (*consult.Vectors, *int) {
	wanted := 0
	return &consult.Vectors{Embedder: r.line, Store: r.store, Model: model, Log: slog.New(slog.DiscardHandler), Want: func(context.Context) error { wanted++; return nil }}, &wanted
}

func passages(texts ...string) []consult.Passage {
	var all []consult.Passage
	for i, text := range texts {
		all = append(all, consult.Passage{ID: fmt.Sprintf("a%d/es/body/0", i), Text: text})
	}
	return all
}

func embedded(r *room) (texts int) {
	for _, q := range r.server.Requests() {
		texts += len(q.Texts)
	}
	return texts
}

// Vectors are made once, kept, and made again only for what changed or for another
// model; what no passage needs goes.
func TestVectors_AreMadeOnce(t *testing.T) {
	t.Parallel()
	eachRoom(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		v, wanted := r.vectors("measurer")
		book := passages("luz roja en el modem", "como pagar la factura", "luz roja en el modem")
		if err := v.Learn(ctx, book); err != nil {
			t.Fatal(err)
		}
		if done, all := v.Progress(); done != 0 || all != 3 || *wanted != 1 {
			t.Errorf("%d of %d, wanted %d times", done, all, *wanted)
		}
		if err := v.Make(ctx); err != nil {
			t.Fatal(err)
		}
		if done, all := v.Progress(); done != 3 || all != 3 || embedded(r) != 2 {
			t.Errorf("%d of %d, %d texts sent", done, all, embedded(r))
		}
		book[1].Text = "como pagar con tarjeta"
		if err := v.Learn(ctx, book); err != nil {
			t.Fatal(err)
		}
		if err := v.Make(ctx); err != nil {
			t.Fatal(err)
		}
		if embedded(r) != 3 || *wanted != 2 {
			t.Errorf("%d texts sent, wanted %d times", embedded(r), *wanted)
		}
		again, wanted := r.vectors("measurer")
		if err := again.Learn(ctx, book); err != nil || *wanted != 0 {
			t.Errorf("a restart wants %d, %v", *wanted, err)
		}
		if kept, err := r.store.Vectors(ctx, "measurer"); err != nil || len(kept) != 2 {
			t.Errorf("%d vectors kept, %v", len(kept), err)
		}
		near, problem := again.Near(ctx, r.conv.ID, "tengo luz roja en el modem")
		if problem != "" || near["a0/es/body/0"] <= near["a1/es/body/0"] {
			t.Errorf("near %v, %s", near, problem)
		}
		other, _ := r.vectors("another")
		if err := other.Learn(ctx, book); err != nil {
			t.Fatal(err)
		}
		if err := other.Make(ctx); err != nil {
			t.Fatal(err)
		}
		if kept, err := r.store.Vectors(ctx, "measurer"); err != nil || len(kept) != 0 {
			t.Errorf("%d vectors of the old model are kept, %v", len(kept), err)
		}
	})
}

// A model that is down leaves what was made, and the question is answered by words.
func TestVectors_ModelDown(t *testing.T) {
	t.Parallel()
	r := newRoom(t, storetest.SQLite)
	v, _ := r.vectors("measurer")
	if _, problem := v.Near(t.Context(), r.conv.ID, "hola"); problem != desk.ModelOff {
		t.Errorf("before any book it said %q", problem)
	}
	if err := v.Learn(t.Context(), passages("luz roja")); err != nil {
		t.Fatal(err)
	}
	r.server.Fail(llmtest.Embed, llmtest.Fault{Kind: llmtest.Broken})
	if err := v.Make(t.Context()); desk.ModelReasonOf(err) != desk.ModelDown {
		t.Errorf("it said %v", err)
	}
	r.server.Heal()
	if err := v.Make(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.server.Fail(llmtest.Embed, llmtest.Fault{Kind: llmtest.HTML})
	if near, problem := v.Near(t.Context(), r.conv.ID, "luz"); problem != desk.ModelNonsense || near != nil {
		t.Errorf("near %v, %q", near, problem)
	}
}

// What is personal in an article or a question does not leave.
func TestVectors_AreRedacted(t *testing.T) {
	t.Parallel()
	r := newRoom(t, storetest.SQLite)
	v, _ := r.vectors("measurer")
	if err := v.Learn(t.Context(), passages("escriba a juan.perez@correo.example")); err != nil {
		t.Fatal(err)
	}
	if err := v.Make(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, problem := v.Near(t.Context(), r.conv.ID, "mi mail es ana.gomez@correo.example"); problem != "" {
		t.Fatal(problem)
	}
	for _, q := range r.server.Requests() {
		for _, text := range q.Texts {
			if containsAny(text, "juan.perez", "ana.gomez") {
				t.Errorf("%q left", text)
			}
		}
	}
}

type localBrain struct{ u desk.Understanding }

func (b localBrain) Understand(context.Context, *desk.Scene) (desk.Understanding, error) {
	return b.u, nil
}

type nearby struct {
	near    map[string]float64
	problem desk.ModelReason
}

func (n nearby) Near(context.Context, uuid.UUID, string) (map[string]float64, desk.ModelReason) {
	return n.near, n.problem
}

// Meaning changes the order and what is offered, and never makes anything surer.
func TestFinder(t *testing.T) {
	t.Parallel()
	article := func(id, language string) *desk.Article {
		return &desk.Article{ID: id, Language: language, Version: 1, Title: id, Status: desk.ArticlePublished}
	}
	book := &desk.Book{Articles: map[string]map[string]*desk.Article{
		"pay": {"es": article("pay", "es"), "pt": article("pay", "pt")}, "light": {"es": article("light", "es")}, "onlypt": {"pt": article("onlypt", "pt")},
		"zone": {"es": {ID: "zone", Language: "es", Status: desk.ArticlePublished, Zones: []string{"x"}}}, "draft": {"es": {ID: "draft", Language: "es", Status: desk.ArticleDraft}},
	}}
	words := []desk.Passage{{Article: desk.ArticleRef{ID: "pay", Language: "es"}, Confidence: 0.9}, {Article: desk.ArticleRef{ID: "light", Language: "es"}, Confidence: 0.4}}
	tests := []struct {
		name    string
		give    nearby
		certain desk.Certain
		want    []string
		used    bool
	}{
		{name: "agreed", give: nearby{near: map[string]float64{"pay/es/body/0": 0.9, "light/es/body/0": 0.2}}, want: []string{"pay", "light"}, used: true},
		{name: "a tie is for words", give: nearby{near: map[string]float64{"pay/es/body/0": 0.2, "light/es/body/0": 0.9}}, want: []string{"pay", "light"}, used: true},
		{name: "another language where there is no variant", give: nearby{near: map[string]float64{"onlypt/pt/title/0": 0.99, "pay/pt/body/0": 0.98}}, want: []string{"pay", "onlypt", "light"}, used: true},
		{name: "not in force or not for all", give: nearby{near: map[string]float64{"zone/es/body/0": 1, "draft/es/body/0": 1, "gone/es/body/0": 1, "odd": 1}}, want: []string{"pay", "light"}, used: true},
		{name: "down", give: nearby{problem: desk.ModelSlow}, want: []string{"pay", "light"}, used: true},
		{name: "certain", give: nearby{near: map[string]float64{"light/es/body/0": 1}}, certain: desk.CertainThanks, want: []string{"pay", "light"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			scene := &desk.Scene{Book: book, Profile: &desk.Profile{Thresholds: desk.Thresholds{Article: 0.95, First: 0.55}}, Now: noon}
			f := &consult.Finder{Brain: localBrain{desk.Understanding{Text: "x", Language: "es", Certain: tt.certain, Passages: words}}, Nearer: tt.give, Model: "m", Now: func() time.Time { return noon }}
			u, err := f.Understand(t.Context(), scene)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range u.Passages {
				got = append(got, p.Article.ID)
				for _, w := range words {
					if w.Article.ID == p.Article.ID && w.Confidence != p.Confidence {
						t.Errorf("%s became %g", p.Article.ID, p.Confidence)
					}
				}
				if p.Article.ID == "onlypt" && (p.Confidence >= 0.55 || p.Confidence <= 0) {
					t.Errorf("meaning alone is %g sure", p.Confidence)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) || (u.Meaning != nil) != tt.used || tt.used && u.Meaning.Problem != tt.give.problem {
				t.Errorf("found %v, record %+v", got, u.Meaning)
			}
		})
	}
}

// Searching 20,000 passages of 768 numbers.
func BenchmarkNear(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite, nil)
	v := &consult.Vectors{Embedder: unitEmbedder{}, Store: s, Model: "m", Want: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler)}
	var all []consult.Passage
	for i := range 20_000 {
		all = append(all, consult.Passage{ID: fmt.Sprint(i), Text: fmt.Sprint("pasaje ", i)})
	}
	if err := v.Learn(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	if err := v.Make(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, problem := v.Near(b.Context(), uuid.Nil, "x"); problem != "" {
			b.Fatal(problem)
		}
	}
}

type unitEmbedder struct{}

func (unitEmbedder) Embed(_ context.Context, _ uuid.UUID, texts []string) ([][]float32, desk.ModelUsage, error) {
	all := make([][]float32, len(texts))
	for i := range texts {
		all[i] = make([]float32, 768)
		all[i][i%768] = 1
	}
	return all, desk.ModelUsage{}, nil
}

var _ consult.VectorStore = (*store.Store)(nil)
