package emulator

import "errors"

// ErrTooLate is returned for what the messenger no longer allows: an edit after 15 minutes, a deletion after two days.
var ErrTooLate = errors.New("emulator: too late, or not the customer's own message")

// SetCoexistence says whether the number is also on the Business app: then edits and deletions are told as such. Elsewhere
// an edit arrives as unsupported, and a deletion not at all.
func (em *Emulator) SetCoexistence(on bool) {
	em.mu.Lock()
	defer em.mu.Unlock()
	em.onApp = on
}

// Coexistence tells what SetCoexistence set.
func (em *Emulator) Coexistence() bool {
	em.mu.Lock()
	defer em.mu.Unlock()
	return em.onApp
}

// Edit changes a text of the customer's.
func (p *Phone) Edit(messageID, body string) (string, error) {
	m, ok := p.message(messageID)
	if !ok || !m.FromCustomer || m.Type != "text" || m.Deleted || p.em.Now().Sub(m.At) > editTime {
		return "", ErrTooLate
	}
	p.amend(messageID, func(m *Message) bool { m.Text, m.Edited = body, true; return true })
	if !p.em.Coexistence() {
		return p.write(unsupported("edit"), Message{}), nil
	}
	inner := map[string]any{"context": map[string]string{"id": messageID}, "type": "text", "text": map[string]string{"body": body}}
	return p.write(map[string]any{"type": "edit", "edit": map[string]any{"original_message_id": messageID, "message": inner}}, Message{}), nil
}

// Revoke deletes a message of the customer's for everyone. The id is "" when nobody is told.
func (p *Phone) Revoke(messageID string) (string, error) {
	m, ok := p.message(messageID)
	if !ok || !m.FromCustomer || m.Deleted || p.em.Now().Sub(m.At) > revokeTime {
		return "", ErrTooLate
	}
	p.amend(messageID, func(m *Message) bool {
		*m = Message{ID: m.ID, FromCustomer: true, Type: m.Type, At: m.At, Tick: m.Tick, Deleted: true}
		return true
	})
	if !p.em.Coexistence() {
		return "", nil
	}
	return p.write(map[string]any{"type": "revoke", "revoke": map[string]string{"original_message_id": messageID}}, Message{}), nil
}

// Unsupported sends what the API does not carry: poll_creation, gif, pin and such.
func (p *Phone) Unsupported(kind string) string {
	return p.write(unsupported(kind), Message{Type: "unsupported"})
}

func unsupported(kind string) map[string]any {
	return map[string]any{"type": "unsupported", "unsupported": map[string]string{"type": kind}, "errors": []any{map[string]any{
		"code": 131051, "title": "Message type unknown", "message": "Message type unknown",
		"error_data": map[string]string{"details": "Message type is currently not supported."},
	}}}
}
