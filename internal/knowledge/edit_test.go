package knowledge_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

type editing struct{ *store.Store }

func (s editing) InTx(ctx context.Context, fn func(knowledge.EditTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

type keeping struct{ *store.Store }

func (s keeping) InTx(ctx context.Context, fn func(knowledge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

var (
	anAdmin  = desk.Agent{Name: "Adam", Role: desk.RoleAdmin, Active: true}
	anAgent  = desk.Agent{Name: "Ana", Role: desk.RoleAgent, Active: true}
	aLibrary = &knowledge.Library{
		Intents:      map[string]*desk.Intent{"no_internet": {Label: "no_internet", Action: desk.IntentAnswer, Examples: map[string][]string{"es": {"sin internet"}}}},
		Placeholders: map[string]knowledge.Placeholder{"support_hours": {}},
	}
)

func eachEditor(t *testing.T, test func(t *testing.T, s *store.Store, e *knowledge.Editor)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		test(t, s, &knowledge.Editor{Store: editing{s}, Library: aLibrary, Now: func() time.Time { return noon }})
	})
}

func aDraft() desk.Article {
	return desk.Article{Language: "es", Title: "Cambiar la clave", Body: "Abra la app. Atendemos {support_hours}.", Questions: []string{"cambiar clave"}, Owner: desk.TeamSupport}
}

// A draft is edited, published, withdrawn; each step is a version, and what was
// before is kept.
func TestEditor_LifeOfAnArticle(t *testing.T) {
	t.Parallel()
	eachEditor(t, func(t *testing.T, s *store.Store, e *knowledge.Editor) {
		ctx := t.Context()
		id, err := e.AddDraft(ctx, anAdmin, aDraft())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(id, "cambiar-la-clave-") {
			t.Errorf("id %q", id)
		}
		steps := []func() error{
			func() error {
				return e.Edit(ctx, anAdmin, id, "es", desk.ArticleEdit{Version: 1, Title: "Cambiar la clave del Wi-Fi", Body: "Abra la app.", Questions: []string{"cambiar clave", " ", "clave wifi"}})
			},
			func() error { return e.Publish(ctx, anAdmin, id, "es", 2) },
			func() error { return e.Withdraw(ctx, anAdmin, id, "es", 3) },
			func() error { return e.Publish(ctx, anAdmin, id, "es", 4) },
		}
		for i, step := range steps {
			if err := step(); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
		}
		all, err := s.Articles(ctx)
		if err != nil || len(all) != 1 {
			t.Fatalf("%d articles, %v", len(all), err)
		}
		a := all[0]
		if a.Version != 5 || a.Status != desk.ArticlePublished || !slices.Equal(a.Questions, []string{"cambiar clave", "clave wifi"}) || a.Hash != knowledge.Hash(&a) {
			t.Errorf("article %+v", a)
		}
		versions, err := s.ArticleVersions(ctx, id, "es")
		if err != nil || len(versions) != 4 || versions[3].Content.Title != "Cambiar la clave" || versions[0].Author != "Adam" {
			t.Errorf("versions %+v, %v", versions, err)
		}
		if err := e.Discard(ctx, anAdmin, id, "es"); !errors.Is(err, desk.ErrTransition) {
			t.Errorf("discarding a published article said %v", err)
		}
	})
}

func TestEditor_Refuses(t *testing.T) {
	t.Parallel()
	edit := func(change func(*desk.Article)) func(context.Context, *knowledge.Editor, string) error {
		return func(ctx context.Context, e *knowledge.Editor, id string) error {
			a := aDraft()
			change(&a)
			return e.Edit(ctx, anAdmin, id, "es", desk.ArticleEdit{Version: 1, Title: a.Title, Body: a.Body, Questions: a.Questions})
		}
	}
	tests := []struct {
		name  string
		do    func(context.Context, *knowledge.Editor, string) error
		want  error
		field string
	}{
		{"an agent edits", func(ctx context.Context, e *knowledge.Editor, id string) error {
			return e.Edit(ctx, anAgent, id, "es", desk.ArticleEdit{Version: 1})
		}, desk.ErrForbidden, ""},
		{"an agent publishes", func(ctx context.Context, e *knowledge.Editor, id string) error {
			return e.Publish(ctx, anAgent, id, "es", 1)
		}, desk.ErrForbidden, ""},
		{"an agent teaches", func(ctx context.Context, e *knowledge.Editor, _ string) error {
			return e.AddPhrase(ctx, anAgent, "no_internet", "es", "no anda")
		}, desk.ErrForbidden, ""},
		{"somebody was faster", func(ctx context.Context, e *knowledge.Editor, id string) error {
			return e.Publish(ctx, anAdmin, id, "es", 7)
		}, desk.ErrStale, ""},
		{"another language", func(ctx context.Context, e *knowledge.Editor, id string) error {
			return e.Publish(ctx, anAdmin, id, "pt", 1)
		}, desk.ErrNotFound, ""},
		{"no title", edit(func(a *desk.Article) { a.Title = " " }), desk.ErrInvalid, "title"},
		{"no text", edit(func(a *desk.Article) { a.Body = "" }), desk.ErrInvalid, "body"},
		{"no question", edit(func(a *desk.Article) { a.Questions = nil }), desk.ErrInvalid, "questions"},
		{"an unknown placeholder", edit(func(a *desk.Article) { a.Body = "{secret}" }), desk.ErrInvalid, "placeholder"},
		{"a blank goes out", func(ctx context.Context, e *knowledge.Editor, id string) error {
			if err := edit(func(a *desk.Article) { a.Body = "Llame al […]." })(ctx, e, id); err != nil {
				return err
			}
			return e.Publish(ctx, anAdmin, id, "es", 2)
		}, desk.ErrInvalid, "blank"},
		{"no such intent", func(ctx context.Context, e *knowledge.Editor, _ string) error {
			return e.AddPhrase(ctx, anAdmin, "nothing", "es", "no anda")
		}, desk.ErrInvalid, "intent"},
		{"an empty phrase", func(ctx context.Context, e *knowledge.Editor, _ string) error {
			return e.AddPhrase(ctx, anAdmin, "no_internet", "es", " \n ")
		}, desk.ErrInvalid, "phrase"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, storetest.SQLite, nil)
			e := &knowledge.Editor{Store: editing{s}, Library: aLibrary, Now: func() time.Time { return noon }}
			id, err := e.AddDraft(t.Context(), anAdmin, aDraft())
			if err != nil {
				t.Fatal(err)
			}
			err = tt.do(t.Context(), e, id)
			var got *desk.Error
			if !errors.Is(err, tt.want) || !errors.As(err, &got) || got.Field != tt.field {
				t.Errorf("it said %v", err)
			}
		})
	}
}

