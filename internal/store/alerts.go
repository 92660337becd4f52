package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const maxAlerts = 200

// RaiseAlert tells the admins of a failure. While an alert of the same kind and
// subject is unresolved, it counts up instead of there being another, and stays as
// severe as it was.
func (t *Tx) RaiseAlert(ctx context.Context, a desk.Alert) error {
	now := t.s.now()
	if a.ID == uuid.Nil {
		a.ID = desk.NewID()
	}
	if a.LastAt.IsZero() {
		a.LastAt = now
	}
	if a.FirstAt.IsZero() {
		a.FirstAt = a.LastAt
	}
	var id uuid.UUID
	err := t.in(ctx).Raw(`insert into alerts (id, kind, subject, severity, detail, count, first_at, last_at)
		values (?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (kind, subject) where resolved_at is null do update set
			count = alerts.count + excluded.count, last_at = excluded.last_at,
			detail = excluded.detail,
			severity = case when alerts.severity = 'error' then alerts.severity else excluded.severity end
		returning id`, a.ID, a.Kind, a.Subject, a.Severity, a.Detail, max(a.Count, 1), a.FirstAt, a.LastAt).Row().Scan(&id)
	if err != nil {
		return t.fail("raising an alert", err)
	}
	t.touch(desk.TopicAlert, id)
	return nil
}

// ResolveAlert marks an alert as dealt with.
func (t *Tx) ResolveAlert(ctx context.Context, id, by uuid.UUID, now time.Time) error {
	result := t.in(ctx).Exec("update alerts set resolved_at = ?, resolved_by = ? where id = ? and resolved_at is null", now, by, id)
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = desk.ErrNotFound
	}
	t.touch(desk.TopicAlert, id)
	return t.fail("resolving an alert", result.Error)
}

// Alerts returns the newest 200 alerts, unresolved ones first.
func (s *Store) Alerts(ctx context.Context) ([]desk.Alert, error) {
	var alerts []desk.Alert
	err := s.reading(ctx).Order("case when resolved_at is null then 0 else 1 end, last_at desc, id desc").Limit(maxAlerts).Find(&alerts).Error
	return alerts, wrap("reading alerts", err)
}

// OpenAlerts returns the unresolved alerts of a kind.
func (s *Store) OpenAlerts(ctx context.Context, kind string) ([]desk.Alert, error) {
	var alerts []desk.Alert
	err := s.reading(ctx).Where("kind = ? and resolved_at is null", kind).Order("subject").Find(&alerts).Error
	return alerts, wrap("reading open alerts", err)
}

// EndAlert marks an alert whose cause has gone by itself.
func (t *Tx) EndAlert(ctx context.Context, id uuid.UUID, now time.Time) error {
	t.touch(desk.TopicAlert, id)
	return t.fail("ending an alert", t.in(ctx).Exec("update alerts set resolved_at = ? where id = ? and resolved_at is null", now, id).Error)
}
