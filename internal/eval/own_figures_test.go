//go:build !race

package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/understand"
)

// certainLabels says which intent is meant by what the brain is certain of without its model.
func certainLabels(c desk.Certain) string {
	switch c {
	case desk.CertainOptOut:
		return desk.LabelOptOut
	case desk.CertainPerson:
		return desk.LabelHuman
	case desk.CertainComplaint:
		return desk.LabelComplaint
	case desk.CertainDataRequest:
		return desk.LabelDataRequest
	case desk.CertainGreeting:
		return desk.LabelGreeting
	case desk.CertainThanks:
		return desk.LabelThanks
	}
	return ""
}

// learnedShipped is a brain that has learned the shipped knowledge, and a way to have a first message read by it.
func learnedShipped(t *testing.T) func(text, language string) desk.Understanding {
	t.Helper()
	book, now := shippedBook(t), time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	brain := understand.New(func() time.Time { return now })
	if err := brain.Learn(context.Background(), book); err != nil {
		t.Fatal(err)
	}
	return func(text, language string) desk.Understanding {
		t.Helper()
		scene := &desk.Scene{
			New:     []desk.Message{{Direction: desk.Inbound, Kind: desk.KindText, Text: text}},
			Profile: &desk.Profile{Languages: []string{language}}, Book: book, Now: now,
		}
		u, err := brain.Understand(context.Background(), scene)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
}

// judgeSeen is a message with what the desk makes of it: what is certain goes before the model.
func judgeSeen(m *Utterance, u *desk.Understanding) judged {
	j := judged{truth: m.Intent, accept: u.Accept, refused: u.None >= 0.5}
	if len(u.Intents) > 0 {
		j.best, j.top = u.Intents[0].Label, u.Intents[0].Confidence
	}
	j.rank = slices.IndexFunc(u.Intents, func(s desk.Score) bool { return s.Label == m.Intent })
	if label := certainLabels(u.Certain); label != "" {
		j.best, j.top, j.accept, j.refused = label, 1, 1, false
		j.rank = -1
		if label == m.Intent {
			j.rank = 0
		}
	}
	return j
}

// figures are what is measured on our own set in one language.
type figures struct {
	accuracy, macroF1, coverage95, oosRecall, auroc float64 // messages
	one, both                                       float64 // messages of two matters: first is one of them; first and second are both
	recall1, recall3, mrr                           float64 // questions
}

func (f figures) each() map[string]float64 {
	return map[string]float64{
		"accuracy": f.accuracy, "macro F1": f.macroF1, "coverage at 95 %": f.coverage95, "none found": f.oosRecall, "AUROC": f.auroc,
		"one of two": f.one, "both of two": f.both, "recall@1": f.recall1, "recall@3": f.recall3, "MRR": f.mrr,
	}
}

func measureOwn(t *testing.T, read func(text, language string) desk.Understanding, language string) (figures, []judged) {
	t.Helper()
	messages := ownMessages(t, language)
	all := make([]judged, len(messages))
	for i := range messages {
		u := read(messages[i].Text, language)
		all[i] = judgeSeen(&messages[i], &u)
	}
	var intents IntentReport
	intents.rate(all)
	doubles := ownDoubles(t, language)
	one, both := 0, 0
	for _, d := range doubles {
		u := read(d.text, language)
		m := Utterance{Text: d.text, Intent: d.intent, Language: language}
		best := judgeSeen(&m, &u).best
		if best == d.intent || best == d.second {
			one++
			if u.Second != best && (u.Second == d.intent || u.Second == d.second) {
				both++
			}
		}
	}
	var ranks []int
	for _, q := range ownQuestions(t, language) {
		u := read(q.Text, language)
		ranks = append(ranks, slices.IndexFunc(u.Passages, func(p desk.Passage) bool { return p.Article.ID == q.Article }))
	}
	var found RetrievalReport
	found.rank(ranks)
	return figures{
		accuracy: intents.Accuracy, macroF1: intents.MacroF1, coverage95: intents.Coverage95, oosRecall: intents.OOSRecall, auroc: intents.AUROC,
		one: ratio(one, len(doubles)), both: ratio(both, len(doubles)),
		recall1: found.Recall1, recall3: found.Recall3, mrr: found.MRR,
	}, all
}

// TestOwn_Figures measures the brain that serves, on messages and questions it never learned from. What it compares with is what was
// measured, less a little: it tells when a change has made things worse, and says nothing about how good they are.
func TestOwn_Figures(t *testing.T) {
	t.Parallel()
	floors := map[string]figures{
		"es": {accuracy: 0.825, macroF1: 0.826, coverage95: 0.49, oosRecall: 0.925, auroc: 0.945, one: 0.918, both: 0.501, recall1: 0.802, recall3: 0.931, mrr: 0.865},
		"pt": {accuracy: 0.801, macroF1: 0.803, coverage95: 0.40, oosRecall: 0.865, auroc: 0.908, one: 0.918, both: 0.501, recall1: 0.813, recall3: 0.949, mrr: 0.882},
		"en": {accuracy: 0.810, macroF1: 0.809, coverage95: 0.38, oosRecall: 0.850, auroc: 0.914, one: 0.934, both: 0.339, recall1: 0.795, recall3: 0.894, mrr: 0.849},
	}
	read := learnedShipped(t)
	var table strings.Builder
	var everything []judged
	fmt.Fprintf(&table, "\n%-4s %8s %8s %8s %8s %8s %8s %8s %8s %8s %8s\n", "", "accuracy", "macro F1", "cover95", "none", "AUROC", "one of 2", "both", "recall@1", "recall@3", "MRR")
	for _, l := range desk.Languages {
		got, all := measureOwn(t, read, l)
		everything = append(everything, all...)
		fmt.Fprintf(&table, "%-4s %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f\n", l,
			got.accuracy, got.macroF1, got.coverage95, got.oosRecall, got.auroc, got.one, got.both, got.recall1, got.recall3, got.mrr)
		floor := floors[l].each()
		for name, v := range got.each() {
			if floor[name] <= 0 || v < floor[name] {
				t.Errorf("%s: %s is %.3f, was at least %.3f", l, name, v, floor[name])
			}
		}
	}
	for _, c := range confusions(everything) {
		fmt.Fprintf(&table, "%4d  %s taken for %s\n", c.Count, c.Truth, c.Taken)
	}
	t.Log(table.String())
}
