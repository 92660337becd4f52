package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
	"antena/internal/phone"
)

const (
	usualPage = 30
	maxCount  = 1000

	// rank is the order of the queue; the text is that of the index.
	rank = "(case priority when 'urgent' then 0 when 'high' then 1 when 'low' then 3 else 2 end)"
)

// conditions are the views; constants, so that partial indexes are used.
func condition(v desk.View) (string, bool) {
	switch v {
	case desk.ViewMine:
		return "conversations.owner = 'agent' and conversations.agent_id = ? and conversations.state = 'open'", true
	case desk.ViewQueue:
		return "conversations.owner = 'queue' and conversations.state = 'open'", false
	case desk.ViewAssistant:
		return "conversations.owner = 'assistant' and conversations.state = 'open'", false
	case desk.ViewSnoozed:
		return "conversations.state = 'snoozed'", false
	case desk.ViewClosed:
		return "conversations.state = 'closed'", false
	}
	return "conversations.state = 'open'", false
}

func viewed(db *gorm.DB, v desk.View, agent uuid.UUID) *gorm.DB {
	where, mine := condition(v)
	if mine {
		return db.Where(where, agent)
	}
	return db.Where(where)
}

// card is a row of the list.
type card struct {
	desk.Conversation
	ContactName  string
	ContactPhone string
	HolderName   string
}

// Conversations returns one page of a view. The search looks for part of a
// contact's name or phone, or of the number of one of the contact's tickets.
func (s *Store) Conversations(ctx context.Context, f desk.ConversationFilter) (desk.ConversationPage, error) {
	limit := pageLimit(f.Limit, usualPage)
	query := s.reading(ctx).Table("conversations").
		Select("conversations.*, contacts.name as contact_name, contacts.phone as contact_phone, coalesce(agents.name, '') as holder_name").
		Joins("join contacts on contacts.id = conversations.contact_id").
		Joins("left join agents on agents.id = conversations.agent_id")
	query = searched(viewed(query, f.View, f.Agent), f.Search)
	if f.Team != "" {
		query = query.Where("conversations.team = ?", f.Team)
	}
	query, err := ordered(query, f)
	if err != nil {
		return desk.ConversationPage{}, fmt.Errorf("listing conversations: %w", err)
	}
	var rows []card
	if err := query.Limit(limit + 1).Find(&rows).Error; err != nil {
		return desk.ConversationPage{}, wrap("listing conversations", err)
	}
	var page desk.ConversationPage
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = place(f.View, &rows[limit-1].Conversation).String()
	}
	for _, r := range rows {
		page.Cards = append(page.Cards, desk.ConversationCard{
			Conversation: r.Conversation, ContactName: r.ContactName, ContactPhone: r.ContactPhone, HolderName: r.HolderName,
		})
	}
	return page, nil
}

// ordered puts the queue in the order people should take it and everything else
// newest first, and goes on after the cursor.
func ordered(query *gorm.DB, f desk.ConversationFilter) (*gorm.DB, error) {
	var after cursor
	if f.After != "" {
		var err error
		if after, err = parseCursor(f.After); err != nil {
			return nil, err
		}
	}
	if f.View == desk.ViewQueue {
		if f.After != "" {
			query = query.Where("("+rank+", conversations.queued_at, conversations.id) > (?, ?, ?)", after.rank, after.at, after.id)
		}
		return query.Order(rank + ", conversations.queued_at, conversations.id"), nil
	}
	if f.After != "" {
		query = query.Where("(conversations.last_at, conversations.id) < (?, ?)", after.at, after.id)
	}
	return query.Order("conversations.last_at desc, conversations.id desc"), nil
}

func place(v desk.View, c *desk.Conversation) cursor {
	if v != desk.ViewQueue {
		return cursor{at: c.LastAt, id: c.ID}
	}
	at := cursor{rank: 3 - c.Priority.Rank(), id: c.ID}
	if c.QueuedAt != nil {
		at.at = *c.QueuedAt
	}
	return at
}

func searched(query *gorm.DB, text string) *gorm.DB {
	text = strings.TrimSpace(text)
	if text == "" {
		return query
	}
	pattern := like(text)
	where := `(lower(contacts.name) like ? escape '\' or contacts.phone like ? escape '\' or contacts.phone like ? escape '\' or exists
		(select 1 from tickets where tickets.contact_id = contacts.id and tickets.protocol like ? escape '\'))`
	digits := phoneDigits(text)
	other := digits
	if forms := phone.Forms(digits); len(forms) > 1 {
		other = forms[1] // the same line as others write it
	}
	return query.Where(where, pattern, like(digits), like(other), pattern)
}

// phoneDigits drops what people write between the digits of a phone number.
func phoneDigits(text string) string {
	digits := strings.NewReplacer("+", "", " ", "", "-", "", "(", "", ")", "", ".", "").Replace(text)
	if strings.Trim(digits, "0123456789") != "" || digits == "" {
		return text
	}
	return digits
}

// ConversationCounts returns how many conversations each view has, counting no
// further than 1000, which stands for "that many or more".
func (s *Store) ConversationCounts(ctx context.Context, agent uuid.UUID) (map[desk.View]int, error) {
	var parts []string
	var values []any
	for _, v := range desk.Views {
		where, mine := condition(v)
		if mine {
			values = append(values, agent)
		}
		parts = append(parts, fmt.Sprintf("select '%s' as view, count(*) as found from (select 1 from conversations where %s limit %d) as counted",
			v, where, maxCount))
	}
	var rows []struct {
		View  desk.View
		Found int
	}
	if err := s.reading(ctx).Raw(strings.Join(parts, " union all "), values...).Scan(&rows).Error; err != nil {
		return nil, wrap("counting conversations", err)
	}
	counts := map[desk.View]int{}
	for _, r := range rows {
		counts[r.View] = r.Found
	}
	return counts, nil
}
