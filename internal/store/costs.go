package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const costSums = `cost_currency as currency, sum(cost_micros) as micros,
	sum(case when cost_state = 'estimated' then cost_micros else 0 end) as estimated, count(*) as messages`

// ConversationCost returns what the messages of a conversation cost, a sum for each currency.
func (s *Store) ConversationCost(ctx context.Context, conversation uuid.UUID) ([]desk.CostSum, error) {
	var sums []desk.CostSum
	err := s.reading(ctx).Raw("select "+costSums+` from messages
		where conversation_id = ? and cost_day <> '' group by cost_currency order by cost_currency`, conversation).Scan(&sums).Error
	return sums, wrap("adding up a conversation", err)
}

// TicketCost returns what the messages of a ticket's conversation cost from its
// opening until its resolution, or until now.
func (s *Store) TicketCost(ctx context.Context, ticket *desk.Ticket) ([]desk.CostSum, error) {
	until := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if ticket.ResolvedAt != nil {
		until = *ticket.ResolvedAt
	}
	var sums []desk.CostSum
	err := s.reading(ctx).Raw("select "+costSums+` from messages
		where conversation_id = ? and cost_day <> '' and created_at >= ? and created_at <= ?
		group by cost_currency order by cost_currency`, ticket.ConversationID, ticket.CreatedAt, until).Scan(&sums).Error
	return sums, wrap("adding up a ticket", err)
}

// Costs returns what messages cost by day and category, both days included, newest day first.
func (s *Store) Costs(ctx context.Context, from, to string) ([]desk.CostRow, error) {
	var rows []desk.CostRow
	err := s.reading(ctx).Raw("select cost_day as day, cost_category as category, "+costSums+` from messages
		where cost_day <> '' and cost_day >= ? and cost_day <= ?
		group by cost_day, cost_category, cost_currency order by cost_day desc, cost_category, cost_currency`, from, to).Scan(&rows).Error
	return rows, wrap("adding up costs", err)
}
