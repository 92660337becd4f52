package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AddEvents stores events and returns the ids of those whose key was not known.
// Rows are written in the order of their keys, so that replicas that are told the
// same things at once wait for each other instead of locking each other out.
func (t *Tx) AddEvents(ctx context.Context, events []desk.Event) (fresh []uuid.UUID, err error) {
	if len(events) == 0 {
		return nil, nil
	}
	sorted := slices.Clone(events)
	slices.SortFunc(sorted, func(a, b desk.Event) int { return strings.Compare(a.Key, b.Key) })
	if t.lite != nil {
		fresh, err = t.addEventsLite(ctx, sorted)
	} else {
		fresh, err = t.addEventsPostgres(ctx, sorted)
	}
	return fresh, t.fail("storing events", err)
}

// addEventsLite inserts one by one: in a transaction that costs no more than many
// at once, and the statement is prepared once.
func (t *Tx) addEventsLite(ctx context.Context, events []desk.Event) (fresh []uuid.UUID, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	for _, e := range events {
		result, err := t.lite.ExecContext(ctx, `insert into events (id, key, kind, channel, raw, received_at, done_at, error)
			values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing`,
			e.ID.String(), e.Key, e.Kind, e.Channel, e.Raw, e.ReceivedAt, e.DoneAt, e.Error)
		if err != nil {
			return nil, err
		}
		if count, err := result.RowsAffected(); err != nil {
			return nil, err
		} else if count > 0 {
			fresh = append(fresh, e.ID)
		}
	}
	return fresh, nil
}

func (t *Tx) addEventsPostgres(ctx context.Context, events []desk.Event) ([]uuid.UUID, error) {
	n := len(events)
	id, key, kind, channel := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	raw, received, done, failed := make([][]byte, n), make([]time.Time, n), make([]*time.Time, n), make([]string, n)
	for i, e := range events {
		id[i], key[i], kind[i], channel[i] = e.ID.String(), e.Key, e.Kind, e.Channel
		raw[i], received[i], done[i], failed[i] = e.Raw, e.ReceivedAt, e.DoneAt, e.Error
	}
	rows, err := t.native.Query(ctx, `insert into events (id, key, kind, channel, raw, received_at, done_at, error)
		select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7::timestamptz[], $8::text[])
		on conflict (key) do nothing returning id::text`, id, key, kind, channel, raw, received, done, failed)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var fresh []uuid.UUID
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, err
		}
		fresh = append(fresh, id)
	}
	return fresh, rows.Err()
}

// Events returns those of the events that are not done, oldest first.
func (t *Tx) Events(ctx context.Context, ids []uuid.UUID) ([]desk.Event, error) {
	var events []desk.Event
	err := t.in(ctx).Where(t.among("id", ids)).Where("done_at is null").Order("id").Find(&events).Error
	return events, t.fail("reading events", err)
}

// FinishEvents marks events as used.
func (t *Tx) FinishEvents(ctx context.Context, ids []uuid.UUID, now time.Time) error {
	if t.native == nil {
		err := t.in(ctx).Exec("update events set done_at = ? where ?", now, t.among("id", ids)).Error
		return t.fail("finishing events", err)
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	t.native.later(write{doing: "finishing events", sql: "update events set done_at = $1 where id = any($2::uuid[])", args: []any{now, words}})
	return nil
}

// FailEvent marks an event as one that cannot be used, and says why.
func (t *Tx) FailEvent(ctx context.Context, id uuid.UUID, reason string, now time.Time) error {
	err := t.in(ctx).Exec("update events set done_at = ?, error = ? where id = ?", now, reason, id).Error
	return t.fail("giving up event "+id.String(), err)
}

// DeleteEvents forgets at most limit events that were used before a time, and
// returns how many.
func (s *Store) DeleteEvents(ctx context.Context, doneBefore time.Time, limit int) (deleted int, err error) {
	err = s.InTx(ctx, func(t *Tx) error {
		result := t.in(ctx).Exec(`delete from events where id in
			(select id from events where done_at < ? order by done_at limit ?)`, doneBefore, limit)
		deleted = int(result.RowsAffected)
		return t.fail("forgetting events", result.Error)
	})
	return deleted, err
}
