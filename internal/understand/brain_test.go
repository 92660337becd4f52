package understand

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/internal/desk"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// testBook is a small book. Every phrase is there with a few openings, as people have many.
func testBook(version string) *desk.Book {
	b := &desk.Book{Version: version, Intents: map[string]*desk.Intent{}, Articles: map[string]map[string]*desk.Article{}}
	intent := func(label string, articles []string, es, pt, en []string) {
		vary := func(openings, phrases []string) (all []string) {
			for _, o := range openings {
				for _, p := range phrases {
					all = append(all, strings.TrimSpace(o+" "+p))
				}
			}
			return all
		}
		b.Intents[label] = &desk.Intent{Label: label, Articles: articles, Examples: map[string][]string{
			"es": vary([]string{"", "hola", "por favor", "buenas"}, es), "pt": vary([]string{"", "oi", "por favor", "bom dia"}, pt), "en": vary([]string{"", "hi", "please", "hello"}, en),
		}}
	}
	intent("invoice_copy", []string{"invoice"}, []string{"mandame la factura", "necesito el recibo", "no me llego la boleta"}, []string{"manda o boleto", "preciso da fatura", "segunda via do boleto"}, []string{"send me my bill", "i need the invoice", "copy of the bill"})
	intent("no_internet", []string{"restart"}, []string{"no tengo internet", "se corto el servicio", "no hay señal en casa"}, []string{"estou sem internet", "caiu a conexao", "nao tem sinal em casa"}, []string{"i have no internet", "the service is down", "there is no signal at home"})
	intent("visit", []string{"restart"}, []string{"cuando viene el tecnico", "a que hora es la visita"}, []string{"quando vem o tecnico", "que horas e a visita"}, []string{"when is the technician coming", "what time is the visit"})
	intent(desk.LabelNone, nil, []string{"quien gano el partido", "cuentame un chiste", "vendo una moto"}, []string{"quem ganhou o jogo", "conta uma piada", "vendo uma moto"}, []string{"who won the match", "tell me a joke", "i sell a bike"})
	article := func(id, language, title, body string, status desk.ArticleStatus, questions ...string) {
		if b.Articles[id] == nil {
			b.Articles[id] = map[string]*desk.Article{}
		}
		b.Articles[id][language] = &desk.Article{ID: id, Language: language, Version: 4, Title: title, Body: body, Status: status, Questions: questions}
	}
	article("invoice", "es", "Copia de la factura", "La factura está en el portal {customer_portal}.", desk.ArticlePublished, "donde veo mi factura", "quiero descargar el recibo")
	article("invoice", "pt", "Segunda via", "O boleto está no portal.", desk.ArticlePublished, "onde vejo o boleto")
	article("restart", "es", "Reiniciar el equipo", "Desenchufe el módem treinta segundos.", desk.ArticlePublished, "como reinicio el modem")
	article("secret", "es", "Borrador", "Reembolsos especiales.", desk.ArticleDraft, "quiero un reembolso especial")
	return b
}

func scene(texts ...string) *desk.Scene {
	s := &desk.Scene{Profile: &desk.Profile{Languages: []string{"es"}}, Now: noon}
	for _, text := range texts {
		s.New = append(s.New, desk.Message{Direction: desk.Inbound, Kind: desk.KindText, Text: text})
	}
	return s
}

func learnedBrain(t *testing.T) *Brain {
	t.Helper()
	b := New(func() time.Time { return noon })
	if err := b.Learn(context.Background(), testBook("v1")); err != nil {
		t.Fatal(err)
	}
	return b
}

