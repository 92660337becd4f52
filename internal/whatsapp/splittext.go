package whatsapp

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// SplitText cuts s into parts of at most most UTF-16 units each: at the end of a paragraph or sentence if one lies in the
// second half of the part, else between words, else between characters. A grapheme cluster (an emoji with its modifiers, a
// letter with its accents) is never cut unless it alone is longer than most. White space around the cuts is dropped. Every
// part is a message of its own and is paid for: shorten first. Empty text gives no parts; most must be positive.
func SplitText(s string, most int) []string {
	var parts []string
	s = strings.TrimSpace(s)
	for s != "" {
		at := cutAt(s, max(most, 2))
		if part := strings.TrimSpace(s[:at]); part != "" {
			parts = append(parts, part)
		}
		s = strings.TrimSpace(s[at:])
	}
	return parts
}

// cutAt returns the byte index at which the first part of s ends.
func cutAt(s string, most int) int {
	var fits, word, sentence int // byte indexes after the last cluster, word and sentence that fit
	units := 0
	rest, state := s, -1
	for rest != "" {
		cluster, tail, boundaries, next := uniseg.StepString(rest, state)
		size := UTF16Len(cluster)
		if units+size > most {
			break
		}
		units += size
		rest, state = tail, next
		fits = len(s) - len(rest)
		switch {
		case boundaries&uniseg.MaskSentence != 0 || strings.Contains(cluster, "\n"):
			sentence, word = fits, fits
		case strings.TrimFunc(cluster, unicode.IsSpace) == "":
			word = fits
		}
	}
	switch {
	case rest == "":
		return len(s)
	case sentence > fits/2:
		return sentence
	case startsWithSpace(rest):
		return fits
	case word > 0:
		return word
	case fits > 0:
		return fits
	default:
		return hugeCluster(s, most)
	}
}

func startsWithSpace(s string) bool { return strings.TrimLeftFunc(s, unicode.IsSpace) != s }

// hugeCluster cuts a cluster longer than a whole message between its runes.
func hugeCluster(s string, most int) int {
	units := 0
	for i, r := range s {
		units += UTF16Len(string(r))
		if units > most {
			return i
		}
	}
	return len(s)
}