// A phrase taught at the desk is learned at the next reload, and forgotten when it
// is taken back; the files stay as they are.
func TestEditor_PhrasesAreLearned(t *testing.T) {
	t.Parallel()
	eachEditor(t, func(t *testing.T, s *store.Store, e *knowledge.Editor) {
		var learned []*desk.Book
		c, err := knowledge.NewCurrent(t.Context(), keeping{s}, aLibrary, knowledge.NewProfile("ISP", "", "UTC", nil), func(b *desk.Book) error {
			learned = append(learned, b)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.AddPhrase(t.Context(), anAdmin, "no_internet", "es", "  se cayó   todo "); err != nil {
			t.Fatal(err)
		}
		if err := c.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := c.Book().Intents["no_internet"].Examples["es"]; !slices.Equal(got, []string{"sin internet", "se cayó todo"}) {
			t.Errorf("examples %v", got)
		}
		if err := e.RemovePhrase(t.Context(), anAdmin, "no_internet", "es", "se cayó todo"); err != nil {
			t.Fatal(err)
		}
		if err := c.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(learned) != 3 || learned[0].Version != learned[2].Version || learned[0].Version == learned[1].Version {
			t.Errorf("%d books were learned", len(learned))
		}
		if len(aLibrary.Intents["no_internet"].Examples["es"]) != 1 {
			t.Error("the library itself was changed")
		}
	})
}
