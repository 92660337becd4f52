//go:build !race

package guard

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/guard/hostile"
	"antena/internal/knowledge"
)

// prompt stands for the instructions of a model.
const prompt = `You rewrite one article of an internet provider so that it answers the customer's question. Use only facts of the sources.
Answer in the customer's language, in at most three short paragraphs, and cite the ids of the sources you used.`

type shelf struct {
	articles map[string]map[string]desk.Article
	profile  *desk.Profile
}

func open(t *testing.T) shelf {
	t.Helper()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	s := shelf{articles: map[string]map[string]desk.Article{}, profile: knowledge.DemoProfile(lib)}
	for _, a := range lib.Articles {
		if s.articles[a.ID] == nil {
			s.articles[a.ID] = map[string]desk.Article{}
		}
		s.articles[a.ID][a.Language] = a
	}
	return s
}

func (s shelf) given(t *testing.T, language string, ids ...string) Given {
	t.Helper()
	g := Given{Language: language, Facts: []string{s.profile.Name}, Prompts: []string{prompt}}
	for _, id := range ids {
		a, ok := s.articles[id][language]
		if !ok {
			t.Fatalf("there is no article %s in %s", id, language)
		}
		body, missing := s.profile.Fill(a.Body, language)
		if len(missing) > 0 {
			t.Fatalf("%s lacks %q", id, missing)
		}
		g.Sources = append(g.Sources, Source{ID: id, Text: a.Title + "\n" + body})
	}
	return g
}

// Honest answers pass: a guard that refuses everything is no use.
func TestCheck_HonestRewrites(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Rewrites()
	if err != nil {
		t.Fatal(err)
	}
	shelf, guard := open(t), New()
	total, refused := map[string]int{}, map[string]int{}
	for _, c := range cases {
		total[c.Language]++
		found := guard.Check(Proposal{Text: c.Text, Language: c.Language, Citations: []string{c.Article}}, shelf.given(t, c.Language, c.Article))
		if len(found) > 0 {
			refused[c.Language]++
		}
		switch {
		case len(found) > 0 && c.Refused == "":
			t.Errorf("%s is refused: %q\n  %s", c.Name, found, c.Text)
		case len(found) == 0 && c.Refused != "":
			t.Errorf("%s passes after all: say so in the table", c.Name)
		}
	}
	for _, l := range desk.Languages {
		if total[l] < 20 {
			t.Errorf("there are only %d rewrites in %s", total[l], l)
		}
		t.Logf("%s: %d of %d refused", l, refused[l], total[l])
	}
}

// The article's own words always pass, or falling back would be no way out.
func TestCheck_ArticlesThemselves(t *testing.T) {
	t.Parallel()
	shelf, guard := open(t), New()
	for id, variants := range shelf.articles {
		for language := range variants {
			given := shelf.given(t, language, id)
			given.MaxLength = 4096
			if found := guard.Check(Proposal{Text: given.Sources[0].Text, Language: language, Citations: []string{id}}, given); len(found) > 0 {
				t.Errorf("%s in %s is refused: %q", id, language, found)
			}
		}
	}
}

// TestCheck_HostileOutputs walks the table of what a lying model says. With -v it prints the table.
func TestCheck_HostileOutputs(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Outputs()
	if err != nil {
		t.Fatal(err)
	}
	shelf, guard := open(t), New()
	if len(cases) < 40 {
		t.Errorf("there are only %d cases", len(cases))
	}
	var table strings.Builder
	let := 0
	for _, c := range cases {
		given := shelf.given(t, c.Language, c.Articles...)
		if c.Source != "" {
			given.Sources = append(given.Sources, Source{ID: "extra", Text: c.Source})
		}
		if c.Asked != "" {
			given.Asked = []string{c.Asked}
		}
		p := Proposal{Text: strings.Repeat(c.Text, max(c.Repeat, 1)), Language: c.Language, Citations: c.Citations}
		if c.Says != "" {
			p.Language = c.Says
		}
		switch {
		case len(p.Citations) == 0:
			p.Citations = c.Articles
		case p.Citations[0] == "-":
			p.Citations = nil
		}
		found := guard.Check(p, given)
		var codes []string
		for _, v := range found {
			if !slices.Contains(codes, string(v.Code)) {
				codes = append(codes, string(v.Code))
			}
		}
		fmt.Fprintf(&table, "  %-55s want %-22s found %s\n", c.Name, strings.Join(c.Want, "|"), strings.Join(codes, " "))
		if c.Passes != "" {
			let++
			if len(codes) > 0 {
				t.Errorf("%s is caught after all, by %q: say so in the table", c.Name, found)
			}
			continue
		}
		if !slices.ContainsFunc(c.Want, func(w string) bool { return slices.Contains(codes, w) }) {
			t.Errorf("%s: found %q, want one of %q\n  %s", c.Name, found, c.Want, c.Text)
		}
	}
	t.Logf("%d cases, %d let through\n%s", len(cases), let, table.String())
}

func FuzzCheck(f *testing.F) {
	guard := New()
	cases, err := hostile.Outputs()
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		f.Add(c.Text, c.Language, "Vence el día 10. US$ 18 por mes; sin costo.")
	}
	f.Fuzz(func(t *testing.T, text, language, source string) {
		given := Given{Language: language, Sources: []Source{{ID: "a", Text: source}}, Asked: []string{text}, Prompts: []string{source}}
		first := guard.Check(Proposal{Text: text, Citations: []string{"a"}}, given)
		again := guard.Check(Proposal{Text: text, Citations: []string{"a"}}, given)
		if !slices.Equal(first, again) {
			t.Fatalf("%q once gives %q, then %q", text, first, again)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	guard := New()
	given := Given{Language: "es", Sources: []Source{{ID: "a", Text: strings.Repeat("La factura vence el día 10 de cada mes. Río 300 cuesta US$ 24. ", 12)}}}
	for b.Loop() {
		guard.Check(Proposal{Text: "Tu factura vence el día 10 de cada mes y Río 300 cuesta US$ 24.", Citations: []string{"a"}}, given)
	}
}
