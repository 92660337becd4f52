package emulator

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// parts are what a template is made of, as it was handed in.
type parts struct {
	header  draftPart
	body    string
	footer  string
	buttons []draftButton
}

// parts reads the template's components, or makes them of Body and Buttons.
func (t *Template) parts() parts {
	p := parts{body: t.Body}
	var list []draftPart
	if t.Components == "" || json.Unmarshal([]byte(t.Components), &list) != nil {
		for _, title := range t.Buttons {
			p.buttons = append(p.buttons, draftButton{Type: "QUICK_REPLY", Text: title})
		}
		return p
	}
	for _, c := range list {
		switch strings.ToUpper(c.Type) {
		case "HEADER":
			p.header = c
		case "FOOTER":
			p.footer = c.Text
		case "BUTTONS":
			p.buttons = c.Buttons
		}
	}
	return p
}

// checkTemplate compares with the templates that were set.
func (em *Emulator) checkTemplate(req *sendRequest) *graphError {
	t := req.Template
	if t == nil || t.Name == "" || t.Language.Code == "" {
		return missing("template.name and template.language.code")
	}
	known, ok := em.template(t.Name, t.Language.Code)
	switch {
	case ok && known.Status == "PAUSED":
		return badParameter(132015, "Template is paused due to low quality")
	case ok && known.Status == "DISABLED":
		return badParameter(132016, "Template is disabled")
	case !ok || known.Status != "APPROVED":
		return &graphError{http.StatusNotFound, 132001, "Template name does not exist in the translation"}
	case known.Category == "AUTHENTICATION" && req.To == "":
		return badParameter(131062, "Authentication templates cannot be sent to a user id")
	}
	if e := checkParameters(t); e != nil {
		return e
	}
	return em.checkFilled(t, &known)
}

// checkParameters looks at each value by itself.
func checkParameters(t *templateObject) *graphError {
	for _, c := range t.Components {
		for _, p := range c.Parameters {
			if strings.ContainsAny(p.Text, "\n\t") || strings.Contains(p.Text, "     ") {
				return badParameter(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
			}
			if p.Type == "text" && strings.TrimSpace(p.Text) == "" {
				return missing("template.components.parameters.text")
			}
		}
	}
	return nil
}

// checkFilled compares what is filled in with what there is to fill in.
func (em *Emulator) checkFilled(t *templateObject, known *Template) *graphError {
	p := known.parts()
	given := map[string][]parameter{}
	buttons := map[int][]parameter{}
	for _, c := range t.Components {
		kind := strings.ToLower(c.Type)
		if kind == "button" {
			buttons[buttonIndex(c.Index)] = c.Parameters
			continue
		}
		given[kind] = append(given[kind], c.Parameters...)
	}
	if e := checkNames(given["body"], known); e != nil {
		return e
	}
	if e := checkCount("body", given["body"], variables(p.body)); e != nil {
		return e
	}
	if e := em.checkTemplateHeader(given["header"], p.header); e != nil {
		return e
	}
	if filled := fill(p.body, given["body"]); units(filled) > 1024 {
		return badParameter(132005, "Translated text too long")
	}
	for i, b := range p.buttons {
		if e := checkTemplateButton(i, b, buttons[i]); e != nil {
			return e
		}
		delete(buttons, i)
	}
	if len(buttons) > 0 {
		return badParameter(132018, "There is no button at the given index")
	}
	return nil
}

func checkNames(given []parameter, known *Template) *graphError {
	for _, p := range given {
		if (p.Name != "") != known.Named || (known.Named && !strings.Contains(known.Body, "{{"+p.Name+"}}")) {
			return badParameter(132012, "Parameter format does not match format in the created template")
		}
	}
	return nil
}

func checkCount(part string, given []parameter, want int) *graphError {
	if len(given) == want {
		return nil
	}
	return badParameter(132000, part+": number of localizable_params ("+itoa(len(given))+") does not match the expected number of params ("+itoa(want)+")")
}

func (em *Emulator) checkTemplateHeader(given []parameter, header draftPart) *graphError {
	kind := strings.ToLower(header.Format)
	switch kind {
	case "", "text":
		return checkCount("header", given, variables(header.Text))
	}
	if e := checkCount("header", given, 1); e != nil {
		return e
	}
	if given[0].Type != kind {
		return badParameter(132012, "header: Format mismatch, expected "+strings.ToUpper(kind)+", received "+strings.ToUpper(given[0].Type))
	}
	if kind == "location" {
		return nil
	}
	return em.checkFile(kind, given[0].file())
}

func checkTemplateButton(i int, b draftButton, given []parameter) *graphError {
	want := 0
	switch strings.ToUpper(b.Type) {
	case "URL":
		want = variables(b.URL)
	case "COPY_CODE", "OTP":
		want = 1
	case "QUICK_REPLY", "FLOW":
		want = len(given) // may be left out
	}
	if len(given) != want {
		return badParameter(131008, "buttons: Button at index "+itoa(i)+" of type "+strings.ToUpper(b.Type)+" requires "+itoa(want)+" parameters")
	}
	for _, p := range given {
		if len(p.Payload) > 256 || len(p.Text) > 2000 {
			return invalid("buttons: parameter is too long")
		}
	}
	return nil
}

// variables counts the different {{variables}} of a text.
func variables(body string) int {
	seen := map[string]bool{}
	for _, v := range regexp.MustCompile(`\{\{[^{}]+\}\}`).FindAllString(body, -1) {
		seen[v] = true
	}
	return len(seen)
}
