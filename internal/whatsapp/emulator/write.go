package emulator

import "fmt"

// Send lets the customer send a message with these fields ("type" and the object of that name, perhaps "context" or
// "errors"), for shapes that have no method of their own. It returns the wamid at once; the webhook follows.
func (p *Phone) Send(fields map[string]any) string {
	return p.write(fields, Message{Type: fmt.Sprint(fields["type"])})
}

// Text sends a text.
func (p *Phone) Text(body string) string {
	return p.write(map[string]any{"type": "text", "text": map[string]string{"body": body}}, Message{Type: "text", Text: body})
}

// Forward sends a text that was written elsewhere; often means that it went round more than five times.
func (p *Phone) Forward(body string, often bool) string {
	mark := map[string]bool{"forwarded": true}
	if often {
		mark = map[string]bool{"frequently_forwarded": true}
	}
	return p.write(map[string]any{"type": "text", "text": map[string]string{"body": body}, "context": mark}, Message{Type: "text", Text: body, Forwarded: true})
}

// Quote answers a message with a text.
func (p *Phone) Quote(messageID, body string) string {
	fields := map[string]any{"type": "text", "text": map[string]string{"body": body}, "context": p.quoting(messageID)}
	return p.write(fields, Message{Type: "text", Text: body, ReplyTo: messageID})
}

// PressButton presses a reply button, or a template's quick reply, of a message of the business; "" means the newest that
// has buttons.
func (p *Phone) PressButton(messageID, buttonID string) (string, error) {
	m, b, err := p.button(messageID, buttonID, ButtonReply, ButtonQuick)
	if err != nil {
		return "", err
	}
	fields := map[string]any{"context": p.quoting(m.ID)}
	if b.Kind == ButtonQuick {
		fields["type"], fields["button"] = "button", map[string]string{"payload": b.ID, "text": b.Title}
	} else {
		fields["type"] = "interactive"
		fields["interactive"] = map[string]any{"type": "button_reply", "button_reply": map[string]string{"id": b.ID, "title": b.Title}}
	}
	return p.write(fields, Message{Type: fmt.Sprint(fields["type"]), Text: b.Title, ReplyTo: m.ID}), nil
}

// ChooseRow chooses a row of a list; "" means the newest message that has one.
func (p *Phone) ChooseRow(messageID, rowID string) (string, error) {
	m, b, err := p.button(messageID, rowID, ButtonRow)
	if err != nil {
		return "", err
	}
	row := map[string]string{"id": b.ID, "title": b.Title}
	if b.Description != "" {
		row["description"] = b.Description
	}
	fields := map[string]any{
		"type": "interactive", "context": p.quoting(m.ID),
		"interactive": map[string]any{"type": "list_reply", "list_reply": row},
	}
	return p.write(fields, Message{Type: "interactive", Text: b.Title, ReplyTo: m.ID}), nil
}

// Location sends a point; name may be empty.
func (p *Phone) Location(latitude, longitude float64, name string) string {
	object := map[string]any{"latitude": latitude, "longitude": longitude}
	if name != "" {
		object["name"] = name
	}
	return p.write(map[string]any{"type": "location", "location": object},
		Message{Type: "location", Text: name, Latitude: latitude, Longitude: longitude})
}

// React puts an emoji on a message; "" takes it away.
func (p *Phone) React(messageID, emoji string) string {
	reaction := map[string]string{"message_id": messageID}
	if emoji != "" {
		reaction["emoji"] = emoji
	}
	p.amend(messageID, func(m *Message) bool {
		m.CustomerReaction = emoji
		return true
	})
	return p.write(map[string]any{"type": "reaction", "reaction": reaction}, Message{})
}

// Read marks everything the business sent as read, as opening the chat does.
func (p *Phone) Read() {
	p.mu.Lock()
	var unread []Message
	for _, m := range p.thread {
		if !m.FromCustomer && m.Tick == TickDelivered {
			unread = append(unread, m)
		}
	}
	p.mu.Unlock()
	for _, m := range unread {
		p.em.owe(1)
		p.status(m, TickRead, nil)
	}
}

// button finds what is pressed.
func (p *Phone) button(messageID, id string, kinds ...string) (Message, Button, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.thread) - 1; i >= 0; i-- {
		m := p.thread[i]
		if m.FromCustomer || (messageID != "" && m.ID != messageID) {
			continue
		}
		pressable := false
		for _, b := range m.Buttons {
			for _, kind := range kinds {
				if b.Kind != kind {
					continue
				}
				if b.ID == id {
					return m, b, nil
				}
				pressable = true
			}
		}
		if pressable || messageID != "" {
			break // the newest with buttons is the one meant
		}
	}
	return Message{}, Button{}, fmt.Errorf("emulator: no button %q to press", id)
}
