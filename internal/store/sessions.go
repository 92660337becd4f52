package store

import (
	"context"
	"errors"
	"time"

	"antena/internal/desk"
)

// Sessions keeps the sessions of the console for the scs library. Tokens arrive
// hashed if the library is told to hash them.
type Sessions struct{ s *Store }

// Sessions returns the store of sessions.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

// FindCtx returns a session's data and whether there is one that has not expired.
func (k *Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := k.s.reading(ctx).Raw("select data from sessions where token = ? and expires_at > ?", token, k.s.now()).Row().Scan(&data)
	if err = wrap("reading a session", err); errors.Is(err, desk.ErrNotFound) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx keeps a session until it expires.
func (k *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return k.s.InTx(ctx, func(t *Tx) error {
		err := t.in(ctx).Exec(`insert into sessions (token, data, expires_at) values (?, ?, ?)
			on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at`,
			token, data, desk.Instant(expiry)).Error
		return t.fail("keeping a session", err)
	})
}

// DeleteCtx ends a session.
func (k *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return k.s.InTx(ctx, func(t *Tx) error {
		return t.fail("ending a session", t.in(ctx).Exec("delete from sessions where token = ?", token).Error)
	})
}

// Find is FindCtx without a context, which the library's interface asks for.
func (k *Sessions) Find(token string) ([]byte, bool, error) {
	return k.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (k *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return k.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (k *Sessions) Delete(token string) error { return k.DeleteCtx(context.Background(), token) }

// DeleteExpiredSessions forgets sessions that expired before a time.
func (s *Store) DeleteExpiredSessions(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(t *Tx) error {
		return t.fail("forgetting sessions", t.in(ctx).Exec("delete from sessions where expires_at < ?", before).Error)
	})
}
