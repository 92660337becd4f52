package agents

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// OpenTx is what opening tickets needs of a transaction.
type OpenTx interface {
	NextProtocol(ctx context.Context, day time.Time) (string, error)
	AddTicket(ctx context.Context, t *desk.Ticket) error
	SetExternalID(ctx context.Context, id desk.ExternalID) error
}

const (
	maxSubject    = 200
	maxIntent     = 80
	maxExternalID = 200
)

// NewTicket is what is said of a ticket when it is opened. ID is made by who asks: a
// repeated request with the same id opens one ticket.
type NewTicket struct {
	ID           uuid.UUID
	Conversation uuid.UUID
	Subject      string
	Intent       string        // empty: none
	Team         desk.Team     // empty: support
	Priority     desk.Priority // empty: normal
	ExternalID   string        // at the source of the context; empty: none
}

// TicketOpen opens a ticket about a conversation.
func (d *Desk) TicketOpen(ctx context.Context, by desk.Agent, n NewTicket) (uuid.UUID, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return uuid.Nil, desk.ErrForbidden
	}
	if n.Team == "" {
		n.Team = desk.TeamSupport
	}
	if n.Priority == "" {
		n.Priority = desk.PriorityNormal
	}
	if n.ID == uuid.Nil {
		n.ID = desk.NewID()
	}
	now := d.Now()
	t := &desk.Ticket{
		ID: n.ID, ConversationID: n.Conversation, Intent: n.Intent, Subject: n.Subject, Priority: n.Priority, State: desk.TicketNew,
		Team: n.Team, OpenedBy: desk.ByAgent, CreatedAt: now, UpdatedAt: now,
	}
	if err := checkTicket(t, n.ExternalID); err != nil {
		return uuid.Nil, err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		_, err := tx.LockTicket(ctx, n.ID)
		if err == nil || !errors.Is(err, desk.ErrNotFound) {
			return err // opened already
		}
		conv, err := tx.LockConversation(ctx, n.Conversation)
		if err != nil {
			return err
		}
		t.ContactID = conv.ContactID
		if t.Protocol, err = tx.NextProtocol(ctx, now.In(d.zone())); err != nil {
			return err
		}
		if err := tx.AddTicket(ctx, t); err != nil {
			return err
		}
		if err := setExternal(ctx, tx, desk.SubjectTicket, t.ID, n.ExternalID, now); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, desk.TicketEvent{
			ID: desk.NewID(), TicketID: t.ID, Author: desk.ByAgent, AgentID: by.Actor().AgentID(), Kind: "opened", To: string(t.State), CreatedAt: now,
		})
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("opening a ticket: %w", err)
	}
	return t.ID, nil
}

func (d *Desk) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone()
}

// checkTicket puts what people wrote into form.
func checkTicket(t *desk.Ticket, external string) error {
	subject, err := words(strings.Join(strings.Fields(t.Subject), " "), maxSubject)
	if err != nil {
		return desk.ErrInvalid.For("subject")
	}
	t.Subject, t.Intent = subject, clean(t.Intent)
	switch {
	case desk.Units(t.Intent) > maxIntent:
		return desk.ErrInvalid.For("intent")
	case !t.Team.Valid():
		return desk.ErrInvalid.For("team")
	case !t.Priority.Valid():
		return desk.ErrInvalid.For("priority")
	case external != clean(external) || desk.Units(external) > maxExternalID:
		return desk.ErrInvalid.For("external_id")
	}
	return nil
}

func setExternal(ctx context.Context, tx Tx, kind desk.Subject, id uuid.UUID, value string, now time.Time) error {
	if value == "" {
		return nil
	}
	return externalTaken(tx.SetExternalID(ctx, desk.ExternalID{Kind: kind, Source: desk.SourceOf(ctx), Value: value, SubjectID: id, CreatedAt: now}))
}

func externalTaken(err error) error {
	if errors.Is(err, desk.ErrDuplicate) {
		return desk.ErrDuplicate.For("external_id")
	}
	return err
}

// TicketEdit is what to change of a ticket; nil leaves a thing as it is.
type TicketEdit struct {
	Seen       *time.Time // when the ticket as the editor saw it was changed last; nil: whatever it is now
	Subject    *string
	Intent     *string
	Team       *desk.Team
	Priority   *desk.Priority
	ExternalID *string // at the source of the context; empty: none any more
}

// TicketChange changes what a ticket says. It fails with desk.ErrStale when somebody
// changed it since it was seen.
func (d *Desk) TicketChange(ctx context.Context, by desk.Agent, ticket uuid.UUID, edit TicketEdit) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		return d.changeTicket(ctx, tx, by, ticket, "edited", "", func(t *desk.Ticket) error {
			if edit.Seen != nil && !edit.Seen.Equal(t.UpdatedAt) {
				return desk.ErrStale
			}
			if err := edit.apply(t); err != nil || edit.ExternalID == nil {
				return err
			}
			return externalTaken(tx.SetExternalID(ctx, desk.ExternalID{Kind: desk.SubjectTicket, Source: desk.SourceOf(ctx), Value: *edit.ExternalID, SubjectID: t.ID, CreatedAt: d.Now()}))
		})
	})
	if err != nil {
		return fmt.Errorf("ticket %s: %w", ticket, err)
	}
	return nil
}

// apply checks what is changed and nothing else: what stands already stays, whatever
// its form.
func (e *TicketEdit) apply(t *desk.Ticket) error {
	if !t.State.Live() && (e.Team != nil || e.Priority != nil) {
		return desk.ErrTransition
	}
	tried := desk.Ticket{Subject: or(e.Subject, "-"), Intent: or(e.Intent, ""), Team: or(e.Team, desk.TeamSupport), Priority: or(e.Priority, desk.PriorityNormal)}
	if err := checkTicket(&tried, or(e.ExternalID, "")); err != nil {
		return err
	}
	if e.Subject != nil {
		t.Subject = tried.Subject
	}
	if e.Intent != nil {
		t.Intent = tried.Intent
	}
	t.Team, t.Priority = or(e.Team, t.Team), or(e.Priority, t.Priority)
	return nil
}

// or is what a pointer points to, or something else.
func or[T any](p *T, other T) T {
	if p == nil {
		return other
	}
	return *p
}

// ContactKnownAs gives a contact the id another system, the source of the context,
// knows them by; empty: none any more.
func (d *Desk) ContactKnownAs(ctx context.Context, by desk.Agent, contact uuid.UUID, external string) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	if external != clean(external) || desk.Units(external) > maxExternalID {
		return desk.ErrInvalid.For("external_id")
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		if _, err := tx.Contact(ctx, contact); err != nil {
			return err
		}
		return externalTaken(tx.SetExternalID(ctx, desk.ExternalID{Kind: desk.SubjectContact, Source: desk.SourceOf(ctx), Value: external, SubjectID: contact, CreatedAt: d.Now()}))
	})
	if err != nil {
		return fmt.Errorf("contact %s: %w", contact, err)
	}
	return nil
}
