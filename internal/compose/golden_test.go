package compose_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"antena/faq"
	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// decisions are one of each kind that is said, on the small scene.
func decisions(t *testing.T) map[string]desk.Decision {
	t.Helper()
	all := map[string]desk.Decision{
		"answer":               {Action: desk.ActAnswer, Article: article("pay")},
		"answer with a ticket": {Action: desk.ActAnswer, Article: article("pay"), Question: &desk.Question{Options: []desk.Option{{ID: "intent:pay", Intent: "pay"}}}},
		"step with article":    {Action: desk.ActFlow, Article: article("fix"), Flow: &desk.FlowPosition{Flow: "fix", Step: "a"}},
		"step":                 {Action: desk.ActFlow, Flow: &desk.FlowPosition{Flow: "fix", Step: "b"}},
		"step again":           {Action: desk.ActFlow, Flow: &desk.FlowPosition{Flow: "fix", Step: "b"}, Phrase: desk.PhraseChoose},
		"question":             {Action: desk.ActAsk, Phrase: desk.PhraseWhich, Question: &desk.Question{Options: []desk.Option{{ID: "intent:pay", Intent: "pay"}}}},
	}
	for _, p := range allPhrases(t) {
		d := desk.Decision{Action: desk.ActReply, Phrase: p}
		switch p {
		case desk.PhraseHandoff, desk.PhraseHandoffClosed:
			d.Action, d.Handoff = desk.ActHandoff, &desk.Handoff{}
		case desk.PhraseTicketOpened:
			d.Action, d.Open = desk.ActTicket, &desk.TicketOpening{Subject: "x"}
		case desk.PhraseTicketPerson, desk.PhraseTicketPersonClosed:
			d.Action, d.Open, d.Handoff = desk.ActHandoff, &desk.TicketOpening{Subject: "x"}, &desk.Handoff{}
		case desk.PhraseTicketUpdated:
			d.Action, d.Update = desk.ActTicket, id("a1")
		case desk.PhraseTicketReopened:
			d.Action, d.Reopen = desk.ActTicket, id("a2")
		case desk.PhraseTicketStatus, desk.PhraseTicketMerged, desk.PhraseReceipt:
			d.Status = id("a1")
		case desk.PhraseSolvedTicket:
			d.Resolve = id("a1")
		case desk.PhraseOptedOut:
			d.OptOut = true
		}
		all["phrase "+string(p)] = d
	}
	return all
}

// TestGolden shows every phrase and kind of decision as the contact sees it, in
// every language, to a stranger and with an ISP that has set nothing but its name.
func TestGolden(t *testing.T) {
	t.Parallel()
	all := decisions(t)
	for _, language := range desk.Languages {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for _, name := range slices.Sorted(maps.Keys(all)) {
				d := all[name]
				d.Language = language
				for _, when := range []string{"first contact", "later", "nothing set"} {
					s := aScene()
					switch when {
					case "later":
						spoken(s)
					case "nothing set":
						spoken(s)
						s.Profile = &desk.Profile{Name: "ISP", Placeholders: map[string]desk.Words{"place": words("la tienda")}} // policy says no article with a hole
					}
					show(&b, name+", "+when, compose.Compose(s, desk.Understanding{}, d))
				}
			}
			golden(t, filepath.Join("testdata", language+".golden"), b.String())
		})
	}
}

func show(b *strings.Builder, name string, out desk.Outcome) {
	fmt.Fprintf(b, "== %s\n", name)
	for _, m := range out.Messages {
		b.WriteString(m.Text + "\n")
		for _, button := range m.Buttons {
			fmt.Fprintf(b, "[%s] %s\n", button.Title, button.ID)
		}
	}
	b.WriteString("\n")
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s:%d differs (run with -update and read the diff)\n got %q\nwant %q", file, i+1, at(g, i), at(w, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(the end)"
}

