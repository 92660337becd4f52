package consult_test

import (
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
	"antena/internal/guard/hostile"
	"antena/internal/llm/llmtest"
	"antena/internal/turn/turntest"
	"antena/prompts"
)

// What a model's understanding may bring about, and what not.
func TestModelUnderstands(t *testing.T) {
	t.Parallel()
	need := func(p prompts.Understood) prompts.Understood { p.NeedsPerson = true; return p }
	said := func(label string, p float64) prompts.Understood {
		return prompts.Understood{Language: "es", Intents: []prompts.Guess{{Label: label, Probability: p}}}
	}
	for _, c := range []struct {
		name   string
		text   string
		answer prompts.Understood
		want   string // action, reason, intent
		asked  int
	}{
		{"agrees with what was nearly sure", "se me corta y anda lento", said("slow_internet", 0.95), "flow sure_intent slow_internet", 1},
		{"prefers a ticket: the contact is asked, the ticket first", unsure, said("billing_question", 1), "ask unsure billing_question", 1},
		{"finds what the brain does not see: it is asked about", unclear, said("no_internet", 0.95), "ask unsure no_internet", 1},
		{"finds nothing of ours", unsure, said("none", 0.9), "ask not_understood ", 1},
		{"would have a person, where the brain is unsure", unclear, need(said("none", 0.9)), "handoff person_advised ", 1},
		{"names a label nobody offered", unsure, said("give_refund", 1), "ask unsure slow_internet", 1},
		{"names what is not its to say", unsure, said("opt_out", 1), "ask unsure slow_internet", 1},
		{"a sure matter", question, need(said("cancellation", 1)), "answer sure_intent new_installation", 0},
		{"a greeting", "hola", said("cancellation", 1), "reply greeting greeting", 0},
		{"thanks", "muchas gracias", said("cancellation", 1), "silent thanks thanks_closing", 0},
		{"a person", "quiero hablar con una persona", said("none", 1), "handoff person_asked human_agent", 0},
		{"stop writing", "STOP", said("none", 1), "reply opt_out opt_out", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := withModel(t, turntest.Options{}, nil)
			a.model.Answer("understand", says(t, c.answer))
			a.Says(c.text)
			last := a.Last()
			if got := string(last.Action) + " " + string(last.Reason) + " " + last.Intent; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if n := a.asked("understand"); n != c.asked {
				t.Errorf("the model was asked %d times, want %d", n, c.asked)
			}
			a.Replays()
		})
	}
}

// Buttons and voice notes are not a model's.
func TestModelIsNotAskedAboutButtonsAndRecordings(t *testing.T) {
	t.Parallel()
	a := withModel(t, turntest.Options{}, nil)
	a.Arrive(desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{ID: desk.IntentButtonID("new_installation"), Title: "Planes"}})
	a.Arrive(desk.Message{Kind: desk.KindAudio, Attachment: &desk.Attachment{MIME: "audio/ogg"}})
	if n := len(a.model.Requests()); n != 0 {
		t.Errorf("the model was asked %d times", n)
	}
	if len(a.Sent) != 2 {
		t.Errorf("%d messages were sent", len(a.Sent))
	}
}

// The question is the model's words, the buttons are the desk's.
func TestModelAsks(t *testing.T) {
	t.Parallel()
	const fixed = "Para ayudarte bien"
	for _, c := range []struct {
		name    string
		options []string
		words   string
		want    string // refused for
	}{
		{"an honest question", []string{"slow_internet", "billing_question"}, "¿Es por lo que te cobran o por la velocidad de internet?", ""},
		{"about other matters", []string{"slow_internet", "cancellation"}, "¿Es por lo que te cobran o por la velocidad?", "match"},
		{"no question", []string{"slow_internet", "billing_question"}, "Te cobran bien y la velocidad es la correcta.", "form"},
		{"two questions", []string{"slow_internet", "billing_question"}, "¿Te cobran mal? ¿O es la velocidad?", "form"},
		{"with a number", []string{"slow_internet", "billing_question"}, "¿Es por los 100 Mbps de velocidad o por lo que te cobran?", "form"},
		{"in another language", []string{"slow_internet", "billing_question"}, "Is it about what you are charged, or about the speed?", "language"},
		{"with a link", []string{"slow_internet", "billing_question"}, "¿Viste la velocidad y lo que te cobran en evil.example/pagar?", "link"},
		{"a promise", []string{"slow_internet", "billing_question"}, "Te devolveremos lo que te cobran, ¿es por la velocidad?", "promise"},
		{"a mark nobody issued", []string{"slow_internet", "billing_question"}, "¿La velocidad de ⟦NAME_7⟧ o lo que te cobran?", "mark"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := withModel(t, turntest.Options{}, nil)
			a.model.Fail("understand", llmtest.Fault{Kind: llmtest.Refusal})
			a.model.Answer("clarify", says(t, prompts.Clarified{Options: c.options, Question: c.words}))
			a.Says(unsure)
			w := a.Last().Decision.Wording
			switch {
			case w == nil:
				t.Fatal("no question was proposed")
			case c.want == "" && (w.Text != c.words || !strings.HasPrefix(a.Sent[0].Text, c.words)):
				t.Errorf("refused for %q; said %q", w.Refused, a.Sent[0].Text)
			case c.want != "" && (!slices.Contains(w.Refused, c.want) || !strings.HasPrefix(a.Sent[0].Text, fixed)):
				t.Errorf("refused for %q, want %q; said %q", w.Refused, c.want, a.Sent[0].Text)
			}
			var ids []string
			for _, b := range a.Sent[0].Buttons {
				ids = append(ids, b.ID)
			}
			if want := []string{"intent:slow_internet", "intent:billing_question", desk.ButtonPerson}; !slices.Equal(ids, want) {
				t.Errorf("the buttons are %q", ids)
			}
			a.Replays()
		})
	}
}

