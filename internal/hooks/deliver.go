package hooks

import (
	"context"
	"errors"
	"sync"
	"time"

	"antena/internal/desk"
)

const (
	mostDue    = 100
	turnMax    = 12 * time.Second // no try begins later in a turn; a turn ends well before its hold
	giveUpTime = 24 * time.Hour
)

// pauseAfter is how long after a try the next one comes.
func pauseAfter(attempt int) time.Duration {
	pauses := []time.Duration{5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}
	return pauses[min(max(attempt, 1), len(pauses))-1]
}

// deliver tries what is due, for each webhook by itself.
func (r *Relay) deliver(ctx context.Context) error {
	webhooks, err := r.Feed.Webhooks(ctx)
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	problems := make([]error, len(webhooks))
	for i := range webhooks {
		if webhooks[i].Active {
			wait.Go(func() { problems[i] = r.deliverTo(ctx, &webhooks[i]) })
		}
	}
	wait.Wait()
	return errors.Join(problems...)
}

// deliverTo tries what is due for a webhook in the order of the events. Where nothing
// arrived last time, one try is enough to see whether it does now.
func (r *Relay) deliverTo(ctx context.Context, w *desk.Webhook) error {
	began := r.Now()
	due, err := r.Feed.DueDeliveries(ctx, w.ID, began, mostDue)
	if err != nil {
		return err
	}
	for i := range due {
		if ctx.Err() != nil || r.Now().Sub(began) > turnMax {
			return nil
		}
		ok, err := r.try(ctx, w, &due[i])
		if err != nil || !ok {
			return err
		}
	}
	return nil
}

// try sends one event and writes down what came of it.
func (r *Relay) try(ctx context.Context, w *desk.Webhook, d *desk.WebhookDelivery) (ok bool, err error) {
	e, err := r.Feed.WebhookEvent(ctx, d.EventID)
	if err != nil {
		return false, err
	}
	began := r.Now()
	answer := r.Post(ctx, w.URL, headers(w, e, began), e.Body)
	if ctx.Err() != nil {
		return false, nil // we are stopping: it is tried again, and the receiver knows its id
	}
	now := r.Now()
	d.Attempts, d.TriedAt, d.TookMicros = d.Attempts+1, &began, now.Sub(began).Microseconds()
	d.Status, d.Problem, d.Response = answer.Status, answer.Problem, answer.Response
	switch {
	case answer.OK():
		d.State, d.DeliveredAt = desk.DeliveryDelivered, &now
	case now.Add(pauseAfter(d.Attempts)).Sub(d.CreatedAt) > giveUpTime:
		d.State = desk.DeliveryFailed
	default:
		d.DueAt = now.Add(pauseAfter(d.Attempts))
	}
	if !answer.OK() {
		r.Log.InfoContext(ctx, "a webhook did not take an event", "webhook_id", w.ID, "delivery_id", d.ID, "attempts", d.Attempts, "status", d.Status, "problem", d.Problem)
	}
	err = r.Feed.InTx(ctx, func(tx FeedTx) error {
		if err := tx.SaveDelivery(ctx, d); err != nil {
			return err
		}
		return r.judge(ctx, tx, w, answer.OK(), now)
	})
	return answer.OK(), err
}

// judge keeps how a webhook is doing, and switches off one where nothing arrives for long.
func (r *Relay) judge(ctx context.Context, tx FeedTx, w *desk.Webhook, ok bool, now time.Time) error {
	if ok && w.FailingSince == nil || !ok && w.FailingSince != nil && now.Sub(*w.FailingSince) < giveUpTime {
		return nil
	}
	held, err := tx.LockWebhook(ctx, w.ID)
	if err != nil {
		return err
	}
	switch {
	case ok:
		held.FailingSince = nil
	case held.FailingSince == nil:
		held.FailingSince = &now
	case now.Sub(*held.FailingSince) >= giveUpTime && held.Active:
		held.Active, held.DisabledAt = false, &now
		alert := desk.Alert{Kind: desk.AlertWebhook, Subject: held.Name, Severity: desk.SeverityError, LastAt: now}
		if err := tx.RaiseAlert(ctx, alert); err != nil {
			return err
		}
	}
	w.FailingSince = held.FailingSince
	return tx.SaveWebhook(ctx, held)
}