func understood(t *testing.T, b *Brain, s *desk.Scene) desk.Understanding {
	t.Helper()
	u, err := b.Understand(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestUnderstand_AQuestion(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	u := understood(t, b, scene("hola", "mandame la factura del cliente 48213, porfa"))
	if u.Best().Label != "invoice_copy" || u.Accept < 0.5 || u.Language != "es" || u.Certain != desk.CertainNothing || u.Model != "local/v1" {
		t.Errorf("%+v", u)
	}
	if u.Text != "hola\nmandame la factura del cliente 48213, porfa" {
		t.Errorf("text %q", u.Text)
	}
	if !slices.Equal(u.Entities, []desk.Entity{{Kind: "customer", Value: "48213"}}) {
		t.Errorf("entities %+v", u.Entities)
	}
	if len(u.Passages) == 0 || u.Passages[0].Article != (desk.ArticleRef{ID: "invoice", Language: "es", Version: 4, Title: "Copia de la factura"}) || u.Passages[0].Matched == "" {
		t.Errorf("passages %+v", u.Passages)
	}
	if len(u.Why) == 0 || len(u.Intents) != 3 {
		t.Errorf("why %+v, intents %+v", u.Why, u.Intents)
	}
}

func TestUnderstand_Certain(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	for _, c := range []struct {
		name string
		give []string
		want desk.Certain
	}{
		{"a person", []string{"no tengo internet", "quiero hablar con una persona"}, desk.CertainPerson},
		{"no more messages before a person", []string{"stop", "asesor"}, desk.CertainOptOut},
		{"data", []string{"borren mis datos"}, desk.CertainDataRequest},
		{"a greeting", []string{"hola", "buenas tardes"}, desk.CertainGreeting},
		{"thanks", []string{"muchas gracias 🙏"}, desk.CertainThanks},
		{"a matter", []string{"hola", "no tengo internet"}, desk.CertainNothing},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if u := understood(t, b, scene(c.give...)); u.Certain != c.want {
				t.Errorf("%q is %q, want %q", c.give, u.Certain, c.want)
			}
		})
	}
}

func TestUnderstand_HowTheySound(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	u := understood(t, b, scene("sigue igual, son unos inutiles, voy a hablar con mi abogado"))
	if u.Mood != desk.MoodAngry || !u.Urgent || !u.StillBroken || u.WorksNow {
		t.Errorf("%+v", u)
	}
	u = understood(t, b, scene("ya volvió, gracias"))
	if u.Mood != desk.MoodCalm || u.Urgent || u.StillBroken || !u.WorksNow {
		t.Errorf("%+v", u)
	}
	if u = understood(t, b, scene("ayuda por favor, es urgente")); u.Mood != desk.MoodAnxious {
		t.Errorf("%+v", u)
	}
}

func TestUnderstand_Language(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	s := scene("i have no internet and i need help")
	if u := understood(t, b, s); u.Language != "en" || u.Best().Label != "no_internet" {
		t.Errorf("%+v", u)
	}
	s = scene("ok")
	s.Conversation.Language = "pt"
	if u := understood(t, b, s); u.Language != "pt" {
		t.Errorf("a word of no language: %+v", u)
	}
}

// A card's number does not stay in the record of a turn.
func TestUnderstand_KeepsNoCard(t *testing.T) {
	t.Parallel()
	u, err := learnedBrain(t).Understand(t.Context(), scene("pago con la tarjeta 4111 1111 1111 1111"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(u.Entities, desk.Entity{Kind: "card", Value: "…1111"}) {
		t.Errorf("entities %+v", u.Entities)
	}
	for _, e := range u.Entities {
		if strings.Contains(e.Value, "41111111") {
			t.Errorf("the number stays as %s", e.Kind)
		}
	}
}

func TestUnderstand_NothingToRead(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	for _, text := range []string{"", "?!"} {
		u := understood(t, b, scene(text))
		if len(u.Intents) != 0 || len(u.Passages) != 0 || u.Accept != 0 || u.Language != "es" {
			t.Errorf("%q: %+v", text, u)
		}
	}
}

func TestUnderstand_DraftsAreNotFound(t *testing.T) {
	t.Parallel()
	u := understood(t, learnedBrain(t), scene("quiero un reembolso especial"))
	for _, p := range u.Passages {
		if p.Article.ID == "secret" {
			t.Errorf("a draft was found: %+v", p)
		}
	}
}

func TestUnderstand_Fails(t *testing.T) {
	t.Parallel()
	if _, err := New(nil).Understand(context.Background(), scene("hola")); !errors.Is(err, errNothingLearned) {
		t.Errorf("before learning: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := learnedBrain(t).Understand(ctx, scene("hola")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestLearn_KeepsWhatItKnewWhenItFails(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	if err := b.Learn(context.Background(), &desk.Book{Version: "empty"}); err == nil {
		t.Fatal("an empty book was learned")
	}
	if u := understood(t, b, scene("no tengo internet")); u.Model != "local/v1" || u.Best().Label != "no_internet" {
		t.Errorf("%+v", u)
	}
}

func TestLearn_WhileReading(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				u, err := b.Understand(context.Background(), scene("no tengo internet"))
				if err != nil || u.Best().Label != "no_internet" {
					t.Errorf("%v %+v", err, u)
					return
				}
			}
		})
	}
	for _, version := range []string{"v2", "v3", "v4"} {
		if err := b.Learn(context.Background(), testBook(version)); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
	if u := understood(t, b, scene("no tengo internet")); u.Model != "local/v4" {
		t.Errorf("model %q", u.Model)
	}
}

