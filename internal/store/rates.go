package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// ChangeSendRate changes what is known of the pace of a business number, one
// caller of all replicas at a time. Now is the database's clock on PostgreSQL, and
// this machine's on SQLite, whose only user this process is. It is work, see InWork.
func (s *Store) ChangeSendRate(ctx context.Context, channel string, change func(r *desk.SendRate, now time.Time)) error {
	return s.InWork(ctx, func(tx *Tx) error {
		const doing = "changing a number's pace"
		r := desk.SendRate{Channel: channel}
		if err := tx.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&r).Error; err != nil {
			return tx.fail(doing, err)
		}
		if err := tx.in(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&r, "channel = ?", channel).Error; err != nil {
			return tx.fail(doing, err)
		}
		now := desk.Instant(time.Now())
		if !s.sqlite() {
			if err := tx.in(ctx).Raw("select clock_timestamp()").Row().Scan(&now); err != nil {
				return tx.fail(doing, err)
			}
		}
		change(&r, desk.Instant(now))
		return tx.fail(doing, tx.in(ctx).Select("*").Where("channel = ?", channel).Updates(&r).Error)
	})
}

// SendRates returns what is known of the pace of all business numbers.
func (s *Store) SendRates(ctx context.Context) ([]desk.SendRate, error) {
	var all []desk.SendRate
	err := s.reading(ctx).Order("channel").Find(&all).Error
	return all, wrap("reading the numbers' pace", err)
}

// SendTimes returns when the last sends of a conversation began that went out or
// may have, newest first.
func (t *Tx) SendTimes(ctx context.Context, conversation uuid.UUID, limit int) ([]time.Time, error) {
	var times []time.Time
	err := t.in(ctx).Model(&desk.Message{}).Where("conversation_id = ? and direction = 'out' and tried_at is not null", conversation).
		Where("accepted_at is not null or status in ('sending', 'unknown')").Order("id desc").Limit(limit).Pluck("tried_at", &times).Error
	return times, t.fail("reading when a conversation was written to", err)
}
