package whatsapp

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Validate checks what Meta's review would refuse at once and returns nil or an *InvalidError.
func (d TemplateDraft) Validate() error { return refuse(d.rules()) }

func (d TemplateDraft) rules() []rule {
	list := []rule{
		text("name", d.Name, 1, MaxTemplateName),
		must("name", strings.Trim(d.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") == "", "has other characters than a-z, 0-9 and _"),
		text("language", d.Language, 1, MaxLanguage),
		must("category", slices.Contains([]string{"UTILITY", "MARKETING", "AUTHENTICATION"}, strings.ToUpper(d.Category)), "is not utility, marketing or authentication"),
		d.lifetime(),
	}
	if d.Header != nil {
		list = append(list, d.headerRules()...)
	}
	if d.authentication() {
		list = append(list, d.authenticationRules()...)
	} else {
		list = append(list,
			text("body", d.Body, 1, MaxTemplateBody),
			must("security advice", !d.SecurityAdvice && d.CodeMinutes == 0, "is for authentication only"))
		list = append(list, d.variableRules("body", d.Body)...)
	}
	list = append(list,
		text("footer", d.Footer, 0, MaxFooter),
		must("footer", len(Variables(d.Footer)) == 0, "cannot have variables"))
	return append(list, d.buttonRules()...)
}

// lifetime checks message_send_ttl_seconds, whose bounds depend on the category; a negative one means 30 days.
func (d TemplateDraft) lifetime() rule {
	bounds := map[string][2]time.Duration{
		"AUTHENTICATION": {30 * time.Second, 15 * time.Minute},
		"UTILITY":        {30 * time.Second, 12 * time.Hour},
		"MARKETING":      {12 * time.Hour, 30 * 24 * time.Hour},
	}[strings.ToUpper(d.Category)]
	ok := d.Lifetime == 0 || d.Lifetime == -time.Second || (d.Lifetime >= bounds[0] && d.Lifetime <= bounds[1])
	return must("lifetime", ok, "is not between "+bounds[0].String()+" and "+bounds[1].String())
}

func (d TemplateDraft) headerRules() []rule {
	h := *d.Header
	if h.Kind == "" {
		return append([]rule{
			text("header", h.Text, 1, MaxHeader),
			{field: "header.variables", size: len(Variables(h.Text)), max: MaxHeaderVariables},
		}, d.exampleRules("header", h.Text)...)
	}
	file := slices.Contains([]string{"IMAGE", "VIDEO", "DOCUMENT"}, h.Kind)
	return []rule{
		must("header", h.Text == "", "is a text and a file at once"),
		must("header.kind", file || h.Kind == "LOCATION", "is not image, video, document or location"),
		must("header.handle", (h.Handle != "") == file, "goes with files, and files need it"),
	}
}

func (d TemplateDraft) authenticationRules() []rule {
	otp := len(d.Buttons) == 1 && d.Buttons[0].Kind == DraftOTP
	return []rule{
		must("body", d.Body == "" && d.Header == nil && d.Footer == "", "is Meta's own in an authentication template, and so are header and footer"),
		{field: "code minutes", size: d.CodeMinutes, max: MaxCodeMinutes},
		must("code minutes", d.CodeMinutes >= 0, "is negative"),
		must("buttons", otp, "of an authentication template are exactly one OTP button"),
	}
}

var variableName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (d TemplateDraft) exampleRules(field, text string) []rule {
	var list []rule
	for i, name := range Variables(text) {
		at := field + ".variables[" + strconv.Itoa(i) + "]"
		if d.Named {
			list = append(list, must(at, variableName.MatchString(name), "is not a name of a-z, 0-9 and _"))
		} else {
			list = append(list, must(at, position(name) == i+1, "is not {{"+strconv.Itoa(i+1)+"}}"))
		}
		list = append(list, must(at, parameterText(d.Examples[name]) != "", "has no example"))
	}
	return list
}

// variableRules holds Meta's rules of form: a variable is neither first nor last nor next to another (2388299), and the
// text says more than its variables (2388293; how much more Meta does not document, so only the clear case is refused).
func (d TemplateDraft) variableRules(field, text string) []rule {
	trimmed := strings.TrimSpace(text)
	found := variable.FindAllStringIndex(trimmed, -1)
	if len(found) == 0 {
		return nil
	}
	apart := true
	for i := range found[1:] {
		apart = apart && strings.TrimSpace(trimmed[found[i][1]:found[i+1][0]]) != ""
	}
	words := len(strings.FieldsFunc(variable.ReplaceAllString(trimmed, " "), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	last := strings.TrimRight(trimmed, ".,;:!? \n")
	return append(d.exampleRules(field, text),
		must(field, found[0][0] > 0, "starts with a variable"),
		must(field, !strings.HasSuffix(last, "}}"), "ends with a variable"),
		must(field, apart, "has two variables side by side"),
		must(field, words > len(found), "has too few words for its variables"))
}

func (d TemplateDraft) buttonRules() []rule {
	count := map[string]int{}
	list := []rule{{field: "buttons", size: len(d.Buttons), max: MaxTemplateButton}}
	for i, b := range d.Buttons {
		count[b.Kind]++
		list = append(list, b.rules("buttons["+strconv.Itoa(i)+"]")...)
		list = append(list, must("buttons["+strconv.Itoa(i)+"]", b.Kind != DraftOTP || d.authentication(), "is for authentication only"))
	}
	return append(list,
		rule{field: "buttons.url", size: count[DraftURL], max: MaxURLButtons},
		rule{field: "buttons.phone", size: count[DraftPhone], max: MaxPhoneButtons},
		rule{field: "buttons.code", size: count[DraftCopyCode], max: MaxCodeButtons})
}

func (b DraftButton) rules(field string) []rule {
	kinds := []string{DraftQuickReply, DraftURL, DraftPhone, DraftCopyCode, DraftFlow, DraftRequestContact, DraftOTP}
	needed := 0
	if slices.Contains([]string{DraftQuickReply, DraftURL, DraftPhone, DraftFlow}, b.Kind) {
		needed = 1
	}
	list := []rule{
		must(field+".kind", slices.Contains(kinds, b.Kind), "is not a kind of button"),
		text(field+".text", b.Text, needed, MaxTemplateButtonText),
		must(field+".text", len(Variables(b.Text)) == 0, "cannot have variables"),
	}
	switch b.Kind {
	case DraftURL:
		names := Variables(b.URL)
		list = append(list,
			text(field+".url", b.URL, 1, MaxURL),
			must(field+".url", webURL(variable.ReplaceAllString(b.URL, "x"), "http", "https"), "is not a web address"),
			must(field+".url", len(names) == 0 || (len(names) == 1 && names[0] == "1" && strings.HasSuffix(b.URL, "{{1}}")), "has a variable other than one {{1}} at the end"),
			must(field+".example", len(names) == 0 || webURL(b.Example, "http", "https"), "is not the whole address with its variable filled"))
	case DraftPhone:
		list = append(list, text(field+".phone", b.Phone, 1, MaxButtonPhone), must(field+".phone", isPhone(b.Phone), "is not 5 to 20 digits"))
	case DraftCopyCode:
		list = append(list, text(field+".example", b.Example, 1, MaxCopyCode))
	case DraftFlow:
		list = append(list, must(field+".flow", b.FlowID != "", "is missing"))
	}
	return list
}
