package redact

import (
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"antena/internal/understand/entity"
)

// ErrAltered means that an answer holds a placeholder that was never issued, or the wreck of one.
var ErrAltered = errors.New("redact: the answer holds a placeholder nobody issued")

// Vault knows what the placeholders of one call stand for. It never changes once Redact returned it. It prints as a count, so that it
// cannot slip into a log.
type Vault struct {
	text   map[string]string         // by placeholder
	number map[string]int            // by class and key
	forms  map[string]map[string]int // of a class and key: the variant of each way of writing it
	count  map[string]int            // by class
}

func newVault() *Vault {
	return &Vault{text: map[string]string{}, number: map[string]int{}, forms: map[string]map[string]int{}, count: map[string]int{}}
}

// take puts placeholders in the place of spans.
func (v *Vault) take(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.start])
		b.WriteString(v.placeholder(s, text[s.start:s.end]))
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String()
}

func (v *Vault) placeholder(s span, text string) string {
	id := s.class + " " + s.key
	n, known := v.number[id]
	if !known {
		v.count[s.class]++
		n = v.count[s.class]
		v.number[id], v.forms[id] = n, map[string]int{}
	}
	form, known := v.forms[id][text]
	if !known {
		form = len(v.forms[id]) + 1
		v.forms[id][text] = form
	}
	p := "⟦" + s.class + "_" + strconv.Itoa(n)
	if form > 1 {
		p += "_" + strconv.Itoa(form)
	}
	p += "⟧"
	v.text[p] = text
	return p
}

// Len is how many values were taken out.
func (v *Vault) Len() int { return len(v.text) }

var issuedForm = regexp.MustCompile(`⟦[A-Z]+_[0-9]+(?:_[0-9]+)?⟧`)

// Restore puts the values back into what a model answered. The error is ErrAltered, and the text empty, when anything in the answer looks
// like a placeholder and is none of ours.
func (v *Vault) Restore(answer string) (string, error) {
	var b strings.Builder
	at := 0
	for _, m := range issuedForm.FindAllStringIndex(answer, -1) {
		text, issued := v.text[answer[m[0]:m[1]]]
		if !issued || looksAltered(answer[at:m[0]]) {
			return "", ErrAltered
		}
		b.WriteString(answer[at:m[0]])
		b.WriteString(text)
		at = m[1]
	}
	if looksAltered(answer[at:]) {
		return "", ErrAltered
	}
	b.WriteString(answer[at:])
	return b.String(), nil
}

// looksAltered reports whether what lies between placeholders holds the wreck of one.
func looksAltered(piece string) bool {
	plain, _ := entity.Plain(piece)
	return markForm.MatchString(plain)
}

// String says how many values the vault holds, and none of them.
func (v *Vault) String() string { return fmt.Sprintf("vault of %d values", v.Len()) }

// GoString is String, for the same reason.
func (v *Vault) GoString() string { return v.String() }

// LogValue is the number of values.
func (v *Vault) LogValue() slog.Value { return slog.IntValue(v.Len()) }
