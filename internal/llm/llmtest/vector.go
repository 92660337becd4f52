package llmtest

import (
	"hash/fnv"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Dimensions is the length of the vectors.
const Dimensions = 256

// Vector returns the vector of a text: its words and the three-letter pieces of
// them, hashed, of length one. Case and accents do not count.
func Vector(text string) []float32 {
	sum := make([]float64, Dimensions)
	for word := range strings.FieldsFuncSeq(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		count(sum, word, 2)
		letters := []rune("^" + word + "$")
		for i := range len(letters) - 2 {
			count(sum, string(letters[i:i+3]), 1)
		}
	}
	var length float64
	for _, v := range sum {
		length += v * v
	}
	if length == 0 {
		sum[0], length = 1, 1 // a text without words
	}
	vector := make([]float32, Dimensions)
	for i, v := range sum {
		vector[i] = float32(v / math.Sqrt(length))
	}
	return vector
}

// count adds a piece at its place, with its sign.
func count(sum []float64, piece string, weight float64) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(piece)) // never fails
	n := h.Sum32()
	if n&(1<<31) != 0 {
		weight = -weight
	}
	sum[n%Dimensions] += weight
}

func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