// TestShipped_NothingUnresolvedLeaves says everything that is shipped, to a
// stranger, with all settings and with none.
func TestShipped_NothingUnresolvedLeaves(t *testing.T) {
	t.Parallel()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	book := knowledge.NewBook(lib.Articles, lib)
	profiles := map[string]*desk.Profile{"full": knowledge.DemoProfile(lib), "empty": knowledge.NewProfile("ISP", "", "UTC", desk.Languages)}
	for name, profile := range profiles {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, first %v", name, first), func(t *testing.T) {
				t.Parallel()
				said := 0
				for what, d := range shipped(t, book, profile) {
					s := aScene()
					s.Book, s.Profile = book, profile
					if !first {
						spoken(s)
					}
					for _, language := range desk.Languages {
						d.Language = language
						out := compose.Compose(s, desk.Understanding{Language: language}, d)
						if broken := unfit(out, d); broken != "" {
							t.Errorf("%s in %s: %s", what, language, broken)
						}
						said += len(out.Messages)
					}
				}
				if said < 100 {
					t.Errorf("only %d messages were looked at", said)
				}
			})
		}
	}
}

// shipped are decisions that say every article that may be said, every step of
// every flow, every intent's button and every phrase.
func shipped(t *testing.T, b *desk.Book, p *desk.Profile) map[string]desk.Decision {
	t.Helper()
	all := decisions(t)
	maps.DeleteFunc(all, func(name string, d desk.Decision) bool { return d.Article != nil || d.Flow != nil || d.Question != nil })
	sayable := func(id string) *desk.ArticleRef {
		for _, a := range b.Articles[id] {
			if _, missing := p.Fill(a.Body, a.Language); len(missing) == 0 && a.Status == desk.ArticlePublished {
				ref := a.Ref()
				return &ref
			}
		}
		return nil
	}
	for id, variants := range b.Articles {
		for l, a := range variants {
			if _, missing := p.Fill(a.Body, l); len(missing) == 0 {
				ref := a.Ref()
				all["article "+id+"/"+l] = desk.Decision{Action: desk.ActAnswer, Article: &ref}
			}
		}
	}
	for id, f := range b.Flows {
		for name, step := range f.Steps {
			d := desk.Decision{Action: desk.ActFlow, Flow: &desk.FlowPosition{Flow: id, Step: name}}
			all["step again "+id+":"+name] = desk.Decision{Action: desk.ActFlow, Flow: d.Flow, Phrase: desk.PhraseChoose}
			if step.Article != "" {
				if d.Article = sayable(step.Article); d.Article == nil {
					continue
				}
			}
			all["step "+id+":"+name] = d
		}
	}
	for label := range b.Intents {
		if label == desk.LabelHuman {
			continue // never an option: a person is offered under every question
		}
		q := &desk.Question{Options: []desk.Option{{ID: desk.IntentButtonID(label), Intent: label}}}
		all["question "+label] = desk.Decision{Action: desk.ActAsk, Phrase: desk.PhraseWhich, Question: q}
	}
	return all
}

// unfit says why an outcome may not leave.
func unfit(out desk.Outcome, d desk.Decision) string {
	if len(out.Messages) != 1 {
		return fmt.Sprintf("%d messages", len(out.Messages))
	}
	m := out.Messages[0]
	if strings.TrimSpace(m.Text) == "" || m.Text != strings.TrimSpace(m.Text) {
		return fmt.Sprintf("blanks: %q", m.Text)
	}
	for _, name := range desk.Placeholders(m.Text) {
		if "{"+name+"}" != desk.ProtocolToken || d.Open == nil {
			return "unresolved {" + name + "}"
		}
	}
	if n := units(m.Text); n > desk.MaxText || len(m.Buttons) > 0 && n > desk.MaxCaption {
		return fmt.Sprintf("%d units with %d buttons", n, len(m.Buttons))
	}
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, b := range m.Buttons {
		if b.Title == "" || units(b.Title) > 20 || ids[b.ID] || titles[b.Title] || b.ID == "" || len(b.ID) > 256 {
			return fmt.Sprintf("the button %+v among %+v", b, m.Buttons)
		}
		ids[b.ID], titles[b.Title] = true, true
	}
	if len(m.Buttons) > 3 {
		return fmt.Sprintf("%d buttons", len(m.Buttons))
	}
	return ""
}
