package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// phrases builds a small data set: four matters in two languages, and chatter that is none of them.
func phrases() []Example {
	parts := []struct {
		label, language string
		start, end      []string
	}{
		{"invoice", "es", []string{"quiero", "me mandas", "necesito", "pasame", "no me llego"}, []string{"la factura", "el recibo de este mes", "mi boleta", "la factura en pdf", "el recibo por aqui"}},
		{"invoice", "pt", []string{"quero", "me manda", "preciso da", "cadê", "não chegou"}, []string{"o boleto", "a fatura deste mês", "a segunda via", "minha fatura em pdf", "o boleto por aqui"}},
		{"outage", "es", []string{"no tengo", "se corto", "estoy sin", "se cayo", "no anda"}, []string{"internet", "el servicio en mi casa", "la señal desde ayer", "el wifi ni el cable", "nada de internet"}},
		{"outage", "pt", []string{"estou sem", "caiu", "não tem", "parou", "to sem"}, []string{"internet", "o sinal aqui em casa", "conexão desde ontem", "a net", "nada de sinal"}},
		{"password", "es", []string{"quiero cambiar", "olvide", "cual es", "perdi", "como cambio"}, []string{"la clave", "mi contraseña", "la clave del wifi", "la contraseña de la red", "el nombre y la clave"}},
		{"password", "pt", []string{"quero trocar", "esqueci", "qual é", "perdi", "como mudo"}, []string{"a senha", "minha senha", "a senha do wifi", "a senha da rede", "o nome e a senha"}},
		{"visit", "es", []string{"cuando viene", "a que hora llega", "quiero reprogramar", "nadie vino para", "espero"}, []string{"el tecnico", "la visita", "el tecnico de hoy", "la visita del jueves", "al instalador"}},
		{"visit", "pt", []string{"quando vem", "que horas chega", "quero remarcar", "ninguém veio para", "espero"}, []string{"o técnico", "a visita", "o técnico de hoje", "a visita de quinta", "o instalador"}},
		{None, "es", []string{"quien gano", "que opinas de", "cuentame de", "vendo", "cuanto mide"}, []string{"el partido", "la luna", "una moto usada", "un chiste", "el presidente"}},
		{None, "pt", []string{"quem ganhou", "o que acha de", "me conta", "vendo", "quanto mede"}, []string{"o jogo", "a lua", "uma moto usada", "uma piada", "o presidente"}},
	}
	var all []Example
	for _, p := range parts {
		for _, a := range p.start {
			for _, b := range p.end {
				all = append(all, Example{Text: a + " " + b, Label: p.label, Language: p.language})
			}
		}
	}
	return all
}