// An answer the model would not give is the article's, and the record says so.
func TestModelDoesNotCover(t *testing.T) {
	t.Parallel()
	a := withModel(t, turntest.Options{}, nil)
	a.model.Answer("rewrite", says(t, prompts.Rewritten{Citations: []string{}}))
	a.Says(question)
	if w := a.Last().Decision.Wording; w == nil || w.Unused != "not_covered" || w.Text != "" || len(a.Sent) != 1 {
		t.Errorf("the record has %+v, %d messages were sent", w, len(a.Sent))
	}
	a.Replays()
}

// What names a person is marked before it leaves.
func TestModelSeesMarks(t *testing.T) {
	t.Parallel()
	a := withModel(t, turntest.Options{Name: "Rosalinda Quispe"}, nil)
	a.Says("soy Rosalinda Quispe, mi dni es 30.123.456, mi tarjeta 4111 1111 1111 1111, vivo en Av. Corrientes 1234 y mi mail es rosa@correo.example. " + question)
	a.Says(question)
	marked := 0
	for _, r := range a.model.Requests() {
		for _, value := range []string{"Rosalinda", "Quispe", "30.123.456", "4111", "Corrientes", "rosa@", "5511900000000"} {
			if strings.Contains(r.System+r.User, value) {
				t.Errorf("%s reached the model", value)
			}
		}
		if strings.Contains(r.User, "⟦CARD_1⟧") {
			marked++
		}
	}
	if marked < 2 || a.asked("rewrite") == 0 {
		t.Errorf("%d requests had a mark, as message and as history; the test shows too little", marked)
	}
}

// A mark that comes back becomes what it stood for, and is checked as that.
func TestModelReturnsMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		mark func(user string) string
		want string // part of what is said, and of why it is refused
		why  string
	}{
		{"the article's number", func(user string) string { return markForm.FindString(user) }, "llamar al 0800 555 0199.", ""},
		{"a mark nobody issued", func(string) string { return "⟦PHONE_99⟧" }, "Llama al 0800 555 0199", "mark"},
		{"the wreck of a mark", func(user string) string { return strings.Trim(markForm.FindString(user), "⟦⟧") }, "Llama al 0800 555 0199", "mark"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := answering(t, hostile.Output{Language: "es", Articles: []string{"due-and-cut-dates"}})
			m.Book.Articles["due-and-cut-dates"]["es"].Body = "Llama al 0800 555 0199 y el equipo revisa la fecha de tu factura."
			a := withModelAnd(t, m, turntest.Options{}, nil)
			a.model.AnswerWith("rewrite", func(r llmtest.Request) string {
				text := "Por la fecha de tu factura puedes llamar al " + c.mark(r.User) + "."
				return says(t, prompts.Rewritten{Covers: true, Citations: []string{sourceOf(r.User)}, Text: text})
			})
			a.Says("cuando vence mi factura")
			w := a.Last().Decision.Wording
			if !strings.Contains(a.Sent[0].Text, c.want) || strings.Join(w.Refused, " ") != c.why {
				t.Errorf("said %q, refused for %q", a.Sent[0].Text, w.Refused)
			}
			a.Replays()
		})
	}
}

// What only an admin can mend is told once, not at every turn.
func TestModelAlert(t *testing.T) {
	t.Parallel()
	a := withModel(t, turntest.Options{}, nil)
	a.model.Fail(llmtest.Any, llmtest.Fault{Kind: llmtest.KeyRefused})
	for range 3 {
		a.Says(question)
	}
	open, err := a.Store.Alerts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(open) != 1 || open[0].Kind != desk.AlertModel || open[0].Count != 1 || strings.Contains(open[0].Detail, "sk-") {
		t.Errorf("the alerts are %+v", open)
	}
}
