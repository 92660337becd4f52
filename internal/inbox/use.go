package inbox

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// use makes of one event what it is.
func (b *Inbox) use(ctx context.Context, tx Tx, o *opened, heard *[]desk.Message) error {
	e, a := o.Event, o.Arrival
	now := b.Now()
	switch {
	case a.Message != nil:
		return b.message(ctx, tx, e, a, now, heard)
	case a.Receipt != nil:
		return b.receipt(ctx, tx, a, now)
	case a.Reaction != nil:
		return b.reaction(ctx, tx, a)
	case a.Change != nil:
		return b.change(ctx, tx, a)
	case a.Moved != nil:
		return tx.MoveContact(ctx, a.Moved.Previous, a.Moved.Current, now)
	case a.Echo != nil:
		return b.echo(ctx, tx, e, a, now)
	case a.Stop != nil:
		return b.preference(ctx, tx, a, now)
	case a.Template != nil:
		return b.template(ctx, tx, a, now)
	case a.Notice != nil:
		return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertPlatform, Subject: a.Notice.Subject, Severity: a.Notice.Severity, Detail: a.Notice.Detail, LastAt: now})
	}
	return nil
}

// message adds a contact's message and sees to its answer.
func (b *Inbox) message(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time, heard *[]desk.Message) error {
	contact, err := tx.ContactFor(ctx, a.From, now)
	if err != nil {
		return err
	}
	conv, err := tx.ConversationFor(ctx, contact.ID, a.Channel, now)
	if err != nil {
		return err
	}
	m := a.Message
	m.ID, m.ConversationID, m.Channel = e.ID, conv.ID, a.Channel
	m.Direction, m.Author, m.CreatedAt = desk.Inbound, desk.ByContact, e.ReceivedAt
	if m.SentAt == nil || m.SentAt.After(now) {
		m.SentAt = &now
	}
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	conv.Arrive(m, now)
	if a.Referred {
		conv.Refer(*m.SentAt)
	}
	if err := b.heed(ctx, tx, conv, contact, m, now); err != nil {
		return err
	}
	if m.Attachment != nil && m.Attachment.MediaID != "" && m.Attachment.Error == "" {
		if err := tx.Enqueue(ctx, desk.FetchJob{Message: m.ID}); err != nil {
			return err
		}
	}
	if err := b.wantTurn(ctx, tx, conv, m, now); err != nil {
		return err
	}
	if conv.Owner == desk.OwnerAssistant {
		*heard = append(*heard, *m)
	}
	return tx.SaveConversation(ctx, conv)
}

// wantTurn sees to a turn when the contact falls quiet; a pressed button does not wait.
func (b *Inbox) wantTurn(ctx context.Context, tx Tx, conv *desk.Conversation, m *desk.Message, now time.Time) error {
	quiet := b.Quiet
	if m.Choice != nil {
		quiet = 0
	}
	needed := conv.WantTurn(now, quiet, b.Longest)
	if conv.Owner != desk.OwnerAssistant || !needed && m.Choice == nil {
		return nil
	}
	return tx.EnqueueAt(ctx, *conv.TurnDueAt, desk.TurnJob{Conversation: conv.ID})
}

// heed records a wish to be left alone while people own the conversation; while
// the assistant does, its turn records the wish and says so.
func (b *Inbox) heed(ctx context.Context, tx Tx, conv *desk.Conversation, contact *desk.Contact, m *desk.Message, now time.Time) error {
	words := m.Text
	if words == "" && m.Choice != nil {
		words = m.Choice.Title
	}
	if conv.Owner == desk.OwnerAssistant || words == "" || !b.StopWriting(words) {
		return nil
	}
	return tx.AddConsent(ctx, b.Withdrawals(*contact, []desk.Message{*m}, now)...)
}

// receipt moves the ticks of something we sent. A receipt for what another app
// sent is passed over.
func (b *Inbox) receipt(ctx context.Context, tx Tx, a desk.Arrival, now time.Time) error {
	r := a.Receipt
	m, err := b.sent(ctx, tx, a.Channel, r)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.ProviderID == "" {
		m.ProviderID = r.ProviderID // the answer to our send was lost; this is the proof that it went out
	}
	at := r.At
	if at.IsZero() {
		at = now
	}
	moved := m.Advance(r.Status, at)
	priced := b.Price != nil && b.Price(m, r, now)
	if !moved && !priced {
		return nil
	}
	if moved && m.Status == desk.StatusFailed {
		m.FailureCode, m.FailureDetail = r.Code, r.Detail
	}
	return tx.SaveMessage(ctx, m)
}

