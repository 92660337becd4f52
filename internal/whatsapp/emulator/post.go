package emulator

import (
	"cmp"
	"encoding/json"
	"time"
)

// write makes the webhook of a message and shows it in the thread; shown without a type shows nothing (reactions).
func (p *Phone) write(fields map[string]any, shown Message) string {
	id, now := newID(p.ID()), p.em.Now()
	who := p.who()
	message := map[string]any{"id": id, "timestamp": seconds(now)}
	contact := map[string]any{}
	profile := map[string]string{}
	set(profile, "name", who.Name)
	set(profile, "username", who.Username)
	if len(profile) > 0 {
		contact["profile"] = profile
	}
	if who.Phone != "" {
		message["from"], contact["wa_id"] = who.Phone, who.Phone
	}
	if who.BSUID != "" {
		message["from_user_id"], contact["user_id"] = who.BSUID, who.BSUID
	}
	for key, value := range fields {
		message[key] = value
	}
	value := map[string]any{"contacts": []any{contact}, "messages": []any{message}}
	if message["type"] == "system" { // these have no contacts
		delete(value, "contacts")
	} else {
		p.recordAct(id, message)
	}
	shown.ID, shown.FromCustomer, shown.At = id, true, now
	shown.Tick = cmp.Or(shown.Tick, TickSent)
	p.post("messages", value, shown, func() { p.advance(id, TickDelivered) })
	return id
}

func (p *Phone) recordAct(id string, message map[string]any) {
	if !p.em.recording() {
		return
	}
	raw, err := json.Marshal(message)
	if err != nil {
		panic("emulator: encoding a message: " + err.Error()) // maps of texts and numbers
	}
	p.em.record(Step{Kind: StepAct, Who: p.began, ID: id, Message: raw})
}

// post queues the webhook of something the customer did, which opens the window, and shows it in the thread.
func (p *Phone) post(field string, value map[string]any, shown Message, taken func()) {
	change := p.em.changeOf(field, value)
	p.em.owe(1)
	p.em.rates.throughput(true)
	p.mu.Lock()
	defer p.mu.Unlock() // thread order is webhook order
	if shown.Type != "system" && shown.At.After(p.lastInbound) {
		p.lastInbound = shown.At
	}
	if shown.Type != "" {
		p.keep(shown)
	}
	p.messages.push(update{change: change, taken: taken, at: shown.At})
}

func (p *Phone) quoting(messageID string) map[string]string {
	return map[string]string{"from": p.em.cfg.DisplayNumber, "id": messageID}
}

func set(m map[string]string, key, value string) {
	if value != "" {
		m[key] = value
	}
}

// last returns a message of the thread.
func (p *Phone) message(id string) (Message, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := p.find(id); i >= 0 {
		return p.thread[i], true
	}
	return Message{}, false
}

// Times that Meta and the messenger keep.
const (
	editTime   = 15 * time.Minute
	revokeTime = 48 * time.Hour
	oldTime    = 30 * 24 * time.Hour // what is older cannot be reacted to or marked read
)
