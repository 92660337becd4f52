package store

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// feed says whether changes are recorded for webhooks. While there is no webhook a
// transaction asks one bit and writes nothing; with one it writes its changes as one
// statement with its last.
type feed struct {
	on    atomic.Bool
	turns atomic.Int64 // how often a webhook was heard of
}

// heard is told of a webhook that came, changed or went, here or on another replica:
// rather one change too many is recorded than one too few.
func (f *feed) heard() {
	f.turns.Add(1)
	f.on.Store(true)
}

// LookForWebhooks begins or ends recording: changes are recorded while a webhook is
// active.
func (s *Store) LookForWebhooks(ctx context.Context) (wanted bool, err error) {
	turns := s.feed.turns.Load()
	var count int64
	if err := s.reading(ctx).Model(&desk.Webhook{}).Where("active").Count(&count).Error; err != nil {
		return s.feed.on.Load(), wrap("looking for webhooks", err)
	}
	s.feed.on.Store(count > 0)
	if s.feed.turns.Load() != turns {
		s.feed.on.Store(true)
	}
	return count > 0, nil
}

// record takes note of a change; it is written with the transaction.
func (t *Tx) record(kind desk.Subject, id uuid.UUID, fresh bool) {
	if !t.s.feed.on.Load() {
		return
	}
	for i := range t.told {
		if t.told[i].Kind == kind && t.told[i].SubjectID == id {
			return
		}
	}
	t.told = append(t.told, desk.FeedChange{Kind: kind, SubjectID: id, Fresh: fresh})
}

// writeFeed writes what the transaction recorded. The rows come last, when every row
// they are about is held: so the order of their ids is that of the commits.
func (t *Tx) writeFeed(ctx context.Context) error {
	if len(t.told) == 0 {
		return nil
	}
	own, err := t.ready(ctx)
	if err != nil {
		return t.fail("recording changes", err)
	}
	source, now := desk.SourceOf(ctx), t.s.now()
	var marks []string
	var args []any
	for _, c := range t.told {
		marks = append(marks, "(?, ?, ?, ?, ?, ?)")
		args = append(args, desk.NewID().String(), string(c.Kind), c.SubjectID.String(), c.Fresh, source, now)
	}
	sql := "insert into feed_changes (id, kind, subject_id, fresh, source, created_at) values " + strings.Join(marks, ", ")
	return t.fail("recording changes", t.quick.later(own, "recording changes", t.s.shapes.ticket.numbered(sql), args...))
}

// FeedChanges returns the oldest changes that are not events yet.
func (s *Store) FeedChanges(ctx context.Context, limit int) ([]desk.FeedChange, error) {
	var all []desk.FeedChange
	return all, wrap("reading changes", s.reading(ctx).Order("id").Limit(limit).Find(&all).Error)
}

// DeleteFeedChanges removes changes that have become events, or that nobody wants.
func (t *Tx) DeleteFeedChanges(ctx context.Context, ids []uuid.UUID) error {
	return t.fail("removing changes", t.in(ctx).Where(t.among("id", ids)).Delete(&desk.FeedChange{}).Error)
}

// HoldRelay makes a process the one that turns changes into events, until a time,
// unless another one is. It reports whether it is.
func (s *Store) HoldRelay(ctx context.Context, holder string, now, until time.Time) (held bool, err error) {
	err = s.InWork(ctx, func(t *Tx) error {
		err := t.in(ctx).Exec(`insert into relays (name, sequence, holder, held_until) values ('webhooks', 0, '', null) on conflict (name) do nothing`).Error
		if err != nil {
			return t.fail("preparing the relay", err)
		}
		result := t.in(ctx).Exec("update relays set holder = ?, held_until = ? where name = 'webhooks' and (holder = ? or held_until is null or held_until < ?)", holder, until, holder, now)
		held = result.RowsAffected > 0
		return t.fail("holding the relay", result.Error)
	})
	return held && err == nil, err
}

// ReleaseRelay lets another process hold the relay at once.
func (s *Store) ReleaseRelay(ctx context.Context, holder string) error {
	return s.InWork(ctx, func(t *Tx) error {
		return t.fail("releasing the relay", t.in(ctx).Exec("update relays set held_until = null where name = 'webhooks' and holder = ?", holder).Error)
	})
}

// NextSequences takes some sequence numbers of events and returns the first.
func (t *Tx) NextSequences(ctx context.Context, count int) (first int64, err error) {
	err = t.in(ctx).Raw("update relays set sequence = sequence + ? where name = 'webhooks' returning sequence", count).Row().Scan(&first)
	return first - int64(count) + 1, t.fail("taking sequence numbers", err)
}
