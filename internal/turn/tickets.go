package turn

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// tickets opens, updates, reopens and resolves what the outcome says.
func (e *Engine) tickets(ctx context.Context, tx Tx, o *desk.Outcome) error {
	if o.Open != nil {
		if err := e.open(ctx, tx, o); err != nil {
			return err
		}
	}
	now := o.Turn.CreatedAt
	if err := e.change(ctx, tx, o, o.Update, func(t *desk.Ticket) error { t.Hear(now); return nil }); err != nil {
		return err
	}
	if err := e.change(ctx, tx, o, o.Reopen, func(t *desk.Ticket) error { return t.Reopen(now) }); err != nil {
		return err
	}
	return e.change(ctx, tx, o, o.Resolve, func(t *desk.Ticket) error { return t.Resolve("", now) })
}

func (e *Engine) open(ctx context.Context, tx Tx, o *desk.Outcome) error {
	number, err := tx.NextProtocol(ctx, o.Turn.CreatedAt.In(o.Scene.Profile.Location()))
	if err != nil {
		return err
	}
	o.Bind(number)
	if err := tx.AddTicket(ctx, o.Open); err != nil {
		return err
	}
	events := []desk.TicketEvent{e.event(o, o.Open.ID, "opened")}
	events[0].To = string(o.Open.State)
	for _, note := range o.Note {
		n := e.event(o, o.Open.ID, "note")
		n.Note = note
		events = append(events, n)
	}
	return tx.AddTicketEvents(ctx, append(events, e.heard(o, o.Open.ID)...)...)
}

// change applies a verb to a ticket and writes its history. A ticket that moved
// on meanwhile (an agent resolved it) makes the whole outcome stale.
func (e *Engine) change(ctx context.Context, tx Tx, o *desk.Outcome, id *uuid.UUID, verb func(*desk.Ticket) error) error {
	if id == nil {
		return nil
	}
	t, err := tx.LockTicket(ctx, *id)
	if err != nil {
		return err
	}
	from := t.State
	if err := verb(t); err != nil {
		if errors.Is(err, desk.ErrTransition) || errors.Is(err, desk.ErrReopenTooLate) {
			return errMoreSaid // think again with the ticket as it is now
		}
		return err
	}
	if err := tx.SaveTicket(ctx, t); err != nil {
		return err
	}
	events := e.heard(o, t.ID)
	if from != t.State {
		s := e.event(o, t.ID, "state")
		s.From, s.To = string(from), string(t.State)
		events = append(events, s)
	}
	return tx.AddTicketEvents(ctx, events...)
}

// heard are the history lines of the messages that belong to a ticket.
func (e *Engine) heard(o *desk.Outcome, ticket uuid.UUID) []desk.TicketEvent {
	var out []desk.TicketEvent
	for i := range o.Scene.New {
		m := e.event(o, ticket, "message")
		m.Author, m.MessageID = desk.ByContact, &o.Scene.New[i].ID
		out = append(out, m)
	}
	return out
}

func (e *Engine) event(o *desk.Outcome, ticket uuid.UUID, kind string) desk.TicketEvent {
	return desk.TicketEvent{ID: desk.NewID(), TicketID: ticket, Author: desk.ByAssistant, Kind: kind, CreatedAt: o.Turn.CreatedAt}
}
