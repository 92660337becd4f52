package classify

import (
	"antena/internal/understand/words"
)

const (
	maxClauses   = 4
	secondAccept = 0.6 // each half must be this clear on its own
)

// second looks for a further intent in a message of several clauses, as in "manda o boleto e troca minha senha". A clause counts only
// when the model trusts its reading of it, and only when another clause speaks for the leading intent.
func (m *Model) second(s *scratch, text, language string, whole Prediction) string {
	var found [maxClauses]string
	clauses := clauses(words.Fold(text))
	if len(clauses) < 2 || len(whole.Scores) < 2 {
		return ""
	}
	best, backed, other, sure := whole.Scores[0].Label, false, "", secondAccept
	for i, c := range clauses {
		p, _ := m.predict(s, c, language)
		if p.Accept < secondAccept {
			continue
		}
		found[i] = p.Scores[0].Label
		switch {
		case found[i] == best:
			backed = true
		case p.Accept >= sure:
			other, sure = found[i], p.Accept
		}
	}
	if !backed {
		return ""
	}
	return other
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
		joint := joins(folded[spans[i].Start:spans[i].End])
		if !joint && !breaks(gap) || i-from < 2 || len(spans)-i < 2 {
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

func breaks(gap string) bool {
	for i := 0; i < len(gap); i++ {
		switch gap[i] {
		case '.', ',', ';', '!', '?', '\n', '+', '/':
			return true
		}
	}
	return false
}

func joins(word string) bool {
	switch word {
	case "y", "e", "and", "pero", "mas", "but", "tambien", "tambem", "also", "ademas", "alem", "plus", "tb", "tbm":
		return true
	}
	return false
}
