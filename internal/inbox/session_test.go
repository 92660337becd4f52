package inbox_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// recording builds a session as the provider would tell it, event by event, each a
// POST of its own.
type recording struct {
	t      *testing.T
	at     time.Time
	bodies [][]byte
	ids    int
}

type object = map[string]any

func (r *recording) post(field string, value object) {
	r.t.Helper()
	if value["metadata"] == nil {
		value["metadata"] = object{"phone_number_id": channel, "display_phone_number": "5511000000000"}
	}
	raw, err := json.Marshal(object{"object": "whatsapp_business_account", "entry": []any{object{
		"id": "1", "time": r.at.Unix(), "changes": []any{object{"field": field, "value": value}},
	}}})
	if err != nil {
		r.t.Fatal(err)
	}
	r.bodies = append(r.bodies, raw)
}

// tick is the time of the next event.
func (r *recording) tick() string {
	r.at = r.at.Add(7 * time.Second)
	return fmt.Sprint(r.at.Unix())
}

// who is a customer as the provider names them.
type who struct{ phone, bsuid, name string }

func (r *recording) message(from who, id, kind string, body any, more object) {
	r.t.Helper()
	m := object{"id": id, "timestamp": r.tick(), "type": kind, kind: body}
	contact := object{"profile": object{"name": from.name}}
	if from.phone != "" {
		m["from"], contact["wa_id"] = from.phone, from.phone
	}
	if from.bsuid != "" {
		m["from_user_id"], contact["user_id"] = from.bsuid, from.bsuid
	}
	for key, value := range more {
		m[key] = value
	}
	r.post("messages", object{"contacts": []any{contact}, "messages": []any{m}})
}

func (r *recording) text(from who, id, words string) {
	r.message(from, id, "text", object{"body": words}, nil)
}

func (r *recording) status(id, state, recipient string, more object) {
	s := object{"id": id, "status": state, "timestamp": r.tick(), "recipient_id": recipient}
	for key, value := range more {
		s[key] = value
	}
	r.post("messages", object{"statuses": []any{s}})
}

func (r *recording) echo(to who, id, kind string, body any) {
	m := object{"id": id, "timestamp": r.tick(), "type": kind, kind: body, "from": "5511000000000", "to": to.phone}
	if to.bsuid != "" {
		m["to_user_id"] = to.bsuid
	}
	r.post("smb_message_echoes", object{"message_echoes": []any{m}})
}

// The people of the session. Ana changes her number; Bea is known by her id first
// and by both later; Caio writes from a number that was Ana's.
var (
	ana    = who{"5511911110001", "BR.ana1", "Ana"}
	anaNew = who{"5511922220002", "BR.ana2", "Ana"}
	bea    = who{"5521933330003", "BR.bea", "Bea"}
	beaID  = who{"", "BR.bea", "Bea"}
	beaTel = who{"5521933330003", "", "Bea"}
	caio   = who{"5511911110001", "BR.caio", "Caio"}
	davi   = who{"5531944440004", "BR.davi", "Davi"}
)

// session is a day of a desk: every kind of event, in the order in which it happened.
func session(t *testing.T) [][]byte {
	t.Helper()
	r := &recording{t: t, at: noon.Add(-6 * time.Hour)}
	r.past()
	r.asked()
	r.answered()
	r.moved()
	r.platform()
	return r.bodies
}

func (r *recording) past() {
	for i, m := range []object{
		{"id": "wamid.h1", "from": davi.phone, "timestamp": "1760000000", "type": "text", "text": object{"body": "bom dia"}, "history_context": object{"status": "READ"}},
		{"id": "wamid.h2", "from": "5511000000000", "to": davi.phone, "timestamp": "1760000100", "type": "text", "text": object{"body": "bom dia!"}, "history_context": object{"status": "DELIVERED"}},
		{"id": "wamid.h3", "from": davi.phone, "timestamp": "1760000200", "type": "media_placeholder", "history_context": object{"status": "READ"}},
	} {
		r.post("history", object{"history": []any{object{
			"metadata": object{"phase": 0, "chunk_order": i, "progress": 30 * (i + 1)},
			"threads":  []any{object{"id": davi.phone, "messages": []any{m}}},
		}}})
	}
	r.post("smb_app_state_sync", object{"state_sync": []any{object{"type": "contact", "action": "add",
		"contact": object{"full_name": "Davi Lima", "phone_number": davi.phone}, "metadata": object{"timestamp": "1760000300"}}}})
}

