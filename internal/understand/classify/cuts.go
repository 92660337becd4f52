package classify

import "antena/internal/understand/words"

// cut is a place to part a text: where the left part ends and the right one starts.
type cut struct {
	end, start int
	strong     bool
}

// cuts appends the places where a folded text may pass to another matter: punctuation, new lines and words that join sentences, which belong to
// neither part.
func cuts(list []cut, folded string) []cut {
	var buf [64]words.Span
	spans := words.Split(buf[:0], folded)
	if len(spans) > maxWords {
		spans = spans[:maxWords]
	}
	at := func(i int) string { return folded[spans[i].Start:spans[i].End] }
	for i := 1; i+1 < len(spans); i++ {
		pause := pauses(folded[spans[i-1].End:spans[i].Start])
		start := i
		for start+1 < len(spans) && joins(at(start)) {
			start++
		}
		if pause == noPause && start == i {
			continue
		}
		strong := pause == fullStop || pause == comma && start > i || start > i+1
		list = append(list, cut{spans[i-1].End, spans[start].Start, strong})
		i = start
	}
	if extra := len(list) - maxCuts; extra > 0 {
		list = list[extra/2 : extra/2+maxCuts]
	}
	return list
}

type pause uint8

const (
	noPause pause = iota
	comma
	fullStop
)

func pauses(gap string) pause {
	found := noPause
	for i := 0; i < len(gap); i++ {
		switch gap[i] {
		case '.', '?', '!', ';', '\n':
			return fullStop
		case ',', '+', '/':
			found = comma
		}
	}
	return found
}

// joins reports whether a word passes on to something else, in any of the languages.
func joins(word string) bool {
	switch word {
	case "y", "e", "and", "pero", "mas", "but", "porem", "tambien", "tambem", "also", "tb", "tbm", "tmb", "ademas", "alem", "plus", "besides", "aparte", "aside",
		"aprovechando", "aprovecho", "aproveitando", "aproveito", "ainda", "then", "otra", "outra", "another", "mientras", "enquanto", "while":
		return true
	}
	return false
}

// clauses cuts a folded text at punctuation and at words that join sentences. Pieces of a single word stay with what came before. It
// returns nothing for a text of one clause or of too many to be worth it.
func clauses(folded string) []string {
	var buf [64]words.Span
	var out []string
	spans := words.Split(buf[:0], folded)
	from := 0
	for i := 1; i < len(spans); i++ {
		gap := folded[spans[i-1].End:spans[i].Start]
		joint := links(folded[spans[i].Start:spans[i].End])
		if !joint && pauses(gap) == noPause || i-from < 2 || len(spans)-i < 2 {
			continue
		}
		out = append(out, folded[spans[from].Start:spans[i-1].End])
		from = i
		if joint {
			from = i + 1
			i++
		}
	}
	if len(out) == 0 || len(out) >= maxClauses || from >= len(spans) {
		return nil
	}
	return append(out, folded[spans[from].Start:spans[len(spans)-1].End])
}

func links(word string) bool {
	switch word {
	case "y", "e", "and", "pero", "mas", "but", "tambien", "tambem", "also", "ademas", "alem", "plus", "tb", "tbm":
		return true
	}
	return false
}
