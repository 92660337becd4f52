package desk

import (
	"regexp"
	"strconv"
	"strings"
)

// Limits of a filled template (Meta).
const (
	maxTemplateBody   = 1024
	maxTemplateHeader = 60
	maxTemplateURL    = 2000
)

// Parts of a template that hold variables.
const (
	PartHeader = "header"
	PartBody   = "body"
	PartButton = "button"
)

// Variable is one place of a template to be filled.
type Variable struct {
	Key    string // names it in a form: "header.1", "body.name", "button0.1"
	Name   string // as written between the braces
	Part   string
	Button int // of PartButton: position from 0
	Sample string
}

var variable = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// VariablesIn lists the names between double braces in the order of their first appearance.
func VariablesIn(text string) []string {
	var names []string
	seen := map[string]bool{}
	for _, found := range variable.FindAllStringSubmatch(text, -1) {
		if !seen[found[1]] {
			seen[found[1]] = true
			names = append(names, found[1])
		}
	}
	return names
}

// Opening is how the body begins, in at most so many characters, with a gap for each
// variable: by it people tell templates apart whose names mean nothing to them.
func (c *TemplateContent) Opening(most int) string {
	return Shorten(strings.Join(strings.Fields(variable.ReplaceAllString(c.Body, "…")), " "), most)
}

// Variables lists every place to be filled: header, body, buttons.
func (c *TemplateContent) Variables() []Variable {
	var all []Variable
	add := func(part, prefix, text string, button int) {
		for _, name := range VariablesIn(text) {
			key := prefix + "." + name
			all = append(all, Variable{Key: key, Name: name, Part: part, Button: button, Sample: c.Samples[key]})
		}
	}
	add(PartHeader, PartHeader, c.Header.Text, 0)
	add(PartBody, PartBody, c.Body, 0)
	for i, b := range c.Buttons {
		add(PartButton, PartButton+strconv.Itoa(i), b.URL, i)
	}
	return all
}

// Filled is the content with values in the place of its variables. A variable
// without a value stays as it is, which is what a preview shows.
func (c *TemplateContent) Filled(values map[string]string) TemplateContent {
	put := func(prefix, text string) string {
		return variable.ReplaceAllStringFunc(text, func(token string) string {
			name := variable.FindStringSubmatch(token)[1]
			if value := ParameterText(values[prefix+"."+name]); value != "" {
				return value
			}
			return token
		})
	}
	out := *c
	out.Header.Text, out.Body = put(PartHeader, c.Header.Text), put(PartBody, c.Body)
	out.Buttons = nil
	for i, b := range c.Buttons {
		b.URL = put(PartButton+strconv.Itoa(i), b.URL)
		out.Buttons = append(out.Buttons, b)
	}
	return out
}

// Text is a filled content as one text of a thread.
func (c *TemplateContent) Text() string {
	var parts []string
	if c.Header.Text != "" {
		parts = append(parts, "*"+c.Header.Text+"*")
	}
	parts = append(parts, c.Body)
	if c.Footer != "" {
		parts = append(parts, "_"+c.Footer+"_")
	}
	return strings.Join(parts, "\n\n")
}

// Use fills the template for one message: what is handed to the provider, and
// the content as the contact will see it.
func (t *Template) Use(values map[string]string) (*TemplateUse, TemplateContent, error) {
	if !t.Usable() {
		return nil, TemplateContent{}, ErrTemplateUnusable
	}
	use := &TemplateUse{ID: t.ID, Name: t.Name, Language: t.Language, Category: t.Category}
	for _, v := range t.Content.Variables() {
		text := ParameterText(values[v.Key])
		if text == "" {
			return nil, TemplateContent{}, ErrTemplateUnfilled.For(v.Key)
		}
		value := TemplateValue{Text: text, Button: v.Button}
		if t.Named && v.Part != PartButton {
			value.Name = v.Name
		}
		switch v.Part {
		case PartHeader:
			use.Header = append(use.Header, value)
		case PartBody:
			use.Body = append(use.Body, value)
		default:
			use.Buttons = append(use.Buttons, value)
		}
	}
	if !t.Named {
		byNumber(use.Body, t.Content.Body)
	}
	filled := t.Content.Filled(values)
	if Units(filled.Body) > maxTemplateBody || Units(filled.Header.Text) > maxTemplateHeader {
		return nil, TemplateContent{}, ErrTemplateTooLong
	}
	for _, b := range filled.Buttons {
		if Units(b.URL) > maxTemplateURL {
			return nil, TemplateContent{}, ErrTemplateTooLong
		}
	}
	return use, filled, nil
}

// byNumber puts positional values in the order of their numbers, which need not be
// the order in the text.
func byNumber(values []TemplateValue, text string) {
	sorted := make([]TemplateValue, len(values))
	for i, name := range VariablesIn(text) {
		n, err := strconv.Atoi(name)
		if err != nil || n < 1 || n > len(values) {
			return // not numbered as the provider demands: as written
		}
		sorted[n-1] = values[i]
	}
	copy(values, sorted)
}

// ParameterText is a value as the provider takes it: no line breaks, no tabs, no
// runs of spaces.
func ParameterText(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd")), " ")
}
