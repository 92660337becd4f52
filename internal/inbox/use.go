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
	if a.Notice != nil && a.Template == nil {
		if err := b.notice(ctx, tx, a.Notice, now); err != nil {
			return err
		}
	}
	switch {
	case a.Message != nil:
		return b.message(ctx, tx, e, a, now, heard)
	case a.Receipt != nil:
		return b.receipt(ctx, tx, e, a, now, heard)
	case a.Reaction != nil:
		return b.reaction(ctx, tx, e, a, now)
	case a.Change != nil:
		return b.change(ctx, tx, e, a, now)
	case a.Moved != nil:
		return tx.MoveContact(ctx, a.Moved.Previous, a.Moved.Current, now)
	case a.Echo != nil:
		return b.echo(ctx, tx, e, a, now, heard)
	case a.Past != nil:
		return b.past(ctx, tx, e, a, now, heard)
	case a.Control != nil:
		return b.control(ctx, tx, e, a, now)
	case a.CallEnd != "":
		return b.callEnd(ctx, tx, e, a, now)
	case len(a.Named) > 0:
		return b.named(ctx, tx, a, now)
	case a.Stop != nil:
		return b.preference(ctx, tx, e, a, now)
	case a.Template != nil:
		return b.template(ctx, tx, a, now)
	}
	return nil
}

// message adds a contact's message and sees to its answer.
func (b *Inbox) message(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time, heard *[]desk.Message) error {
	contact, conv, err := b.place(ctx, tx, a, now)
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
	taken, err := b.verdict(ctx, tx, conv, m, now)
	if err != nil {
		return err
	}
	if taken {
		return b.catchUp(ctx, tx, a.Channel, m.ProviderID, heard)
	}
	conv.Arrive(m, now)
	if a.Referred {
		conv.Refer(*m.SentAt)
	}
	if err := b.heed(ctx, tx, contact, m, now); err != nil {
		return err
	}
	if err := b.fetch(ctx, tx, m); err != nil {
		return err
	}
	if err := b.wantTurn(ctx, tx, conv, m, now); err != nil {
		return err
	}
	if conv.Owner == desk.OwnerAssistant && conv.Ours() {
		*heard = append(*heard, *m)
	}
	if err := tx.SaveConversation(ctx, conv); err != nil {
		return err
	}
	return b.catchUp(ctx, tx, a.Channel, m.ProviderID, heard)
}

// wantTurn sees to a turn when the contact falls quiet; a pressed button does not wait.
func (b *Inbox) wantTurn(ctx context.Context, tx Tx, conv *desk.Conversation, m *desk.Message, now time.Time) error {
	quiet := b.Quiet
	if m.Choice != nil {
		quiet = 0
	}
	needed := conv.WantTurn(now, quiet, b.Longest)
	if conv.Owner != desk.OwnerAssistant || !conv.Ours() || !needed && m.Choice == nil {
		return nil
	}
	return tx.EnqueueAt(ctx, *conv.TurnDueAt, desk.TurnJob{Conversation: conv.ID})
}

// heed records a wish to be left alone at once, whoever owns the conversation; the
// assistant's turn, which says so, records the same.
func (b *Inbox) heed(ctx context.Context, tx Tx, contact *desk.Contact, m *desk.Message, now time.Time) error {
	words := m.Text
	if words == "" && m.Choice != nil {
		words = m.Choice.Title
	}
	if words == "" || !b.StopWriting(words) {
		return nil
	}
	return tx.AddConsent(ctx, b.Withdrawals(*contact, []desk.Message{*m}, now)...)
}

// receipt moves the ticks of something we sent. One for what another app sent, or
// for what we do not know yet, waits a while.
func (b *Inbox) receipt(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time, heard *[]desk.Message) error {
	r := a.Receipt
	m, err := b.sent(ctx, tx, a.Channel, r)
	if errors.Is(err, desk.ErrNotFound) {
		return b.park(ctx, tx, e, a.Channel, r.ProviderID, now)
	}
	if err != nil {
		return err
	}
	learned := m.ProviderID == "" && r.ProviderID != ""
	if learned {
		m.ProviderID = r.ProviderID // the answer to our send was lost; this is the proof that it went out
	}
	at := r.At
	if at.IsZero() {
		at = now
	}
	moved := m.Advance(r.Status, at)
	priced := b.Price != nil && b.Price(m, r, now)
	failed := r.Status == desk.StatusFailed && r.Code != 0 && m.FailureCode != r.Code
	if failed { // kept even when the message was delivered all the same: both are seen in production
		m.FailureCode, m.FailureDetail = r.Code, r.Detail
	}
	if !moved && !priced && !failed && !learned {
		return nil
	}
	if failed && r.Code == desk.CodeWindow {
		if err := tx.CloseWindow(ctx, m.ConversationID, m.Tried(), now); err != nil {
			return err
		}
	}
	if err := tx.SaveMessage(ctx, m); err != nil || !learned {
		return err
	}
	return b.catchUp(ctx, tx, a.Channel, m.ProviderID, heard)
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
	return b.notice(ctx, tx, a.Notice, now)
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

func (b *Inbox) preference(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	contact, err := tx.ContactFor(ctx, a.From, now)
	if err != nil {
		return err
	}
	at := a.Stop.At
	if at.IsZero() || at.After(now) {
		at = now
	}
	return tx.AddConsent(ctx, desk.Consent{
		ID: desk.IDAt(at, e.Key), ContactID: contact.ID, Purpose: desk.PurposeMarketing, Granted: !a.Stop.Stopped,
		Source: "whatsapp_preference", Wording: a.Stop.Detail, CreatedAt: desk.Instant(at),
	})
}
