package cues

import (
	"fmt"
	"strings"

	"antena/internal/understand/words"
)

// lexicon numbers the words the tables know, so that a message is looked up once and patterns compare numbers.
type lexicon struct {
	ids     map[string]int16
	byLen   [20][]string // long words by length, for slips of the finger
	classes map[string][]int16
}

// fuzzyFrom is the length from which a word may have one slip.
const fuzzyFrom = 7

const unknownWord = -1

func newLexicon() *lexicon {
	return &lexicon{ids: map[string]int16{}, classes: map[string][]int16{}}
}

func (l *lexicon) id(word string) int16 {
	id, ok := l.ids[word]
	if !ok {
		id = int16(len(l.ids))
		l.ids[word] = id
		if len(word) >= fuzzyFrom && len(word) < len(l.byLen) {
			l.byLen[len(word)] = append(l.byLen[len(word)], word)
		}
	}
	return id
}

// read numbers a word of a message.
func (l *lexicon) read(word string) int16 {
	word = words.Squeeze(word)
	if meant := spelling(word); meant != "" {
		word = meant
	}
	if id, ok := l.ids[word]; ok {
		return id
	}
	if len(word) < fuzzyFrom-1 || ownWord(word) {
		return unknownWord
	}
	for n := len(word) - 1; n <= len(word)+1 && n < len(l.byLen); n++ {
		for _, known := range l.byLen[n] {
			if words.OneApart(word, known) {
				return l.ids[known]
			}
		}
	}
	return unknownWord
}

// element matches one word of a message.
type element struct {
	ids      []int16 // nil: any word
	optional bool
	repeat   bool
}

func (e *element) matches(id int16) bool {
	if e.ids == nil {
		return true
	}
	for _, want := range e.ids {
		if want == id {
			return true
		}
	}
	return false
}

// pattern is a compiled line of a table.
type pattern struct {
	elements []element
	start    bool // must begin where the message does
	end      bool
}

// compile reads one line. A mistake in a table is a mistake in the program, so it panics; a test compiles all tables.
func (l *lexicon) compile(line string) pattern {
	var p pattern
	for _, field := range strings.Fields(line) {
		switch field {
		case "^":
			p.start = true
			continue
		case "$":
			p.end = true
			continue
		}
		var e element
		if rest, ok := strings.CutSuffix(field, "?"); ok {
			e.optional, field = true, rest
		} else if rest, ok := strings.CutSuffix(field, "*"); ok {
			e.optional, e.repeat, field = true, true, rest
		}
		if field != "_" {
			e.ids = l.alternatives(field)
		}
		p.elements = append(p.elements, e)
	}
	if len(p.elements) == 0 {
		panic(fmt.Sprintf("cues: empty pattern %q", line))
	}
	return p
}

func (l *lexicon) alternatives(field string) []int16 {
	var ids []int16
	for _, word := range strings.Split(field, "|") {
		if name, ok := strings.CutPrefix(word, "@"); ok {
			class, known := l.classes[name]
			if !known {
				panic(fmt.Sprintf("cues: no class %q", name))
			}
			ids = append(ids, class...)
			continue
		}
		if word == "" || word == "$" || word == "^" || word != words.Fold(word) {
			panic(fmt.Sprintf("cues: %q is not a folded word", word))
		}
		ids = append(ids, l.id(word))
	}
	return ids
}

// match returns the end of the shortest match of p that begins at word i, or -1. A pattern bound to the end must reach word end.
func (p *pattern) match(ids []int16, i, end int) int { return p.from(ids, 0, i, end) }

func (p *pattern) from(ids []int16, e, i, end int) int {
	if e == len(p.elements) {
		if p.end && i < end {
			return -1
		}
		return i
	}
	el := &p.elements[e]
	if el.optional {
		if at := p.from(ids, e+1, i, end); at >= 0 {
			return at
		}
	}
	if i >= len(ids) || !el.matches(ids[i]) {
		return -1
	}
	if el.repeat {
		return p.from(ids, e, i+1, end)
	}
	return p.from(ids, e+1, i+1, end)
}
