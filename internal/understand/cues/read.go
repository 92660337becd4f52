package cues

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"antena/internal/understand/words"
)

// book is the compiled tables.
type book struct {
	lex                                     *lexicon
	person, personNot, optOut, data         []pattern
	complaint, complaintNot                 []pattern
	coreGreeting, greeting                  []pattern
	coreThanks, thanks                      []pattern
	stillBroken, worksNow, restarted        []pattern
	angry, anxious                          []pattern
	business, health, regulator, safety, no []pattern
	threat                                  []pattern
	filler, not                             element
}

// tables compiles everything once, at the first message.
var tables = sync.OnceValue(func() *book {
	l := newLexicon()
	for _, c := range classes() {
		l.classes[c[0]] = l.alternatives(c[1])
	}
	all := func(lines []string) []pattern {
		out := make([]pattern, len(lines))
		for i, line := range lines {
			out[i] = l.compile(line)
		}
		return out
	}
	return &book{
		lex: l, person: all(person()), personNot: all(personNot()), optOut: all(optOut()), data: all(dataRequest()),
		complaint: all(complaint()), complaintNot: all(complaintNot()),
		coreGreeting: all(coreGreeting()), greeting: all(greeting()), coreThanks: all(coreThanks()), thanks: all(thanks()),
		stillBroken: all(stillBroken()), worksNow: all(worksNow()), restarted: all(restarted()), angry: all(angry()), anxious: all(anxious()),
		business: all(business()), health: all(health()), regulator: all(regulator()), safety: all(safety()), no: all(noService()), threat: all(threat()),
		filler: element{ids: l.classes["filler"]}, not: element{ids: l.classes["not"]},
	}
})

// maxWords bounds the work a long message can cause.
const maxWords = 200

// message is a text being read.
type message struct {
	*book
	words    []string
	ids      []int16
	from, to int // what remains without fillers at either end
	found    Found
}

// Read finds the cues in a message, in Spanish, Portuguese and English at once. Several lines are taken for several messages of one
// burst: a wish for a person or for no more messages may be any one of them. The latter may be any one sentence too, which stands for itself.
func Read(text string) Found {
	folded := words.Fold(text)
	m := newMessage(folded)
	f := &m.found
	f.Person = m.asks("person", m.person, m.personNot)
	f.Complaint = m.asks("complaint", m.complaint, m.complaintNot)
	f.OptOut = m.any("opt_out", m.optOut) || m.anyOptOut(folded)
	f.DataRequest = m.any("data_request", m.data)
	f.Greeting = m.only("greeting", m.coreGreeting, m.greeting)
	f.Thanks = !f.Greeting && m.only("thanks", m.coreThanks, m.thanks, m.coreGreeting)
	f.StillBroken = m.any("still_broken", m.stillBroken)
	f.WorksNow = !f.StillBroken && !strings.Contains(folded, "?") && m.affirmed("works_now", m.worksNow)
	f.Restarted = !strings.Contains(folded, "?") && m.affirmed("restarted", m.restarted)
	m.readMood(text)
	m.readUrgency()
	m.readThreat()
	m.readLines(folded)
	return *f
}

func newMessage(folded string) *message {
	m := &message{book: tables(), words: words.Fields(folded), found: Found{Mood: Calm}}
	m.words = m.words[:min(len(m.words), maxWords)]
	m.ids = make([]int16, len(m.words))
	for i, w := range m.words {
		m.ids[i] = m.lex.read(w)
	}
	m.trim()
	return m
}

// maxLines bounds how many lines of a burst are read on their own.
const maxLines = 12

// readLines looks at every line on its own for what must be a message of its own.
func (m *message) readLines(folded string) {
	if !strings.Contains(folded, "\n") {
		return
	}
	for i, line := range strings.Split(folded, "\n") {
		if i == maxLines {
			return
		}
		one := newMessage(line)
		m.found.Person = m.found.Person || one.asks("person", m.person, m.personNot)
		m.found.Complaint = m.found.Complaint || one.asks("complaint", m.complaint, m.complaintNot)
		m.found.Why = append(m.found.Why, one.found.Why...)
	}
}

