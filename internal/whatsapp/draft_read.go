package whatsapp

import (
	"encoding/json"
	"strings"
)

// Draft reads a template back into the form in which it was handed in: for a preview, or to edit it. Parts that this package
// cannot make (a carousel, say) are left out; Foreign tells which.
func (t Template) Draft() TemplateDraft {
	d := TemplateDraft{Name: t.Name, Language: t.Language, Category: t.Category, Named: t.Named, Examples: map[string]string{}}
	for _, part := range t.parts() {
		switch part.upper("type") {
		case "HEADER":
			d.readHeader(part)
		case "BODY":
			d.Body, d.SecurityAdvice = part.str("text"), part.flag("add_security_recommendation")
			d.readExamples(part, d.Body, "body_text")
		case "FOOTER":
			d.Footer, d.CodeMinutes = part.str("text"), int(part.integer("code_expiration_minutes"))
		case "BUTTONS":
			for _, b := range part.list("buttons") {
				d.Buttons = append(d.Buttons, readButton(b))
			}
		}
	}
	if d.authentication() { // the texts are Meta's own
		d.Body, d.Footer = "", ""
	}
	return d
}

// Foreign lists the kinds of parts that Draft leaves out; a template with one can be shown but neither edited nor sent.
func (t Template) Foreign() []string {
	var kinds []string
	for _, part := range t.parts() {
		switch kind := part.upper("type"); kind {
		case "HEADER", "BODY", "FOOTER", "BUTTONS":
		default:
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func (t Template) parts() []node {
	value, err := parseValue(t.Components)
	if err != nil {
		return nil
	}
	return node{"parts": value}.list("parts")
}

func (d *TemplateDraft) readHeader(part node) {
	kind := part.upper("format")
	if kind == "TEXT" || kind == "" {
		d.Header = &DraftHeader{Text: part.str("text")}
		d.readExamples(part, d.Header.Text, "header_text")
		return
	}
	d.Header = &DraftHeader{Kind: kind}
	if handles := part.obj("example").texts("header_handle"); len(handles) > 0 {
		d.Header.Handle = handles[0]
	}
}

// readExamples files the samples under the names of their variables.
func (d *TemplateDraft) readExamples(part node, text, key string) {
	example := part.obj("example")
	for _, p := range example.list(key + "_named_params") {
		d.Examples[p.str("param_name")] = p.str("example")
	}
	values := example.texts(key)
	if nested, ok := example[key].([]any); ok && len(nested) > 0 {
		if inner, ok := nested[0].([]any); ok {
			values = node{"v": inner}.texts("v")
		}
	}
	for i, name := range Variables(text) {
		if i < len(values) && d.Examples[name] == "" {
			d.Examples[name] = values[i]
		}
	}
}

func readButton(n node) DraftButton {
	b := DraftButton{
		Kind:   n.upper("type"),
		Text:   n.str("text"),
		URL:    n.str("url"),
		Phone:  n.str("phone_number"),
		FlowID: n.str("flow_id"),
		Screen: n.str("navigate_screen"),
	}
	if examples := n.texts("example"); len(examples) > 0 {
		b.Example = examples[0]
	}
	// Meta hands an authentication template's button back as the URL that copies the code.
	if n.has("otp_type") || strings.Contains(b.URL, "whatsapp.com/otp/") {
		b.Kind, b.URL, b.Example = DraftOTP, "", ""
	}
	return b
}

// Preview is what a customer sees of the template with these values filled in; examples stand in for those that are missing.
func (d TemplateDraft) Preview(values map[string]string) (header, body, footer string) {
	all := map[string]string{}
	for name, value := range d.Examples {
		all[name] = value
	}
	for name, value := range values {
		all[name] = value
	}
	if d.Header != nil {
		header = Fill(d.Header.Text, all)
	}
	return header, Fill(d.Body, all), d.Footer
}

// ComponentsJSON is the draft as Meta stores it (Template.Components).
func (d TemplateDraft) ComponentsJSON() json.RawMessage { return encode(d.components()) }
