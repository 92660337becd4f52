package emulator

import (
	"cmp"
	"strings"
)

// ShareContact sends the customer's own address card, as the button of a contact request does.
func (p *Phone) ShareContact() string {
	who := p.who()
	phone := cmp.Or(who.Phone, who.HiddenPhone)
	card := map[string]any{"origin": "contact_request", "name": map[string]string{"formatted_name": who.Name}}
	if phone != "" {
		card["phones"] = []map[string]string{{"phone": "+" + phone, "wa_id": phone, "type": "CELL"}}
	}
	shown := Message{Type: "contacts", Text: who.Name, Cards: []Card{{Name: who.Name, Phone: phone}}}
	return p.write(map[string]any{"type": "contacts", "contacts": []any{card}}, shown)
}

// SendCards sends address cards of other people.
func (p *Phone) SendCards(cards ...Card) string {
	list := make([]any, len(cards))
	names := make([]string, len(cards))
	for i, c := range cards {
		names[i] = c.Name
		card := map[string]any{"origin": "other", "name": map[string]string{"formatted_name": c.Name, "first_name": c.Name}}
		if c.Organisation != "" {
			card["org"] = map[string]string{"company": c.Organisation}
		}
		if c.Phone != "" {
			card["phones"] = []map[string]string{{"phone": c.Phone, "type": "CELL"}}
		}
		list[i] = card
	}
	return p.write(map[string]any{"type": "contacts", "contacts": list}, Message{Type: "contacts", Text: strings.Join(names, ", "), Cards: cards})
}