// trim finds the message's core, between the fillers at its ends. A message of nothing but fillers is all core.
func (m *message) trim() {
	m.to = len(m.ids)
	for m.from < m.to && m.fills(m.from) {
		m.from++
	}
	for m.to > m.from && m.fills(m.to-1) {
		m.to--
	}
	if m.from == m.to {
		m.from, m.to = 0, len(m.ids)
	}
}

// fills reports whether a word adds nothing where a message starts or ends.
func (m *message) fills(i int) bool {
	if m.filler.matches(m.ids[i]) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(m.words[i])
	return words.IsEmoji(r)
}

// find returns the place of the first match of p. Fillers before a pattern's start and after its end do not count.
func (m *message) find(p *pattern) (from, to int) {
	last := len(m.ids) - 1
	if p.start {
		last = min(last, m.from)
	}
	for i := 0; i <= last; i++ {
		if at := p.match(m.ids, i, m.to); at >= 0 {
			return i, at
		}
	}
	return -1, -1
}

// any reports whether a pattern matches, and keeps the evidence.
func (m *message) any(cue string, patterns []pattern) bool {
	for i := range patterns {
		if from, to := m.find(&patterns[i]); from >= 0 {
			m.note(cue, from, to)
			return true
		}
	}
	return false
}

// affirmed is any without those that follow a negation closely.
func (m *message) affirmed(cue string, patterns []pattern) bool {
	for i := range patterns {
		from, to := m.find(&patterns[i])
		if from < 0 || m.negated(from, to) {
			continue
		}
		m.note(cue, from, to)
		return true
	}
	return false
}

func (m *message) negated(from, to int) bool {
	for i := max(0, from-3); i < to; i++ {
		if m.not.matches(m.ids[i]) {
			return true
		}
	}
	return false
}

func (m *message) note(cue string, from, to int) {
	m.found.Why = append(m.found.Why, Match{Cue: cue, Text: strings.Join(m.words[from:to], " ")})
}

// asks looks for a request that nothing takes back.
func (m *message) asks(cue string, patterns, not []pattern) bool {
	for i := range patterns {
		from, to := m.find(&patterns[i])
		if from < 0 || m.takenBack(not, from, to) {
			continue
		}
		m.note(cue, from, to)
		return true
	}
	return false
}

func (m *message) takenBack(not []pattern, from, to int) bool {
	for i := range not {
		if f, t := m.find(&not[i]); f >= 0 && f < to && from < t {
			return true
		}
	}
	return false
}

// only reports whether the message is made of nothing but the given parts, with at least one of the core.
func (m *message) only(cue string, core []pattern, more ...[]pattern) bool {
	hasCore := false
	for i := 0; i < len(m.ids); {
		at := m.longest(core, i)
		if at > i {
			hasCore = true
		}
		for _, patterns := range more {
			at = max(at, m.longest(patterns, i))
		}
		if at <= i {
			return false
		}
		i = at
	}
	if hasCore {
		m.note(cue, 0, len(m.words))
	}
	return hasCore
}

func (m *message) longest(patterns []pattern, i int) int {
	best := -1
	for k := range patterns {
		best = max(best, patterns[k].match(m.ids, i, 0))
	}
	return best
}

func (m *message) readMood(text string) {
	switch {
	case m.any("angry", m.angry), m.shouts(text):
		m.found.Mood = Angry
	case m.any("anxious", m.anxious):
		m.found.Mood = Anxious
	}
}

// shouts reports whether a text of some length is nearly all capitals and ends its sentences loudly.
func (m *message) shouts(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	if upper < 15 || upper < 6*lower || strings.Count(text, "!")+strings.Count(text, "?") < 2 {
		return false
	}
	m.note("angry", 0, len(m.words))
	return true
}

func (m *message) readUrgency() {
	for _, u := range [...]struct {
		urgency  Urgency
		patterns []pattern
	}{{Safety, m.safety}, {Health, m.health}, {Regulator, m.regulator}, {Business, m.business}, {NoService, m.no}} {
		if m.any(string(u.urgency), u.patterns) {
			m.found.Urgency = append(m.found.Urgency, u.urgency)
		}
	}
}

// readThreat takes a threat of violence for a wish that a person looks at once.
func (m *message) readThreat() {
	if !m.any("threat", m.threat) {
		return
	}
	m.found.Person = true
	m.found.Urgency = append(m.found.Urgency, Safety)
}
