//go:build !race

package eval

import (
	"context"
	"maps"
	"slices"
	"testing"

	"antena/internal/desk"
	"antena/internal/understand/classify"
)

// tenPhrases is how many examples an intent has on the day somebody thinks of it.
const tenPhrases = 10

// phrasesOf are the example phrases of the shipped intents, of those that few names at most ten, spread evenly, in the languages given.
func phrasesOf(book *desk.Book, few func(label string) bool, languages ...string) []classify.Example {
	var all []classify.Example
	for _, label := range slices.Sorted(maps.Keys(book.Intents)) {
		for _, language := range languages {
			phrases := book.Intents[label].Examples[language]
			n := len(phrases)
			if few(label) {
				n = min(n, tenPhrases)
			}
			for i := range n {
				all = append(all, classify.Example{Text: phrases[i*len(phrases)/n], Label: label, Language: language})
			}
		}
	}
	return all
}

// fewShot trains on examples and returns the share of messages with the right intent first and among the first three.
func fewShot(t *testing.T, examples []classify.Example, messages []Utterance, counts func(label string) bool) (first, three float64) {
	t.Helper()
	model, err := classify.Train(context.Background(), examples, classify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var n, one, among int
	for _, m := range messages {
		if m.Intent == classify.None || !counts(m.Intent) {
			continue
		}
		n++
		p := model.PredictIn(m.Text, m.Language)
		switch rank := slices.IndexFunc(p.Scores, func(s classify.Score) bool { return s.Label == m.Intent }); {
		case rank == 0:
			one++
			among++
		case rank > 0 && rank < 3:
			among++
		}
	}
	if n == 0 {
		t.Fatal("no message to measure with")
	}
	return ratio(one, n), ratio(among, n)
}

// TestFewShot measures what ten phrases are worth. Like all figures of our own set it tells when a change makes things worse.
func TestFewShot(t *testing.T) {
	t.Parallel()
	book := shippedBook(t)
	t.Run("ten phrases for every intent", func(t *testing.T) {
		t.Parallel()
		every := func(string) bool { return true }
		first, three := fewShot(t, phrasesOf(book, every, "es"), ownMessages(t, "es"), every)
		t.Logf("ten phrases each: %.3f first, %.3f among three", first, three)
		if first < fewFirst || three < fewThree {
			t.Errorf("%.3f first, %.3f among three; want %.3f and %.3f", first, three, fewFirst, fewThree)
		}
	})
	for _, label := range []string{"relocation", "wifi_password_change", "payment_methods"} {
		t.Run("a new intent: "+label, func(t *testing.T) {
			t.Parallel()
			added := func(l string) bool { return l == label }
			first, three := fewShot(t, phrasesOf(book, added, "es"), ownMessages(t, "es"), added)
			t.Logf("ten phrases of %s among full ones: %.3f first, %.3f among three", label, first, three)
			if first < newFirst || three < newThree {
				t.Errorf("%.3f first, %.3f among three; want %.3f and %.3f", first, three, newFirst, newThree)
			}
		})
	}
}

// What was measured, less a little.
const (
	fewFirst, fewThree = 0.48, 0.66
	newFirst, newThree = 0.30, 0.58 // of the worst of the three: paying, which has most neighbours
)
