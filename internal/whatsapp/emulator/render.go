package emulator

import (
	"cmp"
	"strconv"
	"strings"
)

// render turns an accepted request into what the phone shows.
func (em *Emulator) render(req *sendRequest) Message {
	m := Message{Type: req.Type, Tick: TickSent}
	switch req.Type {
	case "text":
		m.Text = req.Text.Body
	case "image", "audio", "video", "document", "sticker":
		em.showFile(&m, req.file())
	case "location":
		showPlace(&m, req.Location)
	case "contacts":
		showCards(&m, req.Contacts)
	case "interactive":
		em.showInteractive(&m, req.Interactive)
	case "template":
		em.showTemplate(&m, req.Template)
	}
	return m
}

func (em *Emulator) showFile(m *Message, f *mediaObject) {
	m.MediaID, m.MediaLink, m.Filename, m.Voice = f.ID, f.Link, f.Filename, f.Voice
	if f.Caption != "" {
		m.Text = f.Caption
	}
	if stored, ok := em.Media(f.ID); ok {
		m.MIME = stored.MIME
		m.Filename = cmp.Or(m.Filename, stored.Filename)
	}
}

func showPlace(m *Message, l *locationObject) {
	m.Latitude, m.Longitude, m.Text = *l.Latitude, *l.Longitude, strings.TrimSuffix(l.Name+"\n"+l.Address, "\n")
}

func showCards(m *Message, list []contactObject) {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name.Formatted
		card := Card{Name: c.Name.Formatted, Organisation: c.Org.Company}
		if len(c.Phones) > 0 {
			card.Phone = c.Phones[0].Phone
		}
		m.Cards = append(m.Cards, card)
	}
	m.Text = strings.Join(names, ", ")
}

func (em *Emulator) showInteractive(m *Message, in *interactiveObject) {
	m.Text = in.Body.Text
	if in.Footer != nil {
		m.Footer = in.Footer.Text
	}
	if h := in.Header; h != nil {
		m.Header = h.Text
		if f := h.file(); f != nil {
			em.showFile(m, f)
		}
	}
	a := &in.Action
	switch in.Type {
	case "button":
		for _, b := range a.Buttons {
			m.Buttons = append(m.Buttons, Button{Kind: ButtonReply, ID: b.Reply.ID, Title: b.Reply.Title})
		}
	case "list":
		m.OpenLabel = a.Button
		for _, s := range a.Sections {
			for _, r := range s.Rows {
				m.Buttons = append(m.Buttons, Button{Kind: ButtonRow, ID: r.ID, Title: r.Title, Description: r.Description, Section: s.Title})
			}
		}
	case "cta_url":
		m.Buttons = []Button{{Kind: ButtonURL, Title: a.Parameters.DisplayText, URL: a.Parameters.URL}}
	case "location_request_message":
		m.Buttons = []Button{{Kind: ButtonLocation}}
	case "request_contact_info":
		m.Buttons = []Button{{Kind: ButtonContact}}
	case "flow":
		form := Button{Kind: ButtonFlow, Title: a.Parameters.FlowLabel, Token: a.Parameters.FlowToken}
		if start := a.Parameters.FlowStart; start != nil {
			form.Screen = start.Screen
		}
		m.Buttons = []Button{form}
	}
}

// showTemplate fills in the variables of our copy of the template.
func (em *Emulator) showTemplate(m *Message, t *templateObject) {
	known, _ := em.template(t.Name, t.Language.Code)
	p := known.parts()
	m.Template, m.Category, m.Text, m.Header, m.Footer = t.Name, strings.ToLower(known.Category), p.body, p.header.Text, p.footer
	buttons := map[int][]parameter{}
	for _, c := range t.Components {
		switch strings.ToLower(c.Type) {
		case "body":
			m.Text = fill(m.Text, c.Parameters)
		case "header":
			em.showTemplateHeader(m, c.Parameters)
		case "button":
			buttons[buttonIndex(c.Index)] = c.Parameters
		}
	}
	for i, b := range p.buttons {
		m.Buttons = append(m.Buttons, templateButton(b, buttons[i]))
	}
}

func (em *Emulator) showTemplateHeader(m *Message, given []parameter) {
	m.Header = fill(m.Header, given)
	for _, p := range given {
		if f := p.file(); f != nil {
			text := m.Text
			em.showFile(m, f)
			m.Text = text
		}
		if p.Location != nil && checkLocation(p.Location) == nil {
			m.Header = strings.TrimSpace(p.Location.Name + " " + p.Location.Address)
		}
	}
}

// fill puts values in place of variables.
func fill(text string, given []parameter) string {
	for i, p := range given {
		text = strings.ReplaceAll(text, "{{"+cmp.Or(p.Name, strconv.Itoa(i+1))+"}}", p.Text)
	}
	return text
}

func templateButton(b draftButton, given []parameter) Button {
	var first parameter
	if len(given) > 0 {
		first = given[0]
	}
	switch strings.ToUpper(b.Type) {
	case "URL":
		return Button{Kind: ButtonURL, Title: b.Text, URL: fill(b.URL, []parameter{{Text: first.Text}})}
	case "PHONE_NUMBER":
		return Button{Kind: ButtonPhone, Title: b.Text, URL: b.Phone}
	case "COPY_CODE", "OTP":
		return Button{Kind: ButtonCopy, Title: cmp.Or(b.Text, "Copy code"), ID: cmp.Or(first.Coupon, first.Text)}
	case "FLOW":
		form := Button{Kind: ButtonFlow, Title: b.Text}
		if first.Action != nil {
			form.Token = first.Action.Token
		}
		return form
	case "REQUEST_CONTACT_INFO":
		return Button{Kind: ButtonContact}
	default:
		return Button{Kind: ButtonQuick, ID: cmp.Or(first.Payload, b.Text), Title: b.Text}
	}
}

// buttonIndex reads the index, which callers send as text or number.
func buttonIndex(index any) int {
	switch v := index.(type) {
	case float64:
		return int(v)
	case nil:
		return 0
	case string:
		n, err := strconv.Atoi(v)
		if err != nil {
			return -1
		}
		return n
	default:
		return -1
	}
}
