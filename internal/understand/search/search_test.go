package search

import (
	"fmt"
	"slices"
	"testing"
	"time"
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
