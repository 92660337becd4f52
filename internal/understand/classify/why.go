package classify

import (
	"cmp"
	"slices"
)

const maxWhy = 6

// why attributes the decision value of a class to the words and word pairs in s. What the characters of a word say counts for the word.
func (m *Model) why(s *scratch, class int) []Gram {
	n := len(s.spans)
	if n == 0 {
		return nil
	}
	s.spoke = append(s.spoke[:0], make([]float64, 2*n)...)
	for i, f := range s.x.idx {
		s.dense[f] = s.x.val[i] * m.weight[int(f)*len(m.labels)+class]
	}
	for _, g := range s.grams { // an n-gram that occurs twice speaks once, at its first place
		f := m.space.feature[g.bucket]
		if f < 0 || s.dense[f] == 0 {
			continue
		}
		at := int(g.word)
		if g.kind == pair {
			at += n
		}
		s.spoke[at] += float64(s.dense[f])
		s.dense[f] = 0
	}
	s.x.clear(s.dense)
	return s.loudest()
}

// loudest names the words and pairs that spoke for the class.
func (s *scratch) loudest() []Gram {
	n := len(s.spans)
	var order [2 * maxWords * 2]int16
	top := order[:0]
	for i, v := range s.spoke {
		if v > 0.005 {
			top = append(top, int16(i))
		}
	}
	slices.SortStableFunc(top, func(a, b int16) int { return cmp.Compare(s.spoke[b], s.spoke[a]) })
	grams := make([]Gram, 0, min(len(top), maxWhy))
	for _, i := range top[:min(len(top), maxWhy)] {
		from, to := int(i), int(i)
		if from >= n {
			from -= n
			to = from + 1
		}
		text := string(s.word(from))
		if to > from {
			text += " " + string(s.word(to))
		}
		grams = append(grams, Gram{text, s.spoke[i]})
	}
	return grams
}
