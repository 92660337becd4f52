package channel

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Read turns a stored event's bytes into what it means to the desk.
func Read(raw []byte) (desk.Arrival, error) {
	e, err := whatsapp.Decode(raw)
	if err != nil {
		return desk.Arrival{}, fmt.Errorf("decode event: %w", err)
	}
	a := desk.Arrival{Channel: e.Number.ID, Strange: e.Strange()}
	switch {
	case e.Message != nil:
		message(&a, e.Message)
	case e.Status != nil:
		a.Receipt = receipt(e.Status)
		if a.Receipt == nil {
			a.Ignored = "a status of a kind we do not know: " + e.Status.State
		}
	case e.Echo != nil:
		echo(&a, e.Echo)
	case e.Preference != nil:
		a.From = identity(e.Preference.Person, e.Preference.At)
		a.Stop = &desk.Preference{Stopped: e.Preference.Stops(), At: e.Preference.At, Detail: e.Preference.Detail}
		if v := e.Preference.Value; v != "stop" && v != "resume" {
			a.Stop, a.Ignored = nil, "a preference we do not know: "+v
		}
	case e.Account != nil:
		a.Template = templateNews(e.Account, e.EntryAt)
		if a.Notice = notice(e.Account); a.Notice == nil && a.Template == nil {
			a.Ignored = "good news: " + e.Account.Event
		}
	case e.Handover != nil:
		handover(&a, e.Handover)
	case e.History != nil:
		past(&a, e.History)
	case e.Failure != nil:
		failure(&a, &e)
	case e.Standby != nil:
		standby(&a, e.Standby)
	case e.Call != nil:
		call(&a, e.Call)
	case e.Other != nil && e.Field == "smb_app_state_sync":
		if a.Named = named(e.Other.Raw); len(a.Named) > 0 {
			a.Strange = ""
		}
	default:
		a.Ignored = "kept, not acted on: " + cmp.Or(a.Strange, e.Kind)
	}
	return a, nil
}

func message(a *desk.Arrival, m *whatsapp.Message) {
	a.From = identity(m.From, m.At)
	switch {
	case m.GroupID != "":
		a.Ignored = "a group message; groups are not answered"
	case m.From.Empty() && m.System == nil:
		a.Ignored = "a message without a sender"
	case m.System != nil && m.System.Previous.Empty():
		a.Ignored = "a system message: " + m.System.Type
	case m.System != nil:
		a.Moved = &desk.Moved{Previous: identity(m.System.Previous, m.At), Current: identity(m.System.Current, m.At)}
	case changes(a, m, false):
	case m.Type == whatsapp.TypeRequestWelcome:
		a.Ignored = "the chat was opened, nothing was said"
	default:
		c := content(m)
		a.Message, a.Referred = &c, m.Referral != nil
		share(a, m.Contacts)
	}
}

// changes reads what is not a message of its own but something done to an earlier one.
func changes(a *desk.Arrival, m *whatsapp.Message, own bool) bool {
	switch {
	case m.Reaction != nil:
		a.Reaction = &desk.ReactionChange{ProviderID: m.Reaction.MessageID, Emoji: m.Reaction.Emoji, Own: own, At: m.At}
	case m.Edit != nil:
		a.Change = &desk.MessageChange{ProviderID: m.Edit.OriginalID, Own: own, At: m.At}
		if m.Edit.Message != nil {
			c := content(m.Edit.Message)
			a.Change.Text = c.Text
		}
	case m.RevokedID != "":
		a.Change = &desk.MessageChange{ProviderID: m.RevokedID, Deleted: true, Own: own, At: m.At}
	default:
		return false
	}
	return true
}

// share takes the phone from cards that answer our request for it: only then, and
// only as WhatsApp vouches for it, is it the sender's own.
func share(a *desk.Arrival, c *whatsapp.Contacts) {
	if c == nil || !c.Requested || a.From.Phone != "" || len(c.Cards) != 1 {
		return
	}
	for _, p := range c.Cards[0].Phones {
		if p.WaID != "" && (p.BSUID == "" || p.BSUID == a.From.BSUID) {
			a.From.Phone = p.WaID
			return
		}
	}
}

func echo(a *desk.Arrival, e *whatsapp.Echo) {
	a.From = identity(e.To, e.Message.At)
	if e.To.Empty() && e.Message.Reaction == nil && e.Message.Edit == nil && e.Message.RevokedID == "" {
		a.Ignored = "an echo to nobody"
		return
	}
	if changes(a, &e.Message, true) {
		return
	}
	m := content(&e.Message)
	details(&m).PhoneApp = true
	a.Echo = &m
}

func past(a *desk.Arrival, h *whatsapp.History) {
	a.From = identity(h.Thread, h.Message.At)
	if h.Thread.Empty() {
		a.Ignored = "a past message of nobody"
		return
	}
	if changes(a, &h.Message, h.ByUs) {
		return
	}
	m := content(&h.Message)
	if h.Message.Type == whatsapp.TypeMediaPlaceholder {
		m.Kind, details(&m).Type = desk.KindOther, whatsapp.TypeMediaPlaceholder
	}
	details(&m).History = true
	if h.ByUs {
		m.Status = pastStates[h.Status]
		if m.Status == "" {
			m.Status = desk.StatusSent
		}
	}
	a.Past = &desk.Past{Message: &m, ByUs: h.ByUs, Progress: h.Progress}
}

var pastStates = map[string]desk.Status{
	"DELIVERED": desk.StatusDelivered, "READ": desk.StatusRead, "PLAYED": desk.StatusPlayed, "ERROR": desk.StatusFailed,
}

