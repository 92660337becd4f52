package whatsapp

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Problem is one limit that a message breaks. It never holds the text itself.
type Problem struct {
	Field string // "buttons[1].title"
	Rule  string // "at most 20, has 23"
	// Limit is the bound that was broken and Got what there was; both 0 where the rule is not about a size.
	Limit, Got int
}

// InvalidError lists everything that is wrong with an Outbound.
type InvalidError struct{ Problems []Problem }

func (e *InvalidError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Field + ": " + p.Rule
	}
	return "invalid message: " + strings.Join(texts, "; ")
}

// rule is one line of the check list: a size with its bounds, or a condition.
type rule struct {
	field    string
	size     int
	min, max int
	broken   string // a condition that does not hold, in words; the sizes are not looked at
}

func (r rule) problem() (Problem, bool) {
	switch {
	case r.broken != "":
		return Problem{Field: r.field, Rule: r.broken}, true
	case r.size < r.min && r.size == 0:
		return Problem{Field: r.field, Rule: "is missing", Limit: r.min}, true
	case r.size < r.min:
		return Problem{Field: r.field, Rule: fmt.Sprintf("at least %d, has %d", r.min, r.size), Limit: r.min, Got: r.size}, true
	case r.size > r.max:
		return Problem{Field: r.field, Rule: fmt.Sprintf("at most %d, has %d", r.max, r.size), Limit: r.max, Got: r.size}, true
	default:
		return Problem{}, false
	}
}

// text demands between least (0 or 1) and most units.
func text(field, value string, least, most int) rule {
	if least > 0 && strings.TrimSpace(value) == "" {
		return rule{field: field, broken: "is missing"}
	}
	return rule{field: field, size: UTF16Len(value), min: least, max: most}
}

func must(field string, ok bool, otherwise string) rule {
	if ok {
		return rule{field: field}
	}
	return rule{field: field, broken: otherwise}
}

// Validate checks every limit that Meta documents for a message and returns nil or an *InvalidError.
func (m Outbound) Validate() error { return refuse(m.rules()) }

// refuse returns an *InvalidError with every rule that is broken, or nil.
func refuse(rules []rule) error {
	var problems []Problem
	for _, r := range rules {
		if p, broken := r.problem(); broken {
			problems = append(problems, p)
		}
	}
	if problems == nil {
		return nil
	}
	return &InvalidError{Problems: problems}
}

// invalid wraps what refuse returned for a call that is therefore not made.
func invalid(op string, err error) *Error {
	return &Error{Op: op, Action: Park, Outcome: NotSent, Err: err}
}

// rules is the check list of this message.
func (m Outbound) rules() []rule {
	list := []rule{
		must("to", m.To != Recipient{}, "is missing"),
		must("to.phone", m.To.Phone == "" || isPhone(m.To.Phone), "is not 5 to 20 digits"),
		must("to.bsuid", m.To.BSUID == "" || IsBSUID(m.To.BSUID), "is not a user id"),
		text("callback data", m.CallbackData, 0, MaxCallbackData),
		text("identity hash", m.IdentityHash, 0, MaxIdentityHash),
		{field: "contents", size: m.contents(), min: 1, max: 1},
	}
	switch {
	case m.Text != nil:
		list = append(list, text("text", m.Text.Body, 1, MaxText))
	case m.Buttons != nil:
		list = append(list, m.Buttons.rules()...)
	case m.List != nil:
		list = append(list, m.List.rules()...)
	case m.Link != nil:
		list = append(list, m.Link.rules()...)
	case m.Flow != nil:
		list = append(list, m.Flow.rules()...)
	case m.Contacts != nil:
		list = append(list, contactRules(m.Contacts)...)
	case m.LocationRequest != nil:
		list = append(list, text("body", m.LocationRequest.Body, 1, MaxBody))
	case m.ContactRequest != nil:
		list = append(list, text("body", m.ContactRequest.Body, 1, MaxBody))
	case m.Media != nil:
		list = append(list, m.Media.rules("media")...)
	case m.Location != nil:
		list = append(list, m.Location.rules("location")...)
	case m.Reaction != nil:
		list = append(list,
			text("reaction.message id", m.Reaction.MessageID, 1, math.MaxInt),
			must("reply to", m.ReplyTo == "", "is not possible with a reaction"))
	case m.Template != nil:
		list = append(list, m.Template.rules()...)
	}
	return list
}

