package search

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/snowballstem"

	"antena/internal/understand/words"
)

func passages() []Passage {
	var all []Passage
	add := func(article, language, title, body string, questions ...string) {
		p := Passage{ArticleID: article, Version: 3, Language: language}
		for i, q := range questions {
			p.ID, p.Kind, p.Text = fmt.Sprintf("%s/%s/q%d", article, language, i), Question, q
			all = append(all, p)
		}
		p.ID, p.Kind, p.Text = article+"/"+language+"/t", Title, title
		all = append(all, p)
		p.ID, p.Kind, p.Text = article+"/"+language+"/b", Body, body
		all = append(all, p)
	}
	add("pay", "es", "Formas de pago", "Puede pagar por transferencia, con tarjeta o en la oficina de lunes a viernes.", "donde puedo pagar", "aceptan tarjeta", "como pago mi factura")
	add("wifi", "es", "Cambiar la clave del wifi", "Entre a la página del router y escriba una contraseña nueva.", "quiero cambiar la contraseña", "olvidé la clave del wifi")
	add("lights", "es", "Qué significan las luces", "La luz LOS en rojo avisa que no llega la fibra.", "que significa la luz roja", "hay una luz naranja en el modem")
	add("pay", "pt", "Formas de pagamento", "Aceitamos pix, cartão e boleto.", "onde eu pago", "aceita cartão")
	add("mesh", "en", "Mesh and repeaters", "A mesh kit covers the whole house.", "do you rent mesh repeaters")
	return all
}

func TestSearch_FindsTheArticle(t *testing.T) {
	t.Parallel()
	ix := NewIndex(passages())
	for _, c := range []struct{ name, text, language, want string }{
		{"its own words", "donde puedo pagar", "es", "pay/es"},
		{"other endings", "pagando con tarjetas", "es", "pay/es"},
		{"typing", "olvide la calve del wify", "es", "wifi/es"},
		{"no accents", "quiero cambiar mi contrasena", "es", "wifi/es"},
		{"only in the body", "no llega la fibra", "es", "lights/es"},
		{"a word that means the same", "mi boleta", "es", "pay/es"},
		{"its language", "aceita cartao?", "pt", "pay/pt"},
		{"another language when this one has nothing", "mesh repeaters", "es", "mesh/en"},
		{"any language", "mesh repeaters", "", "mesh/en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hits := ix.Search(Query{Text: c.text, Language: c.language})
			if len(hits) == 0 || hits[0].ArticleID+"/"+hits[0].Language != c.want {
				t.Fatalf("got %+v, want %s", hits, c.want)
			}
			if h := hits[0]; h.Version != 3 || h.PassageID == "" || h.Confidence <= 0 || h.Confidence > 1 {
				t.Errorf("got %+v", h)
			}
		})
	}
}

// Each group must be of words that differ once stemmed, and no word may be in two groups: the second would be without effect.
func TestSynonyms_AreOfOneGroup(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"es", "pt", "en"} {
		text, err := synonymFiles.ReadFile("synonyms/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for n, line := range strings.Split(string(text), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			group := map[string]bool{}
			for _, w := range words.Fields(words.Fold(line)) {
				group[stem(snowballstem.NewEnv(""), w, language)] = true
			}
			if len(group) < 2 {
				t.Errorf("%s, line %d: %q is one word", language, n+1, line)
			}
			for s := range group {
				if seen[s] != 0 {
					t.Errorf("%s, line %d: %q is in line %d too", language, n+1, s, seen[s])
				}
				seen[s] = n + 1
			}
		}
	}
}

func TestSearch_IsSureOnlyOfWhatStandsOut(t *testing.T) {
	t.Parallel()
	ix := NewIndex(passages())
	sure := ix.Search(Query{Text: "aceptan tarjeta", Language: "es"})
	vague := ix.Search(Query{Text: "quiero saber algo de mi mascota y la luna", Language: "es"})
	if len(sure) == 0 || sure[0].Confidence < 0.6 {
		t.Errorf("an article's own question: %+v", sure)
	}
	if len(vague) > 0 && vague[0].Confidence > 0.35 {
		t.Errorf("nothing to do with any article: %+v", vague[0])
	}
	if len(sure) > 1 && sure[1].Confidence >= sure[0].Confidence {
		t.Errorf("the second is as sure as the first: %+v", sure[:2])
	}
	if !slices.Contains(sure[0].Why, "tarjet") {
		t.Errorf("why: %q", sure[0].Why)
	}
}

func TestSearch_Scope(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	base := Passage{ID: "1", ArticleID: "a", Language: "es", Kind: Question, Text: "promocion de noviembre"}
	for _, c := range []struct {
		name  string
		scope Scope
		query Query
		want  int
	}{
		{"no limit", Scope{}, Query{}, 1},
		{"zone of the contact", Scope{Zones: []string{"norte", "sur"}}, Query{Zone: []string{"ciudad", "sur"}}, 1},
		{"zone of the contact, written otherwise", Scope{Zones: []string{"Norte "}}, Query{Zone: []string{" norte"}}, 1},
		{"another zone", Scope{Zones: []string{"norte"}}, Query{Zone: []string{"sur"}}, 0},
		{"unknown zone", Scope{Zones: []string{"norte"}}, Query{}, 0},
		{"plan", Scope{Plans: []string{"fibra 300"}}, Query{Plan: "fibra 300"}, 1},
		{"another plan", Scope{Plans: []string{"fibra 300"}}, Query{Plan: "fibra 100"}, 0},
		{"too early", Scope{From: day(10)}, Query{Now: day(9)}, 0},
		{"first instant", Scope{From: day(10)}, Query{Now: day(10)}, 1},
		{"over", Scope{Until: day(20)}, Query{Now: day(20)}, 0},
		{"no clock", Scope{From: day(10), Until: day(11)}, Query{}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, q := base, c.query
			p.Scope, q.Text, q.Language = c.scope, "promocion", "es"
			if got := NewIndex([]Passage{p}).Search(q); len(got) != c.want {
				t.Errorf("got %d hits, want %d", len(got), c.want)
			}
		})
	}
}