func handover(a *desk.Arrival, h *whatsapp.Handover) {
	a.From = identity(h.Person, h.At)
	a.Control = &desk.ControlChange{At: h.At}
	if h.Event != "control_passed" && h.New != ourRole {
		a.Control.Role = cmp.Or(h.New, unnamedRole)
	}
	if h.Person.Empty() {
		a.Control = nil
	}
	if a.Control == nil || a.Control.Role != "" {
		a.Notice = &desk.PlatformNotice{Kind: desk.AlertControl, Subject: "messaging_handovers", Severity: desk.SeverityWarning,
			Detail: strings.TrimSpace(h.Event + " " + h.Previous + " -> " + h.New)}
	}
}

// ourRole is the role a support desk has at the provider; unnamedRole stands for
// somebody of whom only that much is known that they are not us.
const (
	ourRole     = "customer_service"
	unnamedRole = "other"
)

// standby is what another app or agent received: it is shown, and not ours to answer.
func standby(a *desk.Arrival, e *whatsapp.Event) {
	a.Notice = &desk.PlatformNotice{Kind: desk.AlertControl, Subject: "standby", Severity: desk.SeverityError, Detail: "another app owns a conversation of this number"}
	switch {
	case e.Message != nil && !e.Message.From.Empty() && e.Message.GroupID == "" && e.Message.System == nil:
		a.From = identity(e.Message.From, e.Message.At)
		a.Control = &desk.ControlChange{Role: unnamedRole, At: e.Message.At}
		var done desk.Arrival
		if !changes(&done, e.Message, false) {
			m := content(e.Message)
			a.Control.Message = &m
		}
	case e.Echo != nil && !e.Echo.To.Empty():
		a.From = identity(e.Echo.To, e.Echo.Message.At)
		a.Control = &desk.ControlChange{Role: unnamedRole, At: e.Echo.Message.At}
	}
}

// call opens the window like a message and is shown, but nobody can answer it here.
func call(a *desk.Arrival, c *whatsapp.Call) {
	a.From = identity(c.Person, c.At)
	switch {
	case !c.ByUser() || c.Person.Empty() && c.Event == "connect":
		a.Ignored = "a step of a call"
	case c.Event == "connect":
		at := desk.Instant(c.At)
		a.Message = &desk.Message{ProviderID: c.ID, Kind: desk.KindOther, SentAt: &at, Details: &desk.Details{Type: "call", Call: &desk.Call{}}}
	case c.Event == "terminate":
		a.CallEnd = c.ID
	default:
		a.Ignored = "a step of a call"
	}
}

func failure(a *desk.Arrival, e *whatsapp.Event) {
	detail := fmt.Sprintf("%d %s", e.Failure.Code, e.Failure.Title)
	if e.Field == "history" {
		a.Past = &desk.Past{Refused: detail}
		return
	}
	kind, known := alerts[e.Failure.Code]
	if !known {
		kind = desk.AlertPlatform
	}
	a.Notice = &desk.PlatformNotice{Kind: kind, Subject: e.Number.ID, Severity: desk.SeverityError, Detail: detail}
}

// named reads what the phone app calls people. Whoever was removed from its book is
// not forgotten here.
func named(raw []byte) []desk.Identity {
	var value struct {
		Sync []struct {
			Type    string `json:"type"`
			Action  string `json:"action"`
			Contact struct {
				Full     string `json:"full_name"`
				First    string `json:"first_name"`
				Phone    string `json:"phone_number"`
				BSUID    string `json:"user_id"`
				Username string `json:"username"`
			} `json:"contact"`
			Metadata struct {
				Timestamp json.Number `json:"timestamp"`
			} `json:"metadata"`
		} `json:"state_sync"`
	}
	_ = json.Unmarshal(raw, &value) // whatever was understood of it counts
	var all []desk.Identity
	for _, s := range value.Sync {
		who := desk.Identity{BSUID: s.Contact.BSUID, Phone: digits(s.Contact.Phone), Name: cmp.Or(s.Contact.Full, s.Contact.First), Username: strings.TrimPrefix(s.Contact.Username, "@")}
		if s.Type != "contact" || s.Action == "remove" || len(who.Aliases()) == 0 || who.Name == "" {
			continue
		}
		if seconds, err := s.Metadata.Timestamp.Int64(); err == nil && seconds > 0 {
			if seconds > 1e11 {
				seconds /= 1000
			}
			who.At = time.Unix(seconds, 0).UTC()
		}
		all = append(all, who)
	}
	return all
}

func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

func identity(p whatsapp.Person, at time.Time) desk.Identity {
	return desk.Identity{BSUID: p.BSUID, ParentBSUID: p.ParentBSUID, Phone: p.Phone, Name: p.Name, Username: p.Username, At: at}
}

var states = map[string]desk.Status{
	whatsapp.StateSent: desk.StatusSent, whatsapp.StateDelivered: desk.StatusDelivered, whatsapp.StateRead: desk.StatusRead,
	whatsapp.StatePlayed: desk.StatusPlayed, whatsapp.StateFailed: desk.StatusFailed,
}

func receipt(s *whatsapp.Status) *desk.Receipt {
	state, ok := states[s.State]
	if !ok {
		return nil
	}
	r := &desk.Receipt{ProviderID: s.ID, MessageID: s.CallbackData, Status: state, At: s.At}
	r.Phone, r.BSUID = s.Recipient.Phone, s.Recipient.BSUID
	if p := s.Pricing; p != nil {
		r.Pricing = &desk.Pricing{Charged: p.Type == "regular" || p.Type == "" && p.Billable, Category: p.Category, Raw: string(p.Raw)}
	}
	if len(s.Errors) > 0 {
		r.Code, r.Detail = s.Errors[0].Code, s.Errors[0].Title
	}
	return r
}
