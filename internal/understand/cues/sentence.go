package cues

import (
	"strings"

	"antena/internal/understand/words"
)

// maxSentences bounds how many sentences of a message are read on their own.
const maxSentences = 12

// WithoutOptOut is a text without its sentences and lines that are, each as a whole, a wish to receive no more messages. Who writes "STOP." and goes
// on has said two things.
func WithoutOptOut(text string) string {
	kept := strings.Builder{}
	for i, s := range sentences(text) {
		if i >= maxSentences || !isOptOut(s) {
			kept.WriteString(s)
		}
	}
	return strings.TrimSpace(kept.String())
}

// anyOptOut reports whether a sentence or a line of a folded text is a wish to receive no more messages.
func (m *message) anyOptOut(folded string) bool {
	list := sentences(folded)
	if len(list) == 1 {
		return false
	}
	for _, s := range list[:min(len(list), maxSentences)] {
		if one := newMessage(s); one.any("opt_out", m.optOut) {
			m.found.Why = append(m.found.Why, one.found.Why...)
			return true
		}
	}
	return false
}

func isOptOut(sentence string) bool {
	one := newMessage(words.Fold(sentence))
	return one.any("opt_out", one.optOut)
}

// sentences cuts a text after its full stops and new lines. Together the pieces are the text.
func sentences(text string) []string {
	var list []string
	from := 0
	for i := 0; i < len(text); i++ {
		if !ends(text[i]) || i+1 < len(text) && ends(text[i+1]) {
			continue
		}
		list = append(list, text[from:i+1])
		from = i + 1
	}
	if strings.TrimSpace(text[from:]) != "" || len(list) == 0 {
		list = append(list, text[from:])
	}
	return list
}

func ends(c byte) bool {
	switch c {
	case '.', '!', '?', ';', '\n':
		return true
	}
	return false
}
