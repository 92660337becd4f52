package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// park keeps an event for the message it is about: order is never promised, and it
// may be a week late.
func (b *Inbox) park(ctx context.Context, tx Tx, e *desk.Event, channel, providerID string, now time.Time) error {
	if providerID == "" {
		return nil
	}
	return tx.Park(ctx, e.ID, channel, providerID, now)
}

// catchUp uses what waited for a message that is there now.
func (b *Inbox) catchUp(ctx context.Context, tx Tx, channel, providerID string, heard *[]desk.Message) error {
	events, err := tx.Unpark(ctx, channel, providerID)
	if err != nil {
		return err
	}
	for i := range events {
		a, err := b.Read(events[i].Raw)
		if err != nil {
			return fmt.Errorf("event %s: %w", events[i].ID, err)
		}
		if a.Channel == "" {
			a.Channel = events[i].Channel
		}
		if err := b.use(ctx, tx, &opened{&events[i], a}, heard); err != nil {
			return fmt.Errorf("event %s: %w", events[i].ID, err)
		}
	}
	return nil
}

// Meet uses what waits for a message that is there: the two came in the same
// instant, or the message learned its id at the provider later.
func (b *Inbox) Meet(ctx context.Context, message uuid.UUID) error {
	return b.Store.InWork(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var heard []desk.Message
		return b.catchUp(ctx, tx, m.Channel, m.ProviderID, &heard)
	})
}

// reaction is attached to its message; it starts nothing.
func (b *Inbox) reaction(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	m, err := tx.LockMessageByProviderID(ctx, a.Channel, a.Reaction.ProviderID)
	if errors.Is(err, desk.ErrNotFound) {
		return b.park(ctx, tx, e, a.Channel, a.Reaction.ProviderID, now)
	}
	if err != nil || !m.React(a.Reaction.Emoji, a.Reaction.Own, b.told(a.Reaction.At, e)) {
		return err
	}
	return tx.SaveMessage(ctx, m)
}

// change marks an edited or deleted message. Earlier words are kept for agents,
// since they may have been answered already.
func (b *Inbox) change(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	m, err := tx.LockMessageByProviderID(ctx, a.Channel, a.Change.ProviderID)
	if errors.Is(err, desk.ErrNotFound) {
		return b.park(ctx, tx, e, a.Channel, a.Change.ProviderID, now)
	}
	if err != nil {
		return err
	}
	if own := m.Direction == desk.Outbound; own != a.Change.Own {
		return nil // nobody changes what another wrote
	}
	changed := false
	switch {
	case a.Change.Deleted:
		changed = m.Revoke()
	case a.Change.Text != "":
		changed = m.Revise(a.Change.Text, b.told(a.Change.At, e))
	}
	if !changed {
		return nil
	}
	return tx.SaveMessage(ctx, m)
}

// callEnd closes the entry of a call.
func (b *Inbox) callEnd(ctx context.Context, tx Tx, e *desk.Event, a desk.Arrival, now time.Time) error {
	m, err := tx.LockMessageByProviderID(ctx, a.Channel, a.CallEnd)
	if errors.Is(err, desk.ErrNotFound) {
		return b.park(ctx, tx, e, a.Channel, a.CallEnd, now)
	}
	if err != nil || m.Details == nil || m.Details.Call == nil || m.Details.Call.Ended {
		return err
	}
	d := *m.Details
	d.Call = &desk.Call{Ended: true}
	m.Details = &d
	return tx.SaveMessage(ctx, m)
}

// told is the provider's time of an event, or else when it came.
func (b *Inbox) told(at time.Time, e *desk.Event) time.Time {
	if at.IsZero() || at.After(e.ReceivedAt) {
		return e.ReceivedAt
	}
	return at
}
