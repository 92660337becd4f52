package emulator

// Echo lets a person of the business write to the customer from the Business app: the desk learns of it as an echo.
func (p *Phone) Echo(body string) string {
	id, now, who := newID(p.ID()), p.em.Now(), p.who()
	echo := map[string]any{"id": id, "from": p.em.cfg.DisplayNumber, "timestamp": seconds(now), "type": "text", "text": map[string]string{"body": body}}
	set2(echo, "to", who.Phone)
	set2(echo, "to_user_id", who.BSUID)
	change := p.em.changeOf("smb_message_echoes", map[string]any{"message_echoes": []any{echo}})
	p.em.owe(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(Message{ID: id, Type: "text", Text: body, At: now, Tick: TickRead})
	p.messages.push(update{change: change, at: now})
	return id
}
