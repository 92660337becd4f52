package whatsapp

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestDraft_Limits holds each rule of a template from both sides, as TestValidate_Limits does for messages.
func TestDraft_Limits(t *testing.T) {
	t.Parallel()
	s := func(n int) string { return strings.Repeat("x", n) }
	with := func(change func(*TemplateDraft)) TemplateDraft {
		d := visit()
		change(&d)
		return d
	}
	plain := func(body string, examples ...string) TemplateDraft {
		d := TemplateDraft{Name: "n", Language: "es", Category: "MARKETING", Body: body, Examples: map[string]string{}}
		for i, e := range examples {
			d.Examples[fmt.Sprint(i+1)] = e
		}
		return d
	}
	named := func(body string) TemplateDraft {
		d := plain(body)
		d.Named = true
		for _, name := range Variables(body) {
			d.Examples[name] = "x"
		}
		return d
	}
	buttons := func(list ...DraftButton) TemplateDraft { return with(func(d *TemplateDraft) { d.Buttons = list }) }
	many := func(b DraftButton, n int) TemplateDraft {
		var list []DraftButton
		for range n {
			list = append(list, b)
		}
		return buttons(list...)
	}
	code := func(change func(*TemplateDraft)) TemplateDraft {
		d := TemplateDraft{Name: "n", Language: "es", Category: "AUTHENTICATION", Buttons: []DraftButton{{Kind: DraftOTP}}}
		change(&d)
		return d
	}
	quick := DraftButton{Kind: DraftQuickReply, Text: "x"}
	address := DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/"}
	phone := DraftButton{Kind: DraftPhone, Text: "x", Phone: "5493515550100"}
	coupon := DraftButton{Kind: DraftCopyCode, Example: "x"}
	same := func(d TemplateDraft) TemplateDraft { return d }
	tests := map[string]struct {
		ok, over TemplateDraft
		field    string
	}{
		"name":             {with(func(d *TemplateDraft) { d.Name = s(512) }), with(func(d *TemplateDraft) { d.Name = s(513) }), "name"},
		"letters of name":  {with(func(d *TemplateDraft) { d.Name = "a_9" }), with(func(d *TemplateDraft) { d.Name = "Visita" }), "name"},
		"language":         {same(visit()), with(func(d *TemplateDraft) { d.Language = "" }), "language"},
		"category":         {with(func(d *TemplateDraft) { d.Category = "utility" }), with(func(d *TemplateDraft) { d.Category, d.Lifetime = "SERVICE", 0 }), "category"},
		"body":             {plain(s(1024)), plain(s(1025)), "body"},
		"no body":          {plain("x"), plain(" "), "body"},
		"header":           {with(func(d *TemplateDraft) { d.Header.Text = s(60) }), with(func(d *TemplateDraft) { d.Header.Text = s(61) }), "header"},
		"header variables": {same(visit()), with(func(d *TemplateDraft) { d.Header.Text = "de {{empresa}} a {{dia}}" }), "header.variables"},
		"header file": {with(func(d *TemplateDraft) { d.Header = &DraftHeader{Kind: "IMAGE", Handle: "4::"} }),
			with(func(d *TemplateDraft) { d.Header = &DraftHeader{Kind: "IMAGE"} }), "header.handle"},
		"header place": {with(func(d *TemplateDraft) { d.Header = &DraftHeader{Kind: "LOCATION"} }),
			with(func(d *TemplateDraft) { d.Header = &DraftHeader{Kind: "MAP"} }), "header.kind"},
		"footer":           {with(func(d *TemplateDraft) { d.Footer = s(60) }), with(func(d *TemplateDraft) { d.Footer = s(61) }), "footer"},
		"footer variable":  {same(visit()), with(func(d *TemplateDraft) { d.Footer = "de {{empresa}}" }), "footer"},
		"variable first":   {plain("A {{1}} b", "x"), plain("{{1}} b c", "x"), "body"},
		"variable last":    {plain("A {{1}} b.", "x"), plain("A b {{1}}.", "x"), "body"},
		"side by side":     {plain("A {{1}} y {{2}} b c", "x", "y"), plain("A {{1}} {{2}} b c", "x", "y"), "body"},
		"words enough":     {plain("A {{1}} b", "x"), plain("A {{1}}, {{2}}, {{3}} b", "x", "y", "z"), "body"},
		"variable order":   {plain("A {{1}} b {{2}} c", "x", "y"), plain("A {{1}} b {{3}} c", "x", "y", "z"), "body.variables[1]"},
		"example":          {plain("A {{1}} b", "x"), plain("A {{1}} b", "\n"), "body.variables[0]"},
		"variable name":    {named("A {{x_1}} b"), named("A {{X}} b"), "body.variables[0]"},
		"number as a name": {named("A {{x}} b"), named("A {{1}} b"), "body.variables[0]"},
		"ten buttons":      {many(quick, 10), many(quick, 11), "buttons"},
		"addresses":        {many(address, 2), many(address, 3), "buttons.url"},
		"phones":           {many(phone, 1), many(phone, 2), "buttons.phone"},
		"codes":            {many(coupon, 1), many(coupon, 2), "buttons.code"},
		"button text": {buttons(DraftButton{Kind: DraftQuickReply, Text: s(25)}),
			buttons(DraftButton{Kind: DraftQuickReply, Text: s(26)}), "buttons[0].text"},
		"button variable": {buttons(quick), buttons(DraftButton{Kind: DraftQuickReply, Text: "{{1}}"}), "buttons[0].text"},
		"kind of button":  {buttons(quick), buttons(DraftButton{Kind: "MPM"}), "buttons[0].kind"},
		"address": {buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/" + s(1980)}),
			buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/" + s(1981)}), "buttons[0].url"},
		"kind of address": {buttons(address), buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "tel:1"}), "buttons[0].url"},
		"address variable": {buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/{{1}}", Example: "https://isp.example/1"}),
			buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/{{1}}/a", Example: "https://isp.example/1/a"}), "buttons[0].url"},
		"address example": {buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/{{1}}", Example: "https://isp.example/1"}),
			buttons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://isp.example/{{1}}"}), "buttons[0].example"},
		"phone": {buttons(DraftButton{Kind: DraftPhone, Text: "x", Phone: strings.Repeat("1", 20)}),
			buttons(DraftButton{Kind: DraftPhone, Text: "x", Phone: "call me"}), "buttons[0].phone"},
		"code": {buttons(DraftButton{Kind: DraftCopyCode, Example: s(15)}), buttons(DraftButton{Kind: DraftCopyCode, Example: s(16)}), "buttons[0].example"},
		"flow": {buttons(DraftButton{Kind: DraftFlow, Text: "x", FlowID: "1"}), buttons(DraftButton{Kind: DraftFlow, Text: "x"}), "buttons[0].flow"},
		"otp":  {buttons(DraftButton{Kind: DraftRequestContact}), buttons(DraftButton{Kind: DraftOTP}), "buttons[0]"},
		"lifetime of utility": {with(func(d *TemplateDraft) { d.Lifetime = 12 * time.Hour }),
			with(func(d *TemplateDraft) { d.Lifetime = 12*time.Hour + 1 }), "lifetime"},
		"lifetime of marketing": {func() TemplateDraft { d := plain("x"); d.Lifetime = 12 * time.Hour; return d }(),
			func() TemplateDraft { d := plain("x"); d.Lifetime = time.Hour; return d }(), "lifetime"},
		"thirty days":       {with(func(d *TemplateDraft) { d.Lifetime = -time.Second }), with(func(d *TemplateDraft) { d.Lifetime = -time.Hour }), "lifetime"},
		"minutes of a code": {code(func(d *TemplateDraft) { d.CodeMinutes = 90 }), code(func(d *TemplateDraft) { d.CodeMinutes = 91 }), "code minutes"},
		"text of a code":    {code(func(*TemplateDraft) {}), code(func(d *TemplateDraft) { d.Body = "x" }), "body"},
		"button of a code":  {code(func(*TemplateDraft) {}), code(func(d *TemplateDraft) { d.Buttons = nil }), "buttons"},
		"advice":            {code(func(d *TemplateDraft) { d.SecurityAdvice = true }), with(func(d *TemplateDraft) { d.SecurityAdvice = true }), "security advice"},
	}
	for name, test := range tests {
		if err := test.ok.Validate(); err != nil {
			t.Errorf("%s: at the limit: %v", name, err)
		}
		var invalid *InvalidError
		if err := test.over.Validate(); !errors.As(err, &invalid) {
			t.Errorf("%s: past the limit: %v", name, err)
			continue
		}
		if len(invalid.Problems) != 1 || invalid.Problems[0].Field != test.field {
			t.Errorf("%s: problems %+v, want one of %s", name, invalid.Problems, test.field)
		}
	}
}
