package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// Notify tells agents. What is told again before they have looked is the same
// notification, counted up.
func (t *Tx) Notify(ctx context.Context, all ...desk.Notification) error {
	slices.SortFunc(all, func(a, b desk.Notification) int { return slices.Compare(a.AgentID[:], b.AgentID[:]) }) // one order for all who tell several
	for i := range all {
		err := t.in(ctx).Clauses(clause.OnConflict{
			Columns: columns("agent_id", "about"), TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "read_at is null"}}},
			DoUpdates: append(clause.AssignmentColumns([]string{"by_id", "conversation_id", "ticket_id", "message_id", "text", "updated_at"}),
				clause.Assignments(map[string]any{"count": gorm.Expr("notifications.count + 1")})...),
		}).Create(&all[i]).Error
		if err != nil {
			return t.fail("telling an agent", err)
		}
		t.touch(desk.TopicNotification, all[i].AgentID)
	}
	return nil
}

// Watch makes an agent watch a ticket.
func (t *Tx) Watch(ctx context.Context, w desk.Watcher) error {
	t.touch(desk.TopicTicket, w.TicketID)
	return t.fail("watching a ticket", t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&w).Error)
}

// Unwatch ends it.
func (t *Tx) Unwatch(ctx context.Context, ticket, agent uuid.UUID) error {
	t.touch(desk.TopicTicket, ticket)
	return t.fail("watching a ticket no more", t.in(ctx).Exec("delete from watchers where ticket_id = ? and agent_id = ?", ticket, agent).Error)
}

// tellWatchers tells who watches a ticket that something happened to it, but who did it.
// Nobody watches a ticket that was opened a moment ago.
func (t *Tx) tellWatchers(ctx context.Context, events []desk.TicketEvent) error {
	var told []uuid.UUID
	for _, e := range events {
		if slices.Contains(told, e.TicketID) || slices.ContainsFunc(events, func(o desk.TicketEvent) bool { return o.TicketID == e.TicketID && o.Kind == "opened" }) {
			continue
		}
		told = append(told, e.TicketID)
		query := t.in(ctx).Raw("update watchers set unread = ? where ticket_id = ? returning agent_id", true, e.TicketID)
		if e.AgentID != nil {
			query = t.in(ctx).Raw("update watchers set unread = ? where ticket_id = ? and agent_id <> ? returning agent_id", true, e.TicketID, *e.AgentID)
		}
		watchers, err := ids(query)
		if err != nil {
			return t.fail("telling who watches a ticket", err)
		}
		for _, agent := range watchers {
			n := desk.Notify(desk.NotifyWatched, agent, e.TicketID, e.AgentID, e.Note, e.CreatedAt)
			n.TicketID = &e.TicketID
			if err := t.Notify(ctx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// ReadNotifications marks an agent's notifications about a conversation or ticket
// read, or all of them when the id is zero.
func (t *Tx) ReadNotifications(ctx context.Context, agent, about uuid.UUID, now time.Time) error {
	query, args := "update notifications set read_at = ? where agent_id = ? and read_at is null", []any{now, agent}
	watch, whose := "update watchers set unread = ? where agent_id = ? and unread", []any{false, agent}
	if about != uuid.Nil {
		query, args = query+" and (id = ? or conversation_id = ? or ticket_id = ?)", append(args, about, about, about)
		watch, whose = watch+" and ticket_id = ?", append(whose, about)
	}
	result := t.in(ctx).Exec(query, args...)
	if result.Error == nil && result.RowsAffected > 0 {
		t.touch(desk.TopicNotification, agent)
	}
	if result.Error == nil {
		result = t.in(ctx).Exec(watch, whose...)
	}
	return t.fail("marking notifications read", result.Error)
}

// Notifications returns one page of what an agent was told, newest first.
func (s *Store) Notifications(ctx context.Context, agent uuid.UUID, after string, limit int) (desk.NotificationPage, error) {
	limit = pageLimit(limit, usualPage)
	query := s.reading(ctx).Where("agent_id = ?", agent)
	if after != "" {
		at, err := parseCursor(after)
		if err != nil {
			return desk.NotificationPage{}, fmt.Errorf("listing notifications: %w", err)
		}
		query = query.Where("(updated_at, id) < (?, ?)", at.at, at.id)
	}
	var page desk.NotificationPage
	if err := query.Order("updated_at desc, id desc").Limit(limit + 1).Find(&page.Rows).Error; err != nil {
		return desk.NotificationPage{}, wrap("listing notifications", err)
	}
	if len(page.Rows) > limit {
		page.Rows = page.Rows[:limit]
		page.Next = cursor{at: page.Rows[limit-1].UpdatedAt, id: page.Rows[limit-1].ID}.String()
	}
	return page, nil
}

// UnreadNotifications counts what an agent was told and has not looked at.
func (s *Store) UnreadNotifications(ctx context.Context, agent uuid.UUID) (n int, err error) {
	err = s.reading(ctx).Raw("select count(*) from notifications where agent_id = ? and read_at is null", agent).Row().Scan(&n)
	return n, wrap("counting notifications", err)
}

// DeleteNotifications removes those that were read before a time.
func (s *Store) DeleteNotifications(ctx context.Context, before time.Time) error {
	return s.InWork(ctx, func(t *Tx) error {
		return t.fail("removing notifications", t.in(ctx).Exec("delete from notifications where read_at < ?", before).Error)
	})
}
