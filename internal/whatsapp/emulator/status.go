package emulator

// statusName is what Meta calls the ticks.
func statusName(t Tick) string {
	switch t {
	case TickSent:
		return "sent"
	case TickDelivered:
		return "delivered"
	case TickRead:
		return "read"
	default:
		return "failed"
	}
}

// report lets the statuses of an accepted message follow each other: sent, delivered, and read when the phone reads by
// itself; or failed with a Graph error when code is set.
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
			p.status(m, TickFailed, webhookError(code))
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
	})
}

// status queues one status webhook, which was counted by Emulator.owe, and moves the tick.
func (p *Phone) status(m Message, tick Tick, failure map[string]any) {
	p.advance(m.ID, tick)
	status := map[string]any{"id": m.ID, "status": statusName(tick), "timestamp": seconds(p.em.cfg.Now())}
	contact := map[string]any{}
	if p.profile.Phone != "" {
		status["recipient_id"], contact["wa_id"] = p.profile.Phone, p.profile.Phone
	}
	if p.profile.BSUID != "" {
		status["recipient_user_id"], contact["user_id"] = p.profile.BSUID, p.profile.BSUID
	}
	if m.CallbackData != "" {
		status["biz_opaque_callback_data"] = m.CallbackData
	}
	value := map[string]any{"statuses": []any{status}}
	switch {
	case failure != nil:
		status["errors"] = []any{failure}
	case tick == TickSent || tick == TickDelivered:
		status["pricing"] = pricing(m)
		fallthrough
	default:
		value["contacts"] = []any{contact}
	}
	p.statuses.push(update{change: p.em.change(value)})
}

func pricing(m Message) map[string]any {
	category := "service"
	if m.Template != "" {
		category = "utility"
	}
	return map[string]any{"billable": true, "pricing_model": "PMP", "type": "regular", "category": category}
}

func webhookError(code int) map[string]any {
	title := "Error " + itoa(code)
	return map[string]any{
		"code": code, "title": title, "message": title,
		"error_data": map[string]string{"details": "Failure switched on in the emulator."},
		"href":       "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
	}
}
