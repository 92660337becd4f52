package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Counts returns how many conversations every list of the desk has: one statement,
// whose answer serves everyone. It counts no further than 1000 in a view, which
// stands for "that many or more", but what people hold, which is less.
func (s *Store) Counts(ctx context.Context) (desk.Counts, error) {
	var parts []string
	var values []any
	for _, v := range desk.Views {
		if v == desk.ViewMine {
			continue
		}
		where, _ := condition(v)
		if v == desk.ViewRisk {
			where += " and conversations.risk_at <= ?"
			values = append(values, s.now())
		}
		parts = append(parts, fmt.Sprintf("select '%s' as kind, '' as of, count(*) as found from (select 1 from conversations%s where %s limit %d) as counted", v, s.indexed(v), where, maxCount))
	}
	parts = append(parts,
		"select 'agent', cast(agent_id as text), count(*) from conversations"+s.indexed(desk.ViewMine)+" where owner = 'agent' and state = 'open' group by agent_id",
		"select 'team', team, count(*) from conversations"+s.indexed(desk.ViewQueue)+" where owner = 'queue' and state = 'open' group by team")
	var rows []struct {
		Kind  string
		Of    string
		Found int
	}
	counts := desk.Counts{Views: map[desk.View]int{}, Held: map[uuid.UUID]int{}, Teams: map[desk.Team]int{}}
	if err := s.reading(ctx).Raw(strings.Join(parts, " union all "), values...).Scan(&rows).Error; err != nil {
		return counts, wrap("counting conversations", err)
	}
	for _, r := range rows {
		switch r.Kind {
		case "team":
			counts.Teams[desk.Team(r.Of)] = r.Found
		case "agent":
			id, err := uuid.Parse(r.Of)
			if err != nil {
				return counts, fmt.Errorf("counting conversations: %w", err)
			}
			counts.Held[id] = r.Found
		default:
			counts.Views[desk.View(r.Kind)] = r.Found
		}
	}
	return counts, nil
}

// CountConversations counts what a filter selects, no further than 1000.
func (s *Store) CountConversations(ctx context.Context, f desk.ConversationFilter) (int, error) {
	var found int
	inner := s.selected(ctx, f).Select("1").Limit(maxCount)
	err := s.reading(ctx).Raw("select count(*) from (?) as counted", inner).Row().Scan(&found)
	return found, wrap("counting conversations", err)
}
