package whatsapp

import (
	"errors"
	"strings"
	"testing"
)

// limitTerms builds each thing at and past its limit; the problem must name that very limit.
func limitTerms() []term {
	s := func(n int) string { return strings.Repeat("x", n) }
	limit := func(name string, most int, build func(n int) error) term {
		return term{name, itoa(most), func(t *testing.T) {
			if err := build(most); err != nil {
				t.Errorf("%s: at the limit: %v", name, err)
			}
			var invalid *InvalidError
			if err := build(most + 1); !errors.As(err, &invalid) || invalid.Problems[0].Limit != most || invalid.Problems[0].Got != most+1 {
				t.Errorf("%s: past the limit: %v", name, err)
			}
		}}
	}
	out := func(m Outbound) error { m.To.Phone = "5493515550101"; return m.Validate() }
	buttons := func(change func(*Buttons)) error {
		b := &Buttons{Body: "b", Buttons: choices(1)}
		change(b)
		return out(Outbound{Buttons: b})
	}
	list := func(change func(*List)) error {
		l := &List{Body: "b", Open: "o", Sections: []Section{{Title: "s", Rows: choices(1)}}}
		change(l)
		return out(Outbound{List: l})
	}
	sections := func(n int) []Section {
		var all []Section
		for _, c := range choices(n) {
			all = append(all, Section{Title: c.Title, Rows: []Choice{c}})
		}
		return all
	}
	link := func(l Link) error { l.Body = "b"; return out(Outbound{Link: &l}) }
	flow := func(f Flow) error { f.Body, f.ID = "b", "1"; return out(Outbound{Flow: &f}) }
	template := func(c Component) error {
		return out(Outbound{Template: &TemplateMessage{Name: "n", Language: "es", Components: []Component{c}}})
	}
	draft := func(change func(*TemplateDraft)) error {
		d := TemplateDraft{Name: "n", Language: "es", Category: "UTILITY", Body: "x", Examples: map[string]string{"1": "x", "2": "x"}}
		change(&d)
		return d.Validate()
	}
	draftButtons := func(b DraftButton) func(int) error {
		return func(n int) error {
			return draft(func(d *TemplateDraft) {
				for range n {
					d.Buttons = append(d.Buttons, b)
				}
			})
		}
	}
	header := []string{"", "{{1}}", "{{1}}{{2}}"}
	return []term{
		limit("MaxText", MaxText, func(n int) error { return out(Outbound{Text: &Text{Body: s(n)}}) }),
		limit("MaxCaption", MaxCaption, func(n int) error { return out(Outbound{Media: &OutMedia{Type: TypeImage, ID: "1", Caption: s(n)}}) }),
		limit("MaxFilename (ours)", MaxFilename, func(n int) error { return out(Outbound{Media: &OutMedia{Type: TypeDocument, ID: "1", Filename: s(n)}}) }),
		limit("MaxBody", MaxBody, func(n int) error { return buttons(func(b *Buttons) { b.Body = s(n) }) }),
		limit("MaxListBody", MaxListBody, func(n int) error { return list(func(l *List) { l.Body = s(n) }) }),
		limit("MaxHeader", MaxHeader, func(n int) error { return list(func(l *List) { l.Header = s(n) }) }),
		limit("MaxFooter", MaxFooter, func(n int) error { return list(func(l *List) { l.Footer = s(n) }) }),
		limit("MaxButtons", MaxButtons, func(n int) error { return buttons(func(b *Buttons) { b.Buttons = choices(n) }) }),
		limit("MaxButtonTitle", MaxButtonTitle, func(n int) error { return buttons(func(b *Buttons) { b.Buttons[0].Title = s(n) }) }),
		limit("MaxButtonID", MaxButtonID, func(n int) error { return buttons(func(b *Buttons) { b.Buttons[0].ID = s(n) }) }),
		limit("MaxSections", MaxSections, func(n int) error { return list(func(l *List) { l.Sections = sections(n) }) }),
		limit("MaxRows (all sections together)", MaxRows, func(n int) error { return list(func(l *List) { l.Sections[0].Rows = choices(n) }) }),
		limit("MaxOpen", MaxOpen, func(n int) error { return list(func(l *List) { l.Open = s(n) }) }),
		limit("MaxSectionTitle", MaxSectionTitle, func(n int) error { return list(func(l *List) { l.Sections[0].Title = s(n) }) }),
		limit("MaxRowTitle", MaxRowTitle, func(n int) error { return list(func(l *List) { l.Sections[0].Rows[0].Title = s(n) }) }),
		limit("MaxRowDescription", MaxRowDescription, func(n int) error { return list(func(l *List) { l.Sections[0].Rows[0].Description = s(n) }) }),
		limit("MaxRowID", MaxRowID, func(n int) error { return list(func(l *List) { l.Sections[0].Rows[0].ID = s(n) }) }),
		limit("MaxLinkLabel", MaxLinkLabel, func(n int) error { return link(Link{Label: s(n), URL: "https://a.example"}) }),
		limit("MaxURL", MaxURL, func(n int) error { return link(Link{Label: "l", URL: "https://a.example/" + s(n-18)}) }),
		limit("MaxFlowLabel", MaxFlowLabel, func(n int) error { return flow(Flow{Label: s(n)}) }),
		limit("MaxFlowToken (ours)", MaxFlowToken, func(n int) error { return flow(Flow{Label: "l", Token: s(n)}) }),
		limit("MaxContacts (ours)", MaxContacts, func(n int) error {
			cards := make([]Card, n)
			for i := range cards {
				cards[i].Name = "x"
			}
			return out(Outbound{Contacts: cards})
		}),
		limit("MaxContactText (ours)", MaxContactText, func(n int) error { return out(Outbound{Contacts: []Card{{Name: s(n)}}}) }),
		limit("MaxCallbackData", MaxCallbackData, func(n int) error { return out(Outbound{CallbackData: s(n), Text: &Text{Body: "x"}}) }),
		limit("MaxIdentityHash (ours)", MaxIdentityHash, func(n int) error { return out(Outbound{IdentityHash: s(n), Text: &Text{Body: "x"}}) }),
		limit("MaxOverrideURL", MaxOverrideURL, func(n int) error { return refuse(overrideRules("https://a.example/" + s(n-18))) }),
		limit("MaxTemplateName", MaxTemplateName, func(n int) error { return draft(func(d *TemplateDraft) { d.Name = s(n) }) }),
		limit("MaxLanguage (ours)", MaxLanguage, func(n int) error { return draft(func(d *TemplateDraft) { d.Language = s(n) }) }),
		limit("MaxTemplateBody", MaxTemplateBody, func(n int) error { return draft(func(d *TemplateDraft) { d.Body = s(n) }) }),
		limit("MaxHeaderVariables", MaxHeaderVariables, func(n int) error {
			return draft(func(d *TemplateDraft) { d.Header = &DraftHeader{Text: "x " + header[n]} })
		}),
		limit("MaxTemplateButton", MaxTemplateButton, draftButtons(DraftButton{Kind: DraftQuickReply, Text: "x"})),
		limit("MaxTemplateButtonText", MaxTemplateButtonText, func(n int) error { return draftButtons(DraftButton{Kind: DraftQuickReply, Text: s(n)})(1) }),
		limit("MaxURLButtons", MaxURLButtons, draftButtons(DraftButton{Kind: DraftURL, Text: "x", URL: "https://a.example"})),
		limit("MaxPhoneButtons", MaxPhoneButtons, draftButtons(DraftButton{Kind: DraftPhone, Text: "x", Phone: "54935155501"})),
		limit("MaxCodeButtons", MaxCodeButtons, draftButtons(DraftButton{Kind: DraftCopyCode, Example: "x"})),
		limit("MaxButtonPhone", MaxButtonPhone, func(n int) error {
			return draftButtons(DraftButton{Kind: DraftPhone, Text: "x", Phone: strings.Repeat("1", n)})(1)
		}),
		limit("MaxCopyCode", MaxCopyCode, func(n int) error { return draftButtons(DraftButton{Kind: DraftCopyCode, Example: s(n)})(1) }),
		limit("MaxCoupon", MaxCoupon, func(n int) error {
			return template(Component{Type: "button", SubType: ButtonCopyCode, Parameters: []Parameter{{Coupon: s(n)}}})
		}),
		limit("MaxCodeMinutes", MaxCodeMinutes, func(n int) error {
			return draft(func(d *TemplateDraft) {
				d.Category, d.Body, d.CodeMinutes, d.Buttons = "AUTHENTICATION", "", n, []DraftButton{{Kind: DraftOTP}}
			})
		}),
	}
}
