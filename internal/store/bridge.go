package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// bridged lends gorm a connection on which a transaction of pgx is open, so that
// the job queue can use the transaction itself. It has no BeginTx: gorm must not
// begin a second one.
type bridged struct {
	conn *sql.Conn
	tx   *pipeline
}

func (b bridged) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := b.tx.settle(ctx); err != nil {
		return nil, err
	}
	return b.conn.PrepareContext(ctx, query)
}

func (b bridged) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := b.tx.settle(ctx); err != nil {
		return nil, err
	}
	return b.conn.ExecContext(ctx, query, args...)
}

func (b bridged) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := b.tx.settle(ctx); err != nil {
		return nil, err
	}
	return b.conn.QueryContext(ctx, query, args...)
}

// QueryRowContext cannot fail before the row is scanned: what is queued then fails
// with the statement, since the transaction is broken.
func (b bridged) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := b.tx.settle(ctx); err != nil {
		b.tx.broken = err
	}
	return b.conn.QueryRowContext(ctx, query, args...)
}

// inBridge runs a function in one transaction of PostgreSQL.
func (s *Store) inBridge(ctx context.Context, db *sql.DB, run func(bridged, *pipeline) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("taking a connection: %w", failure(err))
	}
	defer conn.Close()
	native, err := nativeConn(conn)
	if err != nil {
		return err
	}
	tx := &pipeline{conn: native}
	// Also after a panic; after a commit it does nothing. The caller's context may
	// be over, and the connection must not go back with a transaction on it.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := run(bridged{conn, tx}, tx); err != nil {
		return errors.Join(tx.broken, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("committing: %w", failure(err))
	}
	return nil
}

func nativeConn(conn *sql.Conn) (native *pgx.Conn, err error) {
	err = conn.Raw(func(raw any) error {
		wrapped, ok := raw.(*stdlib.Conn)
		if !ok {
			return errors.New("the connection is not one of pgx")
		}
		native = wrapped.Conn()
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reaching the connection: %w", failure(err))
	}
	return native, nil
}
