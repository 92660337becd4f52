package guard

import (
	"regexp"
	"strings"

	"antena/internal/understand/entity"
	"antena/internal/understand/language"
	"antena/internal/understand/words"
)

// check is one proposal being checked.
type check struct {
	p      Proposal
	given  Given
	said   passage
	ground []passage       // the sources and facts
	asked  []passage       // the contact's words
	units  []clause        // of the ground
	facts  map[string]bool // keys of every quantity in the ground
	known  map[string]bool // words of the ground
	found  []Violation
}

func newCheck(p Proposal, given Given, d *language.Detector) *check {
	c := &check{p: p, given: given, facts: map[string]bool{}, known: map[string]bool{}}
	c.said = read(p.Text, given.Language)
	for _, s := range given.Sources {
		c.ground = append(c.ground, read(s.Text, d.Detect(s.Text, "").Language))
	}
	for _, f := range given.Facts {
		c.ground = append(c.ground, read(f, given.Language))
	}
	for _, a := range given.Asked {
		c.asked = append(c.asked, read(a, given.Language))
	}
	for _, g := range c.ground {
		c.units = append(c.units, g.clauses()...)
		for _, q := range g.quantities {
			for _, k := range q.keys {
				c.facts[k] = true
			}
			if q.class == "money" && q.keys[0] != keyFree {
				c.facts[keyPaid] = true
			}
		}
		c.learn(g.low)
	}
	return c
}

func (c *check) learn(low string) {
	for _, w := range words.Fields(low) {
		c.known[w] = true
	}
}

func (c *check) fail(code Code, detail string) {
	for _, v := range c.found {
		if v.Code == code && v.Detail == detail {
			return
		}
	}
	c.found = append(c.found, Violation{code, detail})
}

// passage is a text as the rules read it.
type passage struct {
	text       string
	language   string
	plain      string // without accents and list numerals
	low        string // the same in lower case, byte for byte
	loud       string // lower case with accents: only they tell "envié" from "envíe"
	bare       string // low with links and personal data blanked
	entities   []entity.Entity
	links      []string
	quantities []quantity
}

var (
	numeralForm = regexp.MustCompile(`(?m)^[ \t]*[0-9]{1,2}[.)][ \t]`)
	linkForm    = regexp.MustCompile(`(?i)[a-z0-9._%+-]+@[a-z0-9.-]+|\b[a-z]{2,10}://[^\s<>"]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,24}\b(?:[:/?][^\s<>"]*)?`)
)

// maxText bounds how much of a text is read, in bytes: many times what an article has.
const maxText = 8 << 10

func read(text, lang string) passage {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	plain, _ := entity.Plain(text)
	plain = numeralForm.ReplaceAllStringFunc(plain, func(m string) string { return strings.Repeat(" ", len(m)) })
	p := passage{text: text, language: lang, plain: plain, low: lower(plain), loud: strings.ToLower(text)}
	bare := []byte(p.low)
	for _, m := range linkForm.FindAllStringIndex(p.low, -1) {
		link := tidy(p.low[m[0]:m[1]])
		if !strings.ContainsAny(link, "abcdefghijklmnopqrstuvwxyz") || abbreviation(link) {
			continue
		}
		p.links = append(p.links, link)
		blank(bare, m[0], m[0]+len(link))
	}
	for _, e := range entity.Personal(string(bare)) {
		if personal(e.Kind) {
			p.entities = append(p.entities, e)
			blank(bare, e.Start, e.End)
		}
	}
	p.bare = string(bare)
	p.quantities = quantities(p.bare, lang)
	return p
}

func lower(plain string) string {
	low := []byte(plain)
	for i, b := range low {
		if b >= 'A' && b <= 'Z' {
			low[i] = b + 'a' - 'A'
		}
	}
	return string(low)
}

func blank(b []byte, from, to int) {
	for i := from; i < to; i++ {
		b[i] = '_'
	}
}

// tidy is a link as it is compared: no punctuation around it, no slash at its end.
func tidy(link string) string {
	return strings.TrimRight(link, ".,;:!?)*_'\"/")
}

// abbreviation reports whether what looks like a domain is an abbreviation or two sentences that touch.
func abbreviation(link string) bool {
	switch link {
	case "a.m", "p.m", "e.g", "i.e", "p.ej", "s.a", "ee.uu", "n.o":
		return true
	}
	return false
}

// personal kinds are nobody's to tell unless they were given.
func personal(k entity.Kind) bool {
	switch k {
	case entity.Amount, entity.Date, entity.Speed, entity.URL:
		return false
	}
	return true
}

// clause is a piece of the ground that speaks of one thing: a line, a sentence, or part of one.
type clause struct {
	low        string
	start      int // of it in its passage; the places of quantities are the passage's
	quantities []quantity
	stems      []stem
}

var clauseEnd = regexp.MustCompile(`[.!?](?:\s|$)|[;\n]`)

func (p *passage) clauses() []clause {
	var out []clause
	at := 0
	add := func(end int) {
		if strings.TrimSpace(p.bare[at:end]) == "" {
			return
		}
		c := clause{low: p.bare[at:end], start: at, stems: stems(p.bare[at:end], p.language)}
		for _, q := range p.quantities {
			if q.start >= at && q.end <= end {
				c.quantities = append(c.quantities, q)
			}
		}
		out = append(out, c)
	}
	for _, m := range clauseEnd.FindAllStringIndex(p.bare, -1) {
		add(m[0])
		at = m[1]
	}
	add(len(p.bare))
	return out
}
