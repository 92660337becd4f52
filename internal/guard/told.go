package guard

import (
	"regexp"
	"slices"
	"strings"
)

// swapped holds every value to what it is told of. The words and numbers told with a value are its keys; when the ground tells them only
// with other values of the same kind, the value was moved to another thing.
func (c *check) swapped() {
	for _, piece := range c.said.clauses() {
		before, after := verdict{}, verdict{}
		for i, q := range piece.quantities {
			if !rival(q.class) {
				continue
			}
			if home := c.homes(q); len(home) > 0 {
				front, back := piece.around(i)
				c.weigh(&before, front, q, home)
				c.weigh(&after, back, q, home)
			}
		}
		// "Río 300 costs 24" or "24 for Río 300": whichever order the clause keeps to says more about its values.
		if after.ties > before.ties {
			before = after
		}
		if before.wrong != "" {
			c.fail(Swapped, before.wrong)
		}
	}
}

// verdict is what the keys on one side of the values of a clause say.
type verdict struct {
	ties  int    // values that a key ties to where they belong, or to where they do not
	wrong string // a value that does not
}

func (c *check) weigh(v *verdict, k keys, q quantity, home []clause) {
	right, wrong, key := 0, 0, ""
	for _, n := range k.numbers {
		switch at, away := told(home, n), c.elsewhere(n, q); {
		case away && !at:
			v.ties++
			v.wrong = c.said.plain[q.start:q.end] + " of " + n
			return
		case at && !away:
			right++
		}
	}
	for _, w := range k.words {
		switch at, away := told(home, w), c.elsewhere(w, q); {
		case away && !at:
			wrong++
			key = w
		case at && !away:
			right++
		}
	}
	if wrong > right {
		v.wrong = c.said.plain[q.start:q.end] + " of " + key
	}
	if wrong+right > 0 {
		v.ties++
	}
}

// rival classes of quantities tell one thing from another.
func rival(class string) bool {
	switch class {
	case "plain", "ratio", "time", "paid", "when":
		return false
	}
	return true
}

// kin reports whether two classes measure the same: all lengths of time do.
func kin(a, b string) bool { return a == b || duration(a) && duration(b) }

func duration(class string) bool {
	switch class {
	case "second", "minute", "hour", "day", "workday", "week", "month", "year":
		return true
	}
	return false
}

// homes are the clauses of the ground that hold a quantity.
func (c *check) homes(q quantity) []clause {
	var out []clause
	for _, u := range c.units {
		if u.holds(q) {
			out = append(out, u)
		}
	}
	return out
}

func (u *clause) holds(q quantity) bool {
	return slices.ContainsFunc(u.quantities, func(o quantity) bool {
		return kin(o.class, q.class) && slices.ContainsFunc(o.keys, func(k string) bool { return slices.Contains(q.keys, k) })
	})
}

// keys are what is told with a quantity on one side of it: numbers of another class, and words.
type keys struct{ numbers, words []string }

// around lists the keys before the i-th quantity, back to the one of its kind before, and after it, up to the next.
func (u *clause) around(i int) (before, after keys) {
	q := u.quantities[i]
	from, to := u.start, u.start+len(u.low)
	for _, o := range u.quantities {
		switch {
		case !kin(o.class, q.class) || o.start == q.start:
		case o.end <= q.start:
			from = max(from, o.end)
		case o.start >= q.end:
			to = min(to, o.start)
		}
	}
	return u.keysIn(from, q.start, q), u.keysIn(q.end, to, q)
}

func (u *clause) keysIn(from, to int, q quantity) keys {
	var k keys
	for _, o := range u.quantities {
		if o.start >= from && o.end <= to && !kin(o.class, q.class) && (o.class == "plain" || o.class == "mbps") {
			k.numbers = append(k.numbers, o.keys[0])
		}
	}
	for _, s := range u.stems {
		if at := u.start + s.start; at >= from && at < to {
			k.words = append(k.words, s.stem)
		}
	}
	return k
}

func told(units []clause, key string) bool {
	return slices.ContainsFunc(units, func(u clause) bool { return u.tells(key) })
}

