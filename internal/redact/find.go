package redact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"antena/internal/understand/entity"
)

// maxText bounds how much of a text is searched, in bytes. What lies beyond goes out whole.
const maxText = 12 << 10

// finder knows what to look for beside what has a form of its own.
type finder struct {
	parts    map[string]bool // names and their parts, folded
	wholes   map[string]bool // names as a whole, folded, words joined by a space
	literals map[string]string
}

func newFinder(known Known) *finder {
	f := &finder{parts: map[string]bool{}, wholes: map[string]bool{}, literals: map[string]string{}}
	for _, n := range known.Names {
		f.addName(n)
	}
	for _, v := range known.Values {
		plain, _ := entity.Plain(strings.TrimSpace(v))
		if low := strings.ToLower(plain); worth(low) {
			f.literals[low] = classOf(v)
		}
	}
	return f
}

// classOf is the class of a value the desk knows.
func classOf(value string) string {
	if found := entity.Personal(value); len(found) > 0 && found[0].End-found[0].Start == len(value) {
		if c := class(found[0].Kind); c != "" {
			return c
		}
	}
	return other
}

// worth reports whether a value is long enough to be looked for wherever it occurs.
func worth(low string) bool {
	n := 0
	for _, r := range low {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n >= 3
}

// learn remembers what a span holds, to find it in places where nothing gives it away.
func (f *finder) learn(text string, s span) bool {
	plain, _ := entity.Plain(text[s.start:s.end])
	low := strings.ToLower(strings.TrimSpace(plain))
	if _, known := f.literals[low]; known || s.class == other || !worth(low) {
		return false
	}
	f.literals[low] = s.class
	if s.class == name {
		f.addName(text[s.start:s.end])
	}
	return true
}

// find lists what to take out of a text, in order and without overlaps.
func (f *finder) find(text string) []span {
	head := text
	if len(head) > maxText {
		head = head[:cut(head)]
	}
	r := newReading(head)
	r.marks()
	r.entities()
	r.links()
	f.literal(r)
	f.names(r)
	r.digits()
	r.tokens()
	spans := merged(r.spans)
	if len(head) < len(text) {
		spans = append(spans, span{start: len(head), end: len(text), class: other})
	}
	for i := range spans {
		if s := &spans[i]; s.key == "" {
			plain, _ := entity.Plain(text[s.start:s.end])
			s.key = strings.Join(strings.Fields(strings.ToLower(plain)), " ")
		}
	}
	return spans
}

// cut is the last place before maxText where no number or word is cut in two.
func cut(text string) int {
	at := maxText
	for at > 0 && !(text[at] == ' ' && isLetter(text[at-1])) {
		at--
	}
	return at
}

// reading is one text being searched.
type reading struct {
	text  string
	plain string
	low   string // byte for byte as long as plain
	at    []int
	spans []span
	open  []span // what may stay, in places of plain
}

func newReading(text string) *reading {
	r := &reading{text: text}
	r.plain, r.at = entity.Plain(text)
	low := []byte(r.plain)
	for i, c := range low {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	r.low = string(low)
	return r
}

// take notes a piece of the plain text.
func (r *reading) take(start, end int, class, key string) {
	for end > start && r.plain[end-1] == ' ' {
		end--
	}
	if start < end {
		r.spans = append(r.spans, span{start: r.at[start], end: r.at[end], class: class, key: key})
	}
}

// markForm is what looks like a placeholder of ours: a contact may not write one.
var markForm = regexp.MustCompile(`(?i)[⟦⟧【】〖〗]|(?:` + document + `|` + card + `|` + account + `|` + phone + `|` + email + `|` + address + `|` + name + `|` + device + `|` + code + `|` + link + `|` + secret + `|` + number + `|` + other + `)_[0-9_]*`)

func (r *reading) marks() {
	for _, m := range markForm.FindAllStringIndex(r.plain, -1) {
		r.take(m[0], m[1], other, "")
	}
}

func (r *reading) entities() {
	for _, e := range entity.Personal(r.text) {
		switch e.Kind {
		case entity.Amount, entity.Date, entity.Speed:
			if digits(e.Text) < 8 || strings.ContainsAny(e.Text, ".,/-") {
				r.open = append(r.open, span{start: e.Start, end: e.End})
			}
		case entity.URL:
			if harmless(e.Text) {
				r.open = append(r.open, span{start: e.Start, end: e.End})
			} else {
				r.spans = append(r.spans, span{start: e.Start, end: e.End, class: link})
			}
		default:
			if c := class(e.Kind); c != "" {
				r.spans = append(r.spans, span{start: e.Start, end: e.End, class: c, key: e.Value})
			}
		}
	}
}

var (
	linkForm  = regexp.MustCompile(`(?i)\b[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?/[^\s<>"]*|\b[a-z]{2,10}://[^\s<>"]+`)
	clockForm = regexp.MustCompile(`\b[0-2]?[0-9]:[0-5][0-9]\b`)
)

// links finds addresses that entity does not take for one, and that carry a key.
func (r *reading) links() {
	for _, m := range linkForm.FindAllStringIndex(r.plain, -1) {
		if !harmless(r.plain[m[0]:m[1]]) {
			r.take(m[0], m[1], link, "")
		}
	}
	for _, m := range clockForm.FindAllStringIndex(r.plain, -1) {
		r.open = append(r.open, span{start: r.at[m[0]], end: r.at[m[1]]})
	}
}

// harmless reports whether a link opens nothing: no query, no user, no piece of the path that could be a key.
func harmless(url string) bool {
	if strings.ContainsAny(url, "?#@=&%;") {
		return false
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://"), "/")
	for _, piece := range strings.Split(path, "/") {
		if n := digits(piece); n >= 5 || n > 0 && len(piece) >= 10 || len(piece) >= 32 {
			return false
		}
	}
	return true
}

var (
	digitsForm  = regexp.MustCompile(`[0-9](?:[^0-9a-zA-Z]{0,4}[0-9]){6,}`)
	spelledForm = regexp.MustCompile(`\b(?:` + spelled + `)(?:[^0-9a-z]{1,3}(?:` + spelled + `|[0-9])){5,}\b`)
	tokenForm   = regexp.MustCompile(`[A-Za-z0-9+/_=.~-]{20,}`)
	mixedForm   = regexp.MustCompile(`[A-Za-z0-9]{8,}`)
)

const spelled = `cero|zero|uno|um|uma|one|dos|dois|duas|two|tres|three|cuatro|quatro|four|cinco|five|seis|six|siete|sete|seven|ocho|oito|eight|nueve|nove|nine|meia|oh`

// digits takes every long number that nothing explains, however its digits are kept apart.
func (r *reading) digits() {
	for _, m := range digitsForm.FindAllStringIndex(r.plain, -1) {
		if digits(r.plain[m[0]:m[1]])-r.explained(r.at[m[0]], r.at[m[1]]) >= 7 {
			r.take(m[0], m[1], number, onlyDigits(r.plain[m[0]:m[1]]))
		}
	}
	for _, m := range spelledForm.FindAllStringIndex(r.low, -1) {
		r.take(m[0], m[1], number, "")
	}
}

// explained counts the digits of a piece of the text that belong to sums, dates, speeds, times and harmless links.
func (r *reading) explained(start, end int) int {
	n := 0
	for i := start; i < end; i++ {
		if c := r.text[i]; c >= '0' && c <= '9' && r.inside(i) {
			n++
		}
	}
	return n
}

func (r *reading) inside(at int) bool {
	for _, o := range r.open {
		if at >= o.start && at < o.end {
			return true
		}
	}
	return false
}

// tokens takes long runs of letters and digits: keys, hashes, encoded data, documents with a slip in them.
func (r *reading) tokens() {
	for _, m := range tokenForm.FindAllStringIndex(r.plain, -1) {
		run := r.plain[m[0]:m[1]]
		if r.inside(r.at[m[0]]) || digits(run) == 0 || digits(run) == len(run) {
			continue
		}
		r.take(m[0], m[1], secret, "")
	}
	for _, m := range mixedForm.FindAllStringIndex(r.plain, -1) {
		if n := digits(r.plain[m[0]:m[1]]); n >= 4 && n < m[1]-m[0] && !r.inside(r.at[m[0]]) {
			r.take(m[0], m[1], code, "")
		}
	}
}

// literal finds known values wherever they stand by themselves.
func (f *finder) literal(r *reading) {
	for value, class := range f.literals {
		for at := 0; ; {
			i := strings.Index(r.low[at:], value)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(value)
			if !glued(r.low, start) && !glued(r.low, end) {
				r.take(start, end, class, "")
			}
			_, size := utf8.DecodeRuneInString(r.low[start:])
			at = start + size
		}
	}
}

// glued reports whether a word or number goes on across a place.
func glued(s string, at int) bool {
	if at == 0 || at == len(s) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return wordy(before) && wordy(after)
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
