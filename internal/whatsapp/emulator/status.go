package emulator

import (
	"encoding/json"
	"time"
)

// statusName is what Meta calls the ticks.
func statusName(t Tick) string {
	switch t {
	case TickSent:
		return "sent"
	case TickDelivered:
		return "delivered"
	case TickRead:
		return "read"
	case TickPlayed:
		return "played"
	default:
		return "failed"
	}
}

// report lets the statuses of an accepted message follow each other: sent, delivered, and read when the phone reads by
// itself; or failed with a Graph error when code is set. A reaction is only ever sent.
func (p *Phone) report(m Message, code int) {
	em := p.em
	if em.cfg.StatusDelay < 0 {
		p.advance(m.ID, TickDelivered)
		return
	}
	em.owe(1)
	em.spawn(func() {
		if !em.wait(em.cfg.StatusDelay) {
			return
		}
		if code != 0 {
			p.fail(m, code)
			return
		}
		p.follow(m)
	})
}

// reportFirst delivers "sent" before the send is answered; the others follow as ever.
func (p *Phone) reportFirst(m Message) {
	em := p.em
	before := em.tally.answers()
	em.owe(1)
	p.status(m, TickSent, nil)
	for deadline := time.Now().Add(webhookTimeout); em.tally.answers() == before && time.Now().Before(deadline); {
		if !em.wait(time.Millisecond) {
			return
		}
	}
	p.report(m, 0)
}

func (p *Phone) follow(m Message) {
	em := p.em
	if m.Type == "reaction" {
		p.status(m, TickSent, nil)
		return
	}
	em.owe(1) // for the next step, before this one can be done
	p.status(m, TickSent, nil)
	if !em.wait(em.cfg.StatusDelay) {
		return
	}
	reads := p.AutoRead() && em.cfg.ReadDelay >= 0
	if reads {
		em.owe(1)
	}
	p.status(m, TickDelivered, nil)
	if reads && em.wait(em.cfg.ReadDelay) {
		p.status(m, TickRead, nil)
	}
}

func (p *Phone) fail(m Message, code int) {
	p.amend(m.ID, func(m *Message) bool { m.Failure = code; return true })
	p.status(m, TickFailed, webhookError(code))
}

// status queues one status webhook, which was counted by Emulator.owe, and moves the tick.
func (p *Phone) status(m Message, tick Tick, failure map[string]any) {
	p.advance(m.ID, tick)
	em, who := p.em, p.who()
	if _, lost := em.faults.fire(FaultStatusLost); lost {
		em.owe(-1)
		return
	}
	status := map[string]any{"id": m.ID, "status": statusName(tick), "timestamp": seconds(em.Now())}
	contact := map[string]any{}
	if who.Phone != "" {
		status["recipient_id"], contact["wa_id"] = who.Phone, who.Phone
	}
	if who.BSUID != "" {
		status["recipient_user_id"], contact["user_id"] = who.BSUID, who.BSUID
	}
	set2(status, "biz_opaque_callback_data", m.CallbackData)
	value := map[string]any{"statuses": []any{status}}
	switch {
	case failure != nil:
		status["errors"] = []any{failure}
	case tick == TickSent || tick == TickDelivered:
		status["pricing"] = m.terms.pricing()
		if !m.terms.entryEnds.IsZero() {
			status["conversation"] = m.terms.conversation(m.ID, tick)
		}
		fallthrough
	default:
		value["contacts"] = []any{contact}
	}
	if em.recording() {
		raw, err := json.Marshal(status)
		if err != nil {
			panic("emulator: encoding a status: " + err.Error()) // maps of texts and numbers
		}
		em.record(Step{Kind: StepStatus, Who: p.began, ID: m.ID, Message: raw})
	}
	p.statuses.push(update{change: em.change(value), at: em.Now()})
}
