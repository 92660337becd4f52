package entity

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxText bounds how much of a text is searched, in bytes; nobody types more.
const maxText = 16 << 10

// Find lists what text holds, in order, without overlaps. It never fails: bytes that are not UTF-8 are taken for spaces.
func Find(text string) []Entity {
	s := newSearch(text)
	s.formatted()
	s.numbers()
	s.codes()
	slices.SortStableFunc(s.found, func(a, b Entity) int { return cmp.Compare(a.Start, b.Start) })
	for i := range s.found {
		e := &s.found[i]
		if s.at != nil {
			e.Start, e.End = s.at[e.Start], s.at[e.End]
		}
		e.Text = text[e.Start:e.End]
	}
	return s.found
}

// search is one text being searched. Finders run from the surest to the vaguest; what one took the next leave alone.
type search struct {
	text  string // without accents
	low   string // the same in lower case, byte for byte
	at    []int  // place in the original of every byte of text, and of its end; nil when they are the same
	found []Entity
}

func newSearch(text string) *search {
	if len(text) > maxText {
		text = text[:maxText]
	}
	s := &search{text: text}
	if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		s.fold()
	}
	low := []byte(s.text)
	for i, c := range low {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	s.low = string(low)
	return s
}

// fold takes the accents off the text and notes where everything was.
func (s *search) fold() {
	plain := make([]byte, 0, len(s.text))
	s.at = make([]int, 0, len(s.text)+1)
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch c := unaccented(r); {
		case c != 0:
			plain = append(plain, c)
			s.at = append(s.at, i)
		case r == utf8.RuneError && size == 1:
			plain = append(plain, ' ')
			s.at = append(s.at, i)
		default:
			plain = append(plain, s.text[i:i+size]...)
			for range size {
				s.at = append(s.at, i)
			}
		}
		i += size
	}
	s.at = append(s.at, len(s.text))
	s.text = string(plain)
}

func unaccented(r rune) byte {
	switch r {
	case 'á', 'à', 'â', 'ã':
		return 'a'
	case 'Á', 'À', 'Â', 'Ã':
		return 'A'
	case 'é', 'ê':
		return 'e'
	case 'É', 'Ê':
		return 'E'
	case 'í':
		return 'i'
	case 'Í':
		return 'I'
	case 'ó', 'ô', 'õ', 'º', '°':
		return 'o'
	case 'Ó', 'Ô', 'Õ':
		return 'O'
	case 'ú', 'ü':
		return 'u'
	case 'Ú', 'Ü':
		return 'U'
	case 'ñ':
		return 'n'
	case 'Ñ':
		return 'N'
	case 'ç':
		return 'c'
	case 'Ç':
		return 'C'
	case '\u00a0', '\u202f', '\u2007':
		return ' '
	case '‐', '‑', '–', '−':
		return '-'
	}
	return 0
}

// add keeps a finding unless it overlaps one that is surer.
func (s *search) add(kind Kind, start, end int, value string) bool {
	if value == "" || start >= end || s.taken(start, end) {
		return false
	}
	s.found = append(s.found, Entity{Kind: kind, Start: start, End: end, Value: value})
	return true
}

func (s *search) taken(start, end int) bool {
	for _, e := range s.found {
		if start < e.End && e.Start < end {
			return true
		}
	}
	return false
}
