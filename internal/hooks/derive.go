package hooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Event is the body of a delivery.
type Event struct {
	ID       uuid.UUID       `json:"id" doc:"The same however often the event arrives."`
	Sequence int64           `json:"sequence" doc:"Rises with time over all events of the desk: of two events about one thing the higher is the newer."`
	Type     string          `json:"type" doc:"What happened to what: ticket.created, message.updated, contact.deleted, ..."`
	At       time.Time       `json:"at"`
	Source   string          `json:"source" doc:"Source of the token that made the change; empty: the desk did."`
	Data     json.RawMessage `json:"data" doc:"The thing as the API shows it at that moment; of a deleted one only its id."`
}

const mostChanges = 300

// derive makes events of the changes that wait.
func (r *Relay) derive(ctx context.Context) error {
	webhooks, err := r.Feed.Webhooks(ctx)
	if err != nil {
		return err
	}
	for {
		changes, err := r.Feed.FeedChanges(ctx, mostChanges)
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := r.take(ctx, webhooks, changes); err != nil {
			return err
		}
		if len(changes) < mostChanges {
			return nil
		}
	}
}

// take makes one event for each thing that changed, whose state is read now.
func (r *Relay) take(ctx context.Context, webhooks []desk.Webhook, changes []desk.FeedChange) error {
	ids := make([]uuid.UUID, len(changes))
	var events []Event
	var about []desk.FeedChange
	for _, c := range joined(changes) {
		if !slices.ContainsFunc(webhooks, func(w desk.Webhook) bool { return w.Wants(c.Kind, c.Source) }) {
			continue
		}
		e, err := r.eventOf(ctx, c)
		if err != nil {
			return err
		}
		events, about = append(events, e), append(about, c)
	}
	for i := range changes {
		ids[i] = changes[i].ID
	}
	return r.Feed.InTx(ctx, func(tx FeedTx) error {
		if len(events) > 0 {
			if err := r.keep(ctx, tx, webhooks, events, about); err != nil {
				return err
			}
		}
		return tx.DeleteFeedChanges(ctx, ids)
	})
}

// joined are the changes with what one source did to one thing in a row as one, at the
// place of the last: a thing is shown as it is now, and nothing older may come after that.
func joined(changes []desk.FeedChange) (all []desk.FeedChange) {
	type key struct {
		kind   desk.Subject
		id     uuid.UUID
		source string
	}
	last, fresh := map[key]int{}, map[key]bool{}
	for i, c := range changes {
		k := key{c.Kind, c.SubjectID, c.Source}
		last[k], fresh[k] = i, fresh[k] || c.Fresh
	}
	for i, c := range changes {
		k := key{c.Kind, c.SubjectID, c.Source}
		if last[k] == i {
			c.Fresh = fresh[k]
			all = append(all, c)
		}
	}
	return all
}

func (r *Relay) eventOf(ctx context.Context, c desk.FeedChange) (Event, error) {
	verb := "updated"
	if c.Fresh {
		verb = "created"
	}
	data, err := r.Represent(ctx, c.Kind, c.SubjectID)
	if errors.Is(err, desk.ErrNotFound) {
		verb = "deleted"
		data, err = json.Marshal(map[string]uuid.UUID{"id": c.SubjectID})
	}
	if err != nil {
		return Event{}, fmt.Errorf("showing %s %s: %w", c.Kind, c.SubjectID, err)
	}
	return Event{ID: desk.NewID(), Type: string(c.Kind) + "." + verb, At: c.CreatedAt, Source: c.Source, Data: data}, nil
}

// keep writes events and who is to get them.
func (r *Relay) keep(ctx context.Context, tx FeedTx, webhooks []desk.Webhook, events []Event, about []desk.FeedChange) error {
	first, err := tx.NextSequences(ctx, len(events))
	if err != nil {
		return err
	}
	now := r.Now()
	rows := make([]desk.WebhookEvent, len(events))
	var deliveries []desk.WebhookDelivery
	for i := range events {
		e := &events[i]
		e.Sequence = first + int64(i)
		body, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("writing event %s: %w", e.ID, err)
		}
		rows[i] = desk.WebhookEvent{ID: e.ID, Sequence: e.Sequence, Type: e.Type, SubjectID: about[i].SubjectID, Source: e.Source, Body: body, CreatedAt: now}
		for j := range webhooks {
			if webhooks[j].Wants(about[i].Kind, e.Source) {
				deliveries = append(deliveries, deliveryOf(webhooks[j].ID, &rows[i], now))
			}
		}
	}
	return tx.AddWebhookEvents(ctx, rows, deliveries)
}
