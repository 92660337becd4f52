//go:build !race

package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/policy"
	"antena/internal/understand"
	"antena/internal/understand/classify"
)

// decidedShipped is a way to have a first message decided on, with the shipped knowledge and thresholds and every setting filled in.
func decidedShipped(t *testing.T) func(text, language string) desk.Decision {
	t.Helper()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, now := shippedBook(t), time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	end := now.Add(20 * time.Hour)
	brain := understand.New(func() time.Time { return now })
	if err := brain.Learn(context.Background(), book); err != nil {
		t.Fatal(err)
	}
	profile := knowledge.DemoProfile(lib)
	profile.Thresholds = lib.Thresholds
	return func(text, language string) desk.Decision {
		t.Helper()
		spoken := *profile
		spoken.Languages = []string{language}
		scene := &desk.Scene{
			Conversation: desk.Conversation{ID: desk.NewID(), Owner: desk.OwnerAssistant, State: desk.ConversationOpen, WindowEndsAt: &end},
			New:          []desk.Message{{ID: desk.NewID(), Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: text}},
			Profile:      &spoken, Book: book, Now: now,
		}
		seen, err := brain.Understand(context.Background(), scene)
		if err != nil {
			t.Fatal(err)
		}
		return policy.Decide(scene, seen)
	}
}

// outcomes count what was decided about messages.
type outcomes struct {
	all, answered, wrong, asked, people, declined, sentAway int
	mistakes                                                map[string]int
}

// count takes a decision in. An answer is whatever acts on what was understood: an article, a step, a ticket, a reply, silence. Questions and
// people are none, and neither is declining what is not ours; who is declined though they asked for something of ours was sent away.
func (o *outcomes) count(truth string, d desk.Decision, book *desk.Book) {
	o.all++
	switch {
	case d.Action == desk.ActAsk:
		o.asked++
	case d.Action == desk.ActHandoff:
		o.people++
	case d.Reason == desk.ReasonOffTopic:
		o.declined++
		if truth != classify.None {
			o.sentAway++
		}
	default:
		o.answered++
		fits := d.Intent == truth
		if in := book.Intents[truth]; d.Article != nil && in != nil {
			fits = fits || slices.Contains(in.Articles, d.Article.ID)
		}
		if !fits {
			o.wrong++
			o.mistakes[truth+" answered as "+d.Intent+" by "+d.Rule]++
		}
	}
}

// TestOwn_Decided measures what the contact would have got at the shipped thresholds: how much is answered, and how much of it wrongly.
func TestOwn_Decided(t *testing.T) {
	t.Parallel()
	bounds := map[string]struct{ answered, wrong, sentAway float64 }{ // at least, at most, at most
		"es": {0.24, 0.020, 0.012}, "pt": {0.23, 0.020, 0.014}, "en": {0.24, 0.020, 0.014},
	}
	book, decide := shippedBook(t), decidedShipped(t)
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-4s %8s %8s %8s %8s %8s %9s\n", "", "answered", "wrong", "asked", "people", "declined", "sent away")
	mistakes := map[string]int{}
	for _, l := range desk.Languages {
		o := outcomes{mistakes: mistakes}
		for _, m := range ownMessages(t, l) {
			o.count(m.Intent, decide(m.Text, l), book)
		}
		answered, wrong, sentAway := ratio(o.answered, o.all), ratio(o.wrong, o.answered), ratio(o.sentAway, o.all)
		fmt.Fprintf(&table, "%-4s %8.3f %8.3f %8.3f %8.3f %8.3f %9.3f\n", l, answered, wrong, ratio(o.asked, o.all), ratio(o.people, o.all), ratio(o.declined, o.all), sentAway)
		if b := bounds[l]; answered < b.answered || wrong > b.wrong || sentAway > b.sentAway {
			t.Errorf("%s: %.3f answered, %.3f of it wrongly, %.3f sent away; was %+v", l, answered, wrong, sentAway, b)
		}
	}
	for what, n := range mistakes {
		fmt.Fprintf(&table, "%4d  %s\n", n, what)
	}
	t.Log(table.String())
}
