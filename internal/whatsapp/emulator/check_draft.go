package emulator

import (
	"regexp"
	"slices"
	"strings"
)

// Limits of a template (Meta, "components").
const (
	maxTemplates      = 6000
	maxName           = 512
	maxBody           = 1024
	maxEdge           = 60 // header and footer
	maxButtons        = 10
	maxURLButtons     = 2
	maxButtonText     = 25
	wordsPerVariable  = 2
	templateNameRules = `^[a-z0-9_]{1,512}$`
)

// label checks what a new template is called and put in for.
func (t *Template) label() *graphError {
	switch {
	case !regexp.MustCompile(templateNameRules).MatchString(t.Name):
		return badParameter(100, "Param name must have only lowercase letters, numbers and underscores, at most "+itoa(maxName))
	case !regexp.MustCompile(`^[a-z]{2,3}(_[A-Z]{2})?$`).MatchString(t.Language):
		return badParameter(100, "Param language is not a supported locale")
	case !slices.Contains([]string{"UTILITY", "MARKETING", "AUTHENTICATION"}, t.Category):
		return badParameter(100, "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}")
	}
	return nil
}

// form checks the words of a template; those of an authentication template are the platform's.
func (t *Template) form() *graphError {
	if t.Category == "AUTHENTICATION" {
		return nil
	}
	p := t.parts()
	text := strings.TrimSpace(p.body)
	count := variables(text)
	switch {
	case text == "":
		return badParameter(2388072, "The message body is missing")
	case units(text) > maxBody:
		return badParameter(2388040, "The message body is too long")
	case strings.HasPrefix(text, "{{"), strings.HasSuffix(text, "}}"):
		return badParameter(2388299, "Variables can't be at the start or end of the template")
	case regexp.MustCompile(`\}\}\s*\{\{`).MatchString(text):
		return badParameter(2388299, "Variables can't stand side by side")
	case count > 0 && len(strings.Fields(text)) < wordsPerVariable*count:
		return badParameter(2388293, "There are too many variables for the length of the text")
	case units(p.header.Text) > maxEdge, variables(p.header.Text) > 1:
		return badParameter(2388047, "The header is too long or has more than one variable")
	case units(p.footer) > maxEdge, variables(p.footer) > 0:
		return badParameter(2388073, "The footer is too long or has a variable")
	}
	return buttonsForm(p.buttons)
}

func buttonsForm(list []draftButton) *graphError {
	if len(list) > maxButtons {
		return badParameter(100, "There can be at most "+itoa(maxButtons)+" buttons")
	}
	links := 0
	for _, b := range list {
		if strings.EqualFold(b.Type, "url") {
			links++
		}
		if units(b.Text) > maxButtonText || units(b.URL) > 2000 || links > maxURLButtons {
			return badParameter(100, "A button is too long, or there are too many of its kind")
		}
	}
	return nil
}
