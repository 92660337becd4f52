package emulator

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// Send lets the customer send a message with these fields ("type" and the object of that name, perhaps "context" or
// "errors"), for shapes that have no method of their own. It returns the wamid at once; the webhook follows.
func (p *Phone) Send(fields map[string]any) string {
	return p.write(fields, Message{Type: fmt.Sprint(fields["type"])})
}

// Text sends a text.
func (p *Phone) Text(body string) string {
	return p.write(map[string]any{"type": "text", "text": map[string]string{"body": body}}, Message{Type: "text", Text: body})
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

// Image sends a picture.
func (p *Phone) Image(content []byte, mime, caption string) string {
	return p.file("image", File{Content: content, MIME: mime}, caption, nil)
}

// Audio sends a voice note.
func (p *Phone) Audio(content []byte, mime string) string {
	return p.file("audio", File{Content: content, MIME: mime}, "", map[string]any{"voice": true})
}

// Document sends a file.
func (p *Phone) Document(content []byte, mime, filename, caption string) string {
	return p.file("document", File{Content: content, MIME: mime, Filename: filename}, caption, map[string]any{"filename": filename})
}

func (p *Phone) file(kind string, f File, caption string, more map[string]any) string {
	sum := sha256.Sum256(f.Content)
	f.SHA256 = base64.StdEncoding.EncodeToString(sum[:])
	id := p.em.media.add(f)
	object := map[string]any{"id": id, "mime_type": f.MIME, "sha256": f.SHA256}
	if caption != "" {
		object["caption"] = caption
	}
	for key, value := range more {
		object[key] = value
	}
	shown := Message{Type: kind, Text: caption, MediaID: id, MIME: f.MIME, Filename: f.Filename}
	return p.write(map[string]any{"type": kind, kind: object}, shown)
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

// ShareContact sends the customer's own address card, as the button of a contact request does.
func (p *Phone) ShareContact() string {
	card := map[string]any{"origin": "contact_request", "name": map[string]string{"formatted_name": p.profile.Name}}
	if p.profile.Phone != "" {
		card["phones"] = []map[string]string{{"phone": "+" + p.profile.Phone, "wa_id": p.profile.Phone, "type": "CELL"}}
	}
	return p.write(map[string]any{"type": "contacts", "contacts": []any{card}}, Message{Type: "contacts", Text: p.profile.Name})
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

func (p *Phone) quoting(messageID string) map[string]string {
	return map[string]string{"from": p.em.cfg.DisplayNumber, "id": messageID}
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

// write makes the webhook of a message and shows it in the thread; shown without a type shows nothing (reactions).
func (p *Phone) write(fields map[string]any, shown Message) string {
	id, now := newID(p.ID()), p.em.cfg.Now()
	message := map[string]any{"id": id, "timestamp": seconds(now)}
	contact := map[string]any{}
	profile := map[string]string{}
	set(profile, "name", p.profile.Name)
	set(profile, "username", p.profile.Username)
	if len(profile) > 0 {
		contact["profile"] = profile
	}
	if p.profile.Phone != "" {
		message["from"], contact["wa_id"] = p.profile.Phone, p.profile.Phone
	}
	if p.profile.BSUID != "" {
		message["from_user_id"], contact["user_id"] = p.profile.BSUID, p.profile.BSUID
	}
	for key, value := range fields {
		message[key] = value
	}
	change := p.em.change(map[string]any{"contacts": []any{contact}, "messages": []any{message}})

	p.em.owe(1)
	p.em.rates.throughput(true)
	shown.ID, shown.FromCustomer, shown.At, shown.Tick = id, true, now, TickSent
	p.mu.Lock()
	defer p.mu.Unlock() // thread order is webhook order
	p.lastInbound = now
	if shown.Type != "" {
		p.keep(shown)
	}
	p.messages.push(update{change: change, taken: func() { p.advance(id, TickDelivered) }})
	return id
}

func set(m map[string]string, key, value string) {
	if value != "" {
		m[key] = value
	}
}
