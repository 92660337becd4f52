package prompts

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Inputs are what a prompt is filled in with, by the names its file declares.
type Inputs map[string]any

// Source is a text that answers may rest on.
type Source struct {
	ID    string // letters, digits and . _ : / @ - alone; what citations name
	Title string
	Text  string
}

// Choice is a label with its meaning.
type Choice struct {
	Label string // letters, digits and . _ : / @ - alone
	About string // one line
}

// Line is what somebody said.
type Line struct {
	From Speaker
	Text string
}

// Speaker says whose words a Line holds.
type Speaker string

// The speakers.
const (
	Customer  Speaker = "customer"
	Assistant Speaker = "assistant"
	Agent     Speaker = "agent"
)

// Types of inputs.
const (
	typeText     = "text"
	typeNumber   = "number"
	typeLanguage = "language"
	typeChoices  = "choices"
	typeSources  = "sources"
	typeLines    = "lines"
)

func (in input) problem() string {
	switch in.Type {
	case typeText, typeSources, typeLines:
		if in.Max < 1 {
			return "needs max, in characters"
		}
		if !in.Untrusted {
			return "holds words of others, so it must be untrusted"
		}
	case typeChoices:
		if in.Max < 1 {
			return "needs max, in characters"
		}
	case typeNumber, typeLanguage:
	default:
		return fmt.Sprintf("has no type we know: %q", in.Type)
	}
	if in.Untrusted && !slices.Contains([]string{typeText, typeSources, typeLines}, in.Type) {
		return "cannot be untrusted: its type has no block"
	}
	return ""
}

// write turns an input into the words that stand for it; "" is an input left out.
func (in input) write(name string, value any, code string) (string, error) {
	switch v := value.(type) {
	case string:
		if in.Type == typeLanguage {
			return languageName(v)
		}
		if in.Type == typeText {
			return textBlock(code, name, v, in.Max), nil
		}
	case int:
		if in.Type == typeNumber {
			return strconv.Itoa(v), nil
		}
	case []Choice:
		if in.Type == typeChoices {
			return in.choices(v)
		}
	case []Source:
		if in.Type == typeSources {
			return in.sources(v, code)
		}
	case []Line:
		if in.Type == typeLines {
			return in.lines(v, code)
		}
	}
	return "", fmt.Errorf("is to be of type %s and is %T", in.Type, value)
}

func (in input) choices(all []Choice) (string, error) {
	var lines []string
	for _, c := range all {
		if !plainID(c.Label) {
			return "", errors.New("has a label with characters of its own")
		}
		lines = append(lines, "- "+c.Label+": "+cut(strings.Join(strings.Fields(clean(c.About)), " "), in.Max))
	}
	return strings.Join(lines, "\n"), nil
}

func (in input) sources(all []Source, code string) (string, error) {
	var blocks []string
	for _, s := range all {
		if !plainID(s.ID) {
			return "", errors.New("has a source whose id has characters of its own")
		}
		text := cut(clean(s.Text), in.Max)
		if title := strings.Join(strings.Fields(clean(s.Title)), " "); title != "" {
			text = cut(title, in.Max) + "\n\n" + text
		}
		blocks = append(blocks, block(code, `kind="source" id="`+s.ID+`"`, text))
	}
	return strings.Join(blocks, "\n"), nil
}

func (in input) lines(all []Line, code string) (string, error) {
	var blocks []string
	for _, l := range all {
		if l.From != Customer && l.From != Assistant && l.From != Agent {
			return "", errors.New("has a line of nobody we know")
		}
		blocks = append(blocks, block(code, `kind="line" from="`+string(l.From)+`"`, cut(clean(l.Text), in.Max)))
	}
	return strings.Join(blocks, "\n"), nil
}

func textBlock(code, name, text string, longest int) string {
	text = cut(clean(text), longest)
	if text == "" {
		return ""
	}
	return block(code, `kind="`+name+`"`, text)
}

// block fences a text. Its closing line holds the code, which the text cannot know.
func block(code, attributes, text string) string {
	return "<data-" + code + " " + attributes + ">\n" + text + "\n</data-" + code + ">"
}

func languageName(code string) (string, error) {
	switch code {
	case "es":
		return "Spanish of Latin America (es)", nil
	case "pt":
		return "Brazilian Portuguese (pt)", nil
	case "en":
		return "English (en)", nil
	}
	return "", errors.New("is none of es, pt and en")
}

// unseen are marks that turn the direction of text, spaces without width, and the
// tags and selectors of Unicode, in which whole sentences can be hidden. The joiners
// that emoji are made with are not among them.
var unseen = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x061c, 0x061c, 1}, {0x200b, 0x200b, 1}, {0x200e, 0x200f, 1}, {0x202a, 0x202e, 1}, {0x2060, 0x2069, 1}, {0xfeff, 0xfeff, 1},
	},
	R32: []unicode.Range32{{0xe0000, 0xe0fff, 1}},
}

// clean takes out what people do not see and models read all the same.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r), unicode.Is(unseen, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	return strings.TrimSpace(text)
}

// cut shortens a text to a number of characters.
func cut(text string, longest int) string {
	count := 0
	for i := range text {
		if count++; count > longest {
			return strings.TrimSpace(text[:i]) + " …"
		}
	}
	return text
}

// plainID reports whether an id or a label can stand in a prompt as it is.
func plainID(s string) bool {
	return s != "" && len(s) <= 120 && !strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._:/@-", r)
	})
}
