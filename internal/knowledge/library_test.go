package knowledge_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
)

func TestLoad_ShippedLibraryIsWhole(t *testing.T) {
	t.Parallel()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	byLanguage := map[string]int{}
	for _, a := range lib.Articles {
		byLanguage[a.Language]++
	}
	for _, l := range desk.Languages {
		if byLanguage[l] < 34 {
			t.Errorf("%d articles in %s, want at least 34", byLanguage[l], l)
		}
	}
	if len(lib.Intents) < 24 {
		t.Errorf("%d intents, want at least 24", len(lib.Intents))
	}
	for label, in := range lib.Intents {
		if in.Description == "" {
			t.Errorf("%s: nothing says what belongs to it", label)
		}
		for _, l := range desk.Languages {
			if n := len(in.Examples[l]); n < 60 {
				t.Errorf("%s: %d phrases in %s, want at least 60", label, n, l)
			}
		}
	}
	profile := knowledge.DemoProfile(lib)
	for _, a := range lib.Articles {
		if _, missing := profile.Fill(a.Body, a.Language); len(missing) > 0 {
			t.Errorf("%s/%s: the demo leaves %v unset", a.Language, a.ID, missing)
		}
	}
}

func TestLoad_NamesEveryProblem(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"es/a.md":             {Data: []byte("---\ntitle: A\nquestions: [q]\nowner: support\nstatus: published\n---\nHola {unknown_name}\n")},
		"es/b.md":             {Data: []byte("no front matter")},
		"intents/x.yaml":      {Data: []byte("label: y\n")},
		"intents/z.yaml":      {Data: []byte("label: z\nnames: {es: Z, pt: Z, en: Z}\naction: flow\nflow: nowhere\n")},
		"intents/typo.yaml":   {Data: []byte("label: typo\nactoin: answer\n")},
		"flows/loop.yaml":     {Data: []byte("id: loop\nstart: one\nsteps:\n  two: {say: {es: a, pt: a, en: a}, buttons: [{id: b, label: {es: 'more than twenty characters', pt: b, en: b}, to: three}]}\n")},
		"placeholders.yaml":   {Data: []byte("isp_name: {kind: text}\n")},
		"es/notes/ignored.md": {Data: []byte("not an article")},
	}
	_, err := knowledge.Load(files)
	if err == nil {
		t.Fatal("a broken library was loaded")
	}
	for _, want := range []string{
		"es/a.md: {unknown_name}", "es/b.md: no front matter", "intents/x.yaml: label", `no flow "nowhere"`, "actoin",
		`no step "one"`, "leads nowhere", "characters in es",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the problems do not name %q:\n%v", want, err)
		}
	}
}

func TestArticle_RoundTrips(t *testing.T) {
	t.Parallel()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range lib.Articles {
		raw, err := knowledge.FormatArticle(&a)
		if err != nil {
			t.Fatal(err)
		}
		back, err := knowledge.ParseArticle(raw)
		if err != nil {
			t.Fatalf("%s/%s: %v", a.Language, a.ID, err)
		}
		if back.Hash != a.Hash {
			t.Errorf("%s/%s changed on its way to a file and back", a.Language, a.ID)
		}
	}
}
