package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
	"antena/internal/phone"
)

// QueryConversations returns one page of conversations and the cursor of the next,
// empty at the end.
func (s *Store) QueryConversations(ctx context.Context, q desk.ConversationQuery) ([]desk.Conversation, string, error) {
	query := where(s.reading(ctx), "state", q.State)
	query = where(query, "owner", q.Owner)
	query = where(query, "agent_id", q.Agent)
	query = where(query, "contact_id", q.Contact)
	query = where(query, "team", q.Team)
	query = where(query, "channel", q.Channel)
	return newest(query, "listing conversations", q.After, q.Limit, func(c *desk.Conversation) uuid.UUID { return c.ID })
}

// QueryTickets returns one page of tickets and the cursor of the next.
func (s *Store) QueryTickets(ctx context.Context, q desk.TicketQuery) ([]desk.Ticket, string, error) {
	query := where(s.reading(ctx), "state", q.State)
	query = where(query, "assignee_id", q.Assignee)
	query = where(query, "contact_id", q.Contact)
	query = where(query, "conversation_id", q.Conversation)
	query = where(query, "team", q.Team)
	query = where(query, "protocol", q.Protocol)
	query = known(query, desk.SubjectTicket, q.Source, q.ExternalID)
	if !q.Since.IsZero() {
		query = query.Where("updated_at >= ?", q.Since)
	}
	column, beyond, order := "created_at", "<", "created_at desc, id desc" // not by id: a key of a request makes one of no time
	if q.Changed {
		column, beyond, order = "updated_at", ">", "updated_at, id"
	}
	limit := pageLimit(q.Limit, usualPage)
	if q.After != "" {
		after, err := parseCursor(q.After)
		if err != nil {
			return nil, "", fmt.Errorf("listing tickets: %w", err)
		}
		query = query.Where("("+column+", id) "+beyond+" (?, ?)", after.at, after.id)
	}
	var rows []desk.Ticket
	if err := query.Order(order).Limit(limit + 1).Find(&rows).Error; err != nil {
		return nil, "", wrap("listing tickets", err)
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	last := rows[limit-1]
	at := last.CreatedAt
	if q.Changed {
		at = last.UpdatedAt
	}
	return rows[:limit], cursor{at: at, id: last.ID}.String(), nil
}

// QueryContacts returns one page of contacts and the cursor of the next.
func (s *Store) QueryContacts(ctx context.Context, q desk.ContactQuery) ([]desk.Contact, string, error) {
	query := s.reading(ctx)
	if q.Phone != "" {
		query = query.Where("id in (select contact_id from aliases where kind = 'phone' and value in ?)", append(phone.Forms(q.Phone), ""))
	}
	if q.BSUID != "" {
		query = query.Where("id in (select contact_id from aliases where kind in ('bsuid', 'parent_bsuid') and value = ?)", q.BSUID)
	}
	if q.Protocol != "" {
		query = query.Where("id in (select contact_id from tickets where protocol = ?)", q.Protocol)
	}
	query = known(query, desk.SubjectContact, q.Source, q.ExternalID)
	return newest(query, "listing contacts", q.After, q.Limit, func(c *desk.Contact) uuid.UUID { return c.ID })
}

// where adds a condition unless the value is zero.
func where[T comparable](query *gorm.DB, column string, value T) *gorm.DB {
	var zero T
	if value == zero {
		return query
	}
	return query.Where(column+" = ?", value)
}

// known selects what another system knows by an id.
func known(query *gorm.DB, kind desk.Subject, source, value string) *gorm.DB {
	if value == "" {
		return query
	}
	return query.Where("id in (select subject_id from external_ids where kind = ? and source = ? and value = ?)", kind, source, value)
}

// newest reads one page in the order of the ids, the last one first.
func newest[T any](query *gorm.DB, doing, after string, limit int, id func(*T) uuid.UUID) ([]T, string, error) {
	limit = pageLimit(limit, usualPage)
	if after != "" {
		at, err := parseCursor(after)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", doing, err)
		}
		query = query.Where("id < ?", at.id)
	}
	var rows []T
	if err := query.Order("id desc").Limit(limit + 1).Find(&rows).Error; err != nil {
		return nil, "", wrap(doing, err)
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	return rows[:limit], cursor{at: time.Unix(0, 0), id: id(&rows[limit-1])}.String(), nil
}
