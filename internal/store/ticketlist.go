package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
)

// ticketCard is a row of the list.
type ticketCard struct {
	desk.Ticket
	ContactName  string
	AssigneeName string
}

// Tickets returns one page of tickets.
func (s *Store) Tickets(ctx context.Context, f desk.TicketFilter) (desk.TicketPage, error) {
	limit := pageLimit(f.Limit, usualPage)
	table := "tickets"
	if f.Contact != uuid.Nil && s.sqlite() {
		table += " indexed by tickets_contact" // else SQLite reads every ticket in the list's order
	}
	query := s.reading(ctx).Table(table).
		Select("tickets.*, contacts.name as contact_name, coalesce(agents.name, '') as assignee_name").
		Joins("join contacts on contacts.id = tickets.contact_id").
		Joins("left join agents on agents.id = tickets.assignee_id")
	switch f.State {
	case "":
		query = query.Where("tickets.snoozed_until is null and tickets." + isLive)
	case "all":
	case desk.TicketSnoozed:
		query = query.Where("tickets.snoozed_until is not null")
	default:
		query = query.Where("tickets.state = ?", f.State)
	}
	if f.Assignee != uuid.Nil {
		query = query.Where("tickets.assignee_id = ?", f.Assignee)
	}
	if f.Contact != uuid.Nil {
		query = query.Where("tickets.contact_id = ?", f.Contact)
	}
	if f.Tag != uuid.Nil {
		query = query.Where("tickets.id in (select ticket_id from ticket_tags where tag_id = ?)", f.Tag)
	}
	if f.Watcher != uuid.Nil {
		query = query.Where("tickets.id in (select ticket_id from watchers where agent_id = ?)", f.Watcher)
	}
	if f.Team != "" {
		query = query.Where("tickets.team = ?", f.Team)
	}
	if text := strings.TrimSpace(f.Search); text != "" {
		p := like(text)
		query = query.Where(`(tickets.protocol like ? escape '\' or lower(tickets.subject) like ? escape '\' or lower(contacts.name) like ? escape '\')`, p, p, p)
	}
	query, err := orderedTickets(query, f)
	if err != nil {
		return desk.TicketPage{}, fmt.Errorf("listing tickets: %w", err)
	}
	var rows []ticketCard
	if err := query.Limit(limit + 1).Find(&rows).Error; err != nil {
		return desk.TicketPage{}, wrap("listing tickets", err)
	}
	var page desk.TicketPage
	if len(rows) > limit {
		rows = rows[:limit]
		last := &rows[limit-1].Ticket
		at := last.UpdatedAt
		if f.DueFirst {
			at = valueOr(last.DueAt, never)
		}
		page.Next = cursor{at: at, id: last.ID}.String()
	}
	for _, r := range rows {
		page.Cards = append(page.Cards, desk.TicketCard{Ticket: r.Ticket, ContactName: r.ContactName, AssigneeName: r.AssigneeName})
	}
	return page, nil
}

// orderedTickets puts tickets in their order and goes on after the cursor.
func orderedTickets(query *gorm.DB, f desk.TicketFilter) (*gorm.DB, error) {
	order, where := "tickets.updated_at desc, tickets.id desc", "(tickets.updated_at, tickets.id) < (?, ?)"
	if f.DueFirst {
		const due = "coalesce(tickets.due_at, '9999-12-31 00:00:00+00:00')"
		order, where = due+", tickets.id", "("+due+", tickets.id) > (?, ?)"
	}
	if f.After != "" {
		after, err := parseCursor(f.After)
		if err != nil {
			return nil, err
		}
		query = query.Where(where, after.at, after.id)
	}
	return query.Order(order), nil
}