func (r *recording) asked() {
	r.text(ana, "wamid.a1", "estou sem internet")
	r.text(ana, "wamid.a2", "desde ontem")
	r.message(ana, "wamid.a3", "image", object{"id": "900", "mime_type": "image/jpeg", "sha256": "x", "caption": "luz vermelha"}, nil)
	r.message(ana, "wamid.a4", "location", object{"latitude": -23.5, "longitude": -46.6, "name": "Casa", "url": "https://example.com/casa"}, nil)
	r.message(ana, "wamid.e1", "edit", object{"original_message_id": "wamid.a2", "message": object{"type": "text", "text": object{"body": "desde hoje"}}}, nil)
	r.message(ana, "wamid.e2", "edit", object{"original_message_id": "wamid.a2", "message": object{"type": "text", "text": object{"body": "desde hoje cedo"}}}, nil)
	r.text(ana, "wamid.a5", "senha 1234")
	r.message(ana, "wamid.v1", "revoke", object{"original_message_id": "wamid.a5"}, nil)
	r.message(ana, "wamid.x1", "reaction", object{"message_id": "wamid.out1", "emoji": "👍"}, nil)
	r.message(ana, "wamid.x2", "reaction", object{"message_id": "wamid.out1", "emoji": "❤️"}, nil)
	r.message(ana, "wamid.x3", "reaction", object{"message_id": "wamid.out2", "emoji": "😡"}, nil)
	r.message(ana, "wamid.x4", "reaction", object{"message_id": "wamid.out2"}, nil)
	r.text(beaID, "wamid.b1", "quero a segunda via")
	r.message(beaID, "wamid.b2", "interactive", object{"type": "button_reply", "button_reply": object{"id": "intent:invoice", "title": "2ª via"}}, object{"context": object{"id": "wamid.out9"}})
	r.text(beaTel, "wamid.b3", "alguém?")
	r.message(beaTel, "wamid.b4", "order", object{"catalog_id": "1", "product_items": []any{object{"product_retailer_id": "fibra300", "quantity": 1, "item_price": 99.9, "currency": "BRL"}}}, nil)
	r.text(bea, "wamid.b5", "meu número é este")
	r.message(bea, "wamid.b6", "contacts", []any{object{"name": object{"formatted_name": "Zé"}, "phones": []any{object{"phone": "+55 21 98888-7777"}}}}, nil)
	r.message(bea, "wamid.b7", "interactive", object{"type": "nfm_reply", "nfm_reply": object{"name": "flow", "response_json": `{"flow_token":"t","dia":"2026-11-25"}`}}, nil)
	r.text(davi, "wamid.d1", "oi")
	r.message(davi, "wamid.d2", "text", object{"body": "quero contratar"}, object{"referral": object{"source_type": "ad", "headline": "Fibra 300", "source_url": "https://fb.me/x"}})
	r.message(davi, "wamid.d3", "unsupported", object{"type": "poll_creation"}, nil)
	r.message(davi, "wamid.d4", "text", object{"body": "veja"}, object{"context": object{"forwarded": true}})
	r.text(davi, "wamid.d5", "stop")
}

func (r *recording) answered() {
	charge := object{"pricing": object{"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"}}
	for _, s := range []string{"sent", "delivered", "read"} {
		r.status("wamid.out1", s, ana.phone, charge)
	}
	for _, s := range []string{"sent", "delivered", "read", "played"} {
		r.status("wamid.out2", s, ana.phone, nil)
	}
	r.status("wamid.out3", "sent", ana.phone, nil)
	r.status("wamid.out3", "failed", ana.phone, object{"errors": []any{object{"code": 131026, "title": "Message undeliverable"}}})
	r.status("wamid.out3", "delivered", ana.phone, nil)
	r.status("wamid.out4", "failed", ana.phone, object{"errors": []any{object{"code": 131049, "title": "not delivered"}}})
	r.status("wamid.lost", "sent", ana.phone, object{"biz_opaque_callback_data": lostSend.String()})
	r.status("wamid.lost", "delivered", ana.phone, nil)
	r.message(ana, "wamid.x5", "reaction", object{"message_id": "wamid.lost", "emoji": "🙏"}, nil)
	r.echo(davi, "wamid.p1", "text", object{"body": "Oi Davi, aqui é a Marta"})
	r.status("wamid.p1", "sent", davi.phone, nil)
	r.status("wamid.p1", "read", davi.phone, nil)
	r.echo(davi, "wamid.p2", "text", object{"body": "já te mando"})
	r.echo(davi, "wamid.p3", "reaction", object{"message_id": "wamid.d2", "emoji": "👌"})
	r.echo(davi, "wamid.p4", "edit", object{"original_message_id": "wamid.p2", "message": object{"type": "text", "text": object{"body": "já te mando o plano"}}})
	r.echo(davi, "wamid.p5", "revoke", object{"original_message_id": "wamid.p1"})
	r.status("wamid.nobodys", "sent", "5599999999999", nil)
	r.message(davi, "wamid.x6", "reaction", object{"message_id": "wamid.h2", "emoji": "🙂"}, nil)
}

