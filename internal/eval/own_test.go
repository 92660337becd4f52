package eval

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/understand/classify"
	"antena/internal/understand/words"
)

// shipped is the knowledge of faq/, read once.
var shipped = sync.OnceValues(func() (*desk.Book, error) {
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		return nil, err
	}
	return knowledge.NewBook(lib.Articles, lib), nil
})

func shippedBook(t *testing.T) *desk.Book {
	t.Helper()
	book, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func ownFile(name, language, ext string) string {
	return filepath.Join("testdata", "own", name+"."+language+ext)
}

// ownMessages are the messages of our own set in a language.
func ownMessages(t *testing.T, language string) []Utterance {
	t.Helper()
	all, err := Utterances(ownFile("intents", language, ".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ownQuestions are the questions of our own set in a language.
func ownQuestions(t *testing.T, language string) []Question {
	t.Helper()
	all, err := Questions(ownFile("pairs", language, ".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// double is a message that holds two matters.
type double struct{ text, intent, second string }

// ownDoubles are the messages of our own set in a language that hold two matters.
func ownDoubles(t *testing.T, language string) []double {
	t.Helper()
	f, err := os.Open(ownFile("two", language, ".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := "text,intent,second"; strings.Join(rows[0], ",") != want {
		t.Fatalf("%s begins with %v, want %s", f.Name(), rows[0], want)
	}
	var all []double
	for _, row := range rows[1:] {
		all = append(all, double{row[0], row[1], row[2]})
	}
	return all
}

// bare is what two messages have in common that differ in case, accents, marks and spaces only.
func bare(text string) string {
	folded := words.Fold(text)
	if fields := words.Fields(folded); len(fields) > 0 {
		return strings.Join(fields, " ")
	}
	return strings.TrimSpace(folded)
}

// TestOwn_Files checks that the set is whole, and apart from what the brain learns from.
func TestOwn_Files(t *testing.T) {
	t.Parallel()
	book := shippedBook(t)
	learned := map[string]string{}
	for label, intent := range book.Intents {
		for _, phrases := range intent.Examples {
			for _, p := range phrases {
				learned[bare(p)] = "an example of " + label
			}
		}
	}
	asked := map[string]string{}
	for id, variants := range book.Articles {
		for _, a := range variants {
			for _, q := range append(a.Questions, a.Title) {
				asked[bare(q)] = "a question of " + id
			}
		}
	}
	for _, l := range desk.Languages {
		t.Run(l, func(t *testing.T) {
			t.Parallel()
			seen, count := map[string]bool{}, map[string]int{}
			apart := func(text, file string, from map[string]string, seen map[string]bool) {
				t.Helper()
				key := bare(text)
				if where := from[key]; where != "" {
					t.Errorf("%s: %q is %s: a test must not be learned from, reword it here", file, text, where)
				}
				if seen[key] || key == "" {
					t.Errorf("%s: %q is empty or there twice", file, text)
				}
				seen[key] = true
			}
			for _, u := range ownMessages(t, l) {
				apart(u.Text, "intents", learned, seen)
				count[u.Intent]++
				if book.Intents[u.Intent] == nil {
					t.Errorf("%q has the unknown intent %q", u.Text, u.Intent)
				}
			}
			for _, d := range ownDoubles(t, l) {
				apart(d.text, "two", learned, seen)
				if d.intent == d.second || book.Intents[d.intent] == nil || book.Intents[d.second] == nil {
					t.Errorf("%q has the intents %q and %q", d.text, d.intent, d.second)
				}
				count["two"]++
			}
			inside := 0
			for label := range book.Intents {
				if label == classify.None {
					continue
				}
				inside += count[label]
				if count[label] < 20 {
					t.Errorf("only %d messages of %s", count[label], label)
				}
			}
			pairs, articles := map[string]bool{}, map[string]int{}
			for _, q := range ownQuestions(t, l) {
				apart(q.Text, "pairs", asked, pairs)
				articles[q.Article]++
				if book.Articles[q.Article][q.Language] == nil || q.Language != l {
					t.Errorf("%q names the article %q in %q, which is not there", q.Text, q.Article, q.Language)
				}
			}
			for id := range book.Articles {
				if articles[id] < 2 {
					t.Errorf("only %d questions for %s", articles[id], id)
				}
			}
			if inside < 620 || count[classify.None] < 200 || count["two"] < 60 || len(pairs) < 150 {
				t.Errorf("%d messages, %d of none, %d of two matters, %d questions", inside, count[classify.None], count["two"], len(pairs))
			}
		})
	}
}
