package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// AddToken adds a token.
func (t *Tx) AddToken(ctx context.Context, token *desk.Token) error {
	return add(ctx, t, "a token", token)
}

// LockToken returns a token and holds it.
func (t *Tx) LockToken(ctx context.Context, id uuid.UUID) (*desk.Token, error) {
	return lock[desk.Token](ctx, t, "token", id)
}

// SaveToken writes a token.
func (t *Tx) SaveToken(ctx context.Context, token *desk.Token) error {
	return save(ctx, t, "a token", token)
}

// Tokens returns every token, newest first.
func (s *Store) Tokens(ctx context.Context) ([]desk.Token, error) {
	var all []desk.Token
	return all, wrap("reading tokens", s.reading(ctx).Order("id desc").Find(&all).Error)
}

// TokenByHash returns the token with a hash.
func (s *Store) TokenByHash(ctx context.Context, hash string) (*desk.Token, error) {
	var token desk.Token
	if err := s.reading(ctx).Take(&token, "hash = ?", hash).Error; err != nil {
		return nil, wrap("reading a token", err)
	}
	return &token, nil
}

// TokenUsed notes when a token was used, unless a use since a time is noted already.
// It is work, see InWork.
func (s *Store) TokenUsed(ctx context.Context, id uuid.UUID, now, since time.Time) error {
	return s.InWork(ctx, func(t *Tx) error {
		err := t.in(ctx).Exec("update tokens set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)", now, id, since).Error
		return t.fail("noting the use of a token", err)
	})
}

// TakeAnswer makes a request the one that answers for its key: it returns nil when it
// is, else what the first one with the key left. Of many at once one is the first. A
// request that began before a time and never ended is given up.
func (t *Tx) TakeAnswer(ctx context.Context, a *desk.KeptAnswer, givenUp time.Time) (*desk.KeptAnswer, error) {
	result := t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(a)
	if result.Error != nil || result.RowsAffected > 0 {
		return nil, t.fail("taking an idempotency key", result.Error)
	}
	result = t.in(ctx).Exec("update kept_answers set taken_at = ? where token_id = ? and key = ? and request_hash = ? and status = 0 and taken_at < ?",
		a.TakenAt, a.TokenID, a.Key, a.RequestHash, givenUp)
	if result.Error != nil || result.RowsAffected > 0 {
		return nil, t.fail("taking over an idempotency key", result.Error)
	}
	var first desk.KeptAnswer
	err := t.in(ctx).Take(&first, "token_id = ? and key = ?", a.TokenID, a.Key).Error
	if err = failure(err); errors.Is(err, desk.ErrNotFound) {
		err = desk.ErrKeyBusy // it went in this instant
	}
	return &first, t.fail("reading a kept answer", err)
}

// KeepAnswer keeps what a request was answered.
func (t *Tx) KeepAnswer(ctx context.Context, a *desk.KeptAnswer) error {
	return t.fail("keeping an answer", t.in(ctx).Select("status", "headers", "body").Where("token_id = ? and key = ?", a.TokenID, a.Key).Updates(a).Error)
}

// DropAnswer frees an idempotency key.
func (t *Tx) DropAnswer(ctx context.Context, token uuid.UUID, key string) error {
	return t.fail("freeing an idempotency key", t.in(ctx).Exec("delete from kept_answers where token_id = ? and key = ?", token, key).Error)
}

// DeleteAnswers deletes the answers kept since before a time.
func (s *Store) DeleteAnswers(ctx context.Context, before time.Time) error {
	return s.InWork(ctx, func(t *Tx) error {
		return t.fail("deleting kept answers", t.in(ctx).Exec("delete from kept_answers where created_at < ?", before).Error)
	})
}
