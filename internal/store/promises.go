package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Promises moves the clocks of rows as they are saved, and returns the records of
// those that ended. It must not block: it runs in every transaction that saves one.
type Promises interface {
	Conversation(c *desk.Conversation, now time.Time) []desk.PromiseRecord
	Ticket(t *desk.Ticket, now time.Time) []desk.PromiseRecord
}

// promised moves the clocks of a conversation that is about to be written.
func (t *Tx) promised(ctx context.Context, c *desk.Conversation) error {
	if t.s.promises == nil {
		return nil
	}
	return t.addPromiseRecords(ctx, t.s.promises.Conversation(c, t.s.now()))
}

func (t *Tx) promisedTicket(ctx context.Context, ticket *desk.Ticket) error {
	if t.s.promises == nil {
		return nil
	}
	return t.addPromiseRecords(ctx, t.s.promises.Ticket(ticket, t.s.now()))
}

func (t *Tx) addPromiseRecords(ctx context.Context, ended []desk.PromiseRecord) error {
	for i := range ended {
		if _, err := insert(ctx, t, t.s.shapes.promise, "a promise's end", &ended[i], ""); err != nil {
			return err
		}
	}
	return nil
}

// SaveTicketPromises moves the clocks of a ticket in which nothing else has changed:
// that is no change of the matter, so the time of its last change stays.
func (t *Tx) SaveTicketPromises(ctx context.Context, ticket *desk.Ticket) error {
	t.touch(desk.TopicTicket, ticket.ID)
	if err := t.promisedTicket(ctx, ticket); err != nil {
		return err
	}
	raw, err := json.Marshal(ticket.Promises)
	if err != nil {
		return fmt.Errorf("saving the promises of a ticket: %w", err)
	}
	err = t.in(ctx).Exec("update tickets set promises = ?, due_at = ?, risk_at = ?, look_at = ? where id = ?",
		string(raw), ticket.DueAt, ticket.RiskAt, ticket.LookAt, ticket.ID).Error
	return t.fail("saving the promises of a ticket", err)
}

// ConversationsToLookAt returns the conversations whose promises want a look,
// longest overdue first.
func (s *Store) ConversationsToLookAt(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from conversations where look_at <= ? order by look_at limit ?", now, limit))
	return found, wrap("finding conversations at risk", err)
}

// TicketsToLookAt is the same for tickets.
func (s *Store) TicketsToLookAt(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from tickets where look_at <= ? order by look_at limit ?", now, limit))
	return found, wrap("finding tickets at risk", err)
}

// PromisedConversations returns the open conversations that people have, by id, after one.
func (s *Store) PromisedConversations(ctx context.Context, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw(`select id from conversations where owner in ('queue', 'agent') and state <> 'closed' and id > ?
		order by id limit ?`, after, limit))
	return found, wrap("finding conversations with people", err)
}

// PromisedTickets returns the live tickets, by id, after one.
func (s *Store) PromisedTickets(ctx context.Context, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from tickets where "+isLive+" and id > ? order by id limit ?", after, limit))
	return found, wrap("finding live tickets", err)
}

// PromiseSums counts the promises that ended in a span, by kind.
func (s *Store) PromiseSums(ctx context.Context, from, until time.Time) ([]desk.PromiseSum, error) {
	var sums []desk.PromiseSum
	err := s.reading(ctx).Raw(`select kind, count(*) as ended, sum(case when kept then 1 else 0 end) as kept from promise_records
		where ended_at >= ? and ended_at < ? group by kind order by kind`, from, until).Scan(&sums).Error
	return sums, wrap("counting kept promises", err)
}
