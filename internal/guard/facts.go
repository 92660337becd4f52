package guard

import (
	"slices"
	"strings"

	"antena/internal/understand/entity"
)

// cited checks the sources an answer claims to come from.
func (c *check) cited() {
	if len(c.p.Citations) == 0 {
		c.fail(Citation, "nothing is cited")
	}
	for _, id := range c.p.Citations {
		if !slices.ContainsFunc(c.given.Sources, func(s Source) bool { return s.ID == id }) {
			c.fail(Citation, id)
		}
	}
}

// linked allows a link or an e-mail address only as a source has it; a source's page may be named by its host alone.
func (c *check) linked() {
	for _, link := range c.said.links {
		if !c.groundLink(link) {
			c.fail(Link, link)
		}
	}
}

func (c *check) groundLink(link string) bool {
	for _, g := range c.ground {
		for _, known := range g.links {
			if link == known || withoutScheme(link) == withoutScheme(known) || withoutScheme(link) == host(known) {
				return true
			}
		}
	}
	return false
}

func withoutScheme(link string) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(link, "https://"), "http://"), "www.")
}

// host is a page's host, the whole of an e-mail address.
func host(link string) string {
	h, _, _ := strings.Cut(withoutScheme(link), "/")
	return h
}

// owned checks data that belongs to somebody: phones must be the sources', the rest may also be the contact's own.
func (c *check) owned() {
	for _, e := range c.said.entities {
		if c.groundEntity(e) {
			continue
		}
		if e.Kind != entity.Phone && e.Kind != entity.Address && e.Kind != entity.Secret && c.askedEntity(e) {
			continue
		}
		c.fail(Personal, string(e.Kind)+" "+e.Text)
	}
}

func (c *check) groundEntity(e entity.Entity) bool {
	for _, g := range c.ground {
		if g.has(e) {
			return true
		}
	}
	return false
}

func (c *check) askedEntity(e entity.Entity) bool {
	return slices.ContainsFunc(c.asked, func(p passage) bool { return p.has(e) })
}

// has reports whether the passage holds an entity, in any form. What is vague, such as an address, must be there word for word.
func (p *passage) has(e entity.Entity) bool {
	if e.Kind == entity.Address || e.Kind == entity.Secret {
		return strings.Contains(strings.Join(strings.Fields(p.low), " "), strings.ToLower(e.Value))
	}
	for _, own := range p.entities {
		if own.Value == e.Value || own.Kind == entity.Phone && e.Kind == entity.Phone && samePhone(own.Value, e.Value) {
			return true
		}
	}
	return strings.Contains(p.low, strings.ToLower(e.Text)) && e.Kind != entity.Phone
}

// samePhone compares numbers that may lack the country's code.
func samePhone(a, b string) bool {
	a, b = strings.TrimPrefix(a, "+"), strings.TrimPrefix(b, "+")
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) >= 8 && strings.HasSuffix(a, b)
}

// counted looks every quantity up in the ground.
func (c *check) counted() {
	for _, q := range c.said.quantities {
		if !slices.ContainsFunc(q.keys, func(k string) bool { return c.facts[k] }) {
			c.fail(codeOf(q), c.said.plain[q.start:q.end]+" ("+q.keys[0]+")")
		}
	}
}

// codeOf is what a quantity without ground breaks.
func codeOf(q quantity) Code {
	switch q.keys[0] {
	case keyFree:
		return Offer
	case keyPaid:
		return Negation
	}
	return Number
}
