package whatsapp

import "strings"

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
	setText(body, "recipient_identity_key_hash", m.IdentityHash)
	kind, content := m.content()
	body["type"] = kind
	body[kind] = content
	return body
}

// content returns Meta's type and what stands under that name.
func (m Outbound) content() (kind string, content any) {
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
	case m.Flow != nil:
		return TypeInteractive, m.Flow.payload()
	case m.Contacts != nil:
		return TypeContacts, contactsPayload(m.Contacts)
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

func (f Flow) payload() object {
	parameters := object{"flow_message_version": "3", "flow_id": f.ID, "flow_cta": f.Label, "flow_action": "data_exchange"}
	setText(parameters, "flow_token", f.Token)
	if f.Screen != "" {
		start := object{"screen": f.Screen}
		if len(f.Data) > 0 {
			start["data"] = f.Data
		}
		parameters["flow_action"], parameters["flow_action_payload"] = "navigate", start
	}
	return interactive("flow", f.Header, f.Body, f.Footer, object{"name": "flow", "parameters": parameters})
}

func contactsPayload(cards []Card) []object {
	list := make([]object, len(cards))
	for i, c := range cards {
		list[i] = c.payload()
	}
	return list
}

// payload of a card: Meta wants one more part of the name besides the whole.
func (c Card) payload() object {
	name := object{"formatted_name": c.Name, "first_name": c.Name}
	setText(name, "first_name", c.FirstName)
	setText(name, "last_name", c.LastName)
	o := object{"name": name}
	setText(o, "birthday", c.Birthday)
	if c.Organisation != "" {
		o["org"] = object{"company": c.Organisation}
	}
	var phones, emails, urls, addresses []object
	for _, p := range c.Phones {
		phone := object{"phone": p.Phone}
		setText(phone, "wa_id", p.WaID)
		setText(phone, "type", p.Type)
		phones = append(phones, phone)
	}
	for _, e := range c.Emails {
		emails = append(emails, object{"email": e})
	}
	for _, u := range c.URLs {
		urls = append(urls, object{"url": u})
	}
	for _, a := range c.Addresses {
		addresses = append(addresses, object{"street": a})
	}
	for key, list := range map[string][]object{"phones": phones, "emails": emails, "urls": urls, "addresses": addresses} {
		if list != nil {
			o[key] = list
		}
	}
	return o
}

func setText(o object, key, value string) {
	if value != "" {
		o[key] = value
	}
}

// parameterText puts a value on one line: Meta refuses newlines, tabs and more than four spaces in a row.
func parameterText(s string) string { return strings.Join(strings.Fields(s), " ") }
