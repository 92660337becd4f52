package store_test

import (
	"context"
	"testing"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// Vectors come back number by number; those of one model never show under another,
// and what is there already is not written again.
func TestVectors_RoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		mine := map[string][]float32{"a": {1, -0.5, 3.25e-9}, "b": {0, 2, 4}}
		if err := s.AddVectors(t.Context(), "small", mine); err != nil {
			t.Fatal(err)
		}
		if err := s.AddVectors(t.Context(), "small", map[string][]float32{"a": {9, 9, 9}}); err != nil {
			t.Fatal(err)
		}
		if err := s.AddVectors(t.Context(), "large", map[string][]float32{"a": {7}}); err != nil {
			t.Fatal(err)
		}
		same(t, "the small model's", must[map[string][]float32](t)(s.Vectors(t.Context(), "small")), mine)

		if err := s.DropVectors(t.Context(), "small", []string{"a", "unknown"}); err != nil {
			t.Fatal(err)
		}
		same(t, "what is left", must[map[string][]float32](t)(s.Vectors(t.Context(), "small")), map[string][]float32{"b": {0, 2, 4}})
		same(t, "the large model's", must[map[string][]float32](t)(s.Vectors(t.Context(), "large")), map[string][]float32{})
	})
}

// The edits of articles and phrases come back as they were written.
func TestEdits_RoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, v, p := filled[desk.Article](t), filled[desk.ArticleVersion](t), filled[desk.IntentPhrase](t)
		older := v
		older.Version--
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveArticle(ctx, &a); err != nil {
				return err
			}
			held, err := tx.LockArticle(ctx, a.ID, a.Language)
			if err != nil {
				return err
			}
			same(t, "article", *held, a)
			for _, each := range []desk.ArticleVersion{older, v} {
				if err := tx.AddArticleVersion(ctx, &each); err != nil {
					return err
				}
			}
			for range 2 { // the second changes nothing
				if err := tx.AddPhrase(ctx, &p); err != nil {
					return err
				}
			}
			return nil
		})
		same(t, "versions", must[[]desk.ArticleVersion](t)(s.ArticleVersions(t.Context(), v.ID, v.Language)), []desk.ArticleVersion{v, older})
		same(t, "phrases", must[[]desk.IntentPhrase](t)(s.Phrases(t.Context())), []desk.IntentPhrase{p})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.DeletePhrase(ctx, p.Intent, p.Language, p.Text); err != nil {
				return err
			}
			return tx.DeleteArticle(ctx, a.ID, a.Language)
		})
		if left := must[[]desk.IntentPhrase](t)(s.Phrases(t.Context())); len(left) > 0 {
			t.Errorf("phrases are left: %v", left)
		}
		if left := must[[]desk.Article](t)(s.Articles(t.Context())); len(left) > 0 {
			t.Errorf("articles are left: %v", left)
		}
	})
}

// Failures are counted by day, purpose, model and reason, and leave with the use of
// their day.
func TestModelFailures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f, u := filled[desk.ModelFailure](t), filled[desk.ModelUsage](t)
		f.Day, u.Day, f.Times = "2026-11-22", "2026-11-22", 1
		fresh, used := f, u
		fresh.Day, used.Day = "2026-11-23", "2026-11-23"
		ledger := s.Ledger()
		for _, each := range []desk.ModelFailure{f, f, fresh} {
			if err := ledger.Failed(t.Context(), each); err != nil {
				t.Fatal(err)
			}
		}
		for _, each := range []desk.ModelUsage{u, used} {
			if err := ledger.Spend(t.Context(), each); err != nil {
				t.Fatal(err)
			}
		}
		all := must[[]desk.ModelFailure](t)(s.ModelFailures(t.Context(), "2026-11-22"))
		if len(all) != 2 || all[0].Times+all[1].Times != 3 {
			t.Fatalf("failures %+v", all)
		}
		if err := s.DeleteModelUse(t.Context(), "2026-11-23"); err != nil {
			t.Fatal(err)
		}
		same(t, "failures left", must[[]desk.ModelFailure](t)(s.ModelFailures(t.Context(), "")), []desk.ModelFailure{fresh})
		left := must[[]desk.ModelUsage](t)(s.ModelUse(t.Context(), ""))
		if len(left) != 1 || left[0].Day != "2026-11-23" || left[0].TokensIn != used.TokensIn {
			t.Errorf("use left %+v", left)
		}
	})
}
