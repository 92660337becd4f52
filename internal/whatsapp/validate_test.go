package whatsapp

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func choices(n int) []Choice {
	list := make([]Choice, n)
	for i := range list {
		list[i] = Choice{ID: fmt.Sprint(i), Title: fmt.Sprint("t", i)}
	}
	return list
}

// TestValidate_Limits holds each limit from both sides: ok is exactly at it, over is one past it.
func TestValidate_Limits(t *testing.T) {
	t.Parallel()
	s := func(n int) string { return strings.Repeat("x", n) }
	body := func(n int) Outbound { return Outbound{Text: &Text{Body: s(n)}} }
	buttons := func(change func(*Buttons)) Outbound {
		b := &Buttons{Body: "b", Buttons: choices(3)}
		change(b)
		return Outbound{Buttons: b}
	}
	list := func(change func(*List)) Outbound {
		l := &List{Body: "b", Open: "o", Sections: []Section{{Title: "s", Rows: choices(2)}}}
		change(l)
		return Outbound{List: l}
	}
	link := func(change func(*Link)) Outbound {
		l := &Link{Body: "b", Label: "l", URL: "https://isp.example/"}
		change(l)
		return Outbound{Link: l}
	}
	file := func(change func(*OutMedia)) Outbound {
		f := &OutMedia{Type: TypeDocument, ID: "1"}
		change(f)
		return Outbound{Media: f}
	}
	template := func(change func(*TemplateMessage)) Outbound {
		m := &TemplateMessage{Name: "n", Language: "es", Components: []Component{{Type: "body", Parameters: []Parameter{{Text: "x"}}}}}
		change(m)
		return Outbound{Template: m}
	}
	flow := func(change func(*Flow)) Outbound {
		f := &Flow{Body: "b", ID: "1", Label: "l"}
		change(f)
		return Outbound{Flow: f}
	}
	cards := func(list ...Card) Outbound { return Outbound{Contacts: list} }
	part := func(c Component) Outbound {
		return template(func(m *TemplateMessage) { m.Components = append(m.Components, c) })
	}
	value := func(kind, sub string, p Parameter) Outbound {
		return part(Component{Type: kind, SubType: sub, Parameters: []Parameter{p}})
	}
	button := Component{Type: "button", SubType: "quick_reply", Parameters: []Parameter{{Payload: "p"}}}
	repeat := func(c Component, n int) []Component {
		var all []Component
		for range n {
			all = append(all, c)
		}
		return all
	}
	tests := map[string]struct {
		ok, over Outbound
		field    string
	}{
		"text":          {body(4096), body(4097), "text"},
		"emoji is two":  {Outbound{Text: &Text{Body: strings.Repeat("😀", 2048)}}, Outbound{Text: &Text{Body: strings.Repeat("😀", 2048) + "x"}}, "text"},
		"empty text":    {body(1), body(0), "text"},
		"blank text":    {body(1), Outbound{Text: &Text{Body: " \n"}}, "text"},
		"callback":      {Outbound{CallbackData: s(512), Text: &Text{Body: "x"}}, Outbound{CallbackData: s(513), Text: &Text{Body: "x"}}, "callback data"},
		"one content":   {body(1), Outbound{Text: &Text{Body: "x"}, Reaction: &Reaction{MessageID: "w"}}, "contents"},
		"some content":  {body(1), Outbound{}, "contents"},
		"phone":         {Outbound{To: Recipient{Phone: "+5493515550101"}, Text: &Text{Body: "x"}}, Outbound{To: Recipient{Phone: "AR.1"}, Text: &Text{Body: "x"}}, "to.phone"},
		"bsuid":         {Outbound{To: Recipient{BSUID: "AR.ENT.1"}, Text: &Text{Body: "x"}}, Outbound{To: Recipient{BSUID: "5493515550101"}, Text: &Text{Body: "x"}}, "to.bsuid"},
		"bsuid length":  {Outbound{To: Recipient{BSUID: "AR." + s(128)}, Text: &Text{Body: "x"}}, Outbound{To: Recipient{BSUID: "AR." + s(129)}, Text: &Text{Body: "x"}}, "to.bsuid"},
		"three buttons": {buttons(func(b *Buttons) {}), buttons(func(b *Buttons) { b.Buttons = choices(4) }), "buttons"},
		"a button":      {buttons(func(b *Buttons) { b.Buttons = choices(1) }), buttons(func(b *Buttons) { b.Buttons = nil }), "buttons"},
		"button body":   {buttons(func(b *Buttons) { b.Body = s(1024) }), buttons(func(b *Buttons) { b.Body = s(1025) }), "body"},
		"footer":        {buttons(func(b *Buttons) { b.Footer = s(60) }), buttons(func(b *Buttons) { b.Footer = s(61) }), "footer"},
		"header":        {buttons(func(b *Buttons) { b.Header = &Header{Text: s(60)} }), buttons(func(b *Buttons) { b.Header = &Header{Text: s(61)} }), "header"},
		"header file": {buttons(func(b *Buttons) { b.Header = &Header{Media: &OutMedia{Type: TypeImage, ID: "1"}} }),
			buttons(func(b *Buttons) { b.Header = &Header{Media: &OutMedia{Type: TypeAudio, ID: "1"}} }), "header.type"},
		"button title":  {buttons(func(b *Buttons) { b.Buttons[0].Title = s(20) }), buttons(func(b *Buttons) { b.Buttons[0].Title = s(21) }), "buttons[0].title"},
		"button id":     {buttons(func(b *Buttons) { b.Buttons[0].ID = s(256) }), buttons(func(b *Buttons) { b.Buttons[0].ID = s(257) }), "buttons[0].id"},
		"button ids":    {buttons(func(b *Buttons) {}), buttons(func(b *Buttons) { b.Buttons[0].ID = b.Buttons[1].ID }), "buttons"},
		"button titles": {buttons(func(b *Buttons) {}), buttons(func(b *Buttons) { b.Buttons[0].Title = b.Buttons[1].Title }), "buttons"},
		"list body":     {list(func(l *List) { l.Body = s(4096) }), list(func(l *List) { l.Body = s(4097) }), "body"},
		"list open":     {list(func(l *List) { l.Open = s(20) }), list(func(l *List) { l.Open = s(21) }), "open"},
		"rows in all":   {list(func(l *List) { l.Sections[0].Rows = choices(10) }), list(func(l *List) { l.Sections[0].Rows = choices(11) }), "rows"},
		"section title": {list(func(l *List) { l.Sections[0].Title = s(24) }), list(func(l *List) { l.Sections[0].Title = s(25) }), "sections[0].title"},
		"section titled": {list(func(l *List) { l.Sections[0].Title = "" }), list(func(l *List) {
			l.Sections = []Section{{Rows: choices(1)}, {Title: "b", Rows: []Choice{{ID: "z", Title: "z"}}}}
		}), "sections[0].title"},
		"empty section": {list(func(l *List) {}), list(func(l *List) { l.Sections = append(l.Sections, Section{Title: "b"}) }), "sections[1].rows"},
		"row title":     {list(func(l *List) { l.Sections[0].Rows[1].Title = s(24) }), list(func(l *List) { l.Sections[0].Rows[1].Title = s(25) }), "rows[1].title"},
		"row text":      {list(func(l *List) { l.Sections[0].Rows[1].Description = s(72) }), list(func(l *List) { l.Sections[0].Rows[1].Description = s(73) }), "rows[1].description"},
		"row id":        {list(func(l *List) { l.Sections[0].Rows[1].ID = s(200) }), list(func(l *List) { l.Sections[0].Rows[1].ID = s(201) }), "rows[1].id"},
		"link label":    {link(func(l *Link) { l.Label = s(20) }), link(func(l *Link) { l.Label = s(21) }), "label"},
		"link":          {link(func(l *Link) {}), link(func(l *Link) { l.URL = "javascript:x" }), "url"},
		"flow label":    {flow(func(f *Flow) { f.Label = s(30) }), flow(func(f *Flow) { f.Label = s(31) }), "label"},
		"flow emoji":    {flow(func(f *Flow) {}), flow(func(f *Flow) { f.Label = "Agendar 📅" }), "label"},
		"flow body":     {flow(func(f *Flow) { f.Body = s(1024) }), flow(func(f *Flow) { f.Body = s(1025) }), "body"},
		"flow id":       {flow(func(f *Flow) {}), flow(func(f *Flow) { f.ID = "" }), "flow"},
		"flow data":     {flow(func(f *Flow) { f.Screen, f.Data = "A", json.RawMessage(`{"a":1}`) }), flow(func(f *Flow) { f.Screen, f.Data = "A", json.RawMessage(`[1]`) }), "data"},
		"flow screen":   {flow(func(f *Flow) {}), flow(func(f *Flow) { f.Data = json.RawMessage(`{"a":1}`) }), "data"},
		"flow token":    {flow(func(f *Flow) { f.Token = s(512) }), flow(func(f *Flow) { f.Token = s(513) }), "token"},
		"contact name":  {cards(Card{Name: "Ana"}), cards(Card{FirstName: "Ana"}), "contacts[0].name"},
		"contact text":  {cards(Card{Name: s(1024)}), cards(Card{Name: s(1025)}), "contacts[0].name"},
		"contact phone": {cards(Card{Name: "Ana", Phones: []CardPhone{{Phone: "1"}}}), cards(Card{Name: "Ana", Phones: []CardPhone{{}}}), "contacts[0].phones[0]"},
		"contact count": {cards(slices.Repeat([]Card{{Name: "Ana"}}, 257)...), cards(slices.Repeat([]Card{{Name: "Ana"}}, 258)...), "contacts"},
		"identity":      {Outbound{IdentityHash: s(200), Text: &Text{Body: "x"}}, Outbound{IdentityHash: s(201), Text: &Text{Body: "x"}}, "identity hash"},
		"link body":     {link(func(l *Link) { l.Body = s(1024) }), link(func(l *Link) { l.Body = s(1025) }), "body"},
		"link length":   {link(func(l *Link) { l.URL = "https://isp.example/" + s(1980) }), link(func(l *Link) { l.URL = "https://isp.example/" + s(1981) }), "url"},
		"list header":   {list(func(l *List) { l.Header = s(60) }), list(func(l *List) { l.Header = s(61) }), "header"},
		"list footer":   {list(func(l *List) { l.Footer = s(60) }), list(func(l *List) { l.Footer = s(61) }), "footer"},
		"row ids":       {list(func(l *List) {}), list(func(l *List) { l.Sections[0].Rows[0].ID = l.Sections[0].Rows[1].ID }), "rows"},
		"long filename": {file(func(f *OutMedia) { f.Filename = s(240) }), file(func(f *OutMedia) { f.Filename = s(241) }), "media.filename"},
		"header caption": {buttons(func(b *Buttons) { b.Header = &Header{Media: &OutMedia{Type: TypeVideo, ID: "1"}} }),
			buttons(func(b *Buttons) { b.Header = &Header{Media: &OutMedia{Type: TypeVideo, ID: "1", Caption: "x"}} }), "header.caption"},
		"longitude":      {Outbound{Location: &Location{Longitude: -180}}, Outbound{Location: &Location{Longitude: 181}}, "location.longitude"},
		"location ask":   {Outbound{LocationRequest: &Ask{Body: s(1024)}}, Outbound{LocationRequest: &Ask{Body: s(1025)}}, "body"},
		"contact ask":    {Outbound{ContactRequest: &Ask{Body: s(1024)}}, Outbound{ContactRequest: &Ask{}}, "body"},
		"caption":        {file(func(f *OutMedia) { f.Caption = s(1024) }), file(func(f *OutMedia) { f.Caption = s(1025) }), "media.caption"},
		"audio caption":  {file(func(f *OutMedia) { f.Type = TypeAudio; f.Voice = true }), file(func(f *OutMedia) { f.Type = TypeAudio; f.Caption = "x" }), "media.caption"},
		"voice":          {file(func(f *OutMedia) {}), file(func(f *OutMedia) { f.Voice = true }), "media.voice"},
		"file type":      {file(func(f *OutMedia) {}), file(func(f *OutMedia) { f.Type = "gif" }), "media.type"},
		"id or link":     {file(func(f *OutMedia) {}), file(func(f *OutMedia) { f.Link = "https://isp.example/a" }), "media"},
		"link over TLS":  {file(func(f *OutMedia) { f.ID = ""; f.Link = "https://isp.example/a" }), file(func(f *OutMedia) { f.ID = ""; f.Link = "http://isp.example/a" }), "media.link"},
		"filename":       {file(func(f *OutMedia) { f.Filename = "a.pdf" }), file(func(f *OutMedia) { f.Type = TypeImage; f.Filename = "a.png" }), "media.filename"},
		"latitude":       {Outbound{Location: &Location{Latitude: -90, Longitude: 180}}, Outbound{Location: &Location{Latitude: 91}}, "location.latitude"},
		"reaction":       {Outbound{Reaction: &Reaction{MessageID: "w"}}, Outbound{Reaction: &Reaction{Emoji: "x"}}, "reaction.message id"},
		"quote reaction": {Outbound{Reaction: &Reaction{MessageID: "w"}}, Outbound{ReplyTo: "w", Reaction: &Reaction{MessageID: "w"}}, "reply to"},
		"template name":  {template(func(m *TemplateMessage) { m.Name = "abc_09" }), template(func(m *TemplateMessage) { m.Name = "Abc" }), "template.name"},
		"template lang":  {template(func(m *TemplateMessage) {}), template(func(m *TemplateMessage) { m.Language = "" }), "template.language"},
		"mixed names": {template(func(m *TemplateMessage) {}), template(func(m *TemplateMessage) {
			m.Components[0].Parameters = []Parameter{{Text: "x"}, {Name: "n", Text: "x"}}
		}), "template.parameters"},
		"empty value":     {template(func(m *TemplateMessage) {}), template(func(m *TemplateMessage) { m.Components[0].Parameters[0].Text = "\n" }), "components[0].parameters[0].text"},
		"long value":      {template(func(m *TemplateMessage) { m.Components[0].Parameters[0].Text = s(1024) }), template(func(m *TemplateMessage) { m.Components[0].Parameters[0].Text = s(1025) }), "components[0].parameters[0].text"},
		"two values":      {template(func(m *TemplateMessage) {}), template(func(m *TemplateMessage) { m.Components[0].Parameters[0].Coupon = "c" }), "components[0].parameters[0]"},
		"ten buttons":     {template(func(m *TemplateMessage) { m.Components = repeat(button, 10) }), template(func(m *TemplateMessage) { m.Components = repeat(button, 11) }), "template.buttons"},
		"coupon":          {value("button", "copy_code", Parameter{Coupon: s(20)}), value("button", "copy_code", Parameter{Coupon: s(21)}), "components[1].parameters[0].coupon"},
		"payload":         {value("button", "quick_reply", Parameter{Payload: s(256)}), value("button", "quick_reply", Parameter{Payload: s(257)}), "components[1].parameters[0].payload"},
		"wrong payload":   {value("button", "quick_reply", Parameter{Payload: "p"}), value("button", "quick_reply", Parameter{Text: "p"}), "components[1].parameters[0]"},
		"wrong address":   {value("button", "url", Parameter{Text: "p"}), value("button", "url", Parameter{Payload: "p"}), "components[1].parameters[0]"},
		"wrong coupon":    {value("button", "copy_code", Parameter{Coupon: "p"}), value("button", "copy_code", Parameter{Text: "p"}), "components[1].parameters[0]"},
		"wrong flow":      {value("button", "flow", Parameter{Flow: &FlowParameter{Token: "t"}}), value("button", "flow", Parameter{Text: "p"}), "components[1].parameters[0]"},
		"flow parameter":  {value("button", "flow", Parameter{Flow: &FlowParameter{Data: json.RawMessage(`{}`)}}), value("button", "flow", Parameter{Flow: &FlowParameter{Data: json.RawMessage(`7`)}}), "components[1].parameters[0].data"},
		"header value":    {value("header", "", Parameter{Text: s(60)}), value("header", "", Parameter{Text: s(61)}), "components[1].parameters[0].text"},
		"header place":    {value("header", "", Parameter{Location: &Location{}}), value("header", "", Parameter{Location: &Location{Latitude: 91}}), "components[1].parameters[0].latitude"},
		"header picture":  {value("header", "", Parameter{Media: &OutMedia{Type: TypeImage, ID: "1"}}), value("header", "", Parameter{Media: &OutMedia{Type: TypeImage}}), "components[1].parameters[0]"},
		"button sub type": {value("button", "url", Parameter{Text: "x"}), value("button", "mpm", Parameter{Text: "x"}), "components[1].sub type"},
		"long name":       {template(func(m *TemplateMessage) { m.Name = s(512) }), template(func(m *TemplateMessage) { m.Name = s(513) }), "template.name"},
		"long language":   {template(func(m *TemplateMessage) { m.Language = s(16) }), template(func(m *TemplateMessage) { m.Language = s(17) }), "template.language"},
		"sub type":        {template(func(m *TemplateMessage) {}), template(func(m *TemplateMessage) { m.Components[0].SubType = "url" }), "components[0].sub type"},
	}
	for name, test := range tests {
		for _, m := range []*Outbound{&test.ok, &test.over} {
			if m.To == (Recipient{}) {
				m.To.Phone = "5493515550101"
			}
		}
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

func TestValidate_SectionsAndRowsInAll(t *testing.T) {
	t.Parallel()
	var sections []Section
	for _, c := range choices(11) {
		sections = append(sections, Section{Title: c.Title, Rows: []Choice{c}})
	}
	l := &List{Body: "b", Open: "o", Sections: sections[:10]}
	m := Outbound{To: Recipient{Phone: "5493515550101"}, List: l}
	if err := m.Validate(); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	l.Sections = sections
	var invalid *InvalidError
	want := []Problem{{"sections", "at most 10, has 11", 10, 11}, {"rows", "at most 10, has 11", 10, 11}}
	if err := m.Validate(); !errors.As(err, &invalid) || !slices.Equal(invalid.Problems, want) {
		t.Errorf("past the limit: %v", err)
	}
}

func TestValidate_ReportsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	err := Outbound{List: &List{}}.Validate()
	want := "invalid message: to: is missing; body: is missing; open: is missing; sections: is missing; rows: is missing"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