// What a search keeps for the next must not show in it.
func TestSearch_SaysTheSameEveryTime(t *testing.T) {
	t.Parallel()
	ix := NewIndex(passages())
	texts := []string{"donde puedo pagar", "olvide la calve del wify", "no llega la fibra", "?!", "mi boleta", "nada de eso, gracias"}
	var first [][]Hit
	for _, text := range texts {
		first = append(first, NewIndex(passages()).Search(Query{Text: text, Language: "es"}))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, text := range texts {
				if got := ix.Search(Query{Text: text, Language: "es"}); !reflect.DeepEqual(got, first[i]) {
					t.Errorf("%q: got %+v, first %+v", text, got, first[i])
				}
			}
		})
	}
	wg.Wait()
}

// Articles that have nothing of a question still count: one that stands out among many is surer than one of two.
func TestSearch_CountsThoseThatDoNotMatch(t *testing.T) {
	t.Parallel()
	add := func(n int) []Passage {
		all := []Passage{{ID: "a", ArticleID: "a", Language: "en", Kind: Question, Text: "reset the router"}, {ID: "b", ArticleID: "b", Language: "en", Kind: Question, Text: "move the router"}}
		for i := range n {
			all = append(all, Passage{ID: fmt.Sprint(i), ArticleID: fmt.Sprintf("c%d", i), Language: "en", Kind: Question, Text: fmt.Sprintf("xyz %d", i)})
		}
		return all
	}
	few, many := NewIndex(add(0)).Search(Query{Text: "reset"}), NewIndex(add(50)).Search(Query{Text: "reset"})
	if len(few) != 1 || len(many) != 1 || few[0].Score >= many[0].Score {
		t.Errorf("among two: %+v; among many: %+v", few, many)
	}
}

func TestSearch_Limit(t *testing.T) {
	t.Parallel()
	var all []Passage
	for i := range 12 {
		all = append(all, Passage{ID: fmt.Sprint(i), ArticleID: fmt.Sprint(i), Language: "en", Kind: Question, Text: fmt.Sprintf("router model %d", i)})
	}
	ix := NewIndex(all)
	if got := len(ix.Search(Query{Text: "router"})); got != 5 {
		t.Errorf("by default: %d", got)
	}
	if got := len(ix.Search(Query{Text: "router", Limit: 7})); got != 7 {
		t.Errorf("of seven: %d", got)
	}
}

func TestSearch_Nothing(t *testing.T) {
	t.Parallel()
	if got := NewIndex(nil).Search(Query{Text: "hola", Language: "es"}); len(got) != 0 {
		t.Errorf("an empty index found %+v", got)
	}
	if got := NewIndex(passages()).Search(Query{Text: "?!", Language: "es"}); len(got) != 0 {
		t.Errorf("an empty question found %+v", got)
	}
}

func FuzzSearch(f *testing.F) {
	ix := NewIndex(passages())
	f.Add("donde pago", "es")
	f.Add("\xff 🙏", "")
	f.Fuzz(func(t *testing.T, text, language string) {
		for _, h := range ix.Search(Query{Text: text, Language: language}) {
			if !(h.Confidence >= 0 && h.Confidence <= 1) {
				t.Fatalf("%+v", h)
			}
		}
	})
}

// manyPassages are of 10,000 articles, each with a question, a title and a body.
func manyPassages() []Passage {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		w := rand.New(rand.NewPCG(3, uint64(rng.ExpFloat64()*400)))
		text := ""
		for range 2 + w.IntN(3) {
			text += string("bcdfglmnprst"[w.IntN(12)]) + string("aeiou"[w.IntN(5)])
		}
		return text
	}
	sentence := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = word()
		}
		return strings.Join(list, " ")
	}
	var all []Passage
	for i := range 10_000 {
		for _, k := range [...]struct {
			kind Kind
			n    int
		}{{Question, 8}, {Title, 5}, {Body, 40}} {
			kind, n := k.kind, k.n
			all = append(all, Passage{ID: fmt.Sprint(i, kind), ArticleID: fmt.Sprintf("%05d", i), Language: "es", Kind: kind, Text: sentence(n)})
		}
	}
	return all
}

func BenchmarkNewIndex(b *testing.B) {
	all := manyPassages()
	for b.Loop() {
		NewIndex(all)
	}
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkSearch(b *testing.B) {
	all := manyPassages()
	before := held()
	ix := NewIndex(all)
	size := held() - before
	times := make([]time.Duration, 0, 1000)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		ix.Search(Query{Text: all[i*3%len(all)].Text, Language: "es"}) // a question: every third passage is one
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(size)/(1<<20), "MB")
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns")
}
