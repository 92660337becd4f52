package redact

import (
	"strings"

	"antena/internal/understand/words"
)

// addName remembers a name as a whole, and its parts when it is one that a person could have.
func (f *finder) addName(full string) {
	fields := words.Fields(words.Fold(full))
	if len(fields) == 0 {
		return
	}
	f.wholes[strings.Join(fields, " ")] = true
	if len(fields) > mostParts {
		return // not a name of a person: its words are anybody's
	}
	for _, w := range fields {
		if len(w) >= 3 && !particle(w) && !function(w) {
			f.parts[w] = true
		}
	}
}

const mostParts = 6

// word is one word of a reading.
type word struct {
	words.Span
	low     string
	capital bool
	first   bool // of its sentence
	joined  bool // only spaces, hyphens or an apostrophe lie between it and the one before
}

func (r *reading) words() []word {
	spans := words.Split(nil, r.low)
	out := make([]word, len(spans))
	for i, s := range spans {
		w := word{Span: s, low: r.low[s.Start:s.End], first: true}
		w.capital = r.plain[s.Start] >= 'A' && r.plain[s.Start] <= 'Z'
		if i > 0 {
			gap := r.low[spans[i-1].End:s.Start]
			w.joined = strings.Trim(gap, " -'.") == "" && len(gap) <= 3
			w.first = strings.ContainsAny(gap, ".!?\n:*•")
		}
		out[i] = w
	}
	return out
}

// names finds people: known ones, those that introduce themselves, and a common given name with a family name after it.
func (f *finder) names(r *reading) {
	list := r.words()
	for i := 0; i < len(list); {
		end := f.knownAt(list, i)
		if end == i {
			end = givenAt(list, i)
		}
		if end == i {
			i++
			continue
		}
		r.take(list[i].Start, list[end-1].End, name, joinWords(list[i:end]))
		i = end
	}
	for i := range list {
		if from, end := introducedAt(list, i); end > from {
			r.take(list[from].Start, list[end-1].End, name, joinWords(list[from:end]))
		}
	}
}

// knownAt is the end of a known name that starts at word i, or i.
func (f *finder) knownAt(list []word, i int) int {
	whole := ""
	best := i
	for j := i; j < len(list) && j-i < 12; j++ {
		if j > i {
			if !list[j].joined {
				break
			}
			whole += " "
		}
		if whole += list[j].low; f.wholes[whole] && (j > i || f.part(list[j]) || len(list[j].low) < 3 && list[j].capital) {
			best = j + 1
		}
	}
	if best > i || !f.part(list[i]) {
		return best
	}
	end := i + 1
	for end < len(list) && list[end].joined && (f.part(list[end]) || particle(list[end].low) && end+1 < len(list) && list[end+1].joined && f.part(list[end+1])) {
		end++
	}
	return end
}

// part reports whether a word is part of a known name here. A name that is also a word, like Luz, is one only with a capital inside a
// sentence.
func (f *finder) part(w word) bool {
	return f.parts[w.low] && (!ambiguous(w.low) || w.capital && !w.first)
}

// givenAt is the end of "Given Family" with capitals that starts at word i, or i.
func givenAt(list []word, i int) int {
	if !list[i].capital || !given(list[i].low) || ambiguous(list[i].low) && list[i].first {
		return i
	}
	end := i + 1
	for end < len(list) && end-i < mostParts && list[end].joined {
		w := list[end]
		if w.capital && !function(w.low) {
			end++
			continue
		}
		if particle(w.low) && end+1 < len(list) && list[end+1].joined && list[end+1].capital {
			end += 2
			continue
		}
		break
	}
	if end == i+1 && ambiguous(list[i].low) {
		return i
	}
	return end
}

// introducedAt finds a name after words that announce one, which start at word i.
func introducedAt(list []word, i int) (from, end int) {
	n, strong := announces(list, i)
	if n == 0 || i+n >= len(list) {
		return 0, 0
	}
	from = i + n
	end = from
	for end < len(list) && end-from < 5 {
		w := list[end]
		if end > from && !w.joined {
			break
		}
		if particle(w.low) {
			if end == from || end+1 >= len(list) || !list[end+1].joined || !nameLike(list[end+1], strong) {
				break
			}
		} else if !nameLike(w, strong || end > from && given(list[from].low)) {
			break
		}
		end++
	}
	return from, end
}

// nameLike reports whether a word may be part of a name that was announced. After weak words such as "soy" only a capital or a common
// given name counts, for people are also "soy cliente".
func nameLike(w word, strong bool) bool {
	if function(w.low) || w.low[0] >= '0' && w.low[0] <= '9' || words.IsEmoji([]rune(w.low)[0]) {
		return false
	}
	if given(w.low) {
		return true
	}
	return strong || w.capital && !common(w.low)
}

func joinWords(list []word) string {
	parts := make([]string, len(list))
	for i, w := range list {
		parts[i] = w.low
	}
	return strings.Join(parts, " ")
}
