package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pipeline is a transaction of PostgreSQL that spares waiting. Each statement on
// its own costs a wait for the server, which on a busy machine is most of what a
// transaction takes. So "begin" goes out with the first statement, and writes
// whose answer nobody needs go out with the next one whose answer somebody does,
// or with the commit.
//
// It is a pgx.Tx, because that is what the job queue writes into.
type pipeline struct {
	conn   *pgx.Conn
	begun  bool
	ended  bool
	queue  []write
	broken error // a failure that had no caller to go to
}

// write is a statement whose answer is looked at later.
type write struct {
	doing string
	sql   string
	args  []any
	check func(pgconn.CommandTag) error // may be nil
}

// later sends a write with the next statement.
func (p *pipeline) later(w write) { p.queue = append(p.queue, w) }

// clear says that nothing must go out before the next statement.
func (p *pipeline) clear() bool { return p.begun && len(p.queue) == 0 }

// batch begins a batch with everything that must go out first.
func (p *pipeline) batch() (*pgx.Batch, []write) {
	first := p.queue
	if !p.begun {
		first = append([]write{{doing: "beginning", sql: "begin"}}, first...)
	}
	p.begun, p.queue = true, nil
	b := &pgx.Batch{}
	for _, w := range first {
		b.Queue(w.sql, w.args...)
	}
	return b, first
}

// answers reads what came of the writes at the start of a batch.
func answers(results pgx.BatchResults, first []write) error {
	for _, w := range first {
		tag, err := results.Exec()
		if err == nil && w.check != nil {
			err = w.check(tag)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", w.doing, failure(err))
		}
	}
	return nil
}

// settle sends what is queued.
func (p *pipeline) settle(ctx context.Context) error {
	if p.clear() {
		return nil
	}
	b, first := p.batch()
	results := p.conn.SendBatch(ctx, b)
	return errors.Join(answers(results, first), results.Close())
}

// Exec implements pgx.Tx.
func (p *pipeline) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if p.clear() {
		return p.conn.Exec(ctx, sql, args...)
	}
	b, first := p.batch()
	b.Queue(sql, args...)
	results := p.conn.SendBatch(ctx, b)
	if err := answers(results, first); err != nil {
		_ = results.Close()
		return pgconn.CommandTag{}, err
	}
	tag, err := results.Exec()
	if closed := results.Close(); err == nil {
		err = closed
	}
	return tag, err
}

// Query implements pgx.Tx.
func (p *pipeline) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if p.clear() {
		return p.conn.Query(ctx, sql, args...)
	}
	b, first := p.batch()
	b.Queue(sql, args...)
	results := p.conn.SendBatch(ctx, b)
	if err := answers(results, first); err != nil {
		_ = results.Close()
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &batchRows{Rows: rows, results: results}, nil
}

// QueryRow implements pgx.Tx.
func (p *pipeline) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	rows, err := p.Query(ctx, sql, args...)
	return row{rows, err}
}

// Begin implements pgx.Tx; nobody here begins a transaction within one.
func (p *pipeline) Begin(context.Context) (pgx.Tx, error) {
	return nil, errors.New("a transaction within a transaction")
}

// Commit implements pgx.Tx.
func (p *pipeline) Commit(ctx context.Context) error {
	if p.ended {
		return pgx.ErrTxClosed
	}
	p.ended = true
	if !p.begun && len(p.queue) == 0 {
		return nil
	}
	tag, err := p.Exec(ctx, "commit")
	if err == nil && tag.String() == "ROLLBACK" {
		err = pgx.ErrTxCommitRollback
	}
	if err != nil {
		p.ended = false // so that Rollback cleans up
	}
	return err
}

// Rollback implements pgx.Tx.
func (p *pipeline) Rollback(ctx context.Context) error {
	if p.ended {
		return pgx.ErrTxClosed
	}
	p.ended, p.queue = true, nil
	if !p.begun || p.conn.IsClosed() {
		return nil
	}
	if _, err := p.conn.Exec(ctx, "rollback"); err != nil {
		_ = p.conn.Close(ctx) // never back into the pool with a transaction on it
		return err
	}
	return nil
}

// CopyFrom implements pgx.Tx.
func (p *pipeline) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, from pgx.CopyFromSource) (int64, error) {
	if err := p.settle(ctx); err != nil {
		return 0, err
	}
	return p.conn.CopyFrom(ctx, table, columns, from)
}

// SendBatch implements pgx.Tx.
func (p *pipeline) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	if err := p.settle(ctx); err != nil {
		p.broken = err // the batch fails too, since the transaction is broken
	}
	return p.conn.SendBatch(ctx, b)
}

// Prepare implements pgx.Tx.
func (p *pipeline) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	if err := p.settle(ctx); err != nil {
		return nil, err
	}
	return p.conn.Prepare(ctx, name, sql)
}

// LargeObjects implements pgx.Tx; there are none here.
func (p *pipeline) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

// Conn implements pgx.Tx.
func (p *pipeline) Conn() *pgx.Conn { return p.conn }

// batchRows ends its batch when its rows end.
type batchRows struct {
	pgx.Rows
	results pgx.BatchResults
	closed  bool
	err     error
}

func (r *batchRows) Close() {
	r.Rows.Close()
	if !r.closed {
		r.closed, r.err = true, r.results.Close()
	}
}

func (r *batchRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

func (r *batchRows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return err
	}
	return r.err
}

// row is the first of some rows.
type row struct {
	rows pgx.Rows
	err  error
}

func (r row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return pgx.ErrNoRows
	}
	if err := r.rows.Scan(into...); err != nil {
		return err
	}
	r.rows.Close()
	return r.rows.Err()
}
