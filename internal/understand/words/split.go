package words

import (
	"unicode"
	"unicode/utf8"
)

// Span is a word's place in the text it was cut from, in bytes.
type Span struct{ Start, End int }

// Split appends the words of a folded text to spans: runs of letters and digits (with the apostrophe of "don't"), and every emoji on
// its own. All else separates.
func Split(spans []Span, folded string) []Span {
	start := -1
	for i := 0; i < len(folded); {
		r, size := rune(folded[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(folded[i:])
		}
		switch {
		case isWord(r):
			if start < 0 {
				start = i
			}
		case r == '\'' && start >= 0 && i+1 < len(folded) && isLetter(folded[i+1]):
		default:
			if start >= 0 {
				spans = append(spans, Span{start, i})
				start = -1
			}
			if IsEmoji(r) {
				spans = append(spans, Span{i, i + size})
			}
		}
		i += size
	}
	if start >= 0 {
		spans = append(spans, Span{start, len(folded)})
	}
	return spans
}

// Fields is Split as strings, of a folded text.
func Fields(folded string) []string {
	var buf [64]Span
	spans := Split(buf[:0], folded)
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = folded[s.Start:s.End]
	}
	return out
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// IsEmoji reports whether r is a pictograph such as a face, a hand or a coloured light.
func IsEmoji(r rune) bool {
	return r >= 0x1F300 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF || r >= 0x231A && r <= 0x23FF
}
