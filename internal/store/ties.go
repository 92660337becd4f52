package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// FoldTicket gives all that hangs on a ticket to the one it was merged into: history,
// tags, watchers, links, parts, and the tickets that were merged into it before. Both
// must be held.
func (t *Tx) FoldTicket(ctx context.Context, from, into uuid.UUID) error {
	t.touch(desk.TopicTicket, from)
	t.touch(desk.TopicTicket, into)
	return t.each(ctx, "merging tickets",
		statement{"update ticket_events set origin_id = coalesce(origin_id, ticket_id), ticket_id = ? where ticket_id = ?", []any{into, from}},
		statement{"insert into ticket_tags (ticket_id, tag_id) select ?, tag_id from ticket_tags where ticket_id = ? on conflict do nothing", []any{into, from}},
		statement{"delete from ticket_tags where ticket_id = ?", []any{from}},
		statement{"insert into watchers (ticket_id, agent_id, unread, created_at) select ?, agent_id, unread, created_at from watchers where ticket_id = ? on conflict do nothing", []any{into, from}},
		statement{"delete from watchers where ticket_id = ?", []any{from}},
		statement{"update notifications set ticket_id = ? where ticket_id = ?", []any{into, from}},
		statement{`insert into ticket_links (low, high, agent_id, created_at)
			select case when other < ? then other else ? end, case when other < ? then ? else other end, agent_id, created_at
			from (select case when low = ? then high else low end as other, agent_id, created_at from ticket_links where low = ? or high = ?) as old
			where other <> ? on conflict do nothing`, []any{into, into, into, into, from, from, from, into}},
		statement{"delete from ticket_links where low = ? or high = ?", []any{from, from}},
		statement{"update tickets set parent_id = ? where parent_id = ?", []any{into, from}},
		statement{"update tickets set merged_into = ? where merged_into = ?", []any{into, from}},
	)
}

// Children returns the tickets that are part of another, oldest first, and holds them.
func (t *Tx) Children(ctx context.Context, parent uuid.UUID) ([]desk.Ticket, error) {
	all, err := hold[desk.Ticket](ctx, t, t.s.shapes.ticket, t.locked("parent_id = ? order by id"), parent.String())
	return all, t.fail("reading the parts of a ticket", err)
}

// TicketMessages returns which of some messages are in a conversation, and who wrote them.
func (t *Tx) TicketMessages(ctx context.Context, conversation uuid.UUID, messages []uuid.UUID) (map[uuid.UUID]desk.Author, error) {
	var rows []struct {
		ID     uuid.UUID
		Author desk.Author
	}
	err := t.in(ctx).Raw("select id, author from messages where conversation_id = ? and ?", conversation, t.among("id", messages)).Scan(&rows).Error
	found := map[uuid.UUID]desk.Author{}
	for _, r := range rows {
		found[r.ID] = r.Author
	}
	return found, t.fail("looking for messages", err)
}

// MoveTicketMessages takes the lines about some messages out of a ticket's history.
func (t *Tx) MoveTicketMessages(ctx context.Context, ticket uuid.UUID, messages []uuid.UUID) error {
	return t.fail("splitting a ticket", t.in(ctx).Exec("delete from ticket_events where ticket_id = ? and kind = 'message' and ?", ticket, t.among("message_id", messages)).Error)
}

// AddTicketLink relates two tickets; desk.ErrFull when one of them has desk.MaxLinks already.
func (t *Tx) AddTicketLink(ctx context.Context, l desk.TicketLink) error {
	for _, end := range []uuid.UUID{l.Low, l.High} {
		var n int
		if err := t.in(ctx).Raw("select count(*) from ticket_links where low = ? or high = ?", end, end).Row().Scan(&n); err != nil {
			return t.fail("counting links", err)
		}
		if n >= desk.MaxLinks {
			return desk.ErrFull
		}
	}
	return t.fail("linking tickets", t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&l).Error)
}

// DeleteTicketLink parts two tickets and reports whether they were linked.
func (t *Tx) DeleteTicketLink(ctx context.Context, l desk.TicketLink) (bool, error) {
	result := t.in(ctx).Exec("delete from ticket_links where low = ? and high = ?", l.Low, l.High)
	return result.RowsAffected > 0, t.fail("parting tickets", result.Error)
}

// Tied returns all that hangs together with a ticket.
func (s *Store) Tied(ctx context.Context, ticket *desk.Ticket) (*desk.Tied, error) {
	var tied desk.Tied
	for _, up := range []struct {
		id   *uuid.UUID
		into **desk.Ticket
	}{{ticket.MergedInto, &tied.Into}, {ticket.ParentID, &tied.Parent}} {
		if up.id == nil {
			continue
		}
		found, err := s.Ticket(ctx, *up.id)
		if err != nil {
			return nil, err
		}
		*up.into = found
	}
	for _, list := range []struct {
		into  *[]desk.Ticket
		where string
		args  []any
	}{
		{&tied.Children, "parent_id = ?", []any{ticket.ID}},
		{&tied.Merged, "merged_into = ?", []any{ticket.ID}},
		{&tied.Links, "id in (select high from ticket_links where low = ? union select low from ticket_links where high = ?)", []any{ticket.ID, ticket.ID}},
	} {
		if err := s.reading(ctx).Where(list.where, list.args...).Order("id").Limit(desk.MaxChildren).Find(list.into).Error; err != nil {
			return nil, wrap("reading what hangs together with a ticket", err)
		}
	}
	if err := s.reading(ctx).Where("id in (select tag_id from ticket_tags where ticket_id = ?)", ticket.ID).Order("folded").Find(&tied.Tags).Error; err != nil {
		return nil, wrap("reading a ticket's tags", err)
	}
	err := s.reading(ctx).Where("ticket_id = ?", ticket.ID).Order("created_at, agent_id").Find(&tied.Watchers).Error
	return &tied, wrap("reading who watches a ticket", err)
}

// TicketFiles returns the newest messages with a file that belong to a ticket: those
// in its history, and those both sides sent in its conversation while it was live.
func (s *Store) TicketFiles(ctx context.Context, ticket *desk.Ticket, limit int) ([]desk.Message, error) {
	until := s.now()
	if ticket.ResolvedAt != nil {
		until = *ticket.ResolvedAt
	}
	var all []desk.Message
	err := s.reading(ctx).Where(`attachment is not null and direction <> 'internal' and conversation_id = ? and
		(created_at between ? and ? or id in (select message_id from ticket_events where ticket_id = ? and message_id is not null))`,
		ticket.ConversationID, ticket.CreatedAt, until, ticket.ID).Order("id desc").Limit(limit).Find(&all).Error
	return all, wrap("reading the files of a ticket", err)
}

// TicketsToWake returns the snoozed tickets whose time has come, longest overdue first.
func (s *Store) TicketsToWake(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from tickets where snoozed_until <= ? order by snoozed_until limit ?", now, limit))
	return found, wrap("finding tickets to wake", err)
}
