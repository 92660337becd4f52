package emulator

import (
	"crypto/rand"
	"time"
)

// Call rings the business, which does not answer: two events of the field "calls", and an open window.
func (p *Phone) Call() (id string) {
	id = "wacid." + rand.Text()
	p.em.record(Step{Kind: StepCall, Who: p.began, ID: id})
	now := p.em.Now()
	call := func(event string, more map[string]any) map[string]any {
		c := map[string]any{"id": id, "to": p.em.cfg.DisplayNumber, "event": event, "timestamp": seconds(now), "direction": "USER_INITIATED"}
		who := p.who()
		set2(c, "from", who.Phone)
		set2(c, "from_user_id", who.BSUID)
		for key, value := range more {
			c[key] = value
		}
		return map[string]any{"calls": []any{c}}
	}
	offer := map[string]any{"session": map[string]string{"sdp_type": "offer", "sdp": "v=0\r\n"}}
	p.post("calls", call("connect", offer), Message{ID: id, Type: "call", FromCustomer: true, At: now, Tick: TickSent}, func() { p.advance(id, TickDelivered) })
	p.post("calls", call("terminate", map[string]any{"status": "FAILED", "duration": int(time.Duration(0))}), Message{At: now}, nil)
	return id
}
