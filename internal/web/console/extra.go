package console

import (
	"fmt"
	"slices"
	"strings"

	"antena/internal/desk"
)

// boxView is a box in a message for what is neither words nor a file: an order, a
// form's answers, a shared contact, the advert somebody came from.
type boxView struct {
	Icon  string
	Title string
	Text  string
	Rows  []fact
	Total string
	URL   string
	Link  string // words of the link
}

// versionView is one wording of an edited message.
type versionView struct {
	Text string
	When string
}

// spoken puts a page of a thread into the order in which things were said; what is
// drawn elsewhere, a reaction of ours, is left out.
func spoken(messages []desk.Message) []desk.Message {
	shown := make([]desk.Message, 0, len(messages))
	for i := range messages {
		if messages[i].Kind != desk.KindReaction && !messages[i].Undone() {
			shown = append(shown, messages[i])
		}
	}
	slices.SortStableFunc(shown, func(a, b desk.Message) int {
		if c := a.Spoken().Compare(b.Spoken()); c != 0 || !a.Told() || !b.Told() {
			return c
		}
		return strings.Compare(a.ProviderID, b.ProviderID)
	})
	return shown
}

// cards are the boxes of a message.
func (b *entryBuilder) cards(m *desk.Message) (all []boxView) {
	d := m.Details
	if d == nil {
		return nil
	}
	if r := d.Referral; r != nil {
		title := "card.ad"
		if r.Type == "post" {
			title = "card.post"
		}
		view := boxView{Icon: "forward", Title: b.T(title), Text: strings.TrimSpace(r.Headline + "\n" + r.Body), URL: r.URL}
		if r.URL != "" {
			view.Link = b.T("card.source")
		}
		all = append(all, view)
	}
	if d.Order != nil {
		all = append(all, b.order(d.Order))
	}
	if len(d.Fields) > 0 {
		view := boxView{Icon: "done", Title: b.T("card." + d.Type)}
		for _, f := range d.Fields {
			name := f.Name
			if b.Has("field." + name) {
				name = b.T("field." + name)
			}
			view.Rows = append(view.Rows, fact{Name: strings.ReplaceAll(name, "_", " "), Value: f.Value})
		}
		all = append(all, view)
	}
	for i := range d.Cards {
		all = append(all, b.contactCard(&d.Cards[i]))
	}
	if d.Call != nil {
		all = append(all, boxView{Icon: "phone", Title: b.T("card.call"), Text: b.T("card.call_hint")})
	}
	if d.Product != "" {
		all = append(all, boxView{Icon: "file", Title: b.T("card.product"), Text: d.Product})
	}
	return all
}

func (b *entryBuilder) order(o *desk.Order) boxView {
	view := boxView{Icon: "file", Title: b.T("card.order")}
	for _, item := range o.Items {
		price := strings.TrimSpace(item.Currency + " " + item.Price)
		view.Rows = append(view.Rows, fact{Name: fmt.Sprintf("%d × %s", item.Quantity, item.Product), Value: price})
	}
	if total, currency, ok := o.Total(); ok {
		view.Total = b.T("card.total", currency+" "+total)
	}
	return view
}

func (b *entryBuilder) contactCard(c *desk.Card) boxView {
	view := boxView{Icon: "user", Title: c.Name, Text: c.Organisation}
	if view.Title == "" {
		view.Title = b.T("kind.contacts")
	}
	for key, values := range map[string][]string{"card.phone": c.Phones, "card.email": c.Emails, "card.address": c.Addresses, "card.web": c.URLs} {
		for _, value := range values {
			view.Rows = append(view.Rows, fact{Name: b.T(key), Value: value})
		}
	}
	slices.SortStableFunc(view.Rows, func(x, y fact) int { return strings.Compare(x.Name, y.Name) })
	return view
}

// versions are the earlier wordings of a message, the first one first.
func (b *entryBuilder) versions(m *desk.Message) (all []versionView) {
	for i := range max(len(m.Versions)-1, 0) {
		all = append(all, versionView{Text: m.Versions[i].Text, When: b.DayTime(m.Versions[i].At)})
	}
	return all
}

// unshown names what cannot be shown, as far as it is known.
func (b *entryBuilder) unshown(m *desk.Message, boxes int) string {
	switch d := m.Details; {
	case d != nil && d.Type != "" && b.Has("unshown."+d.Type):
		return b.T("unshown." + d.Type)
	case boxes > 0:
		return ""
	}
	return b.T("kind." + string(m.Kind))
}
