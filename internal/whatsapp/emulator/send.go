package emulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"time"
)

func (em *Emulator) postMessages(w http.ResponseWriter, r *http.Request) {
	var req sendRequest
	if r.PathValue("id") != em.cfg.PhoneNumberID {
		refuse(w, &graphError{http.StatusBadRequest, 33, "Unsupported post request. Object does not exist"})
		return
	}
	if !readJSON(w, r, &req) {
		return
	}
	if req.Status == "read" {
		em.markRead(w, req)
		return
	}
	if em.failBefore(w) {
		return
	}
	p, e := em.admit(&req)
	if e != nil {
		em.tally.refused(e.code)
		em.recordRefusal(&req, e)
		refuse(w, e)
		return
	}
	later, failLater := em.faults.fire(FaultFailLater)
	if !failLater && req.Hash != "" && req.Hash != p.who().IdentityHash {
		later.Code, failLater = 137000, true
	}
	m := em.accept(p, &req, failLater, later.Code)
	if em.loseAnswer(w, r) {
		return
	}
	answer(w, http.StatusOK, em.acceptance(p, &req, m))
}

// loseAnswer plays the faults that come after the message was taken; it reports whether the answer is lost.
func (em *Emulator) loseAnswer(w http.ResponseWriter, r *http.Request) bool {
	after, ok := em.faults.fire(FaultHang, FaultResetAfter, FaultErrorAfter, FaultSlow)
	if !ok {
		return false
	}
	switch after.Kind {
	case FaultSlow:
		timer := time.NewTimer(cmp.Or(after.Delay, defaultSlow))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		case <-em.ctx.Done():
		}
		return false
	case FaultErrorAfter:
		http.Error(w, "upstream trouble", cmp.Or(after.HTTPStatus, http.StatusInternalServerError))
		return true
	case FaultHang:
		select {
		case <-r.Context().Done():
		case <-em.ctx.Done():
		}
	}
	reset(w)
	return true
}

// failBefore plays the faults that take nothing.
func (em *Emulator) failBefore(w http.ResponseWriter) bool {
	f, ok := em.faults.fire(FaultRefuse, FaultBareStatus, FaultResetBefore)
	if !ok {
		return false
	}
	switch f.Kind {
	case FaultRefuse:
		em.tally.refused(f.Code)
		refuse(w, &graphError{cmp.Or(f.HTTPStatus, statusOf(f.Code)), f.Code, codeOf(f.Code).Title + " (switched on in the emulator)"})
	case FaultBareStatus:
		em.tally.refused(0)
		http.Error(w, "upstream trouble", cmp.Or(f.HTTPStatus, http.StatusServiceUnavailable))
	default:
		em.tally.refused(0)
		reset(w)
	}
	return true
}

// admit checks a message in Meta's order: form, recipient, rates, window, template.
func (em *Emulator) admit(req *sendRequest) (*Phone, *graphError) {
	if e := em.check(req); e != nil {
		return nil, e
	}
	p := em.phone(digits(req.To), req.Recipient)
	switch {
	case req.To != "" && digits(req.To) == digits(em.cfg.DisplayNumber):
		return nil, badParameter(131021, "Recipient cannot be the sender")
	case p == nil:
		return nil, badParameter(131030, "Recipient phone number not in allowed list")
	case req.Type != "template" && !p.open():
		return nil, badParameter(131047, "Message failed to send because more than 24 hours have passed since the customer last replied to this number.")
	case !em.rates.throughput(false):
		return nil, badParameter(130429, "Cloud API message throughput has been reached.")
	case !p.takePair():
		return nil, badParameter(131056, "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.")
	}
	return p, nil
}

func (p *Phone) open() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.windowOpen()
}

func (p *Phone) takePair() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.em.rates.pair(&p.pair)
}

// accept takes the message: from here on the customer gets it, whatever becomes of the answer.
func (em *Emulator) accept(p *Phone, req *sendRequest, fail bool, code int) Message {
	m := em.render(req)
	m.ID, m.At, m.CallbackData, m.ReplyTo = newID(p.ID()), em.Now(), req.Callback, req.Context.MessageID
	p.mu.Lock()
	p.answered(m.At)
	m.terms = p.terms(m)
	p.mu.Unlock()
	em.tally.accepted(req.Callback, p.ID())
	if em.cfg.OnAccept != nil {
		em.cfg.OnAccept(Accepted{ID: m.ID, To: p.ID(), Type: req.Type, Text: m.Text, ReplyTo: m.ReplyTo, CallbackData: m.CallbackData, At: time.Now()})
	}
	switch {
	case fail: // the customer never sees it
	case req.Type == "reaction":
		p.amend(req.Reaction.MessageID, func(target *Message) bool {
			target.BusinessReaction = req.Reaction.Emoji
			return true
		})
	default:
		p.mu.Lock()
		p.setTyping(false)
		p.keep(m)
		em.recordSent(p, m)
		p.mu.Unlock()
	}
	if _, early := em.faults.fire(FaultStatusFirst); early && !fail && em.cfg.StatusDelay >= 0 {
		p.reportFirst(m)
		return m
	}
	p.report(m, code)
	return m
}

func (em *Emulator) recordSent(p *Phone, m Message) {
	if em.recording() {
		em.record(Step{Kind: StepSent, Who: p.began, ID: m.ID, Message: shownAs(m)})
	}
}

func (em *Emulator) recordRefusal(req *sendRequest, e *graphError) {
	if em.recording() {
		who := cmp.Or(digits(req.To), req.Recipient)
		if p := em.phone(who); p != nil {
			who = p.began
		}
		em.record(Step{Kind: StepRefused, Who: who, Code: e.code, Message: wire(map[string]string{"type": req.Type})})
	}
}

// shownAs is what of a message of the business a recording keeps: what the customer saw.
func shownAs(m Message) json.RawMessage {
	seen := map[string]any{"type": m.Type, "text": m.Text}
	set2(seen, "template", m.Template)
	if len(m.Buttons) > 0 {
		titles := make([]string, len(m.Buttons))
		for i, b := range m.Buttons {
			titles[i] = b.Title
		}
		seen["buttons"] = titles
	}
	return wire(seen)
}

func (em *Emulator) acceptance(p *Phone, req *sendRequest, m Message) map[string]any {
	contact := map[string]string{"input": cmp.Or(req.To, req.Recipient)}
	set(contact, "wa_id", p.who().Phone)
	if req.To == "" {
		set(contact, "user_id", p.who().BSUID)
	}
	message := map[string]string{"id": m.ID}
	if req.Type == "template" {
		message["message_status"] = "accepted"
	}
	return map[string]any{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{message}}
}

// markRead shows the blue ticks up to a message of the customer's, and typing when asked.
func (em *Emulator) markRead(w http.ResponseWriter, req sendRequest) {
	p := em.owner(req.MessageID)
	if p == nil {
		refuse(w, badParameter(131009, "Parameter value is not valid: message_id"))
		return
	}
	em.tally.add(func(c *Counters) {
		c.MarkedRead++
		if req.Typing != nil {
			c.Typing++
		}
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := p.find(req.MessageID); i >= 0; i-- {
		m := &p.thread[i]
		if m.FromCustomer && m.Tick < TickRead {
			m.Tick = TickRead
			p.tell(Change{Kind: ChangeUpdate, Message: *m})
		}
	}
	if req.Typing != nil {
		p.setTyping(true)
	}
	answer(w, http.StatusOK, map[string]bool{"success": true})
}