func train(t *testing.T, opts Options) *Model {
	t.Helper()
	m, err := Train(context.Background(), phrases(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPredict_FindsTheIntent(t *testing.T) {
	t.Parallel()
	m := train(t, Options{})
	for _, c := range []struct{ text, language, want string }{
		{"buenas, me mandas la factura porfa", "es", "invoice"},
		{"MANDA O BOLETO!!!", "pt", "invoice"},
		{"che estoy sin internet en mi casa", "es", "outage"},
		{"n tem sinal aki", "pt", "outage"},
		{"olvide mi contrasenia", "es", "password"},
		{"esqueci a snha", "pt", "password"},
		{"a que hora viene el tenico", "es", "visit"},
		{"que horas chega o tecnico", "", "visit"},
	} {
		p := m.PredictIn(c.text, c.language)
		if p.Best().Label != c.want {
			t.Errorf("%q: %+v, want %s", c.text, p.Scores, c.want)
		}
		if p.Accept < 0.5 {
			t.Errorf("%q: accept %.2f", c.text, p.Accept)
		}
	}
}

// A new intent with a few phrases among many of others is found by words that are nearly its own.
func TestPredict_FindsANewIntent(t *testing.T) {
	t.Parallel()
	all := phrases()
	for _, text := range []string{"quiero mudarme de casa", "me cambio de domicilio", "llevar el servicio a otra casa"} {
		all = append(all, Example{Text: text, Label: "moving", Language: "es"})
	}
	m, err := Train(context.Background(), all, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"quiero llevar el internet a otra casa", "me voy a cambiar de domicilio", "necesito mudarme a otra casa"} {
		if p := m.PredictIn(text, "es"); p.Best().Label != "moving" {
			t.Errorf("%q: %+v", text, p.Scores[:3])
		}
	}
	if p := m.PredictIn("quiero la factura de mi casa", "es"); p.Best().Label != "invoice" {
		t.Errorf("taken from another: %+v", p.Scores[:3])
	}
}

func TestPredict_RefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	m := train(t, Options{})
	known := m.PredictIn("no tengo internet", "es")
	for _, text := range []string{"quem ganhou o jogo da lua", "vendo un presidente usado", "zzz qqq www", "", "?!", "\xff"} {
		p := m.Predict(text)
		if p.Accept >= 0.5 || p.Accept >= known.Accept || p.None <= known.None {
			t.Errorf("%q: accept %.2f none %.2f; a known one %.2f %.2f", text, p.Accept, p.None, known.Accept, known.None)
		}
	}
}

func TestPredict_ConfidencesAreProbabilities(t *testing.T) {
	t.Parallel()
	p := train(t, Options{}).Predict("quiero la factura")
	sum := 0.0
	for i, s := range p.Scores {
		sum += s.Confidence
		if s.Label == None || i > 0 && s.Confidence > p.Scores[i-1].Confidence {
			t.Errorf("score %d: %+v", i, s)
		}
	}
	if len(p.Scores) != 4 || sum > 1+1e-9 || sum < 0.5 {
		t.Errorf("%d scores that add up to %.3f", len(p.Scores), sum)
	}
	if p.Margin() <= 0 || math.Abs(p.Margin()-(p.Scores[0].Confidence-p.Scores[1].Confidence)) > 1e-12 {
		t.Errorf("margin %.3f", p.Margin())
	}
}

func TestPredict_SaysWhy(t *testing.T) {
	t.Parallel()
	p := train(t, Options{}).PredictIn("hola necesito mi factura", "es")
	if len(p.Why) == 0 || len(p.Why) > maxWhy || !strings.Contains(p.Why[0].Text, "factura") {
		t.Fatalf("%+v", p.Why)
	}
	if !slices.IsSortedFunc(p.Why, func(a, b Gram) int { return int(math.Copysign(1, b.Weight-a.Weight)) }) {
		t.Errorf("not sorted: %+v", p.Why)
	}
}

func TestPredict_HearsASecondIntent(t *testing.T) {
	t.Parallel()
	m := train(t, Options{})
	p := m.PredictIn("quiero la factura de este mes, y a que hora viene el tecnico", "es")
	got := []string{p.Best().Label, p.Second}
	slices.Sort(got)
	if !slices.Equal(got, []string{"invoice", "visit"}) {
		t.Errorf("%v %+v", got, p)
	}
	if p := train(t, Options{Aside: []string{"visit"}}).PredictIn("quiero la factura de este mes, y a que hora viene el tecnico", "es"); p.Second == "visit" || p.Best().Label == "visit" && p.Second != "" {
		t.Errorf("an intent that is no matter beside another was: %+v", p)
	}
	for _, text := range []string{"quiero la factura", "quiero la factura, la factura de este mes por favor", "hola"} {
		if p := m.PredictIn(text, "es"); p.Second != "" {
			t.Errorf("%q holds one intent, found %q too", text, p.Second)
		}
	}
}

func TestTrain_IsRepeatable(t *testing.T) {
	t.Parallel()
	one, two := train(t, Options{Workers: 1}), train(t, Options{Workers: 4})
	for _, text := range []string{"quiero la factura", "sem sinal", "nada que ver", "cual es la clave y la visita"} {
		if a, b := one.Predict(text), two.Predict(text); !reflect.DeepEqual(a, b) {
			t.Errorf("%q: %+v and %+v", text, a, b)
		}
	}
}

func TestPredict_Concurrently(t *testing.T) {
	t.Parallel()
	m := train(t, Options{})
	want := m.Predict("quiero cambiar la clave")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := m.Predict("quiero cambiar la clave"); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v", got)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestTrain_Refuses(t *testing.T) {
	t.Parallel()
	if _, err := Train(context.Background(), []Example{{Text: "a", Label: "x"}}, Options{}); !errors.Is(err, errFewLabels) {
		t.Errorf("one label: %v", err)
	}
	if _, err := Train(context.Background(), []Example{{Text: "a", Label: "x"}, {Text: "b"}}, Options{}); err == nil {
		t.Error("an example without a label was accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Train(ctx, phrases(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestTrain_SmallestSets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		examples []Example
	}{
		{"two phrases", []Example{{Text: "hola", Label: "a"}, {Text: "factura", Label: "b"}}},
		{"an intent and none", []Example{{Text: "hola", Label: "a"}, {Text: "luna", Label: None}}},
		{"an empty phrase", []Example{{Text: "hola", Label: "a"}, {Text: "", Label: "b"}, {Text: "factura", Label: "b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, err := Train(context.Background(), c.examples, Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := m.Predict("hola")
			if p.Best().Label != "a" || math.IsNaN(p.Accept) || math.IsNaN(p.None) || math.IsNaN(p.Best().Confidence) {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestVocabulary_Repair(t *testing.T) {
	t.Parallel()
	v := newVocabulary()
	for _, w := range []string{"factura", "factura", "facturas", "clave", "clase", "clase", "luz"} {
		v.add([]byte(w))
	}
	v.index()
	for give, want := range map[string]string{
		"factra": "factura", "facutra": "factura", "clvae": "clave", "clave": "clave", "clabe": "clase", "claxe": "clase", "lux": "lux", "abcdefg": "abcdefg", "fact1ra": "fact1ra",
	} {
		if got := v.repair(give); got != want {
			t.Errorf("repair(%q) = %q, want %q", give, got, want)
		}
	}
}

func FuzzPredict(f *testing.F) {
	m, err := Train(context.Background(), phrases(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("quiero la factura, y la clave", "es")
	f.Add("👍🏽 \xff", "")
	f.Fuzz(func(t *testing.T, text, language string) {
		p := m.PredictIn(text, language)
		if !(p.Accept >= 0 && p.Accept <= 1) || !(p.None >= 0 && p.None <= 1) || len(p.Scores) != 4 {
			t.Fatalf("%+v", p)
		}
	})
}

// book is as large as a real one: 24 intents, three languages, 60 phrases each, of words that are half the intent's own.
func book() []Example {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func(language, pool, n int) string {
		w := rand.New(rand.NewPCG(uint64(language*1000+pool), uint64(n)))
		text := ""
		for range 2 + w.IntN(3) {
			text += string("bcdfglmnprst"[w.IntN(12)]) + string("aeiou"[w.IntN(5)])
		}
		return text
	}
	var all []Example
	for intent := range 24 {
		for language := range 3 {
			for range 60 {
				var text []string
				for range 3 + rng.IntN(5) {
					if rng.IntN(2) == 0 {
						text = append(text, word(language, 0, rng.IntN(80)))
						continue
					}
					text = append(text, word(language, 1+intent, rng.IntN(25)))
				}
				all = append(all, Example{Text: strings.Join(text, " "), Label: fmt.Sprintf("intent%02d", intent), Language: [...]string{"es", "pt", "en"}[language]})
			}
		}
	}
	return all
}

func BenchmarkTrain(b *testing.B) {
	examples := book()
	for b.Loop() {
		if _, err := Train(context.Background(), examples, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	m, err := Train(context.Background(), book(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	messages := book()
	slices.SortFunc(messages, func(x, y Example) int { return cmp.Compare(x.Text[1:], y.Text[1:]) })
	for i := 0; b.Loop(); i++ {
		one := messages[i%len(messages)]
		m.PredictIn(one.Text, one.Language)
	}
}
