package understand

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/understand/classify"
	"antena/internal/understand/search"
)

// examples are the example phrases of a book's intents, and the questions of articles that only one intent answers with: whoever adds an
// article teaches the intent too. The order is fixed, so that the same book always makes the same model.
func examples(book *desk.Book) []classify.Example {
	var all []classify.Example
	owners := map[string]int{}
	for _, intent := range book.Intents {
		for _, id := range intent.Articles {
			owners[id]++
		}
	}
	for _, label := range slices.Sorted(maps.Keys(book.Intents)) {
		intent := book.Intents[label]
		add := func(language string, phrases []string) {
			for _, text := range phrases {
				all = append(all, classify.Example{Text: text, Label: label, Language: language})
			}
		}
		for _, l := range slices.Sorted(maps.Keys(intent.Examples)) {
			add(l, intent.Examples[l])
		}
		for _, id := range intent.Articles {
			if owners[id] > 1 {
				continue
			}
			for _, l := range slices.Sorted(maps.Keys(book.Articles[id])) {
				if a := book.Articles[id][l]; a.Status == desk.ArticlePublished {
					add(l, a.Questions)
				}
			}
		}
	}
	return all
}

// aside are the intents of a book that are no matter beside another: who says hello and asks for something asks for one thing.
func aside(book *desk.Book) []string {
	var labels []string
	for _, label := range slices.Sorted(maps.Keys(book.Intents)) {
		switch book.Intents[label].Action {
		case desk.IntentReply, desk.IntentSilent, desk.IntentOptOut, desk.IntentDecline:
			labels = append(labels, label)
		}
	}
	return labels
}

// passageText is what is shown of a passage.
type passageText struct {
	title string
	text  string // of a question; empty for a body, of which only the words that matched are shown
}

// matched says in the article's words why it was found.
func (p passageText) matched(why []string) string {
	if p.text != "" {
		return p.text
	}
	return strings.Join(why, ", ")
}

// passages cuts the published articles of a book into what the index holds.
func passages(book *desk.Book) ([]search.Passage, map[string]passageText) {
	var all []search.Passage
	texts := map[string]passageText{}
	for _, id := range slices.Sorted(maps.Keys(book.Articles)) {
		for _, l := range slices.Sorted(maps.Keys(book.Articles[id])) {
			a := book.Articles[id][l]
			if a.Status != desk.ArticlePublished {
				continue
			}
			add := func(kind search.Kind, n int, text string) {
				p := search.Passage{
					ID: a.ID + "/" + l + "/" + string(kind) + "/" + strconv.Itoa(n), ArticleID: a.ID, Version: a.Version, Language: l, Kind: kind, Text: text,
					Scope: search.Scope{Zones: a.Zones, Plans: a.Plans, From: instant(a.ValidFrom), Until: instant(a.ValidUntil)},
				}
				all = append(all, p)
				shown := passageText{title: a.Title}
				if kind != search.Body {
					shown.text = text
				}
				texts[p.ID] = shown
			}
			add(search.Title, 0, a.Title)
			for i, q := range a.Questions {
				add(search.Question, i, q)
			}
			add(search.Body, 0, a.Body+"\n"+strings.Join(a.Keywords, " "))
		}
	}
	return all, texts
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
