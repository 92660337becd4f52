package emulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// Again sends a message whose fields were recorded, and shows it as it was shown then. Edits, deletions and reactions change the
// message they name.
func (p *Phone) Again(fields map[string]any) string {
	kind := fmt.Sprint(fields["type"])
	object, _ := fields[kind].(map[string]any)
	text := func(keys ...string) string {
		var at any = object
		for _, key := range keys {
			inner, _ := at.(map[string]any)
			at = inner[key]
		}
		s, _ := at.(string)
		return s
	}
	switch kind {
	case "reaction":
		return p.React(text("message_id"), text("emoji"))
	case "revoke":
		p.amend(text("original_message_id"), func(m *Message) bool { m.Text, m.Deleted = "", true; return true })
		return p.write(fields, Message{})
	case "edit":
		p.amend(text("original_message_id"), func(m *Message) bool {
			m.Text, m.Edited = text("message", "text", "body"), true
			return true
		})
		return p.write(fields, Message{})
	}
	shown := Message{
		Type: kind, MediaID: text("id"), MIME: text("mime_type"), Filename: text("filename"), ReplyTo: contextID(fields),
		Text: cmp.Or(text("body"), text("caption"), text("name"), text("text"), text("button_reply", "title"), text("list_reply", "title"), text("nfm_reply", "body")),
	}
	shown.Voice = object["voice"] == true
	shown.Latitude, _ = object["latitude"].(float64)
	shown.Longitude, _ = object["longitude"].(float64)
	if cards, ok := fields[kind].([]any); ok && kind == "contacts" {
		shown.Cards = cardsOf(cards)
		names := make([]string, len(shown.Cards))
		for i, c := range shown.Cards {
			names[i] = c.Name
		}
		shown.Text = strings.Join(names, ", ")
	}
	id := p.write(fields, shown)
	if _, clicked := fields["referral"]; clicked {
		p.clicked()
	}
	return id
}

func contextID(fields map[string]any) string {
	about, _ := fields["context"].(map[string]any)
	id, _ := about["id"].(string)
	return id
}

// cardsOf reads recorded address cards.
func cardsOf(list []any) []Card {
	var cards []struct {
		Name struct {
			Formatted string `json:"formatted_name"`
		} `json:"name"`
		Phones []struct {
			Phone string `json:"phone"`
		} `json:"phones"`
	}
	raw, err := json.Marshal(list)
	if err != nil || json.Unmarshal(raw, &cards) != nil {
		return nil
	}
	out := make([]Card, len(cards))
	for i, c := range cards {
		out[i].Name = c.Name.Formatted
		if len(c.Phones) > 0 {
			out[i].Phone = c.Phones[0].Phone
		}
	}
	return out
}
