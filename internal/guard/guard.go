package guard

import (
	"antena/internal/understand/language"
)

// Proposal is what a model wants to say.
type Proposal struct {
	Text      string
	Language  string   // as the model names it; empty when it did not
	Citations []string // ids of the sources it says it used
}

// Source is a text an answer may be made from: an article with its placeholders filled in, in any language.
type Source struct {
	ID   string
	Text string
}

// Given is what the model had, and what the answer is held against.
type Given struct {
	Language string   // the answer must be in
	Sources  []Source // in scope: only these may be cited, and one must be
	Facts    []string // what else may be said and needs no citation: the ISP's name, this contact's account, what the desk has really done
	Asked    []string // the contact's own words; an answer may repeat the contact's data, not take facts from there

	Prompts   []string // instructions, none of which may come back
	MaxLength int      // in characters; DefaultLength when zero
}

// DefaultLength is the most characters an answer may have unless Given says otherwise: what fits beneath buttons.
const DefaultLength = 1024

// Code names a rule that was broken. Codes are stable: they are stored and counted.
type Code string

// The codes.
const (
	Empty       Code = "empty"       // says nothing in words
	TooLong     Code = "too_long"    // longer than may be sent
	Invisible   Code = "invisible"   // control, bidirectional or invisible characters
	Script      Code = "script"      // letters of another alphabet, as in look-alike domains
	Markup      Code = "markup"      // HTML, Markdown links, code, JSON, tool calls
	Placeholder Code = "placeholder" // an unfilled {name} or ⟦NAME_1⟧
	Encoded     Code = "encoded"     // a long token nobody can read
	Language    Code = "language"    // not in the language asked for
	Citation    Code = "citation"    // cites nothing, or what is not in scope
	Link        Code = "link"        // a URL, domain or e-mail address that no source has
	Personal    Code = "personal"    // a phone, document, account or code of nobody knows whom
	Number      Code = "number"      // an amount, percentage, duration, date or number that no source has
	Swapped     Code = "swapped"     // a value of the sources told of another thing
	Negation    Code = "negation"    // says the contrary of a source
	Name        Code = "name"        // a product, company or person that no source names
	Offer       Code = "offer"       // a discount, refund, gift or price rule that no source has
	Promise     Code = "promise"     // an act claimed or promised
	Human       Code = "human"       // claims to be a person
	Assurance   Code = "assurance"   // guarantees, or gives legal, medical or safety assurances
	Insult      Code = "insult"      // insults or threatens
	Leak        Code = "leak"        // instructions, or talk about them
	Unsupported Code = "unsupported" // a sentence that shares nothing with the sources
)

// Violation is one rule broken. Detail quotes what broke it.
type Violation struct {
	Code   Code
	Detail string
}

// Guard checks proposals. It never changes, so it may be shared.
type Guard struct {
	detector *language.Detector
}

// New returns a Guard.
func New() *Guard { return &Guard{detector: language.New()} }

// Check lists everything wrong with a proposal, nothing when it may be said. The same code may come more than once.
func (g *Guard) Check(p Proposal, given Given) []Violation {
	if v := size(p.Text, given.MaxLength); v != nil {
		return v // nothing to read, or too much
	}
	c := newCheck(p, given, g.detector)
	c.shape()
	c.spoken(g.detector)
	c.cited()
	c.linked()
	c.owned()
	c.counted()
	c.swapped()
	c.denied()
	c.named()
	c.offered()
	c.acts()
	c.echoed()
	c.supported()
	return c.found
}
