package store

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"antena/internal/desk"
)

// runner runs the statements of entities, on either database, in a transaction or
// outside.
type runner interface {
	reader
	exec(ctx context.Context, sql string, args ...any) (int64, error)
	// later runs a write that must change exactly one row, now or with the next
	// statement, whose failure is then this one's.
	later(ctx context.Context, doing, sql string, args ...any) error
}

// reader runs what only reads.
type reader interface {
	query(ctx context.Context, sql string, args ...any) (rows, error)
	// ask asks several questions, on PostgreSQL in one go.
	ask(ctx context.Context, all ...question) error
}

// rows are what both databases' rows have in common.
type rows interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close()
}

// standardConn is a *sql.Tx or *sql.DB.
type standardConn interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// standard runs statements through database/sql.
type standard struct{ conn standardConn }

type standardRows struct{ *sql.Rows }

func (r standardRows) Close() { _ = r.Rows.Close() }

func (r standard) query(ctx context.Context, sql string, args ...any) (rows, error) {
	found, err := r.conn.QueryContext(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return standardRows{found}, nil
}

func (r standard) ask(ctx context.Context, all ...question) error {
	for _, q := range all {
		found, err := r.query(ctx, q.sql, q.args...)
		if err != nil {
			return err
		}
		if err := closing(found, q.read); err != nil {
			return err
		}
	}
	return nil
}

func (r standard) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	result, err := r.conn.ExecContext(ctx, sql, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r standard) later(ctx context.Context, _, sql string, args ...any) error {
	count, err := r.exec(ctx, sql, args...)
	if err == nil && count == 0 {
		err = desk.ErrNotFound
	}
	return err
}

// piped runs statements in a pipeline.
type piped struct{ *pipeline }

func (r piped) query(ctx context.Context, sql string, args ...any) (rows, error) {
	return r.Query(ctx, sql, args...)
}

func (r piped) ask(ctx context.Context, all ...question) error {
	b, first := r.batch()
	for _, q := range all {
		b.Queue(q.sql, q.args...)
	}
	results := r.conn.SendBatch(ctx, b)
	if err := answers(results, first); err != nil {
		_ = results.Close()
		return err
	}
	return replies(results, all)
}

// replies reads the answers at the end of a batch.
func replies(results pgx.BatchResults, all []question) error {
	for _, q := range all {
		found, err := results.Query()
		if err == nil {
			err = closing(found, q.read)
		}
		if err != nil {
			_ = results.Close()
			return err
		}
	}
	return results.Close()
}

func (r piped) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	tag, err := r.Exec(ctx, sql, args...)
	return tag.RowsAffected(), err
}

func (r piped) later(_ context.Context, doing, sql string, args ...any) error {
	r.pipeline.later(write{doing: doing, sql: sql, args: args, check: changedOne})
	return nil
}

func changedOne(tag pgconn.CommandTag) error {
	if tag.RowsAffected() == 0 {
		return desk.ErrNotFound
	}
	return nil
}

// pooled reads through the pool; it writes nothing.
type pooled struct{ pool *pgxpool.Pool }

func (r pooled) query(ctx context.Context, sql string, args ...any) (rows, error) {
	return r.pool.Query(ctx, sql, args...)
}

func (r pooled) ask(ctx context.Context, all ...question) error {
	var b pgx.Batch
	for _, q := range all {
		b.Queue(q.sql, q.args...)
	}
	return replies(r.pool.SendBatch(ctx, &b), all)
}

// question is a read of several that are asked at once.
type question struct {
	sql  string
	args []any
	read func(rows) error
}

// ask asks several questions for a job.
func (s *Store) ask(ctx context.Context, all ...question) error {
	if s.sqlite() {
		return s.askLite(ctx, all)
	}
	return pooled{s.workPool}.ask(ctx, all...)
}

// askLite asks on the writing connection, in a group like any write: its pages are
// in memory, while a reading connection has to read again what others wrote since.
func (s *Store) askLite(ctx context.Context, all []question) error {
	return s.groups.do(ctx, func(tx *sql.Tx) error { return standard{tx}.ask(ctx, all...) })
}

func closing(found rows, read func(rows) error) error {
	defer found.Close()
	if err := read(found); err != nil {
		return err
	}
	found.Close()
	return found.Err()
}