// contents counts how many of the alternatives are set.
func (m Outbound) contents() int {
	n := 0
	for _, set := range []bool{
		m.Text != nil, m.Buttons != nil, m.List != nil, m.Link != nil, m.Media != nil, m.Location != nil,
		m.Contacts != nil, m.Flow != nil, m.LocationRequest != nil, m.ContactRequest != nil, m.Reaction != nil, m.Template != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

func (b Buttons) rules() []rule {
	list := append(b.Header.rules(),
		text("body", b.Body, 1, MaxBody),
		text("footer", b.Footer, 0, MaxFooter),
		rule{field: "buttons", size: len(b.Buttons), min: 1, max: MaxButtons},
		must("buttons", distinct(b.Buttons, func(c Choice) string { return c.ID }), "have an id twice"),
		must("buttons", distinct(b.Buttons, func(c Choice) string { return c.Title }), "have a title twice"))
	for i, c := range b.Buttons {
		field := "buttons[" + strconv.Itoa(i) + "]"
		list = append(list,
			text(field+".id", c.ID, 1, MaxButtonID),
			text(field+".title", c.Title, 1, MaxButtonTitle),
			must(field+".description", c.Description == "", "is for rows only"))
	}
	return list
}

func (l List) rules() []rule {
	var rows []Choice
	for _, s := range l.Sections {
		rows = append(rows, s.Rows...)
	}
	list := []rule{
		text("header", l.Header, 0, MaxHeader),
		text("body", l.Body, 1, MaxListBody),
		text("footer", l.Footer, 0, MaxFooter),
		text("open", l.Open, 1, MaxOpen),
		{field: "sections", size: len(l.Sections), min: 1, max: MaxSections},
		{field: "rows", size: len(rows), min: 1, max: MaxRows},
		must("rows", distinct(rows, func(c Choice) string { return c.ID }), "have an id twice"),
	}
	needTitle := 0
	if len(l.Sections) > 1 {
		needTitle = 1
	}
	for i, s := range l.Sections {
		field := "sections[" + strconv.Itoa(i) + "]"
		list = append(list, text(field+".title", s.Title, needTitle, MaxSectionTitle), rule{field: field + ".rows", size: len(s.Rows), min: 1, max: math.MaxInt})
	}
	for i, r := range rows {
		field := "rows[" + strconv.Itoa(i) + "]"
		list = append(list,
			text(field+".id", r.ID, 1, MaxRowID),
			text(field+".title", r.Title, 1, MaxRowTitle),
			text(field+".description", r.Description, 0, MaxRowDescription))
	}
	return list
}

func (l Link) rules() []rule {
	return append(l.Header.rules(),
		text("body", l.Body, 1, MaxBody),
		text("footer", l.Footer, 0, MaxFooter),
		text("label", l.Label, 1, MaxLinkLabel),
		text("url", l.URL, 1, MaxURL),
		must("url", webURL(l.URL, "http", "https"), "is not a web address"))
}

func (f Flow) rules() []rule {
	return append(f.Header.rules(),
		text("body", f.Body, 1, MaxBody),
		text("footer", f.Footer, 0, MaxFooter),
		text("label", f.Label, 1, MaxFlowLabel),
		must("label", !hasEmoji(f.Label), "cannot have emoji"),
		must("flow", f.ID != "", "is missing"),
		text("token", f.Token, 0, MaxFlowToken),
		must("data", len(f.Data) == 0 || (f.Screen != "" && isObject(f.Data) && json.Valid(f.Data)), "is not a JSON object, or there is no screen to give it to"))
}

func contactRules(cards []Card) []rule {
	list := []rule{{field: "contacts", size: len(cards), min: 1, max: MaxContacts}}
	for i, c := range cards {
		field := "contacts[" + strconv.Itoa(i) + "]"
		list = append(list, text(field+".name", c.Name, 1, MaxContactText))
		for j, p := range c.Phones {
			list = append(list, text(field+".phones["+strconv.Itoa(j)+"]", p.Phone, 1, MaxContactText))
		}
	}
	return list
}

// hasEmoji reports whether s has a symbol that is drawn as a picture.
func hasEmoji(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.So, r) || r == 0xFE0F || r == 0x20E3 {
			return true
		}
	}
	return false
}

func (h *Header) rules() []rule {
	switch {
	case h == nil:
		return nil
	case h.Media == nil:
		return []rule{text("header", h.Text, 1, MaxHeader)}
	}
	shown := h.Media.Type == TypeImage || h.Media.Type == TypeVideo || h.Media.Type == TypeDocument
	return append(h.Media.rules("header"),
		must("header", h.Text == "", "is a text and a file at once"),
		must("header.caption", h.Media.Caption == "", "is not possible in a header"),
		must("header.type", shown, "is not image, video or document"))
}

func (f OutMedia) rules(field string) []rule {
	types := []string{TypeImage, TypeAudio, TypeVideo, TypeDocument, TypeSticker}
	captioned := f.Type == TypeImage || f.Type == TypeVideo || f.Type == TypeDocument
	return []rule{
		must(field+".type", slices.Contains(types, f.Type), "is not a type of file"),
		must(field, (f.ID == "") != (f.Link == ""), "needs either an id or a link"),
		must(field+".link", f.Link == "" || webURL(f.Link, "https"), "is not an HTTPS address"),
		text(field+".caption", f.Caption, 0, MaxCaption),
		must(field+".caption", f.Caption == "" || captioned, "is not possible on this type"),
		text(field+".filename", f.Filename, 0, MaxFilename),
		must(field+".filename", f.Filename == "" || f.Type == TypeDocument, "is for documents only"),
		must(field+".voice", !f.Voice || f.Type == TypeAudio, "is for audio only"),
	}
}

func (l Location) rules(field string) []rule {
	return []rule{
		must(field+".latitude", math.Abs(l.Latitude) <= 90, "is not between -90 and 90"),
		must(field+".longitude", math.Abs(l.Longitude) <= 180, "is not between -180 and 180"),
	}
}

func distinct(choices []Choice, by func(Choice) string) bool {
	seen := make(map[string]bool, len(choices))
	for _, c := range choices {
		if seen[by(c)] {
			return false
		}
		seen[by(c)] = true
	}
	return true
}

func webURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && slices.Contains(schemes, u.Scheme)
}
