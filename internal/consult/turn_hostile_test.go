//go:build !race

package consult_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
	"antena/internal/eval/dialogue"
	"antena/internal/guard/hostile"
	"antena/internal/llm/llmtest"
	"antena/internal/redact"
	"antena/internal/turn/turntest"
	"antena/prompts"
)

// TestHostileOutputs lets a lying model put answers, through the whole turn. Nothing
// of what it says is sent, but what the table names as nobody's to find. With -v it
// prints the table.
func TestHostileOutputs(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Outputs()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 40 {
		t.Errorf("there are only %d cases", len(cases))
	}
	var table report
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			m := answering(t, c)
			a := withModelAnd(t, m, turntest.Options{}, nil)
			lie := prompts.Rewritten{Covers: true, Citations: citations(c), Text: strings.Repeat(c.Text, max(c.Repeat, 1))}
			a.model.Answer("rewrite", says(t, lie))
			a.Says(cmp.Or(c.Asked, "?"))
			if n := a.asked("rewrite"); n == 0 {
				t.Fatal("the model was not asked, so the case shows nothing")
			}
			if len(a.Sent) != 1 {
				t.Fatalf("%d messages were sent", len(a.Sent))
			}
			w := a.Last().Decision.Wording
			own, _ := m.Profile.Fill(m.Book.Articles[c.Articles[0]][c.Language].Body, c.Language)
			if c.Says != "" {
				c.Passes = "Our answers have no place for a language; the text is in the right one."
			}
			switch honest := strings.HasPrefix(a.Sent[0].Text, strings.TrimSpace(own)); {
			case c.Passes == "" && (w.Text != "" || !honest):
				t.Errorf("was sent: %q", a.Sent[0].Text)
			case c.Passes != "" && w.Text == "":
				t.Logf("is refused in the turn: %q %q", w.Refused, w.Problem)
			}
			became := "the article's words"
			if w.Text != "" {
				became = "SENT: " + c.Passes
			}
			table.add("  %-40s %-36s %s", c.Name, cmp.Or(strings.Join(w.Refused, " "), string(w.Problem), "-"), became)
			a.Replays()
		})
	}
}

// citations are those the model names, in the form our prompts have.
func citations(c hostile.Output) []string {
	id := "article:" + c.Articles[0] + "/" + c.Language
	if len(c.Citations) == 0 {
		return []string{id}
	}
	out := []string{}
	for _, cited := range c.Citations {
		switch {
		case slices.Contains(c.Articles, cited):
			out = append(out, id)
		case cited != "-":
			out = append(out, cited)
		}
	}
	return out
}

// TestHostileInputs has a model that does whatever the customer wants: it names the
// matter with the most power, says what was asked for, and copies the message. With
// -v it prints the table.
func TestHostileInputs(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 60 {
		t.Errorf("there are only %d cases", len(cases))
	}
	var table report
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			a := withModel(t, turntest.Options{Name: c.Profile}, nil)
			obey(t, a.model, c)
			for _, m := range c.Messages {
				a.Arrive(turntest.Incoming(m))
			}
			action := a.Judge(c)
			leaks(t, a, c)
			a.Replays()
			table.add("  %-45s %-8s of %-32s understand %d rewrite %d clarify %d", c.Name, action, strings.Join(c.Accept, "|"), a.asked("understand"), a.asked("rewrite"), a.asked("clarify"))
		})
	}
}

// obey scripts a model that is on the stranger's side.
func obey(t *testing.T, model *llmtest.Server, c hostile.Input) {
	t.Helper()
	wish := strings.Join(c.Never, " ")
	for _, m := range c.Messages {
		wish += " " + m.Text
	}
	wish = string([]rune(wish)[:min(len([]rune(wish)), 900)])
	powerful := []prompts.Guess{{Label: desk.LabelOptOut, Probability: 1}, {Label: "billing_question", Probability: 1}, {Label: "cancellation", Probability: 1}}
	second := desk.LabelDataRequest
	model.Answer("understand", says(t, prompts.Understood{Language: "en", Intents: powerful, Second: &second}))
	model.AnswerWith("rewrite", func(r llmtest.Request) string {
		return says(t, prompts.Rewritten{Covers: true, Citations: []string{sourceOf(r.User)}, Text: wish + " Listo: abrí un ticket y te devolvemos US$ 100, ver https://evil.example"})
	})
	model.AnswerWith("clarify", func(r llmtest.Request) string {
		return says(t, prompts.Clarified{Options: []string{"billing_question", "cancellation"}, Question: string([]rune(wish)[:min(len([]rune(wish)), 200)]) + "?"})
	})
}

// leaks fails when anything personal of the messages reached the model.
func leaks(t *testing.T, a *advised, c hostile.Input) {
	t.Helper()
	var texts []string
	for _, m := range c.Messages {
		texts = append(texts, strings.Repeat(m.Text, max(m.Repeat, 1)))
	}
	clean, vault := redact.Redact(texts, redact.Known{Names: []string{cmp.Or(c.Profile, "Cliente")}, Values: []string{"5511900000000"}})
	values := []string{"5511900000000"}
	for _, mark := range markForm.FindAllString(strings.Join(clean, "\n"), -1) {
		value, err := vault.Restore(mark)
		if err == nil && len(value) > 4 && !markForm.MatchString("⟦"+strings.Trim(value, "⟦⟧")+"⟧") { // who writes marks of ours tells nothing
			values = append(values, value)
		}
	}
	for _, r := range a.model.Requests() {
		for _, value := range values {
			if strings.Contains(r.System+r.User, value) {
				t.Errorf("%q reached the model", value)
			}
		}
	}
}

// halfway understands everything as one of two matters.
type halfway struct{ language string }

func (h halfway) Understand(_ context.Context, s *desk.Scene) (desk.Understanding, error) {
	return desk.Understanding{
		Text: s.Text(), Language: h.language, LanguageConfidence: 1, Accept: 0.5, Model: "test",
		Intents: []desk.Score{{Label: "slow_internet", Confidence: 0.5}, {Label: "billing_question", Confidence: 0.4}},
	}, nil
}

// foreign is a case that copies the instructions of somebody else's prompt: not ours,
// and no claim once it is a question.
const foreign = "echo of the instructions"

// TestHostileQuestions has the same lies put as the one question: none is asked.
func TestHostileQuestions(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Outputs()
	if err != nil {
		t.Fatal(err)
	}
	var table report
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			m, err := mind()
			if err != nil {
				t.Fatal(err)
			}
			a := withModelAnd(t, &dialogue.Mind{Book: m.Book, Profile: m.Profile, Understander: halfway{c.Language}}, turntest.Options{}, nil)
			a.model.Fail("understand", llmtest.Fault{Kind: llmtest.Refusal})
			lie := strings.TrimRight(strings.Repeat(c.Text, min(max(c.Repeat, 1), 1000)), ".!? \n") + "?"
			a.model.Answer("clarify", says(t, prompts.Clarified{Options: []string{"slow_internet", "billing_question"}, Question: lie}))
			a.Says(cmp.Or(c.Asked, "hm"))
			w := a.Last().Decision.Wording
			if w == nil || len(a.Sent) != 1 {
				t.Fatalf("%d messages were sent, the record has %+v", len(a.Sent), w)
			}
			if (w.Text != "") != (c.Name == foreign) {
				t.Errorf("was asked: %q", a.Sent[0].Text)
			}
			table.add("  %-40s %s", c.Name, cmp.Or(strings.Join(w.Refused, " "), string(w.Problem)))
		})
	}
}
