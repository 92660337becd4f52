package agents

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TicketLink says that two tickets are related, or with cut that they are not any more.
func (d *Desk) TicketLink(ctx context.Context, by desk.Agent, ticket, other uuid.UUID, cut bool) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		a, b, err := both(ctx, tx, ticket, other)
		if err != nil {
			return err
		}
		now := d.Now()
		link, kind := desk.Link(a.ID, b.ID, by.Actor().AgentID(), now), "linked"
		switch {
		case cut:
			kind = "unlinked"
			if was, err := tx.DeleteTicketLink(ctx, link); err != nil || !was {
				return err
			}
		case a.MergedInto != nil || b.MergedInto != nil:
			return desk.ErrMerged
		default:
			if err := tx.AddTicketLink(ctx, link); err != nil {
				return err
			}
		}
		return tx.AddTicketEvents(ctx, lineOf(a, by, kind, "", b.Protocol, now), lineOf(b, by, kind, "", a.Protocol, now))
	})
	if err != nil {
		return fmt.Errorf("link ticket %s: %w", ticket, err)
	}
	return nil
}

// TicketParent makes a ticket part of a larger one, an incident say, or of none when
// the parent is nil. A part has no parts of its own.
func (d *Desk) TicketParent(ctx context.Context, by desk.Agent, ticket uuid.UUID, parent *uuid.UUID) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		if parent == nil {
			return d.orphan(ctx, tx, by, ticket)
		}
		t, p, err := both(ctx, tx, ticket, *parent)
		if err != nil {
			return err
		}
		own, err := tx.Children(ctx, t.ID)
		if err != nil {
			return err
		}
		siblings, err := tx.Children(ctx, p.ID)
		if err != nil {
			return err
		}
		now := d.Now()
		if err := t.SetParent(p, len(own), now); err != nil {
			return err
		}
		if len(siblings) >= desk.MaxChildren && !slices.ContainsFunc(siblings, func(s desk.Ticket) bool { return s.ID == t.ID }) {
			return desk.ErrFull
		}
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lineOf(t, by, "parent", "", p.Protocol, now), lineOf(p, by, "child", "", t.Protocol, now))
	})
	if err != nil {
		return fmt.Errorf("parent of ticket %s: %w", ticket, err)
	}
	return nil
}

// orphan makes a ticket part of none.
func (d *Desk) orphan(ctx context.Context, tx Tx, by desk.Agent, ticket uuid.UUID) error {
	t, err := tx.LockTicket(ctx, ticket)
	if err != nil || t.ParentID == nil {
		return err
	}
	now := d.Now()
	if err := t.SetParent(nil, 0, now); err != nil {
		return err
	}
	if err := tx.SaveTicket(ctx, t); err != nil {
		return err
	}
	return tx.AddTicketEvents(ctx, lineOf(t, by, "parent", "", "", now))
}

// TicketResolveAll resolves a ticket and every live ticket that is part of it, all or none.
func (d *Desk) TicketResolveAll(ctx context.Context, by desk.Agent, ticket uuid.UUID, outcome string) error {
	outcome = clean(outcome)
	if desk.Units(outcome) > maxOutcome {
		return desk.ErrTextTooLong.For("outcome")
	}
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		fields, err := tx.Fields(ctx)
		if err != nil {
			return err
		}
		resolve := func(t *desk.Ticket) error { return resolveWhole(t, fields, outcome, d.Now()) }
		if err := d.changeTicket(ctx, tx, by, ticket, "state", outcome, resolve); err != nil {
			return err
		}
		parts, err := tx.Children(ctx, ticket)
		if err != nil {
			return err
		}
		for i := range parts {
			if !parts[i].State.Live() {
				continue
			}
			if err := d.changeTicket(ctx, tx, by, parts[i].ID, "state", outcome, resolve); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("ticket %s and its parts: %w", ticket, err)
	}
	return nil
}

// resolveWhole resolves a ticket that has all it must have.
func resolveWhole(t *desk.Ticket, fields []desk.CustomField, outcome string, now time.Time) error {
	if !t.State.Live() {
		return desk.ErrTransition
	}
	if f := desk.Missing(fields, t.Fields); f != nil {
		return desk.ErrFieldMissing.For(f.Name)
	}
	return t.Resolve(outcome, now)
}

// TicketSnooze puts a ticket out of sight until a time, or until the contact writes
// about it.
func (d *Desk) TicketSnooze(ctx context.Context, by desk.Agent, ticket uuid.UUID, until time.Time) error {
	now := d.Now()
	if !until.After(now) || until.Sub(now) > maxSnooze {
		return desk.ErrInvalid.For("until")
	}
	until = desk.Instant(until)
	return d.onTicket(ctx, by, ticket, "snoozed", until.Format(time.RFC3339), func(t *desk.Ticket) error { return t.Snooze(until, now) })
}

// TicketWake brings a snoozed ticket back into sight.
func (d *Desk) TicketWake(ctx context.Context, by desk.Agent, ticket uuid.UUID) error {
	return d.onTicket(ctx, by, ticket, "woke", "", func(t *desk.Ticket) error { return t.Wake(d.Now()) })
}

// TicketReceipt tells the contact the number of their ticket, once, as a reply of the
// agent's, who must hold the conversation.
func (d *Desk) TicketReceipt(ctx context.Context, by desk.Agent, ticket uuid.UUID) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	conversation, err := d.conversationOf(ctx, ticket)
	if err != nil {
		return err
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		t, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		if t.ReceiptAt != nil || t.MergedInto != nil || t.ConversationID != conv.ID {
			return desk.ErrTransition
		}
		contact, err := tx.Contact(ctx, conv.ContactID)
		if err != nil {
			return err
		}
		if err := maySay(conv, by, now); err != nil {
			return err
		}
		m := desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
			Kind: desk.KindText, Text: d.Receipt(desk.LanguageOf(conv, contact, nil), t.Protocol), Status: desk.StatusQueued, CreatedAt: now,
		}
		if _, err := say(ctx, tx, conv, &m, now, 0); err != nil {
			return err
		}
		t.ReceiptAt, t.UpdatedAt = &now, now
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lineOf(t, by, "receipt", "", "", now))
	})
}

// conversationOf looks up where a ticket belongs; conversations are held before tickets.
func (d *Desk) conversationOf(ctx context.Context, ticket uuid.UUID) (id uuid.UUID, err error) {
	err = d.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTicket(ctx, ticket)
		if err == nil {
			id = t.ConversationID
		}
		return err
	})
	if errors.Is(err, desk.ErrNotFound) {
		return id, err
	}
	if err != nil {
		return id, fmt.Errorf("ticket %s: %w", ticket, err)
	}
	return id, nil
}
