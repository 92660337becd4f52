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
		l := req.Location
		m.Latitude, m.Longitude, m.Text = l.Latitude, l.Longitude, strings.TrimSuffix(l.Name+"\n"+l.Address, "\n")
	case "interactive":
		em.showInteractive(&m, req.Interactive)
	case "template":
		em.showTemplate(&m, req.Template)
	}
	return m
}

func (req *sendRequest) file() *mediaObject {
	return cmp.Or(req.Image, req.Audio, req.Video, req.Document, req.Sticker)
}

func (em *Emulator) showFile(m *Message, f *mediaObject) {
	m.MediaID, m.MediaLink, m.Filename = f.ID, f.Link, f.Filename
	if f.Caption != "" {
		m.Text = f.Caption
	}
	if stored, ok := em.Media(f.ID); ok {
		m.MIME = stored.MIME
		m.Filename = cmp.Or(m.Filename, stored.Filename)
	}
}

func (em *Emulator) showInteractive(m *Message, in *interactiveObject) {
	m.Text = in.Body.Text
	if in.Footer != nil {
		m.Footer = in.Footer.Text
	}
	if h := in.Header; h != nil {
		m.Header = h.Text
		if f := cmp.Or(h.Image, h.Video, h.Document); f != nil {
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
	}
}

// showTemplate fills in the variables of our copy of the template.
func (em *Emulator) showTemplate(m *Message, t *templateObject) {
	known, _ := em.template(t.Name, t.Language.Code)
	m.Template, m.Text = t.Name, known.Body
	payloads := map[int]string{}
	for _, c := range t.Components {
		for i, p := range c.Parameters {
			switch {
			case strings.EqualFold(c.Type, "body"):
				m.Text = strings.ReplaceAll(m.Text, "{{"+cmp.Or(p.Name, strconv.Itoa(i+1))+"}}", p.Text)
			case strings.EqualFold(c.SubType, "quick_reply"):
				payloads[buttonIndex(c.Index)] = p.Payload
			}
		}
	}
	for i, title := range known.Buttons {
		m.Buttons = append(m.Buttons, Button{Kind: ButtonQuick, ID: cmp.Or(payloads[i], title), Title: title})
	}
}

// buttonIndex reads the index, which callers send as text or number.
func buttonIndex(index any) int {
	switch v := index.(type) {
	case float64:
		return int(v)
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
