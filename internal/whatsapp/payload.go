package whatsapp

import (
	"strconv"
	"strings"
)

type object = map[string]any

// payload is the body of the send, as Meta documents it.
func (m Outbound) payload() object {
	body := object{"messaging_product": "whatsapp", "recipient_type": "individual"}
	if m.To.Phone != "" {
		// Without "+" Meta may put the business's own country code in front.
		body["to"] = "+" + strings.TrimPrefix(m.To.Phone, "+")
	}
	if m.To.BSUID != "" {
		body["recipient"] = m.To.BSUID
	}
	if m.ReplyTo != "" {
		body["context"] = object{"message_id": m.ReplyTo}
	}
	if m.CallbackData != "" {
		body["biz_opaque_callback_data"] = m.CallbackData
	}
	kind, content := m.content()
	body["type"] = kind
	body[kind] = content
	return body
}

// content returns Meta's type and the object of that name.
func (m Outbound) content() (kind string, content object) {
	switch {
	case m.Text != nil:
		return TypeText, object{"body": m.Text.Body, "preview_url": m.Text.PreviewURL}
	case m.Buttons != nil:
		return TypeInteractive, m.Buttons.payload()
	case m.List != nil:
		return TypeInteractive, m.List.payload()
	case m.Link != nil:
		l := m.Link
		action := object{"name": "cta_url", "parameters": object{"display_text": l.Label, "url": l.URL}}
		return TypeInteractive, interactive("cta_url", l.Header, l.Body, l.Footer, action)
	case m.LocationRequest != nil:
		return TypeInteractive, interactive("location_request_message", nil, m.LocationRequest.Body, "", object{"name": "send_location"})
	case m.ContactRequest != nil:
		return TypeInteractive, interactive("request_contact_info", nil, m.ContactRequest.Body, "", object{"name": "request_contact_info"})
	case m.Media != nil:
		return m.Media.Type, m.Media.payload()
	case m.Location != nil:
		return TypeLocation, m.Location.payload()
	case m.Reaction != nil:
		return TypeReaction, object{"message_id": m.Reaction.MessageID, "emoji": m.Reaction.Emoji}
	case m.Template != nil:
		return TypeTemplate, m.Template.payload()
	default:
		return "", nil
	}
}

func interactive(kind string, header *Header, body, footer string, action object) object {
	o := object{"type": kind, "body": object{"text": body}, "action": action}
	if header != nil {
		o["header"] = header.payload()
	}
	if footer != "" {
		o["footer"] = object{"text": footer}
	}
	return o
}

func (h Header) payload() object {
	if h.Media != nil {
		return object{"type": h.Media.Type, h.Media.Type: h.Media.payload()}
	}
	return object{"type": "text", "text": h.Text}
}

func (b Buttons) payload() object {
	buttons := make([]object, len(b.Buttons))
	for i, c := range b.Buttons {
		buttons[i] = object{"type": "reply", "reply": object{"id": c.ID, "title": c.Title}}
	}
	return interactive("button", b.Header, b.Body, b.Footer, object{"buttons": buttons})
}

func (l List) payload() object {
	sections := make([]object, len(l.Sections))
	for i, s := range l.Sections {
		rows := make([]object, len(s.Rows))
		for j, r := range s.Rows {
			rows[j] = object{"id": r.ID, "title": r.Title}
			setText(rows[j], "description", r.Description)
		}
		sections[i] = object{"rows": rows}
		setText(sections[i], "title", s.Title)
	}
	var header *Header
	if l.Header != "" {
		header = &Header{Text: l.Header}
	}
	return interactive("list", header, l.Body, l.Footer, object{"button": l.Open, "sections": sections})
}

func (f OutMedia) payload() object {
	o := object{}
	setText(o, "id", f.ID)
	setText(o, "link", f.Link)
	setText(o, "caption", f.Caption)
	setText(o, "filename", f.Filename)
	if f.Voice {
		o["voice"] = true
	}
	return o
}

func (l Location) payload() object {
	o := object{"latitude": l.Latitude, "longitude": l.Longitude}
	setText(o, "name", l.Name)
	setText(o, "address", l.Address)
	return o
}

func (t TemplateMessage) payload() object {
	o := object{"name": t.Name, "language": object{"code": t.Language}}
	components := make([]object, len(t.Components))
	for i, c := range t.Components {
		components[i] = c.payload()
	}
	if len(components) > 0 {
		o["components"] = components
	}
	return o
}

func (c Component) payload() object {
	o := object{"type": c.Type}
	if c.Type == "button" {
		o["sub_type"], o["index"] = c.SubType, strconv.Itoa(c.Index)
	}
	parameters := make([]object, len(c.Parameters))
	for i, p := range c.Parameters {
		parameters[i] = p.payload()
	}
	o["parameters"] = parameters
	return o
}

func (p Parameter) payload() object {
	switch {
	case p.Payload != "":
		return object{"type": "payload", "payload": p.Payload}
	case p.Coupon != "":
		return object{"type": "coupon_code", "coupon_code": p.Coupon}
	case p.Media != nil:
		return object{"type": p.Media.Type, p.Media.Type: p.Media.payload()}
	case p.Location != nil:
		return object{"type": TypeLocation, TypeLocation: p.Location.payload()}
	default:
		o := object{"type": TypeText, "text": parameterText(p.Text)}
		setText(o, "parameter_name", p.Name)
		return o
	}
}

func setText(o object, key, value string) {
	if value != "" {
		o[key] = value
	}
}

// parameterText puts a value on one line: Meta refuses newlines, tabs and more than four spaces in a row.
func parameterText(s string) string { return strings.Join(strings.Fields(s), " ") }
