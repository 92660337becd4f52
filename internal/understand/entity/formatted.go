package entity

import (
	"regexp"
	"strings"
)

// formatted finds what its form alone gives away.
func (s *search) formatted() {
	s.each(urlForm, func(m []int) { s.addURL(m[0], m[1]) })
	s.each(emailForm, func(m []int) { s.add(Email, m[0], m[1], strings.ToLower(s.text[m[0]:m[1]])) })
	s.each(pixForm, func(m []int) { s.add(Pix, m[0], m[1], strings.TrimSpace(s.text[m[0]:m[1]])) })
	s.each(macForm, func(m []int) { s.addMAC(m[2], m[3]) })
	s.each(serialForm, func(m []int) { s.addSerial(m[2], m[3]) })
	s.each(curpForm, func(m []int) { s.addLetters(CURP, m[2], m[3], validCURP) })
	s.each(rfcForm, func(m []int) { s.addLetters(RFC, m[2], m[3], validRFC) })
	s.each(cnpjForm, func(m []int) { s.addLetters(CNPJ, m[2], m[3], validCNPJ) })
	s.each(rutForm, func(m []int) { s.addRUT(m[2], m[3]) })
	s.each(dniLetterForm, func(m []int) { s.addLetters(DNI, m[2], m[3], validSpanishDNI) })
	s.dates()
	s.amounts()
	s.each(speedForm, func(m []int) { s.addSpeed(m) })
}

var (
	urlForm       = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|br|ar|mx|cl|co|pe|ec|uy|io|app|link|me|ly)/[^\s<>"]*`)
	emailForm     = regexp.MustCompile(`(?i)\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b`)
	pixForm       = regexp.MustCompile(`\b000201[0-9]{2}[0-9A-Za-z.@:/*$%+\- ]{30,500}6304[0-9A-Fa-f]{4}\b`)
	macForm       = regexp.MustCompile(`(?:^|[^0-9A-Za-z:.-])((?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}|[0-9A-Fa-f]{12})(?:$|[^0-9A-Za-z:-])`)
	serialForm    = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([A-Za-z]{4}[ -]?[0-9A-Fa-f]{8})(?:$|[^0-9A-Za-z])`)
	curpForm      = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])([a-z]{4}[0-9]{6}[hmx][a-z]{5}[0-9a-z][0-9])(?:$|[^0-9a-z])`)
	rfcForm       = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])([a-zñ&]{3,4}-?[0-9]{6}-?[0-9a-z]{2}[0-9a])(?:$|[^0-9a-z])`)
	cnpjForm      = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])([0-9a-z]{2}\.?[0-9a-z]{3}\.?[0-9a-z]{3}/?[0-9a-z]{4}-?[0-9]{2})(?:$|[^0-9a-z])`)
	rutForm       = regexp.MustCompile(`(?i)(?:^|[^0-9a-z.])([0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-?[0-9k]|[0-9]{7,8}-?[0-9k])(?:$|[^0-9a-z])`)
	dniLetterForm = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])([0-9]{8}-?[a-z])(?:$|[^0-9a-z])`)
	speedForm     = regexp.MustCompile(`(?i)(?:^|[^0-9a-z.,])([0-9]{1,5}(?:[.,][0-9]{1,2})?) ?(mbps|mbit/?s?|mb/s|megas?|megs?|mb|gbps|gigas?|gigs?|gb/s|kbps)(?:$|[^0-9a-z])`)
)

// each visits the matches of a form. They may share the character that separates them, so the search goes on just after a match's
// first group.
func (s *search) each(form *regexp.Regexp, visit func(m []int)) {
	for at := 0; at < len(s.text); {
		m := form.FindStringSubmatchIndex(s.text[at:])
		if m == nil {
			return
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		visit(m)
		next := m[1]
		if len(m) > 3 && m[3] > m[0] {
			next = m[3]
		}
		at = max(next, at+1)
	}
}

func (s *search) addURL(start, end int) {
	for end > start && strings.IndexByte(".,;:!?)]}'", s.text[end-1]) >= 0 {
		end--
	}
	s.add(URL, start, end, s.text[start:end])
}

func (s *search) addMAC(start, end int) {
	raw := strings.ToUpper(s.text[start:end])
	plain := strings.NewReplacer(":", "", "-", "", ".", "").Replace(raw)
	bare := len(plain) == len(raw)
	if bare && (strings.Trim(plain, "0123456789") == "" || strings.Trim(plain, "ABCDEF") == "") {
		return // twelve digits are a number, and a word is a word
	}
	var b strings.Builder
	for i := 0; i < 12; i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(plain[i : i+2])
	}
	s.add(MAC, start, end, b.String())
}

// addSerial takes four letters and eight hexadecimal digits, of which one at least must be a digit, for the serial of a fibre terminal.
func (s *search) addSerial(start, end int) {
	plain := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s.text[start:end]))
	if strings.ContainsAny(plain[4:], "0123456789") {
		s.add(ONUSerial, start, end, plain)
	}
}

// addLetters adds a document that has letters, without its punctuation, when valid agrees.
func (s *search) addLetters(kind Kind, start, end int, valid func(string) bool) {
	plain := strings.ToUpper(strings.NewReplacer(".", "", "-", "", "/", "").Replace(s.text[start:end]))
	if valid(plain) {
		s.add(kind, start, end, plain)
	}
}

func (s *search) addRUT(start, end int) {
	raw := s.text[start:end]
	plain := strings.ToUpper(strings.NewReplacer(".", "", "-", "").Replace(raw))
	written := strings.Contains(raw, "-") || strings.HasSuffix(plain, "K") || s.called(start, "rut", "run")
	if written && validRUT(plain) {
		s.add(RUT, start, end, plain[:len(plain)-1]+"-"+plain[len(plain)-1:])
	}
}

// addSpeed writes a speed in megabits per second.
func (s *search) addSpeed(m []int) {
	number := strings.Replace(s.text[m[2]:m[3]], ",", ".", 1)
	unit := strings.ToLower(s.text[m[4]:m[5]])
	switch unit[0] {
	case 'g':
		number = shift(number, 3)
	case 'k':
		number = shift(number, -3)
	}
	s.add(Speed, m[2], m[5], trimZeros(number))
}
