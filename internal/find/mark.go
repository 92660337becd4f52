package find

import (
	"strings"
	"unicode"

	"antena/internal/desk"
	"antena/internal/understand/words"
)

// Part is a piece of a text; Hit says that it is what was looked for.
type Part struct {
	Text string
	Hit  bool
}

const (
	aroundBefore = 40 // characters shown before the first hit
	aroundMost   = 160
)

// Mark cuts a text round the first of the words and tells which parts of it are hits.
func Mark(text string, looked desk.SearchWords) []Part {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	type span struct{ from, to int }
	var hits []span
	for i := 0; i < len(runes); {
		if !letter(runes[i]) {
			i++
			continue
		}
		j := i
		for j < len(runes) && (letter(runes[j]) || unicode.Is(unicode.Mn, runes[j])) {
			j++
		}
		if hit(words.Fold(string(runes[i:j])), looked) {
			hits = append(hits, span{i, j})
		}
		i = j
	}
	from := 0
	if len(hits) > 0 && hits[0].from > aroundBefore {
		from = hits[0].from - aroundBefore
		for from < hits[0].from && runes[from] != ' ' {
			from++
		}
	}
	to := min(from+aroundMost, len(runes))
	var parts []Part
	add := func(a, b int, hit bool) {
		if a < b {
			parts = append(parts, Part{Text: string(runes[a:b]), Hit: hit})
		}
	}
	if from > 0 {
		parts = append(parts, Part{Text: "…"})
	}
	at := from
	for _, h := range hits {
		if h.to > to {
			break
		}
		add(at, h.from, false)
		add(h.from, h.to, true)
		at = h.to
	}
	add(at, to, false)
	if to < len(runes) {
		parts = append(parts, Part{Text: "…"})
	}
	return parts
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func hit(word string, looked desk.SearchWords) bool {
	for _, group := range looked {
		for _, w := range group {
			if len([]rune(w)) < 2 && word == w || len([]rune(w)) >= 2 && strings.HasPrefix(word, w) {
				return true
			}
		}
	}
	return false
}
