package consult

import (
	"fmt"
	"testing"

	"antena/internal/desk"
)

// TestWeigh: a model is one more witness, and never enough alone.
func TestWeigh(t *testing.T) {
	t.Parallel()
	book := &desk.Book{Intents: map[string]*desk.Intent{
		"prices":  {Label: "prices", Action: desk.IntentAnswer, Articles: []string{"plans"}},
		"wifi":    {Label: "wifi", Action: desk.IntentAnswer, Articles: []string{"wifi"}},
		"broken":  {Label: "broken", Action: desk.IntentFlow},
		"bill":    {Label: "bill", Action: desk.IntentTicket},
		"cancel":  {Label: "cancel", Action: desk.IntentHandoff},
		"opt_out": {Label: "opt_out", Action: desk.IntentOptOut},
	}}
	profile := &desk.Profile{Languages: []string{"es", "pt"}, Thresholds: desk.Thresholds{Answer: 0.8, Ask: 0.2, First: 0.5}}
	guess := func(label string, p float64) []desk.Score { return []desk.Score{{Label: label, Confidence: p}} }
	found := []desk.Passage{{Article: desk.ArticleRef{ID: "wifi"}, Confidence: 0.6}}
	for _, c := range []struct {
		name     string
		accept   float64
		none     float64
		own      []desk.Score
		passages []desk.Passage
		said     []desk.Score
		want     string // first, accept, none
	}{
		{"agrees, and both are fairly sure", 0.6, 0.1, guess("prices", 0.9), nil, guess("prices", 1), "prices 0.92 0.10"},
		{"agrees without being sure itself", 0.6, 0.1, guess("prices", 0.9), nil, guess("prices", 0.2), "prices 0.78 0.10"},
		{"agrees on what the brain hardly thinks", 0.2, 0.6, guess("prices", 0.5), nil, guess("prices", 1), "prices 0.67 0.60"},
		{"agrees on a flow", 0.6, 0.1, guess("broken", 0.9), nil, guess("broken", 1), "broken 0.92 0.10"},
		{"agrees on a ticket: asked all the same", 0.7, 0.1, guess("bill", 0.9), nil, guess("bill", 1), "bill 0.79 0.10"},
		{"agrees on a hand-over: asked all the same", 0.7, 0.1, guess("cancel", 0.9), nil, guess("cancel", 1), "cancel 0.79 0.10"},
		{"agrees to stop writing, which is not its to say", 0.7, 0.1, guess("opt_out", 0.9), nil, guess("opt_out", 1), "opt_out 0.79 0.10"},
		{"prefers the brain's second", 0.4, 0.1, []desk.Score{{Label: "prices", Confidence: 0.5}, {Label: "wifi", Confidence: 0.45}}, nil, guess("wifi", 1), "wifi 0.84 0.10"},
		{"prefers a flow the brain has second: asked", 0.4, 0.1, []desk.Score{{Label: "prices", Confidence: 0.5}, {Label: "broken", Confidence: 0.45}}, nil, guess("broken", 1), "broken 0.79 0.10"},
		{"names what the brain does not see", 0.3, 0.4, guess("prices", 0.5), nil, guess("wifi", 1), "wifi 0.30 0.40"},
		{"names what the brain does not see, and is doubted", 0.7, 0.1, guess("prices", 0.9), nil, guess("wifi", 0.5), "prices 0.34 0.10"},
		{"names what an article was found for", 0.1, 0.4, guess("prices", 0.2), found, guess("wifi", 1), "wifi 0.30 0.40"},
		{"the brain knows nothing", 0, 0.9, nil, nil, guess("wifi", 1), "wifi 0.30 0.90"},
		{"none of ours, says the model", 0.6, 0.3, guess("prices", 0.9), nil, guess("none", 1), "prices 0.16 0.77"},
		{"none of ours is never declined on a model's word", 0.3, 0.8, guess("prices", 0.9), nil, guess("none", 1), "prices 0.05 0.90"},
		{"says nothing", 0.6, 0.3, guess("prices", 0.9), nil, nil, "prices 0.60 0.30"},
		{"a probability of its own making", 0.6, 0.1, guess("prices", 0.9), nil, guess("prices", 1e9), "prices 0.92 0.10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u := desk.Understanding{Language: "es", LanguageConfidence: 0.9, Accept: c.accept, None: c.none, Passages: c.passages, Advice: &desk.Advice{Intents: c.said}}
			u.Intents = append(u.Intents, c.own...)
			weigh(&u, &desk.Scene{Profile: profile, Book: book})
			if got := fmt.Sprintf("%s %.2f %.2f", u.Best().Label, u.Accept, u.None); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			seen := map[string]bool{}
			for _, s := range u.Intents {
				if seen[s.Label] || s.Confidence < 0 || s.Confidence > 1 {
					t.Errorf("the list of matters is out of order: %v", u.Intents)
				}
				seen[s.Label] = true
			}
		})
	}
}

// Languages the ISP does not speak, and those the brain is sure of, are not a model's to change.
func TestWeigh_Language(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sure float64
		said string
		want string
	}{{0.4, "pt", "pt"}, {0.9, "pt", "es"}, {0.4, "en", "es"}, {0.4, "", "es"}} {
		u := desk.Understanding{Language: "es", LanguageConfidence: c.sure, Advice: &desk.Advice{Language: c.said}}
		weigh(&u, &desk.Scene{Profile: &desk.Profile{Languages: []string{"es", "pt"}}, Book: &desk.Book{}})
		if u.Language != c.want {
			t.Errorf("sure %.1f, a model says %q: got %q, want %q", c.sure, c.said, u.Language, c.want)
		}
	}
}
