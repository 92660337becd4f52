package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"antena/internal/understand/classify"
)

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUtterances(t *testing.T) {
	t.Parallel()
	want := []Utterance{{"no tengo, internet", "no_internet", "es"}, {"quien gano", classify.None, "es"}, {"hi", classify.None, ""}}
	for _, c := range []struct{ name, file, content string }{
		{"CSV", "a.csv", "\ufeffText,language,Intent\n\"no tengo, internet\",es,no_internet\nquien gano,es,oos\nhi,,\n"},
		{"JSON lines", "a.jsonl", `{"text":"no tengo, internet","intent":"no_internet","language":"es"}` + "\n\n" + `{"text":"quien gano","intent":"oos","language":"es"}` + "\n" + `{"text":"hi"}` + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Utterances(file(t, c.file, c.content))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestUtterances_Refuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, content, want string }{
		{"no header", "a.csv", "hola,greeting\n", "text and intent"},
		{"a short line", "a.csv", "text,intent\nhola,greeting\nadios\n", "line 3"},
		{"nothing", "a.csv", "text,intent\n", "no messages"},
		{"empty", "a.csv", "", "header"},
		{"broken JSON", "a.jsonl", "{\"text\":\"a\"}\n{oops\n", "line 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Utterances(file(t, c.file, c.content)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
	if _, err := Utterances(filepath.Join(t.TempDir(), "absent.csv")); err == nil {
		t.Error("an absent file was read")
	}
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	bets := []bet{{0.9, true}, {0.8, true}, {0.7, false}, {0.6, true}}
	if got := coverage(bets, 0.9); got != 0.5 {
		t.Errorf("coverage at 90 %%: %v", got)
	}
	if got := coverage(bets, 0.75); got != 1 {
		t.Errorf("coverage at 75 %%: %v", got)
	}
	if got := coverage([]bet{{0.5, true}, {0.5, false}}, 0.9); got != 0 {
		t.Errorf("coverage of a tie: %v", got)
	}
	if got := auroc([]float64{0.9, 0.5}, []float64{0.5, 0.1}); got != 0.875 {
		t.Errorf("AUROC: %v", got)
	}
	if got := calibrationError([]bet{{0.75, true}, {0.75, false}}); math.Abs(got-0.25) > 1e-12 {
		t.Errorf("calibration error: %v", got)
	}
	all := []judged{{truth: "a", best: "a"}, {truth: "a", best: "b"}, {truth: "b", best: "b"}, {truth: classify.None, best: "b"}}
	if got := macroF1(all); math.Abs(got-2.0/3) > 1e-12 {
		t.Errorf("macro F1: %v", got)
	}
	if got := confusions(all); !slices.Equal(got, []Confusion{{"a", "b", 1}}) {
		t.Errorf("confusions: %v", got)
	}
}

func TestIntents(t *testing.T) {
	t.Parallel()
	var train []Utterance
	for label, phrases := range map[string][]string{
		"invoice": {"send my bill", "i need the invoice", "invoice please", "copy of my bill", "bill in pdf", "resend the invoice"},
		"outage":  {"no internet", "internet is down", "there is no signal", "connection down", "no connection at home", "signal is gone"},
		"visit":   {"when does the technician come", "technician visit", "reschedule the visit", "waiting for the technician", "cancel my visit", "technician today"},
		"none":    {"who won the match", "tell me a joke", "buy my bike", "what is love", "the moon is far", "sing a song"},
	} {
		for _, p := range phrases {
			train = append(train, Utterance{Text: p, Intent: label, Language: "en"})
		}
	}
	slices.SortFunc(train, func(a, b Utterance) int { return strings.Compare(a.Text, b.Text) })
	test := []Utterance{{"bill please", "invoice", "en"}, {"internet down", "outage", "en"}, {"technician visit today", "visit", "en"}, {"tell me who won", "none", "en"}}
	r, err := Intents(context.Background(), train, test, classify.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Train != 24 || r.Test != 4 || r.Outside != 1 || r.Labels != 3 || r.Accuracy != 1 || r.Top3 != 1 || r.MacroF1 != 1 {
		t.Errorf("%+v", r)
	}
	if r.TrainTime <= 0 || r.P99 < r.Median || r.Median <= 0 {
		t.Errorf("times: %v %v %v", r.TrainTime, r.Median, r.P99)
	}
	var text, machine bytes.Buffer
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "macro F1") || !strings.Contains(text.String(), "100.0 %") {
		t.Errorf("%v\n%s", err, text.String())
	}
	if err := WriteJSON(&machine, r); err != nil {
		t.Fatal(err)
	}
	var back IntentReport
	if err := json.Unmarshal(machine.Bytes(), &back); err != nil || back.Accuracy != r.Accuracy || back.TrainTime != r.TrainTime {
		t.Errorf("%v %+v", err, back)
	}
}

func TestRetrieval(t *testing.T) {
	t.Parallel()
	articles := file(t, "a.jsonl", `{"id":"pay","language":"en","title":"Ways to pay","questions":["where can i pay"],"body":"By card or cash."}
{"id":"wifi","language":"en","title":"Change the password","questions":["forgot my password"],"body":"Open the page of the router."}
{"id":"los","language":"en","title":"Red light","questions":["what does the red light mean"],"body":"No fibre signal."}
`)
	questions := file(t, "q.jsonl", `{"text":"can i pay with a card","language":"en","article":"pay"}
{"text":"new password","language":"en","article":"wifi"}
{"text":"light is red","language":"en","article":"los"}
{"text":"zebra","language":"en"}
`)
	a, err := Articles(articles)
	if err != nil {
		t.Fatal(err)
	}
	q, err := Questions(questions)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Retrieval(context.Background(), a, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Articles != 3 || r.Questions != 4 || r.Outside != 1 || r.Recall1 != 1 || r.Recall5 != 1 || r.MRR != 1 || r.NDCG != 1 || r.AUROC != 1 {
		t.Errorf("%+v", r)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "recall@1") {
		t.Errorf("%v\n%s", err, text.String())
	}
	if _, err := Questions(file(t, "empty.jsonl", "\n")); err == nil {
		t.Error("an empty file was read")
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("text,intent\nhola,greeting\n")
	f.Add("intent,text\n\"a\n\",b")
	f.Fuzz(func(t *testing.T, content string) {
		if all, err := readCSV(strings.NewReader(content)); err != nil && all != nil {
			t.Errorf("both %v and %v", all, err)
		}
	})
}

func TestRetrievalReport_RanksLateArticles(t *testing.T) {
	t.Parallel()
	var r RetrievalReport
	r.rank([]int{0, 2, -1, 6})
	if r.Recall1 != 0.25 || r.Recall3 != 0.5 || r.Recall5 != 0.5 || math.Abs(r.MRR-(1+1.0/3+1.0/7)/4) > 1e-12 || math.Abs(r.NDCG-(1+0.5+1.0/3)/4) > 1e-12 {
		t.Errorf("%+v", r)
	}
}

func TestIntentReport_RatesBothKindsOfDoubt(t *testing.T) {
	t.Parallel()
	var r IntentReport
	r.rate([]judged{
		{truth: "a", best: "a", accept: 0.9, none: 0.1}, {truth: "b", best: "a", accept: 0.3, none: 0.2},
		{truth: classify.None, best: "a", accept: 0.6, none: 0.7, refused: true},
	})
	if r.AUROC != 0.5 || r.ScopeAUROC != 1 || r.OOSRecall != 1 || r.Accuracy != 0.5 {
		t.Errorf("%+v", r)
	}
}
