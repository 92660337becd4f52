package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Park keeps an event for the message it is about, which has not come yet.
func (t *Tx) Park(ctx context.Context, event uuid.UUID, channel, providerID string, now time.Time) error {
	err := t.in(ctx).Exec(`insert into parked (event_id, channel, provider_id, parked_at) values (?, ?, ?, ?) on conflict do nothing`,
		event, channel, providerID, now).Error
	if f := t.foreseen; f != nil {
		key := messageKey{channel, providerID}
		f.parked[key] = append(f.parked[key], event)
	}
	return t.fail("parking an event", err)
}

// Unpark returns the events that wait for a message, oldest first, whether used
// before or not, and lets them wait no more.
func (t *Tx) Unpark(ctx context.Context, channel, providerID string) ([]desk.Event, error) {
	if providerID == "" {
		return nil, nil
	}
	if waiting, known := t.foreseen.waiting(channel, providerID); known && len(waiting) == 0 {
		return nil, nil
	}
	var events []desk.Event
	err := t.in(ctx).Where("id in (select event_id from parked where channel = ? and provider_id = ?)", channel, providerID).Order("id").Find(&events).Error
	if err != nil || len(events) == 0 {
		return nil, t.fail("reading parked events", err)
	}
	err = t.in(ctx).Exec("delete from parked where channel = ? and provider_id = ?", channel, providerID).Error
	return events, t.fail("ending the wait of events", err)
}

// waiting returns the events parked for a message if it was foreseen.
func (f *foreseen) waiting(channel, providerID string) ([]uuid.UUID, bool) {
	if f == nil {
		return nil, false
	}
	key := messageKey{channel, providerID}
	if _, asked := f.messages[key]; !asked {
		return nil, false
	}
	return f.parked[key], true
}

// ParkedMessages returns ids of messages for which events still wait although they
// are there: the two came in the same instant, or the message learned its wamid
// later. At most limit.
func (s *Store) ParkedMessages(ctx context.Context, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw(`select distinct messages.id from parked join messages
		on messages.channel = parked.channel and messages.provider_id = parked.provider_id and messages.provider_id <> '' limit ?`, limit))
	return found, wrap("looking for parked events", err)
}

// DeleteParked forgets events that waited since before a time for a message that
// did not come: another app's, or one older than our data.
func (s *Store) DeleteParked(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(t *Tx) error {
		return t.fail("forgetting parked events", t.in(ctx).Exec("delete from parked where parked_at < ?", before).Error)
	})
}
