package emulator

import (
	"cmp"
	"net/http"
	"time"
)

// sendRequest is the body of POST /{PHONE_ID}/messages: a message, or a read receipt with Status "read".
type sendRequest struct {
	Product   string `json:"messaging_product"`
	To        string `json:"to"`
	Recipient string `json:"recipient"`
	Callback  string `json:"biz_opaque_callback_data"`
	Context   struct {
		MessageID string `json:"message_id"`
	} `json:"context"`

	Status    string `json:"status"`
	MessageID string `json:"message_id"`
	Typing    *struct {
		Type string `json:"type"`
	} `json:"typing_indicator"`

	Type string `json:"type"`
	Text *struct {
		Body string `json:"body"`
	} `json:"text"`
	Image       *mediaObject       `json:"image"`
	Audio       *mediaObject       `json:"audio"`
	Video       *mediaObject       `json:"video"`
	Document    *mediaObject       `json:"document"`
	Sticker     *mediaObject       `json:"sticker"`
	Location    *locationObject    `json:"location"`
	Interactive *interactiveObject `json:"interactive"`
	Reaction    *struct {
		MessageID string `json:"message_id"`
		Emoji     string `json:"emoji"`
	} `json:"reaction"`
	Template *templateObject `json:"template"`
}

type mediaObject struct {
	ID       string `json:"id"`
	Link     string `json:"link"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
}

type locationObject struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name"`
	Address   string  `json:"address"`
}

type textObject struct {
	Text string `json:"text"`
}

type interactiveObject struct {
	Type   string `json:"type"`
	Header *struct {
		Type     string       `json:"type"`
		Text     string       `json:"text"`
		Image    *mediaObject `json:"image"`
		Video    *mediaObject `json:"video"`
		Document *mediaObject `json:"document"`
	} `json:"header"`
	Body   *textObject `json:"body"`
	Footer *textObject `json:"footer"`
	Action struct {
		Name    string `json:"name"`
		Button  string `json:"button"`
		Buttons []struct {
			Type  string `json:"type"`
			Reply row    `json:"reply"`
		} `json:"buttons"`
		Sections []struct {
			Title string `json:"title"`
			Rows  []row  `json:"rows"`
		} `json:"sections"`
		Parameters struct {
			DisplayText string `json:"display_text"`
			URL         string `json:"url"`
		} `json:"parameters"`
	} `json:"action"`
}

type row struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

type templateObject struct {
	Name     string `json:"name"`
	Language struct {
		Code string `json:"code"`
	} `json:"language"`
	Components []struct {
		Type       string `json:"type"`
		SubType    string `json:"sub_type"`
		Index      any    `json:"index"`
		Parameters []struct {
			Type    string `json:"type"`
			Name    string `json:"parameter_name"`
			Text    string `json:"text"`
			Payload string `json:"payload"`
		} `json:"parameters"`
	} `json:"components"`
}

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
		refuse(w, e)
		return
	}
	later, failLater := em.faults.fire(FaultFailLater)
	m := em.accept(p, &req, failLater, later.Code)
	if after, ok := em.faults.fire(FaultHang, FaultResetAfter); ok {
		if after.Kind == FaultHang {
			select {
			case <-r.Context().Done():
			case <-em.ctx.Done():
			}
		}
		reset(w)
		return
	}
	answer(w, http.StatusOK, em.acceptance(p, &req, m))
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
		refuse(w, &graphError{cmp.Or(f.HTTPStatus, statusOf(f.Code)), f.Code, "Failure switched on in the emulator."})
	case FaultBareStatus:
		em.tally.refused(0)
		http.Error(w, "upstream trouble", cmp.Or(f.HTTPStatus, http.StatusServiceUnavailable))
	default:
		em.tally.refused(0)
		reset(w)
	}
	return true
}

// statusOf is the HTTP status that Meta sends with a code.
func statusOf(code int) int {
	switch code {
	case 0, 190:
		return http.StatusUnauthorized
	case 10, 368, 131005, 131031, 130497:
		return http.StatusForbidden
	case 132001:
		return http.StatusNotFound
	case 3, 131000, 131016, 131045, 131057, 133000:
		return http.StatusInternalServerError
	case 2, 133004:
		return http.StatusServiceUnavailable
	default:
		return http.StatusBadRequest
	}
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
	m.ID, m.At, m.CallbackData, m.ReplyTo = newID(p.ID()), em.cfg.Now(), req.Callback, req.Context.MessageID
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
		p.mu.Unlock()
	}
	p.report(m, code)
	return m
}

func (em *Emulator) acceptance(p *Phone, req *sendRequest, m Message) map[string]any {
	contact := map[string]string{"input": cmp.Or(req.To, req.Recipient)}
	set(contact, "wa_id", p.profile.Phone)
	if req.To == "" {
		set(contact, "user_id", p.profile.BSUID)
	}
	message := map[string]string{"id": m.ID}
	if req.Type == "template" {
		message["message_status"] = "accepted"
	}
	return map[string]any{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{message}}
}

// markRead shows the blue ticks up to a message of the customer's, and typing when asked.
func (em *Emulator) markRead(w http.ResponseWriter, req sendRequest) {
	p := em.phone(customerOf(req.MessageID))
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
