package guard

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// size refuses what is too long to be read, or has nothing to read.
func size(text string, limit int) []Violation {
	if limit <= 0 {
		limit = DefaultLength
	}
	if len(text) > utf8.UTFMax*limit || utf8.RuneCountInString(text) > limit {
		return []Violation{{TooLong, fmt.Sprintf("%d bytes", len(text))}}
	}
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return []Violation{{Empty, ""}}
	}
	return nil
}

// shape looks at the proposal as a string of characters.
func (c *check) shape() {
	text := c.p.Text
	c.characters()
	for _, f := range markupForms {
		if m := f.FindString(text); m != "" {
			c.fail(Markup, m)
			break
		}
	}
	if m := placeholderForm.FindString(text); m != "" {
		c.fail(Placeholder, m)
	}
	c.encoded()
}

// characters refuses what cannot be seen, and letters of an alphabet that no source uses.
func (c *check) characters() {
	var before rune
	for _, r := range c.p.Text {
		switch {
		case r == '\n', r == '\uFE0F':
		case r == '\u200D' && before > 0x2000: // joins emojis
		case r == utf8.RuneError, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), hollow(r):
			c.fail(Invisible, fmt.Sprintf("%U", r))
			return
		case unicode.IsLetter(r) && !unicode.In(r, unicode.Latin) && r != 'º' && r != 'ª' && !c.sourceHas(string(r)):
			c.fail(Script, string(r))
			return
		case unicode.IsNumber(r) && r >= utf8.RuneSelf && !strings.ContainsRune("²³¹½¼¾", r), r >= 0xFF01 && r <= 0xFF65, r >= 0x3000 && r <= 0x303F, r == '\u2024', r == '\u2044', r == '\u2215', r >= 0x1D400 && r <= 0x1D7FF:
			c.fail(Script, string(r))
			return
		}
		before = r
	}
}

// hollow characters take up no room, or look like a space and are none.
func hollow(r rune) bool {
	return r == '\u3164' || r == '\uFFA0' || r == '\u115F' || r == '\u1160' || r == '\u2800' || r >= 0xFE00 && r <= 0xFE0E || r >= 0xE0000 && r <= 0xE0FFF
}

var markupForms = []*regexp.Regexp{
	regexp.MustCompile(`</?[a-zA-Z!][^>\n]{0,200}>?`),
	regexp.MustCompile(`<\|`),
	regexp.MustCompile(`\]\s*\(`),
	regexp.MustCompile("```|`[^`]+`"),
	regexp.MustCompile(`(?m)^\s*#{1,6} |^\s*\|.*\|`),
	regexp.MustCompile(`\*\*|__`),
	regexp.MustCompile(`(?s)\{\s*["'].*:|\[\s*\{|"\s*:\s*["\[{]|^\s*\{.*\}\s*$`),
	regexp.MustCompile(`(?i)\b(?:tool_calls?|function_call|tool_use|json_schema|arguments|open_ticket|send_message|role)\b\s*["']?\s*[:(=]`),
	regexp.MustCompile(`(?i)&(?:lt|gt|amp|nbsp|#x?[0-9a-f]+);|%[0-9a-f]{2}%[0-9a-f]{2}`),
	regexp.MustCompile(`(?im)^\s*(?:system|assistant|user|developer|human)\s*:`),
}

var placeholderForm = regexp.MustCompile(`\{\{?[^{}\n]{0,40}\}?\}|[⟦⟧【】〔〕]|(?i:\b(?:PHONE|EMAIL|NAME|DOCUMENT|CARD|ACCOUNT|ADDRESS|DEVICE|CODE|LINK|SECRET|NUMBER|TEXT)_[0-9]+)|\$\{|%[sdv]\b|<[A-Z_]+>|\[[A-Za-z_ ]{2,30}\]`)

var encodedForm = regexp.MustCompile(`[A-Za-z0-9+/_=-]{24,}`)

// encoded refuses a long token, unless a source has it or it is part of a link, which is judged elsewhere.
func (c *check) encoded() {
	for _, m := range encodedForm.FindAllStringIndex(c.p.Text, -1) {
		token := c.p.Text[m[0]:m[1]]
		if strings.Trim(token, "-_=") != "" && !c.sourceHas(token) {
			c.fail(Encoded, token)
			return
		}
	}
}

// sourceHas reports whether a source, or a fact, has the characters.
func (c *check) sourceHas(part string) bool {
	for _, s := range c.given.Sources {
		if strings.Contains(s.Text, part) {
			return true
		}
	}
	for _, f := range c.given.Facts {
		if strings.Contains(f, part) {
			return true
		}
	}
	return false
}
