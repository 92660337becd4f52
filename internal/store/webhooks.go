package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
)

// AddWebhook adds a webhook.
func (t *Tx) AddWebhook(ctx context.Context, w *desk.Webhook) error {
	t.touch(desk.TopicWebhook, w.ID)
	return add(ctx, t, "a webhook", w)
}

// LockWebhook returns a webhook and holds it.
func (t *Tx) LockWebhook(ctx context.Context, id uuid.UUID) (*desk.Webhook, error) {
	return lock[desk.Webhook](ctx, t, "webhook", id)
}

// SaveWebhook writes a webhook.
func (t *Tx) SaveWebhook(ctx context.Context, w *desk.Webhook) error {
	t.touch(desk.TopicWebhook, w.ID)
	return save(ctx, t, "a webhook", w)
}

// DeleteWebhook removes a webhook with its log.
func (t *Tx) DeleteWebhook(ctx context.Context, id uuid.UUID) error {
	t.touch(desk.TopicWebhook, id)
	return t.each(ctx, "removing a webhook",
		statement{"delete from webhook_deliveries where webhook_id = ?", []any{id}},
		statement{"delete from webhooks where id = ?", []any{id}})
}

// Webhooks returns every webhook, oldest first.
func (s *Store) Webhooks(ctx context.Context) ([]desk.Webhook, error) {
	var all []desk.Webhook
	return all, wrap("reading webhooks", s.reading(ctx).Order("id").Find(&all).Error)
}

// Webhook returns a webhook.
func (s *Store) Webhook(ctx context.Context, id uuid.UUID) (*desk.Webhook, error) {
	return take[desk.Webhook](ctx, s.reading(ctx), "webhook", id)
}

// AddWebhookEvents adds events and their deliveries.
func (t *Tx) AddWebhookEvents(ctx context.Context, events []desk.WebhookEvent, deliveries []desk.WebhookDelivery) error {
	if len(events) > 0 {
		if err := t.fail("adding events", t.in(ctx).CreateInBatches(&events, maxPage).Error); err != nil {
			return err
		}
	}
	if len(deliveries) == 0 {
		return nil
	}
	return t.fail("adding deliveries", t.in(ctx).CreateInBatches(&deliveries, maxPage).Error)
}

// WebhookEvent returns an event.
func (s *Store) WebhookEvent(ctx context.Context, id uuid.UUID) (*desk.WebhookEvent, error) {
	return take[desk.WebhookEvent](ctx, s.reading(ctx), "event", id)
}

// Delivery returns a delivery.
func (s *Store) Delivery(ctx context.Context, id uuid.UUID) (*desk.WebhookDelivery, error) {
	return take[desk.WebhookDelivery](ctx, s.reading(ctx), "delivery", id)
}

// DueDeliveries returns the deliveries of a webhook that are due, in the order of
// their events.
func (s *Store) DueDeliveries(ctx context.Context, webhook uuid.UUID, now time.Time, limit int) ([]desk.WebhookDelivery, error) {
	var all []desk.WebhookDelivery
	err := s.reading(ctx).Where("webhook_id = ? and state = 'pending' and due_at <= ?", webhook, now).Order("sequence").Limit(limit).Find(&all).Error
	return all, wrap("finding due deliveries", err)
}

// Deliveries returns a webhook's log, newest first: at most limit entries before a
// delivery, or the newest when that is zero. An empty state is any.
func (s *Store) Deliveries(ctx context.Context, webhook, before uuid.UUID, state desk.DeliveryState, limit int) (all []desk.WebhookDelivery, more bool, err error) {
	limit = pageLimit(limit, usualPage)
	query := s.reading(ctx).Where("webhook_id = ?", webhook)
	if before != uuid.Nil {
		query = query.Where("id < ?", before)
	}
	if state != "" {
		query = query.Where("state = ?", state)
	}
	err = query.Order("id desc").Limit(limit + 1).Find(&all).Error
	return all[:min(limit, len(all))], len(all) > limit, wrap("reading deliveries", err)
}

// SaveDelivery writes a delivery.
func (t *Tx) SaveDelivery(ctx context.Context, d *desk.WebhookDelivery) error {
	return save(ctx, t, "a delivery", d)
}

// DeleteWebhookEvents deletes the events made before a time, with their deliveries.
func (s *Store) DeleteWebhookEvents(ctx context.Context, before time.Time) error {
	return s.InWork(ctx, func(t *Tx) error {
		return t.each(ctx, "deleting old events",
			statement{"delete from webhook_deliveries where event_id in (select id from webhook_events where created_at < ?)", []any{before}},
			statement{"delete from webhook_events where created_at < ?", []any{before}})
	})
}

// WebhookWaiting returns how many deliveries wait, by webhook.
func (s *Store) WebhookWaiting(ctx context.Context) (map[uuid.UUID]int, error) {
	var rows []struct {
		WebhookID uuid.UUID
		Waiting   int
	}
	err := s.reading(ctx).Session(&gorm.Session{}).Raw("select webhook_id, count(*) as waiting from webhook_deliveries where state = 'pending' group by webhook_id").Scan(&rows).Error
	all := make(map[uuid.UUID]int, len(rows))
	for _, r := range rows {
		all[r.WebhookID] = r.Waiting
	}
	return all, wrap("counting deliveries", err)
}
