package whatsapp

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// outbounds is one message of every kind that can be sent, in the order of the golden file.
func outbounds() []struct {
	name string
	give Outbound
} {
	picture := &OutMedia{Type: TypeImage, ID: "91"}
	place := &Location{Latitude: -31.41, Longitude: -64.18, Name: "Local", Address: "Belgrano 1"}
	body := func(p ...Parameter) Component { return Component{Type: "body", Parameters: p} }
	template := func(c ...Component) *TemplateMessage {
		return &TemplateMessage{Name: "visita", Language: "es_AR", Components: c}
	}
	return []struct {
		name string
		give Outbound
	}{
		{"text", Outbound{Text: &Text{Body: "Mira https://isp.example", PreviewURL: true}}},
		{"quoted text", Outbound{Text: &Text{Body: "sí"}, ReplyTo: "wamid.1", CallbackData: "m:1", IdentityHash: "DF2"}},
		{"image", Outbound{Media: &OutMedia{Type: TypeImage, ID: "91", Caption: "la caja"}}},
		{"document", Outbound{Media: &OutMedia{Type: TypeDocument, Link: "https://isp.example/f.pdf", Filename: "factura.pdf"}}},
		{"audio", Outbound{Media: &OutMedia{Type: TypeAudio, ID: "92"}}},
		{"voice", Outbound{Media: &OutMedia{Type: TypeAudio, ID: "93", Voice: true}}},
		{"video", Outbound{Media: &OutMedia{Type: TypeVideo, ID: "94"}}},
		{"sticker", Outbound{Media: &OutMedia{Type: TypeSticker, ID: "95"}}},
		{"location", Outbound{Location: place}},
		{"contacts", Outbound{Contacts: []Card{{Name: "Ana Ruiz", FirstName: "Ana", LastName: "Ruiz", Organisation: "Fibra Sur", Phones: []CardPhone{{Phone: "+54 351 555-0100", WaID: "5493515550100", Type: "WORK"}},
			Emails: []string{"ana@isp.example"}, URLs: []string{"https://isp.example"}, Addresses: []string{"Belgrano 1"}, Birthday: "1990-02-03"}, {Name: "Soporte"}}}},
		{"reply buttons", Outbound{Buttons: &Buttons{Header: &Header{Text: "Soporte"}, Body: "¿Anda?", Footer: "Fibra Sur", Buttons: []Choice{{ID: "y", Title: "Sí"}, {ID: "n", Title: "No"}}}}},
		{"reply buttons under a picture", Outbound{Buttons: &Buttons{Header: &Header{Media: picture}, Body: "¿Es esta?", Buttons: []Choice{{ID: "y", Title: "Sí"}}}}},
		{"list", Outbound{List: &List{Header: "Soporte", Body: "¿Qué pasa?", Footer: "Fibra Sur", Open: "Elegir", Sections: []Section{{Title: "Internet", Rows: []Choice{{ID: "s", Title: "Lenta", Description: "anda mal"}}}}}}},
		{"cta_url", Outbound{Link: &Link{Body: "Tu factura", Label: "Abrir", URL: "https://isp.example/f"}}},
		{"location request", Outbound{LocationRequest: &Ask{Body: "¿Dónde es?"}}},
		{"contact-info request", Outbound{ContactRequest: &Ask{Body: "¿Nos das tu número?"}}},
		{"flow", Outbound{Flow: &Flow{Body: "Agendar", ID: "123", Label: "Agendar", Token: "t1", Screen: "START", Data: json.RawMessage(`{"a":1}`)}}},
		{"flow that asks its server", Outbound{Flow: &Flow{Body: "Agendar", ID: "123", Label: "Agendar"}}},
		{"reaction", Outbound{Reaction: &Reaction{MessageID: "wamid.1", Emoji: "👍"}}},
		{"reaction taken back", Outbound{Reaction: &Reaction{MessageID: "wamid.1"}}},
		{"template", Outbound{Template: template()}},
		{"template, positional", Outbound{Template: template(body(Parameter{Text: "Ana"}, Parameter{Text: "lunes\n 10 h"}))}},
		{"template, named", Outbound{Template: template(Component{Type: "header", Parameters: []Parameter{{Name: "empresa", Text: "Fibra"}}}, body(Parameter{Name: "nombre", Text: "Ana"}))}},
		{"template under a picture", Outbound{Template: template(Component{Type: "header", Parameters: []Parameter{{Media: picture}}})}},
		{"template under a document", Outbound{Template: template(Component{Type: "header", Parameters: []Parameter{{Media: &OutMedia{Type: TypeDocument, ID: "96", Filename: "f.pdf"}}}})}},
		{"template under a place", Outbound{Template: template(Component{Type: "header", Parameters: []Parameter{{Location: place}}})}},
		{"template buttons", Outbound{Template: template(
			Component{Type: "button", SubType: ButtonQuickReply, Index: 0, Parameters: []Parameter{{Payload: "OK"}}},
			Component{Type: "button", SubType: ButtonURL, Index: 1, Parameters: []Parameter{{Text: "f/1"}}},
			Component{Type: "button", SubType: ButtonCopyCode, Index: 2, Parameters: []Parameter{{Coupon: "FIBRA10"}}},
			Component{Type: "button", SubType: ButtonFlow, Index: 3, Parameters: []Parameter{{Flow: &FlowParameter{Token: "t1", Data: json.RawMessage(`{"a":1}`)}}}})}},
	}
}

// TestPayload compares the body of each kind of message with the golden file.
func TestPayload(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	for _, o := range outbounds() {
		o.give.To.Phone = "5493515550101"
		if err := o.give.Validate(); err != nil {
			t.Errorf("%s: %v", o.name, err)
		}
		got.WriteString(o.name + "\n  ")
		got.Write(encode(o.give.payload()))
		got.WriteString("\n")
	}
	const golden = "testdata/outbound.txt"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("got:\n%s\nwant:\n%s", got.Bytes(), want)
	}
}