// elsewhere reports whether the ground tells a key with another value of the class of q. A word it also tells without any says nothing
// about a length of time: the router of a list of steps belongs to all of them.
func (c *check) elsewhere(key string, q quantity) bool {
	if duration(q.class) && slices.ContainsFunc(c.units, func(u clause) bool {
		return u.tells(key) && !slices.ContainsFunc(u.quantities, func(o quantity) bool { return kin(o.class, q.class) })
	}) {
		return false
	}
	return slices.ContainsFunc(c.units, func(u clause) bool {
		return u.tells(key) && !u.holds(q) && slices.ContainsFunc(u.quantities, func(o quantity) bool { return kin(o.class, q.class) })
	})
}

// tells reports whether a clause holds a key: a stem, or a quantity.
func (u *clause) tells(key string) bool {
	return slices.ContainsFunc(u.stems, func(s stem) bool { return s.stem == key }) ||
		slices.ContainsFunc(u.quantities, func(o quantity) bool { return slices.Contains(o.keys, key) })
}

// labelForm is the heading of a line, which denies nothing: "*Costo:* sin costo".
var labelForm = regexp.MustCompile(`(?m)\*[^*\n]{1,60}:\*|^[^*\n.:]{1,24}:`)

// neverForm is a list of what is never done: its items lack the word.
var neverForm = regexp.MustCompile(`(?m)^[^\n]*\b(?:nunca|never|no|nao)\b[^\n]*:\*?\n(?:[-•][^\n]*\n?)+`)

// denied compares what the answer denies with what the ground does: a word the ground has only with a negation, or only without, may not
// change sides in a clause that speaks of the same.
func (c *check) denied() {
	type sides struct{ yes, no bool }
	ground := map[string]sides{}
	for _, g := range c.ground {
		low := g.matter()
		never := neverForm.FindAllStringIndex(g.bare, -1)
		for _, s := range stems(low, g.language) {
			listed := slices.ContainsFunc(never, func(m []int) bool { return s.start >= m[0] && s.start < m[1] })
			side := ground[s.stem]
			side.yes, side.no = side.yes || s.denied != 1, side.no || s.denied > 0 || listed
			ground[s.stem] = side
		}
	}
	for _, g := range c.ground { // headings name a matter; what is said of it counts more
		for _, label := range labelForm.FindAllString(g.bare, -1) {
			for _, s := range stems(label, g.language) {
				if _, known := ground[s.stem]; !known {
					ground[s.stem] = sides{yes: true}
				}
			}
		}
	}
	said := c.said
	said.bare = said.matter()
	for _, piece := range said.clauses() {
		for _, s := range piece.stems {
			side, known := ground[s.stem]
			if known && (s.denied == 1 && !side.no || s.denied == 0 && !side.yes) && c.sameMatter(piece, s.stem) {
				c.fail(Negation, s.stem)
			}
		}
	}
}

// matter is the text without headings, and without what is said of price, which is a quantity.
func (p *passage) matter() string {
	low := p.bare
	for _, form := range [...]*regexp.Regexp{labelForm, freeForm, paidForm} {
		low = form.ReplaceAllStringFunc(low, func(m string) string { return strings.Repeat(" ", len(m)) })
	}
	return low
}

// sameMatter reports whether a clause shares more with one of the ground than the word in question, or says hardly more than it.
func (c *check) sameMatter(piece clause, word string) bool {
	if len(piece.stems) <= 3 {
		return true
	}
	for _, u := range c.units {
		if !u.tells(word) {
			continue
		}
		shared := map[string]bool{}
		for _, s := range piece.stems {
			if u.tells(s.stem) {
				shared[s.stem] = true
			}
		}
		if len(shared) >= 2 {
			return true
		}
	}
	return false
}

// supported refuses a sentence that shares hardly a word with a source in its language.
func (c *check) supported() {
	if !slices.ContainsFunc(c.ground, func(g passage) bool { return g.language == c.given.Language }) {
		return // nothing to compare words with
	}
	known := map[string]bool{}
	for _, u := range c.units {
		for _, s := range u.stems {
			known[s.stem] = true
		}
	}
	for _, p := range c.asked {
		for _, s := range stems(p.low, p.language) {
			known[s.stem] = true
		}
	}
	for _, piece := range c.said.clauses() {
		if len(piece.stems) < 3 {
			continue
		}
		shared := 0
		for _, s := range piece.stems {
			if known[s.stem] {
				shared++
			}
		}
		if shared*5 < len(piece.stems) && (shared == 0 || len(piece.stems) >= 5) {
			c.fail(Unsupported, strings.TrimSpace(piece.low))
		}
	}
}
