//go:build !race

package eval

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
)

func TestCosts(t *testing.T) {
	t.Parallel()
	c := Costs{Wrong: 10, Question: 1, Handover: 4}
	for _, x := range []struct {
		name string
		give sample
		want float64
	}{
		{"acts rightly", sample{truth: "a", top: "a", accept: 0.9}, 0},
		{"acts wrongly", sample{truth: "b", top: "a", accept: 0.9}, 10},
		{"acts on what is none of ours", sample{truth: desk.LabelNone, top: "a", accept: 0.9}, 10},
		{"stops writing wrongly", sample{truth: "b", top: "a", action: desk.IntentOptOut, accept: 0.9}, 40},
		{"hands over wrongly", sample{truth: "b", top: "a", action: desk.IntentHandoff, accept: 0.9}, 5},
		{"asks and offers it", sample{truth: "b", top: "a", accept: 0.5, offered: true}, 1},
		{"asks and does not offer it", sample{truth: "b", top: "a", accept: 0.5}, 5},
		{"asks about what is none of ours", sample{truth: desk.LabelNone, top: "a", accept: 0.5}, 2},
		{"does not understand", sample{truth: "a", top: "a", accept: 0.1}, 3},
		{"declines", sample{truth: desk.LabelNone, top: "a", accept: 0.1, none: 0.95}, 0},
		{"asks for other words about nothing", sample{truth: desk.LabelNone, top: "a", accept: 0.1, none: 0.5}, 1},
	} {
		x.give.weight = 1
		if got := x.give.cost(c, x.give.action, 0.7, 0.3); got != x.want {
			t.Errorf("%s: %g, want %g", x.name, got, x.want)
		}
	}
}

func TestCheapest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		cost func(at float64) float64
		want float64
	}{
		{"a valley", func(at float64) float64 { return math.Abs(at - 0.61) }, 0.61},
		{"the middle of a plain", func(at float64) float64 {
			if at >= 0.5 && at <= 0.7 {
				return 0
			}
			return 1
		}, 0.6},
		{"the first of two", func(at float64) float64 {
			if math.Abs(at-0.4) < 0.001 || math.Abs(at-0.8) < 0.001 {
				return 0
			}
			return 1
		}, 0.4},
	} {
		if got := cheapest(0.3, 0.9, c.cost); math.Abs(got-c.want) > 0.0051 {
			t.Errorf("%s: %g, want %g", c.name, got, c.want)
		}
	}
}

// An intent with few messages gets the border of the others, one with many its own.
func TestIntents_Shrinkage(t *testing.T) {
	t.Parallel()
	book := &desk.Book{Intents: map[string]*desk.Intent{}}
	var all []sample
	add := func(label string, n int, border float64) { // right from the border on, wrong below
		book.Intents[label] = &desk.Intent{Label: label, Action: desk.IntentAnswer}
		for i := range n {
			s := sample{truth: "other", top: label, action: desk.IntentAnswer, accept: 0.3 + 0.69*float64(i)/float64(n), weight: 1, offered: true}
			if s.accept >= border {
				s.truth = label
			}
			all = append(all, s)
		}
	}
	add("common", 3000, 0.80)
	add("many", 4000, 0.50)
	add("few", 12, 0.50)
	tn := &tuner{o: TuneOptions{Costs: DefaultCosts}.filled(), all: all}
	tn.common()
	got := map[string]float64{}
	for _, x := range tn.intents(book) {
		got[x.Name] = x.Threshold
	}
	if math.Abs(got["common"]-0.80) > 0.02 || math.Abs(got["many"]-0.50) > 0.05 || math.Abs(got["few"]-got["common"]) > 0.03 {
		t.Errorf("%v", got)
	}
}

// The thresholds that are shipped are those that tuning finds on what is shipped:
// whoever changes phrases or the model writes them again (antena eval tune --write faq).
func TestTune_ShippedThresholds(t *testing.T) {
	if testing.Short() {
		t.Skip("learns the shipped intents five times")
	}
	t.Parallel()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]bool{}
	r, err := Tune(t.Context(), knowledge.NewBook(lib.Articles, lib), lib.Thresholds, TuneOptions{}, func(stage string, _, _ int) { stages[stage] = true })
	if err != nil {
		t.Fatal(err)
	}
	const near, nearIntent = 0.06, 0.15
	got, want := r.Thresholds, lib.Thresholds
	for _, x := range []struct {
		name      string
		got, want float64
		near      float64
	}{{"answer", got.Answer, want.Answer, near}, {"ask", got.Ask, want.Ask, near}, {"article", got.Article, want.Article, near}, {"first", got.First, want.First, 2 * near}} {
		if math.Abs(x.got-x.want) > x.near {
			t.Errorf("%s: tuned %.2f, shipped %.2f", x.name, x.got, x.want)
		}
	}
	for label := range lib.Intents {
		if g, w := got.AnswerFor(label), want.AnswerFor(label); math.Abs(g-w) > nearIntent {
			t.Errorf("%s: tuned %.2f, shipped %.2f", label, g, w)
		}
	}
	if r.Before.Cost > 1.05*r.After.Cost {
		t.Errorf("the shipped thresholds cost %.3f a message, tuned ones %.3f", r.Before.Cost, r.After.Cost)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "█") || !strings.Contains(text.String(), "no_internet (flow)") {
		t.Errorf("%v\n%s", err, text.String())
	}
	if len(stages) != 2 {
		t.Errorf("heard of %v", stages)
	}
}
