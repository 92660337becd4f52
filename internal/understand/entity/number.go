package entity

import (
	"regexp"
	"strings"
)

// numberForm is a run of digits as people write them, with one separator at a time.
var numberForm = regexp.MustCompile(`\+?\(?[0-9](?:[0-9]|[ ./()-]{1,2}[0-9(])*`)

// numbers finds what is made of digits: documents by their check digit, accounts, payment slips, phones.
func (s *search) numbers() {
	for _, m := range numberForm.FindAllStringIndex(s.text, -1) {
		s.number(m[0], m[1])
	}
}

// number judges a run as a whole, and else its parts between spaces: "12345678909 300" is two numbers.
func (s *search) number(start, end int) {
	if s.whole(start, end) || !strings.Contains(s.text[start:end], " ") {
		return
	}
	for at := start; at < end; {
		next := strings.IndexByte(s.text[at:end], ' ')
		if next < 0 {
			next = end - at
		}
		if next > 0 {
			s.whole(at, at+next)
		}
		at += next + 1
	}
}

func (s *search) whole(start, end int) bool {
	for end > start && strings.IndexByte(" ./()-", s.text[end-1]) >= 0 {
		end--
	}
	if start >= end || s.taken(start, end) || s.glued(start, end) {
		return false
	}
	raw := s.text[start:end]
	plain := onlyDigits(raw)
	kind, named := s.document(start, raw, plain)
	if kind != "" {
		return s.add(kind, start, end, plain)
	}
	if named { // a document with a slip in it is not a phone
		return false
	}
	if looksLikePhone(raw, plain) || len(plain) >= 7 && len(plain) <= 15 && s.called(start, phoneWords()...) {
		if raw[0] == '+' {
			plain = "+" + plain
		}
		return s.add(Phone, start, end, plain)
	}
	return false
}

// glued reports whether a number is part of a longer word, such as a serial.
func (s *search) glued(start, end int) bool {
	return start > 0 && isAlnum(s.low[start-1]) || end < len(s.low) && isAlnum(s.low[end])
}

// document names the kind of a number, first by what it is called, then by its check digits. Named reports whether a word before it
// said that it is a document.
func (s *search) document(start int, raw, plain string) (kind Kind, named bool) {
	for _, c := range called() {
		if !s.called(start, c.words...) {
			continue
		}
		if c.valid(plain) {
			return c.kind, true
		}
		named = true
	}
	if raw[0] == '+' {
		return "", named
	}
	for _, c := range bare() {
		if c.valid(plain) && (c.shape == nil || c.shape(raw)) {
			return c.kind, named
		}
	}
	return "", named
}

type candidate struct {
	kind  Kind
	words []string          // what precedes it
	shape func(string) bool // of the number as written
	valid func(string) bool // of its digits
}

// called are the numbers recognised by the word before them; the more exacting first.
func called() []candidate {
	return []candidate{
		{kind: CPF, words: []string{"cpf"}, valid: validCPF},
		{kind: CNPJ, words: []string{"cnpj"}, valid: validCNPJ},
		{kind: CUIT, words: []string{"cuit", "cuil"}, valid: validCUIT},
		{kind: RUC, words: []string{"ruc"}, valid: func(d string) bool { return validPeruRUC(d) || validEcuadorRUC(d) }},
		{kind: NIT, words: []string{"nit"}, valid: validNIT},
		{kind: CLABE, words: []string{"clabe"}, valid: validCLABE},
		{kind: CBU, words: []string{"cbu", "cvu"}, valid: validCBU},
		{kind: Cedula, words: []string{"cedula", "ced", "cc", "ci"}, valid: length(6, 10)},
		{kind: DNI, words: []string{"dni", "documento", "doc", "document"}, valid: length(7, 8)},
		{kind: PostalCode, words: []string{"cep"}, valid: length(8, 8)},
		{kind: Protocol, words: []string{"protocolo", "protocol", "ticket", "reclamo", "chamado"}, valid: validProtocol},
	}
}

// bare are the numbers recognised on their own. A document that a phone number might be mistaken for must fit its check digit.
func bare() []candidate {
	return []candidate{
		{kind: Protocol, valid: validProtocol},
		{kind: Boleto, valid: validBoleto},
		{kind: CBU, valid: validCBU},
		{kind: CLABE, valid: validCLABE},
		{kind: CNPJ, valid: validCNPJ},
		{kind: Card, valid: validCard},
		{kind: CPF, valid: validCPF},
		{kind: CUIT, valid: validCUIT},
		{kind: RUC, valid: func(d string) bool { return validPeruRUC(d) || validEcuadorRUC(d) }},
		{kind: NIT, shape: func(raw string) bool { return strings.Contains(raw, "-") && strings.IndexByte(raw, '-') == len(raw)-2 }, valid: validNIT},
		{kind: PostalCode, shape: func(raw string) bool { return len(raw) == 9 && raw[5] == '-' }, valid: length(8, 8)},
	}
}

func length(from, to int) func(string) bool {
	return func(d string) bool { return len(d) >= from && len(d) <= to }
}

// validProtocol checks our own protocol number: a date between 2020 and 2099 and seven digits.
func validProtocol(s string) bool {
	return len(s) == 15 && digits(s) && s[:2] == "20" && s[2] >= '2' && dayMonth(s[6:8], s[4:6])
}

// looksLikePhone accepts what is written as one: an international sign, or groups of the usual size, or a Brazilian or Mexican mobile.
func looksLikePhone(raw, plain string) bool {
	n := len(plain)
	switch {
	case raw[0] == '+':
		return n >= 8 && n <= 15
	case n < 8 || n > 13 || strings.ContainsAny(raw, "./") && !strings.ContainsAny(raw, "(-"):
		return false
	case strings.ContainsAny(raw, "("), n >= 10 && strings.ContainsAny(raw, " -"):
		return true
	case n == 9:
		return plain[0] == '9'
	case n == 10, n == 11:
		return plain[0] != '0' || plain[1] == '1' && n == 11
	case n == 12, n == 13:
		return hasPrefix(plain, "55", "52", "54", "51", "56", "57", "59", "58", "34")
	}
	return false
}

func phoneWords() []string {
	return []string{"telefono", "telefone", "phone", "tel", "cel", "celular", "numero", "number", "fone", "whatsapp", "contato", "contacto", "zap", "fijo"}
}

func onlyDigits(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_'
}

// called reports whether one of the words comes just before start, perhaps with "de", "n.º", "is", a colon or the like between.
func (s *search) called(start int, names ...string) bool {
	at := start
	for range 4 {
		word, from := s.wordBefore(at)
		if word == "" {
			return false
		}
		for _, n := range names {
			if word == n {
				return true
			}
		}
		switch word {
		case "de", "do", "da", "del", "es", "e", "is", "no", "n", "nro", "num", "numero", "number", "number's", "o", "el", "la", "mi", "meu", "my", "titular", "the", "con", "com", "eh", "codigo", "era":
		default:
			return false
		}
		at = from
	}
	return false
}

// wordBefore is the word that ends before at, when nothing but spaces and light punctuation lies between.
func (s *search) wordBefore(at int) (word string, from int) {
	end := at
	for end > 0 && strings.IndexByte(" :.#-=\t(*", s.low[end-1]) >= 0 {
		end--
	}
	if at-end > 4 {
		return "", 0
	}
	from = end
	for from > 0 && s.low[from-1] >= 'a' && s.low[from-1] <= 'z' {
		from--
	}
	return s.low[from:end], from
}
