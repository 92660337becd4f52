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
		s.text, s.at = Plain(text)
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
