package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"antena/internal/desk"
	"antena/internal/phone"
	"antena/internal/understand/words"
)

// Version is that of the words below. Raise it when they change: everything is then
// indexed anew.
const Version = 1

const (
	maxWords  = 400 // of one document; a message has at most 4,096 characters
	maxLength = 40  // of one word, in characters
	maxTyped  = 8   // words of a search
	maxText   = 200 // characters of a search
	partFrom  = 4   // digits at the end of a number by which it is found
)

// Words are the distinct words of a text: folded letters and digits.
func Words(text string) []string { return split(text, maxWords) }

func split(text string, most int) (all []string) {
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(words.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w = cut(w); !seen[w] {
			seen[w] = true
			all = append(all, w)
		}
		if len(all) == most {
			break
		}
	}
	return all
}

func cut(w string) string {
	if utf8.RuneCountInString(w) <= maxLength {
		return w
	}
	return string([]rune(w)[:maxLength])
}

// document is what something is found by.
func document(kind desk.SearchKind, s *desk.Searchable) desk.SearchDocument {
	all := Words(s.Text)
	switch kind {
	case desk.SearchContact:
		all = append(all, Words(s.Other)...)
		for _, form := range phone.Forms(s.Number) {
			all = append(all, ends(form)...)
		}
	case desk.SearchTicket:
		all = append(all, Words(s.Number)...)
		all = append(all, ends(phone.Digits(s.Number))...)
	case desk.SearchMessage:
	}
	return desk.SearchDocument{ID: s.ID, Words: distinct(all)}
}

// ends are the ends of a number: since a word is found by its beginning, a number is
// found by any part of it.
func ends(digits string) (all []string) {
	for i := 0; i+partFrom <= len(digits) && len(digits) <= maxLength; i++ {
		all = append(all, digits[i:])
	}
	return all
}

func distinct(all []string) []string {
	seen := make(map[string]bool, len(all))
	kept := all[:0]
	for _, w := range all {
		if w != "" && !seen[w] {
			seen[w] = true
			kept = append(kept, w)
		}
	}
	return kept
}

// query is what somebody looks for.
type query struct {
	words    desk.SearchWords // in messages, and in names and subjects
	numbers  desk.SearchWords // the number it may be, in any form; nil: it is none
	phones   []string         // whole numbers with country code it may be
	protocol string
}

// read takes what somebody typed, however long and whatever it holds.
func read(text, country string) query {
	text = strings.TrimSpace(strings.ToValidUTF8(text, " "))
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText])
	}
	q := query{protocol: strings.ToUpper(text)}
	for _, w := range split(text, maxTyped) {
		q.words = append(q.words, []string{w})
	}
	digits := phone.Digits(text)
	if len(digits) < partFrom || len(digits) > maxLength || strings.Trim(text, "0123456789+-().  /") != "" {
		return q
	}
	q.phones = phone.Local(text, country)
	forms := append([]string{digits, strings.TrimLeft(digits, "0")}, q.phones...)
	var long []string
	for _, form := range distinct(forms) {
		if len(form) >= partFrom {
			long = append(long, form)
		}
	}
	if len(long) > 0 {
		q.numbers = desk.SearchWords{long}
	}
	return q
}
