package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
)

const (
	usualPage = 30
	maxCount  = desk.CountMost

	// rank is the order of the queue; the text is that of the index.
	rank = "(case priority when 'urgent' then 0 when 'high' then 1 when 'low' then 3 else 2 end)"
)

// condition is what a view asks for; constants, so that partial indexes are used.
func condition(v desk.View) (where string, mine bool) {
	switch v {
	case desk.ViewMine:
		return "conversations.owner = 'agent' and conversations.agent_id = ? and conversations.state = 'open'", true
	case desk.ViewQueue:
		return "conversations.owner = 'queue' and conversations.state = 'open'", false
	case desk.ViewRisk:
		return "conversations.risk_at is not null and conversations.state = 'open' and conversations.owner <> 'assistant'", false
	case desk.ViewWaiting:
		return "conversations.state = 'open' and conversations.owner <> 'assistant' and conversations.awaited_since is null", false
	case desk.ViewAssistant:
		return "conversations.owner = 'assistant' and conversations.state = 'open'", false
	case desk.ViewSnoozed:
		return "conversations.state = 'snoozed'", false
	case desk.ViewClosed:
		return "conversations.state = 'closed'", false
	}
	return "conversations.state = 'open'", false
}

// selected begins a query for the conversations of a filter.
func (s *Store) selected(ctx context.Context, f desk.ConversationFilter) *gorm.DB {
	query := s.reading(ctx).Table("conversations" + s.indexed(f.View))
	where, mine := condition(f.View)
	if mine {
		query = query.Where(where, f.Agent)
	} else {
		query = query.Where(where)
	}
	if f.View == desk.ViewRisk {
		query = query.Where("conversations.risk_at <= ?", s.now())
	}
	return s.narrowed(query, f)
}

// indexed names the index of a view. SQLite, which keeps no count of what is in an
// index, would take that of recent conversations for all of them and read through
// every open one; PostgreSQL knows better by itself.
func (s *Store) indexed(v desk.View) string {
	if !s.sqlite() {
		return ""
	}
	switch v {
	case desk.ViewMine:
		return " indexed by conversations_held"
	case desk.ViewQueue:
		return " indexed by conversations_queue"
	case desk.ViewRisk:
		return " indexed by conversations_risk"
	case desk.ViewWaiting:
		return " indexed by conversations_people"
	}
	return " indexed by conversations_recent"
}

// narrowed adds what is asked for beside the view. The columns are those of the
// index of recent conversations.
func (s *Store) narrowed(query *gorm.DB, f desk.ConversationFilter) *gorm.DB {
	if f.Team != "" {
		query = query.Where("conversations.team = ?", f.Team)
	}
	if f.Holder != uuid.Nil {
		query = query.Where("conversations.agent_id = ?", f.Holder)
	}
	if f.Language != "" {
		query = query.Where("conversations.language = ?", f.Language)
	}
	if f.Priority != "" {
		query = query.Where("conversations.priority = ?", f.Priority)
	}
	if f.Intent != "" {
		query = query.Where("conversations.intent = ?", f.Intent)
	}
	if f.Unread {
		query = query.Where("conversations.unread > 0")
	}
	if !f.From.IsZero() {
		query = query.Where("conversations.last_at >= ?", desk.Instant(f.From))
	}
	if !f.Until.IsZero() {
		query = query.Where("conversations.last_at < ?", desk.Instant(f.Until))
	}
	if !f.AtRisk.IsZero() {
		query = query.Where("conversations.risk_at <= ?", f.AtRisk)
	}
	return query
}

// card is a row of the list.
type card struct {
	desk.Conversation
	ContactName  string
	ContactPhone string
	HolderName   string
}

// Conversations returns one page of a view. Its rows are found in an index alone and
// read afterwards: a rare combination or another order reads no row in vain.
func (s *Store) Conversations(ctx context.Context, f desk.ConversationFilter) (desk.ConversationPage, error) {
	limit := pageLimit(f.Limit, usualPage)
	query, err := ordered(s.selected(ctx, f), f)
	if err != nil {
		return desk.ConversationPage{}, fmt.Errorf("listing conversations: %w", err)
	}
	found, err := ids(query.Select("conversations.id").Limit(limit + 1))
	if err != nil {
		return desk.ConversationPage{}, wrap("listing conversations", err)
	}
	more := len(found) > limit
	cards, err := s.cards(ctx, found[:min(limit, len(found))])
	if err != nil || len(cards) == 0 {
		return desk.ConversationPage{}, wrap("listing conversations", err)
	}
	page := desk.ConversationPage{Cards: cards}
	if more {
		page.Next = place(f, &cards[len(cards)-1].Conversation).String()
	}
	return page, nil
}

// cards reads conversations as lists show them, in the order of their ids' list; what
// has gone meanwhile is left out.
func (s *Store) cards(ctx context.Context, wanted []uuid.UUID) ([]desk.ConversationCard, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	var rows []card
	err := s.reading(ctx).Table("conversations").
		Select("conversations.*, contacts.name as contact_name, contacts.phone as contact_phone, coalesce(agents.name, '') as holder_name").
		Joins("join contacts on contacts.id = conversations.contact_id").
		Joins("left join agents on agents.id = conversations.agent_id").
		Where(among("conversations.id", s.sqlite(), wanted)).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	places := make(map[uuid.UUID]int, len(wanted))
	for i, id := range wanted {
		places[id] = i
	}
	slices.SortFunc(rows, func(a, b card) int { return places[a.ID] - places[b.ID] })
	all := make([]desk.ConversationCard, len(rows))
	for i := range rows {
		r := &rows[i]
		all[i] = desk.ConversationCard{Conversation: r.Conversation, ContactName: r.ContactName, ContactPhone: r.ContactPhone, HolderName: r.HolderName}
	}
	return all, nil
}
