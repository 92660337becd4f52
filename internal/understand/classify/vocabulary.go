package classify

import (
	"cmp"
	"slices"
	"sort"

	"antena/internal/understand/words"
)

// vocabulary holds the words of the examples, how often each was seen, and an index of what is left of them when one letter is dropped:
// two words one slip apart share such a rest.
type vocabulary struct {
	ids   map[string]int32
	words []string
	count []int32
	rests []rest // sorted by hash; nil when repair is off
}

type rest struct {
	hash uint32
	id   int32
}

const minRepair = 4 // shorter words have too many neighbours

func newVocabulary() *vocabulary { return &vocabulary{ids: map[string]int32{}} }

// add counts a word and returns its number.
func (v *vocabulary) add(word []byte) int32 {
	id, ok := v.ids[string(word)]
	if !ok {
		id = int32(len(v.words))
		w := string(word)
		v.ids[w] = id
		v.words = append(v.words, w)
		v.count = append(v.count, 0)
	}
	v.count[id]++
	return id
}

func (v *vocabulary) known(word []byte) bool {
	_, ok := v.ids[string(word)]
	return ok
}

// index prepares repair.
func (v *vocabulary) index() {
	for id, w := range v.words {
		if !repairable(w) {
			continue
		}
		eachRest(w, func(h uint32) { v.rests = append(v.rests, rest{h, int32(id)}) })
	}
	slices.SortFunc(v.rests, func(a, b rest) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.id, b.id))
	})
}

// repair returns the most frequent word of the vocabulary one slip away from an unknown word, else the word itself.
func (v *vocabulary) repair(word string) string {
	if len(v.rests) == 0 || !repairable(word) {
		return word
	}
	if _, ok := v.ids[word]; ok {
		return word
	}
	best := int32(-1)
	eachRest(word, func(h uint32) {
		from := sort.Search(len(v.rests), func(i int) bool { return v.rests[i].hash >= h })
		for _, r := range v.rests[from:] {
			if r.hash != h {
				break
			}
			if better := best < 0 || v.count[r.id] > v.count[best] || v.count[r.id] == v.count[best] && r.id < best; better &&
				words.OneApart(word, v.words[r.id]) {
				best = r.id
			}
		}
	})
	if best < 0 {
		return word
	}
	return v.words[best]
}

// repairable reports whether a word is long enough and made of plain letters: numbers and codes are never misspelled words.
func repairable(w string) bool {
	if len(w) < minRepair || len(w) > 24 {
		return false
	}
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// eachRest visits the hash of w and of w with each letter dropped.
func eachRest(w string, visit func(uint32)) {
	for drop := -1; drop < len(w); drop++ {
		h := uint32(seedWord)
		for i := 0; i < len(w); i++ {
			if i != drop {
				h = (h ^ uint32(w[i])) * prime
			}
		}
		visit(h)
	}
}
