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

// examples are the example phrases of a book's intents, in a fixed order, so that the same book always makes the same model.
func examples(book *desk.Book) []classify.Example {
	var all []classify.Example
	for _, label := range slices.Sorted(maps.Keys(book.Intents)) {
		phrases := book.Intents[label].Examples
		for _, l := range slices.Sorted(maps.Keys(phrases)) {
			for _, text := range phrases[l] {
				all = append(all, classify.Example{Text: text, Label: label, Language: l})
			}
		}
	}
	return all
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
