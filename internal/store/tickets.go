package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AddTicket adds a ticket, with the clocks of its promises.
func (t *Tx) AddTicket(ctx context.Context, ticket *desk.Ticket) error {
	t.record(desk.SubjectTicket, ticket.ID, true)
	t.touch(desk.TopicTicket, ticket.ID)
	if err := t.promisedTicket(ctx, ticket); err != nil {
		return err
	}
	_, err := insert(ctx, t, t.s.shapes.ticket, "a ticket", ticket, "")
	return err
}

// LockTicket returns a ticket and holds it.
func (t *Tx) LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error) {
	return holdOne[desk.Ticket](ctx, t, t.s.shapes.ticket, "locking ticket "+id.String(), t.locked("id = ?"), id.String())
}

// SaveTicket writes a ticket, with the clocks of its promises.
func (t *Tx) SaveTicket(ctx context.Context, ticket *desk.Ticket) error {
	t.record(desk.SubjectTicket, ticket.ID, false)
	t.touch(desk.TopicTicket, ticket.ID)
	if err := t.promisedTicket(ctx, ticket); err != nil {
		return err
	}
	return keep(ctx, t, t.s.shapes.ticket, "a ticket", ticket)
}

// AddTicketEvents adds lines to the history of tickets, and tells who watches them.
func (t *Tx) AddTicketEvents(ctx context.Context, events ...desk.TicketEvent) error {
	if len(events) == 0 {
		return nil
	}
	for _, e := range events {
		t.record(desk.SubjectTicket, e.TicketID, false)
		t.touch(desk.TopicTicket, e.TicketID)
	}
	if err := add(ctx, t, "ticket history", &events); err != nil {
		return err
	}
	return t.tellWatchers(ctx, events)
}

// NextProtocol returns the next protocol number of a day; the day is the one in
// the time zone of the time given. Transactions that take numbers wait for each
// other, so take one as late as possible.
func (t *Tx) NextProtocol(ctx context.Context, day time.Time) (string, error) {
	var last int64
	err := t.in(ctx).Raw(`insert into protocol_counters (day, last) values (?, 1)
		on conflict (day) do update set last = protocol_counters.last + 1 returning last`, day.Format(time.DateOnly)).Row().Scan(&last)
	if err != nil {
		return "", t.fail("taking a protocol number", err)
	}
	return desk.Protocol(day, last), nil
}

// Ticket returns a ticket.
func (s *Store) Ticket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error) {
	return take[desk.Ticket](ctx, s.reading(ctx), "ticket", id)
}

// TicketByProtocol returns the ticket with a protocol number.
func (s *Store) TicketByProtocol(ctx context.Context, protocol string) (*desk.Ticket, error) {
	var ticket desk.Ticket
	if err := s.reading(ctx).Take(&ticket, "protocol = ?", protocol).Error; err != nil {
		return nil, wrap("reading a ticket by its number", err)
	}
	return &ticket, nil
}

// TicketEvents returns a ticket's history, oldest line first.
func (s *Store) TicketEvents(ctx context.Context, ticket uuid.UUID) ([]desk.TicketEvent, error) {
	var events []desk.TicketEvent
	err := s.reading(ctx).Where("ticket_id = ?", ticket).Order("id").Find(&events).Error
	return events, wrap("reading a ticket's history", err)
}

// TicketsToClose returns the oldest resolved tickets whose time to be reopened
// ended before a time.
func (s *Store) TicketsToClose(ctx context.Context, resolvedBefore time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw(`select id from tickets where state = 'resolved' and resolved_at < ?
		order by resolved_at limit ?`, resolvedBefore, limit))
	return found, wrap("finding tickets to close", err)
}

const isLive = "state in ('new', 'open', 'waiting_customer', 'waiting_third_party')"

// LiveTickets returns the tickets of a conversation that somebody still has to do
// something about, oldest first, and holds them.
func (t *Tx) LiveTickets(ctx context.Context, conversation uuid.UUID) ([]desk.Ticket, error) {
	tickets, err := hold[desk.Ticket](ctx, t, t.s.shapes.ticket, t.locked(
		"contact_id = (select contact_id from conversations where conversations.id = ?) and conversation_id = ? and "+isLive+" order by id"),
		conversation.String(), conversation.String())
	return tickets, t.fail("reading live tickets", err)
}
