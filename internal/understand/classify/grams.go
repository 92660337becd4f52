package classify

import (
	"antena/internal/understand/words"
)

// maxWords bounds the work a long message can cause; what comes later is not read.
const maxWords = 160

// reading is a text as the model sees it: normalised words, one after the other in buf, and the hashed n-grams they yield.
// Its slices are reused from text to text.
type reading struct {
	raw   []words.Span
	buf   []byte
	spans []words.Span
	grams []gram
}

// gram is one n-gram. Word is the word it lies in, or the first of a pair.
type gram struct {
	bucket uint32
	word   int16
	kind   gramKind
}

type gramKind uint8

const (
	single gramKind = iota
	pair
	chars
)

// stemLength is how many letters of a word stand for all its forms. It is crude, works in every language alike, and did better on messages
// held out than three letters, five, or none.
const stemLength = 4

// read normalises text into r. Repair, which may be nil, replaces misspelled words.
func (r *reading) read(text, language string, repair *vocabulary) {
	folded := words.Fold(text)
	r.raw = words.Split(r.raw[:0], folded)
	if len(r.raw) > maxWords {
		r.raw = r.raw[:maxWords]
	}
	r.buf, r.spans = r.buf[:0], r.spans[:0]
	for _, s := range r.raw {
		word := words.Squeeze(folded[s.Start:s.End])
		full := words.Expand(word, language)
		if full == word && repair != nil {
			full = repair.repair(word)
		}
		r.add(full)
	}
}

// add appends the space-separated words of full.
func (r *reading) add(full string) {
	start := len(r.buf)
	for i := 0; i < len(full); i++ {
		if full[i] != ' ' {
			r.buf = append(r.buf, full[i])
			continue
		}
		r.spans = append(r.spans, words.Span{Start: start, End: len(r.buf)})
		start = len(r.buf)
	}
	r.spans = append(r.spans, words.Span{Start: start, End: len(r.buf)})
}

func (r *reading) word(i int) []byte { return r.buf[r.spans[i].Start:r.spans[i].End] }

// hash fills r.grams with all n-grams of the words read: first words, their beginnings and pairs, then characters.
func (r *reading) hash(bits int) {
	r.grams = r.grams[:0]
	shift := 32 - uint(bits)
	for i := range r.spans {
		w := r.word(i)
		h := hashBytes(seedStem, w[:min(len(w), stemLength)])
		r.grams = append(r.grams, gram{mix(h) >> shift, int16(i), single})
		h = hashBytes(seedWord, w)
		r.grams = append(r.grams, gram{mix(h) >> shift, int16(i), single})
		if i+1 < len(r.spans) {
			h = hashBytes((h^' ')*prime, r.word(i+1))
			r.grams = append(r.grams, gram{mix(h) >> shift, int16(i), pair})
		}
	}
	for i := range r.spans {
		if w := r.word(i); w[0] < 0xE0 { // pictographs have no parts worth looking at
			r.hashChars(w, int16(i), shift)
		}
	}
}

// hashChars adds the runs of 2 to 5 characters of one word with a space on either side.
func (r *reading) hashChars(w []byte, word int16, shift uint) {
	at := func(i int) uint32 {
		if i < 0 || i >= len(w) {
			return ' '
		}
		return uint32(w[i])
	}
	for from := -1; from < len(w); from++ {
		h := uint32(seedChar)
		for n := 1; n <= 5 && from+n <= len(w)+1; n++ {
			h = (h ^ at(from+n-1)) * prime
			if n >= 2 {
				r.grams = append(r.grams, gram{mix(h) >> shift, word, chars})
			}
		}
	}
}

// The hash is FNV-1a with a finaliser, because its top bits, which choose the bucket, are weak for short strings.
const (
	prime    = 16777619
	seedWord = 2166136261
	seedStem = 2166136338
	seedChar = 3339451269
)

func hashBytes(h uint32, b []byte) uint32 {
	for _, c := range b {
		h = (h ^ uint32(c)) * prime
	}
	return h
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}
