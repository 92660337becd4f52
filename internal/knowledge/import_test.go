package knowledge_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// shelf is a store in memory.
type shelf struct {
	articles []desk.Article
	phrases  []desk.IntentPhrase
	settings map[string][]byte
	touched  int
	fail     error // of the next use
	failSave error
}

func (s *shelf) failing() error { err := s.fail; s.fail = nil; return err }

func (s *shelf) Articles(context.Context) ([]desk.Article, error) {
	return slices.Clone(s.articles), s.failing()
}

func (s *shelf) Phrases(context.Context) ([]desk.IntentPhrase, error) { return s.phrases, nil }

func (s *shelf) Setting(_ context.Context, key string, into any) error {
	if raw, ok := s.settings[key]; ok {
		return json.Unmarshal(raw, into)
	}
	return desk.ErrNotFound
}

func (s *shelf) InTx(_ context.Context, fn func(knowledge.Tx) error) error {
	kept := slices.Clone(s.articles)
	if err := fn(s); err != nil {
		s.articles = kept
		return err
	}
	return nil
}

func (s *shelf) SaveArticle(_ context.Context, a *desk.Article) error {
	if s.failSave != nil {
		return s.failSave
	}
	s.articles = slices.DeleteFunc(s.articles, func(o desk.Article) bool { return o.ID == a.ID && o.Language == a.Language })
	s.articles = append(s.articles, *a)
	return nil
}

func (s *shelf) SetSetting(_ context.Context, key string, value any) error {
	raw, err := json.Marshal(value)
	if s.settings == nil {
		s.settings = map[string][]byte{}
	}
	s.settings[key] = raw
	return err
}

func (s *shelf) Touch(desk.Change) { s.touched++ }

func lib(t *testing.T, files fs.FS) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func article(body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\ntitle: T\nquestions: [q]\nowner: support\nstatus: published\n---\n" + body + "\n")}
}

func TestImport_AddsAndChanges(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	first := lib(t, fstest.MapFS{"es/a.md": article("uno"), "pt/a.md": article("um"), "es/b.md": article("dos")})
	second := lib(t, fstest.MapFS{"es/a.md": article("uno nuevo"), "pt/a.md": article("um"), "es/c.md": article("tres")})
	for i, step := range []struct {
		lib       *knowledge.Library
		overwrite bool
		want      knowledge.Imported
		touched   int
	}{
		{first, false, knowledge.Imported{Added: 3}, 1},
		{first, true, knowledge.Imported{Same: 3}, 1},
		{second, false, knowledge.Imported{Added: 1, Same: 2}, 2},
		{second, true, knowledge.Imported{Changed: 1, Same: 2}, 3},
	} {
		got, err := knowledge.Import(t.Context(), s, step.lib, step.overwrite, noon.Add(time.Duration(i)*time.Hour))
		if err != nil || got != step.want || s.touched != step.touched {
			t.Errorf("step %d: %+v, touched %d: %v", i, got, s.touched, err)
		}
		for j := range s.articles {
			s.articles[j].Uses = 7
		}
	}
	for _, a := range s.articles {
		if a.ID == "a" && a.Language == "es" && (a.Body != "uno nuevo" || a.Version != 2 || a.Uses != 7 || !a.CreatedAt.Equal(noon) || !a.UpdatedAt.Equal(noon.Add(3*time.Hour))) {
			t.Errorf("changed: %+v", a)
		}
		if a.ID == "b" && (a.Version != 1 || !a.UpdatedAt.Equal(noon)) {
			t.Errorf("not in the library any more, and yet changed: %+v", a)
		}
	}
}

func TestImport_AllOrNothing(t *testing.T) {
	t.Parallel()
	s := &shelf{failSave: errors.New("full")}
	got, err := knowledge.Import(t.Context(), s, lib(t, fstest.MapFS{"es/a.md": article("uno")}), true, noon)
	if !errors.Is(err, s.failSave) || got != (knowledge.Imported{}) || len(s.articles) != 0 || s.touched != 0 {
		t.Errorf("%+v: %v", got, err)
	}
	s = &shelf{fail: desk.ErrUnavailable}
	if _, err := knowledge.Import(t.Context(), s, &knowledge.Library{}, true, noon); !errors.Is(err, desk.ErrUnavailable) {
		t.Error(err)
	}
}

func TestExport_ImportsBackTheSame(t *testing.T) {
	t.Parallel()
	s, dir := &shelf{}, t.TempDir()
	shipped := lib(t, faq.Files)
	from, until := noon, noon.Add(time.Hour)
	shipped.Articles[0].ValidFrom, shipped.Articles[0].ValidUntil, shipped.Articles[0].Zones = &from, &until, []string{"centro"}
	shipped.Articles[0].Hash = knowledge.Hash(&shipped.Articles[0])
	if _, err := knowledge.Import(t.Context(), s, shipped, true, noon); err != nil {
		t.Fatal(err)
	}
	n, err := knowledge.Export(t.Context(), s, dir)
	if err != nil || n != len(shipped.Articles) {
		t.Fatalf("%d: %v", n, err)
	}
	back := lib(t, knowledge.Merge(faq.Files, dir))
	got, err := knowledge.Import(t.Context(), s, back, true, noon)
	if err != nil || got != (knowledge.Imported{Same: n}) {
		t.Errorf("%+v: %v", got, err)
	}
}

func TestMerge_FilesOfTheFolderWin(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, body := range map[string]string{"es/own.md": "propio", "es/payment-methods.md": "en la plaza"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), article(body).Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shipped, merged := lib(t, faq.Files), lib(t, knowledge.Merge(faq.Files, dir))
	if got, want := len(merged.Articles), len(shipped.Articles)+1; got != want || len(merged.Intents) != len(shipped.Intents) {
		t.Errorf("%d articles, want %d; %d intents", got, want, len(merged.Intents))
	}
	bodies := map[string]string{}
	for _, a := range merged.Articles {
		bodies[a.Language+"/"+a.ID] = a.Body
	}
	if bodies["es/own"] != "propio" || bodies["es/payment-methods"] != "en la plaza" || bodies["pt/payment-methods"] == "en la plaza" {
		t.Errorf("got %q, %q, %.30q", bodies["es/own"], bodies["es/payment-methods"], bodies["pt/payment-methods"])
	}
	if same := lib(t, knowledge.Merge(faq.Files, "")); len(same.Articles) != len(shipped.Articles) {
		t.Error("no folder changes something")
	}
	if _, err := knowledge.Load(knowledge.Merge(faq.Files, filepath.Join(dir, "no such"))); err != nil {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestLoad_RefusesTooLargeAFile(t *testing.T) {
	t.Parallel()
	_, err := knowledge.Load(fstest.MapFS{"es/a.md": article(strings.Repeat("a", 1<<20))})
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
}

func FuzzParseArticle(f *testing.F) {
	for _, s := range []string{"", "---\n---\n", "---\ntitle: A\n---\nbody", "---\r\ntitle: A\r\nvalid_from: 2026-01-01T00:00:00Z\r\n---\r\nb", "---\ntitle: [\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := knowledge.ParseArticle(raw)
		if err != nil {
			return
		}
		out, err := knowledge.FormatArticle(a)
		if err != nil {
			t.Skip(err) // what YAML cannot write
		}
		back, err := knowledge.ParseArticle(out)
		if err != nil || back.Hash != a.Hash {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
	})
}