func (r *recording) moved() {
	r.message(ana, "wamid.s1", "system", object{"type": "user_changed_number", "body": "changed", "wa_id": anaNew.phone, "user_id": anaNew.bsuid, "previous_user_id": ana.bsuid}, nil)
	r.text(anaNew, "wamid.a6", "troquei de número")
	r.text(anaNew, "wamid.a7", "ainda sem internet")
	r.text(caio, "wamid.c1", "boa tarde, esse número é novo")
	r.text(caio, "wamid.c2", "quanto custa?")
	r.post("calls", object{"calls": []any{object{"id": "wacid.1", "from": bea.phone, "from_user_id": bea.bsuid, "to": "5511000000000", "event": "connect", "timestamp": r.tick(), "direction": "USER_INITIATED"}}})
	r.post("calls", object{"calls": []any{object{"id": "wacid.1", "from": bea.phone, "from_user_id": bea.bsuid, "to": "5511000000000", "event": "terminate", "timestamp": r.tick(), "direction": "USER_INITIATED"}}})
	r.post("user_preferences", object{"user_preferences": []any{object{"wa_id": bea.phone, "user_id": bea.bsuid, "category": "marketing_messages", "value": "stop", "detail": "user stopped", "timestamp": r.at.Unix()}}})
	r.tick()
	r.post("user_preferences", object{"user_preferences": []any{object{"wa_id": bea.phone, "user_id": bea.bsuid, "category": "marketing_messages", "value": "resume", "detail": "user resumed", "timestamp": r.at.Unix()}}})
	r.post("messaging_handovers", object{"sender": object{"phone_number": caio.phone}, "from": caio.phone, "from_user_id": caio.bsuid, "type": "control_taken", "timestamp": r.tick(), "control_taken": object{"previous_owner_role": "customer_service", "new_owner_role": "marketing"}})
	r.post("standby", object{"standby": object{"contacts": []any{object{"wa_id": caio.phone, "user_id": caio.bsuid}}, "messages": []any{object{"from": caio.phone, "from_user_id": caio.bsuid, "id": "wamid.c3", "timestamp": r.tick(), "type": "text", "text": object{"body": "para o outro app"}}}}})
}

func (r *recording) platform() {
	for _, event := range []string{"APPROVED", "PAUSED"} {
		r.tick()
		r.post("message_template_status_update", object{"event": event, "message_template_id": 77, "message_template_name": "visita", "message_template_language": "pt_BR", "reason": "NONE"})
	}
	r.tick()
	r.post("message_template_quality_update", object{"previous_quality_score": "GREEN", "new_quality_score": "RED", "message_template_id": 77, "message_template_name": "visita", "message_template_language": "pt_BR"})
	r.post("phone_number_quality_update", object{"display_phone_number": "5511000000000", "event": "FLAGGED", "current_limit": "TIER_1K"})
	r.post("security", object{"display_phone_number": "5511000000000", "event": "PIN_CHANGED"})
	r.post("account_update", object{"event": "ACCOUNT_VIOLATION", "violation_info": object{"violation_type": "SPAM"}})
}

// events are the session as the webhook would store it.
func events(t *testing.T, bodies [][]byte) (all []desk.Event) {
	t.Helper()
	for _, body := range bodies {
		items, err := whatsapp.Split(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			all = append(all, desk.Event{Key: item.Key, Kind: item.Kind, Channel: channel, Raw: item.Raw})
		}
	}
	return all
}