// template takes what the provider reports of a template at once, so that a paused
// one is used no more, and has the whole list read again.
func (b *Inbox) template(ctx context.Context, tx Tx, a desk.Arrival, now time.Time) error {
	t, err := tx.LockTemplate(ctx, a.Template.ID)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	if err == nil {
		t.Hear(*a.Template)
		if err := tx.SaveTemplate(ctx, t); err != nil {
			return err
		}
	}
	if err := tx.Enqueue(ctx, desk.TemplatesJob{}); err != nil || a.Notice == nil {
		return err
	}
	return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertPlatform, Subject: a.Notice.Subject, Severity: a.Notice.Severity, Detail: a.Notice.Detail, LastAt: now})
}

// sent finds the message a receipt is about: by our own id first, since it comes
// back even when we never learned the provider's.
func (b *Inbox) sent(ctx context.Context, tx Tx, channel string, r *desk.Receipt) (*desk.Message, error) {
	if id, err := uuid.Parse(r.MessageID); err == nil {
		m, err := tx.LockMessage(ctx, id)
		if err == nil && m.Direction == desk.Outbound && (m.ProviderID == "" || m.ProviderID == r.ProviderID) {
			return m, nil
		}
		if err != nil && !errors.Is(err, desk.ErrNotFound) {
			return nil, err
		}
	}
	return tx.LockMessageByProviderID(ctx, channel, r.ProviderID)
}

// reaction is attached to its message; it starts nothing.
func (b *Inbox) reaction(ctx context.Context, tx Tx, a desk.Arrival) error {
	m, err := tx.LockMessageByProviderID(ctx, a.Channel, a.Reaction.ProviderID)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	m.Reaction = a.Reaction.Emoji
	return tx.SaveMessage(ctx, m)
}

// change marks an edited or deleted message. A deleted one keeps its words, which
// may have been answered already; an edited one shows the new.
func (b *Inbox) change(ctx context.Context, tx Tx, a desk.Arrival) error {
	m, err := tx.LockMessageByProviderID(ctx, a.Channel, a.Change.ProviderID)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.Direction != desk.Inbound {
		return nil
	}
	m.Notice = "edited"
	if a.Change.Deleted {
		m.Notice = "deleted"
	} else if a.Change.Text != "" {
		m.Text = a.Change.Text
	}
	return tx.SaveMessage(ctx, m)
}

// echo shows what a person wrote from the phone app, and hands the conversation
// to people: whoever wrote there is attending to it.
func (b *Inbox) echo(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	contact, err := tx.ContactFor(ctx, a.From, now)
	if err != nil {
		return err
	}
	conv, err := tx.ConversationFor(ctx, contact.ID, a.Channel, now)
	if err != nil {
		return err
	}
	m := a.Echo
	m.ID, m.ConversationID, m.Channel = e.ID, conv.ID, a.Channel
	m.Direction, m.Author, m.Status, m.CreatedAt = desk.Outbound, desk.ByAgent, desk.StatusSent, e.ReceivedAt
	fresh, err := tx.AddMessage(ctx, m)
	if err != nil || !fresh {
		return err
	}
	conv.Say(m, now)
	if conv.Owner == desk.OwnerAssistant {
		h := desk.Handoff{Reason: desk.ReasonPhoneApp, Team: desk.TeamSupport, Priority: desk.PriorityNormal, Language: conv.Language, At: now}
		if err := conv.Enqueue(h, now); err != nil {
			return err
		}
		conv.Settle(m.ID)
	}
	return tx.SaveConversation(ctx, conv)
}

func (b *Inbox) preference(ctx context.Context, tx Tx, a desk.Arrival, now time.Time) error {
	contact, err := tx.ContactFor(ctx, a.From, now)
	if err != nil {
		return err
	}
	return tx.AddConsent(ctx, desk.Consent{
		ID: desk.NewID(), ContactID: contact.ID, Purpose: desk.PurposeMarketing, Granted: !a.Stop.Stopped,
		Source: "whatsapp_preference", CreatedAt: now,
	})
}
