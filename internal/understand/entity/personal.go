package entity

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Personal lists what Find does, and what must not be shown around but nobody needs to recognise: street addresses, passwords, foreign
// accounts, e-mail addresses in disguise. These are vaguer than the rest: findings may overlap, and some are nothing of the kind.
func Personal(text string) []Entity {
	found := Find(text)
	s := newSearch(text)
	low := &search{text: s.low}
	low.each(ibanForm, func(m []int) { s.addIBAN(m[2], m[3]) })
	low.each(uuidForm, func(m []int) { s.loose(PixKey, m[2], m[3]) })
	for _, form := range addressForms {
		low.each(form, func(m []int) { s.loose(Address, m[2], m[3]) })
	}
	for _, form := range secretForms {
		low.each(form, func(m []int) { s.addSecret(m[2], m[3]) })
	}
	low.each(disguisedForm, func(m []int) { s.loose(Email, m[2], m[3]) })
	for _, e := range s.found {
		if s.at != nil {
			e.Start, e.End = s.at[e.Start], s.at[e.End]
		}
		e.Text = text[e.Start:e.End]
		found = append(found, e)
	}
	slices.SortStableFunc(found, func(a, b Entity) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

const (
	street = `calle|cll?|av|avda|avenida|pasaje|psje|jiron|jr|carrera|cra|kra|diagonal|transversal|circunvalacion|boulevard|blvd|bulevar|ruta|autopista|` +
		`rua|travessa|alameda|praca|rodovia|estrada|viela|beco|largo|ladeira`
	unit = `(?:piso|depto|dpto|departamento|dto|apto|apartamento|apartment|apt|ap|interior|int|bloque|bloco|bl|torre|edificio|ed|manzana|mz|mza|quadra|qd|lote|lt|` +
		`casa|local|unit|suite|floor|cep|cp)\b\.? ?(?:n[o.]{0,2} ?|# ?)?[0-9a-z-]{1,9}`
	place = `(?:[a-z0-9'.-]+[ ,]+){0,6}?`
)

var addressForms = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^a-z0-9])((?:` + street + `)\b\.? +` + place + `(?:n[o.]{0,2} ?|numero |# ?|km ?)?[0-9]{1,6}[a-z]?\b(?: ?[#-] ?[0-9]{1,4}[a-z]?(?: ?- ?[0-9]{1,4})?)?(?:[ ,.-]+` + unit + `)*)`),
	regexp.MustCompile(`(?:^|[^a-z0-9])([0-9]{1,5}[a-z]? (?:[a-z'.]+ ){1,4}?(?:street|st|avenue|ave|road|rd|lane|ln|drive|boulevard|blvd|court|terrace|square)\b(?:[ ,.]+` + unit + `)*)`),
	regexp.MustCompile(`(?:^|[^a-z0-9])(` + unit + `(?:[ ,.-]+` + unit + `)+)`),
	regexp.MustCompile(`\b(?:direccion|domicilio|endereco|address)(?: (?:nueva|nuevo|novo|new|actual|atual))?(?: (?:es|e|is|queda en|fica na|fica no))?[ ]*[:=]?[ ]+((?:` + street + `)[^\n;]{3,80})`),
	regexp.MustCompile(`\b(?:mi|meu|my) (?:direccion|domicilio|endereco|address)(?: (?:nueva|nuevo|novo|new))? (?:es|e|is|queda en|fica na|fica no)[ :]+([^\n;.]{4,80})`),
	regexp.MustCompile(`\b(?:vivo|vivimos|moro|moramos|resido|i live|we live)(?: (?:en|na|no|em|at|on|in))+ ((?:` + street + `)\b[^\n;.,]{2,60}|[^\n;.,0-9]{0,40}[0-9]{1,6}[^\n;.,]{0,12})`),
}

var (
	ibanForm      = regexp.MustCompile(`(?:^|[^a-z0-9])([a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{1,4}){3,8})`)
	uuidForm      = regexp.MustCompile(`(?:^|[^a-z0-9])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`)
	disguisedForm = regexp.MustCompile(`(?:^|[^a-z0-9._%+-])([a-z0-9._%+-]{2,40}(?:(?: ?@ ?| ?[(\[] ?(?:arroba|at) ?[)\]] ?| arroba )[a-z0-9-]{2,40}(?: ?[(\[]? ?(?:\.|punto|ponto|dot) ?[)\]]? ?[a-z]{2,12}){1,3}| at [a-z0-9-]{2,40}(?: dot [a-z]{2,12}){1,3}))`)
)

const secretWord = `\b(?:clave|contrasena|contrasenia|senha|password|passcode|pass|pwd|pin|otp|cvv|cvc|(?:codigo|code) (?:de )?(?:verificacion|verificacao|seguridad|seguranca)|(?:verification|security) code)\b`

var secretForms = []*regexp.Regexp{
	regexp.MustCompile(secretWord + `(?: (?:del?|do|da|of|for|the|el|la|o|a|mi|meu|minha|my|wi-?fi|router|roteador|modem|red|rede|internet|correo|email|tarjeta|cartao|card|nueva|nova|new|actual|atual|cuenta|conta|account))*[ ]*(?:\b(?:es|e|eh|is|era|sera|seria|was|va a ser|vai ser)\b|[:=>-]+)[ :]*["'(]?([^\s"',;)]{3,64})`),
	regexp.MustCompile(secretWord + ` +["'(]?([^\s"',;)]*[0-9][^\s"',;)]*)`),
}

// loose adds a finding whatever else was found there.
func (s *search) loose(kind Kind, start, end int) {
	for end > start && strings.IndexByte(" ,.-", s.low[end-1]) >= 0 {
		end--
	}
	if start < end {
		s.found = append(s.found, Entity{Kind: kind, Start: start, End: end, Value: strings.Join(strings.Fields(s.low[start:end]), " ")})
	}
}

// addIBAN takes as many groups as pass the check of ISO 13616.
func (s *search) addIBAN(start, end int) {
	for ; end-start >= 15; end-- {
		plain := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s.low[start:end]))
		if validIBAN(plain) && (end == len(s.low) || !isAlnum(s.low[end])) {
			s.found = append(s.found, Entity{Kind: IBAN, Start: start, End: end, Value: plain})
			return
		}
	}
}

// validIBAN checks that the account, its first four characters moved to the end and letters counting ten to thirty-five, leaves one when
// divided by 97.
func validIBAN(s string) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for i := range len(s) {
		switch c := s[(i+4)%len(s)]; {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		default:
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

// addSecret adds what was called a password, unless it is how a sentence about passwords goes on.
func (s *search) addSecret(start, end int) {
	for end > start && strings.IndexByte(".!?", s.low[end-1]) >= 0 {
		end--
	}
	switch s.low[start:end] {
	case "", "que", "muy", "muito", "very", "incorrecta", "incorreta", "errada", "mala", "wrong", "correcta", "correta", "correct", "nueva", "nova", "new", "no", "nao", "not",
		"usuario", "user", "nome", "nombre", "name", "wifi", "esa", "esta", "essa", "mesma", "misma", "same", "facil", "dificil", "segura", "secure", "del", "para", "the", "una",
		"uma", "como", "donde", "onde", "cual", "qual", "what", "written", "escrita", "invalida", "invalid", "personal", "pessoal", "secreta":
		return
	}
	s.found = append(s.found, Entity{Kind: Secret, Start: start, End: end, Value: s.text[start:end]})
}