func TestExamples_ComeFromArticlesOfOneIntent(t *testing.T) {
	t.Parallel()
	labels := map[string]string{}
	for _, e := range examples(testBook("v1")) {
		labels[e.Text] = e.Label
	}
	if got := labels["quiero descargar el recibo"]; got != "invoice_copy" {
		t.Errorf("a question of an article with one intent teaches %q", got)
	}
	for _, text := range []string{"como reinicio el modem", "quiero un reembolso especial"} {
		if got, ok := labels[text]; ok {
			t.Errorf("%q belongs to no single intent and teaches %q", text, got)
		}
	}
}

func BenchmarkUnderstand(b *testing.B) {
	brain := New(nil)
	if err := brain.Learn(context.Background(), testBook("v1")); err != nil {
		b.Fatal(err)
	}
	s := scene("buenas tardes", "desde ayer no tengo internet en mi casa y ya reinicie el modem, me mandan un tecnico?")
	for b.Loop() {
		if _, err := brain.Understand(context.Background(), s); err != nil {
			b.Fatal(err)
		}
	}
}

func TestUnderstand_OptOutBesideAMatter(t *testing.T) {
	t.Parallel()
	b := learnedBrain(t)
	for _, c := range []struct {
		give, best string
		certain    desk.Certain
		optOut     bool
	}{
		{"STOP. No tengo internet en casa", "no_internet", desk.CertainNothing, true},
		{"STOP\nquiero hablar con una persona", "", desk.CertainPerson, true},
		{"STOP. Gracias", "", desk.CertainOptOut, false},
		{"stop", "", desk.CertainOptOut, false},
		{"quiero poner un reclamo formal", "", desk.CertainComplaint, false},
	} {
		u, err := b.Understand(context.Background(), scene(c.give))
		if err != nil {
			t.Fatal(err)
		}
		if u.Certain != c.certain || u.OptOut != c.optOut || c.best != "" && u.Best().Label != c.best {
			t.Errorf("%q: certain %q, opt out besides %v, best %q", c.give, u.Certain, u.OptOut, u.Best().Label)
		}
	}
}

func TestUnderstand_FindsArticlesOfTheContactsZone(t *testing.T) {
	t.Parallel()
	book := testBook("zones")
	book.Articles["north"] = map[string]*desk.Article{"es": {ID: "north", Language: "es", Title: "Oficina del norte", Body: "Calle 1.", Status: desk.ArticlePublished, Questions: []string{"donde queda la oficina"}, Zones: []string{"Norte"}}}
	b := New(func() time.Time { return noon })
	if err := b.Learn(context.Background(), book); err != nil {
		t.Fatal(err)
	}
	for zone, want := range map[string]bool{"norte": true, "Sur": false, "": false} {
		s := scene("donde queda la oficina")
		s.Contact.Zone = zone
		u, err := b.Understand(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(u.Passages, func(p desk.Passage) bool { return p.Article.ID == "north" }); got != want {
			t.Errorf("in zone %q: found %v", zone, got)
		}
	}
}
