package channel

import (
	"cmp"
	"fmt"
	"strings"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Read turns a stored event's bytes into what it means to the desk.
func Read(raw []byte) (desk.Arrival, error) {
	e, err := whatsapp.Decode(raw)
	if err != nil {
		return desk.Arrival{}, fmt.Errorf("decode event: %w", err)
	}
	a := desk.Arrival{Channel: e.Number.ID}
	switch {
	case e.Message != nil:
		message(&a, e.Message)
	case e.Status != nil:
		a.Receipt = receipt(e.Status)
		if a.Receipt == nil {
			a.Ignored = "a status of a kind we do not know: " + e.Status.State
		}
	case e.Echo != nil:
		m := content(&e.Echo.Message)
		a.From, a.Echo = identity(e.Echo.To), &m
	case e.Preference != nil:
		a.From = identity(e.Preference.Person)
		a.Stop = &desk.Preference{Stopped: e.Preference.Stops(), At: e.Preference.At}
	case e.Account != nil:
		a.Template = templateNews(e.Account)
		if a.Notice = notice(e.Account); a.Notice == nil && a.Template == nil {
			a.Ignored = "good news: " + e.Account.Event
		}
	case e.Handover != nil:
		a.From = identity(e.Handover.Person)
		a.Notice = &desk.PlatformNotice{Subject: "messaging_handovers", Severity: desk.SeverityWarning, Detail: strings.TrimSpace("messaging_handovers " + e.Handover.Event + " " + e.Handover.New)}
	case e.Failure != nil:
		a.Notice = &desk.PlatformNotice{Subject: e.Number.ID, Severity: desk.SeverityError, Detail: fmt.Sprintf("%d %s", e.Failure.Code, e.Failure.Title)}
	case e.Standby != nil:
		a.Notice = &desk.PlatformNotice{Subject: "standby", Severity: desk.SeverityError, Detail: "another app owns a conversation of this number; its messages do not reach the desk"}
	case e.Call != nil:
		call(&a, e.Call)
	default:
		a.Ignored = "kept, not acted on: " + cmp.Or(e.Strange(), e.Kind)
	}
	return a, nil
}

func message(a *desk.Arrival, m *whatsapp.Message) {
	a.From = identity(m.From)
	switch {
	case m.GroupID != "":
		a.Ignored = "a group message; groups are not answered"
	case m.From.Empty() && m.System == nil:
		a.Ignored = "a message without a sender"
	case m.System != nil && m.System.Previous.Empty():
		a.Ignored = "a system message: " + m.System.Type
	case m.System != nil:
		a.Moved = &desk.Moved{Previous: identity(m.System.Previous), Current: identity(m.System.Current)}
	case m.Reaction != nil:
		a.Reaction = &desk.ReactionChange{ProviderID: m.Reaction.MessageID, Emoji: m.Reaction.Emoji}
	case m.Edit != nil:
		a.Change = &desk.MessageChange{ProviderID: m.Edit.OriginalID}
		if m.Edit.Message != nil {
			a.Change.Text = m.Edit.Message.Text
		}
	case m.RevokedID != "":
		a.Change = &desk.MessageChange{ProviderID: m.RevokedID, Deleted: true}
	case m.Type == whatsapp.TypeRequestWelcome:
		a.Ignored = "the chat was opened, nothing was said"
	default:
		c := content(m)
		a.Message, a.Referred = &c, m.Referral != nil
	}
}

// content fills what a message holds; who and where are the inbox's.
func content(m *whatsapp.Message) desk.Message {
	at := desk.Instant(m.At)
	c := desk.Message{ProviderID: m.ID, Kind: desk.KindOther, Text: m.Text, SentAt: &at}
	if m.At.IsZero() {
		c.SentAt = nil
	}
	if m.Context != nil {
		c.QuotedID, c.Forwarded = m.Context.ReplyTo, m.Context.Forwarded || m.Context.FrequentlyForwarded
	}
	switch {
	case m.Media != nil:
		media(&c, m)
	case m.Location != nil:
		c.Kind = desk.KindLocation
		c.Location = &desk.Location{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude, Name: m.Location.Name, Address: m.Location.Address}
	case m.Contacts != nil:
		c.Kind, c.Text = desk.KindContacts, cards(m.Contacts)
	case m.Reply != nil && (m.Reply.Kind == whatsapp.ReplyButton || m.Reply.Kind == whatsapp.ReplyList):
		c.Kind, c.Choice = desk.KindReply, &desk.Choice{ID: m.Reply.ID, Title: m.Reply.Title}
	case m.Button != nil:
		c.Kind, c.Choice = desk.KindReply, &desk.Choice{ID: m.Button.Payload, Title: m.Button.Text}
	case m.Order != nil:
		c.Text = m.Order.Text
	case m.Type == whatsapp.TypeText:
		c.Kind = desk.KindText
	case m.Type == whatsapp.TypeUnsupported || m.Unsupported != "" || m.Type == "unknown":
		c.Kind = desk.KindUnsupported
	}
	return c
}

var mediaKinds = map[string]desk.MessageKind{
	whatsapp.TypeImage: desk.KindImage, whatsapp.TypeAudio: desk.KindAudio, whatsapp.TypeVideo: desk.KindVideo,
	whatsapp.TypeDocument: desk.KindDocument, whatsapp.TypeSticker: desk.KindSticker,
}

func media(c *desk.Message, m *whatsapp.Message) {
	if kind, ok := mediaKinds[m.Type]; ok {
		c.Kind = kind
	}
	c.Text = m.Media.Caption
	c.Attachment = &desk.Attachment{MediaID: m.Media.ID, MIME: m.Media.MIME, SHA256: m.Media.SHA256, Filename: m.Media.Filename, Voice: m.Media.Voice}
	if len(m.Errors) > 0 {
		c.Attachment.Error = fmt.Sprintf("the provider could not fetch it (%d)", m.Errors[0].Code)
	}
}

func cards(c *whatsapp.Contacts) string {
	var lines []string
	for _, card := range c.Cards {
		line := card.Name
		for _, p := range card.Phones {
			line += " " + p.Phone
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}

func identity(p whatsapp.Person) desk.Identity {
	return desk.Identity{BSUID: p.BSUID, ParentBSUID: p.ParentBSUID, Phone: p.Phone, Name: p.Name, Username: p.Username}
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

// call opens the window like a message and is shown, but nobody can answer it here.
func call(a *desk.Arrival, c *whatsapp.Call) {
	a.From = identity(c.Person)
	if !c.ByUser() || c.Event != "connect" || c.Person.Empty() {
		a.Ignored = "a step of a call"
		return
	}
	at := desk.Instant(c.At)
	a.Message = &desk.Message{ProviderID: c.ID, Kind: desk.KindOther, SentAt: &at}
}

func notice(n *whatsapp.AccountEvent) *desk.PlatformNotice {
	severity := desk.SeverityWarning
	switch n.Event {
	case "REJECTED", "PAUSED", "DISABLED", "ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "ACCOUNT_DELETED", "FLAGGED":
		severity = desk.SeverityError
	case "APPROVED":
		return nil
	}
	subject := n.Template.Name
	if subject == "" {
		subject = n.Name
	}
	return &desk.PlatformNotice{Subject: subject, Severity: severity, Detail: strings.TrimSpace(n.Name + " " + n.Event + " " + n.Reason)}
}
