package inbox

import (
	"context"
	"errors"
	"time"

	"antena/internal/desk"
)

// echo shows what a person wrote from the phone app, and hands the conversation
// to people: whoever wrote there is attending to it.
func (b *Inbox) echo(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time, heard *[]desk.Message) error {
	contact, conv, err := b.place(ctx, tx, a, now)
	if err != nil {
		return err
	}
	m := a.Echo
	m.ID, m.ConversationID, m.Channel = e.ID, conv.ID, a.Channel
	m.Direction, m.Author, m.Status, m.CreatedAt = desk.Outbound, desk.ByAgent, desk.StatusSent, e.ReceivedAt
	if m.Details == nil {
		m.Details = &desk.Details{}
	}
	m.Details.PhoneApp = true
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	conv.Say(m, now)
	if conv.Owner == desk.OwnerAssistant {
		h := desk.Handoff{Reason: desk.ReasonPhoneApp, Team: desk.TeamSupport, Priority: desk.PriorityNormal, Language: contact.Language, At: now}
		if conv.Language != "" {
			h.Language = conv.Language
		}
		if err := conv.Enqueue(h, now); err != nil {
			return err
		}
		conv.Settle(m.ID)
		if err := b.hush(ctx, tx, conv); err != nil {
			return err
		}
	}
	if err := b.fetch(ctx, tx, m); err != nil {
		return err
	}
	if err := tx.SaveConversation(ctx, conv); err != nil {
		return err
	}
	return b.catchUp(ctx, tx, a.Channel, m.ProviderID, heard)
}

// hush takes back what the assistant has not begun to send.
func (b *Inbox) hush(ctx context.Context, tx Tx, conv *desk.Conversation) error {
	_, err := tx.DropQueued(ctx, conv.ID, desk.ByAssistant, "person_stepped_in")
	return err
}

// place is the conversation of whoever an arrival is about.
func (b *Inbox) place(ctx context.Context, tx Tx, a desk.Arrival, now time.Time) (*desk.Contact, *desk.Conversation, error) {
	contact, err := tx.ContactFor(ctx, a.From, now)
	if err != nil {
		return nil, nil, err
	}
	conv, err := tx.ConversationFor(ctx, contact.ID, a.Channel, now)
	return contact, conv, err
}

// fetch has the file of a message downloaded.
func (b *Inbox) fetch(ctx context.Context, tx Tx, m *desk.Message) error {
	if m.Attachment == nil || m.Attachment.MediaID == "" || m.Attachment.Error != "" {
		return nil
	}
	return tx.Enqueue(ctx, desk.FetchJob{Message: m.ID})
}

// past stores what was said before the number joined the desk: ordered by its own
// time, settled, unread by nobody, opening no window and starting nothing.
func (b *Inbox) past(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time, heard *[]desk.Message) error {
	if a.Past.Message == nil {
		return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertHistory, Subject: a.Channel, Severity: desk.SeverityWarning, Detail: a.Past.Refused, LastAt: now})
	}
	_, conv, err := b.place(ctx, tx, a, now)
	if err != nil {
		return err
	}
	m := a.Past.Message
	at := now
	if m.SentAt != nil && m.SentAt.Before(now) {
		at = *m.SentAt
	}
	m.ID, m.ConversationID, m.Channel, m.CreatedAt = desk.IDAt(at, a.Channel+m.ProviderID), conv.ID, a.Channel, at
	m.Direction, m.Author, m.SentAt = desk.Inbound, desk.ByContact, &at
	if a.Past.ByUs {
		m.Direction, m.Author = desk.Outbound, desk.ByAgent
	}
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	if conv.Recall(m) {
		if err := tx.SaveConversation(ctx, conv); err != nil {
			return err
		}
	}
	if err := b.fetch(ctx, tx, m); err != nil {
		return err
	}
	return b.catchUp(ctx, tx, a.Channel, m.ProviderID, heard)
}

// control keeps who holds a thread at the provider. What the contact wrote to
// another app is shown; it is not ours to answer.
func (b *Inbox) control(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	_, conv, err := b.place(ctx, tx, a, now)
	if err != nil {
		return err
	}
	c := a.Control
	if m := c.Message; m != nil {
		m.ID, m.ConversationID, m.Channel = e.ID, conv.ID, a.Channel
		m.Direction, m.Author, m.CreatedAt = desk.Inbound, desk.ByContact, e.ReceivedAt
		if m.SentAt == nil || m.SentAt.After(now) {
			m.SentAt = &now
		}
		if _, err := tx.AddMessage(ctx, m); err != nil {
			return err
		}
	}
	had := conv.Controller
	if !conv.Control(c.Role, b.told(c.At, e)) {
		return tx.SaveConversation(ctx, conv)
	}
	key := "control_back"
	if c.Role != "" {
		key = "control_lost"
		conv.TurnDueAt, conv.BurstAt = nil, nil
		if err := b.hush(ctx, tx, conv); err != nil {
			return err
		}
	}
	if had != conv.Controller {
		if _, err := tx.AddMessage(ctx, &desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.BySystem,
			Kind: desk.KindNotice, Notice: key, Text: c.Role, CreatedAt: now,
		}); err != nil {
			return err
		}
	}
	return tx.SaveConversation(ctx, conv)
}

// named takes the names of the phone app's book for contacts we know. Whoever has
// not written to us stays unknown.
func (b *Inbox) named(ctx context.Context, tx Tx, a desk.Arrival, now time.Time) error {
	for _, who := range a.Named {
		if err := tx.NameContact(ctx, who, now); err != nil && !errors.Is(err, desk.ErrNotFound) {
			return err
		}
	}
	return nil
}

// notice tells the admins, and stops or resumes sending.
func (b *Inbox) notice(ctx context.Context, tx Tx, n *desk.PlatformNotice, now time.Time) error {
	if n.Pause != nil {
		p := *n.Pause
		p.Since = now
		if err := tx.Pause(ctx, p); err != nil {
			return err
		}
	}
	if n.Resume {
		if _, err := tx.Resume(ctx, ""); err != nil {
			return err
		}
	}
	if n.Kind == "" && (n.Pause != nil || n.Resume) {
		return nil
	}
	kind := n.Kind
	if kind == "" {
		kind = desk.AlertPlatform
	}
	return tx.RaiseAlert(ctx, desk.Alert{Kind: kind, Subject: n.Subject, Severity: n.Severity, Detail: n.Detail, LastAt: now})
}
