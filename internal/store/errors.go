package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"antena/internal/desk"
)

// ErrClosed is the failure of a transaction on a closed store.
var ErrClosed = errors.New("the store is closed")

// failure gives a failure of a database its meaning for the desk.
func failure(err error) error {
	var known *desk.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows), errors.Is(err, pgx.ErrNoRows):
		return desk.ErrNotFound
	case duplicate(err):
		return fmt.Errorf("%w (%v)", desk.ErrDuplicate, err)
	case unavailable(err):
		return fmt.Errorf("%w (%w)", desk.ErrUnavailable, err)
	}
	return err
}

func duplicate(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return state(err) == "23505"
}

// unavailable reports whether the database is away, full or locked, as opposed
// to having refused what it was asked.
func unavailable(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR,
			sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM:
			return true
		}
		return false
	}
	if code := state(err); code != "" {
		switch code[:2] {
		case "08", "53", "57", "58": // connection, resources (disk full, too many connections), shutdown, I/O
			return code != "57014" // a cancelled query is the caller's doing
		}
		return code == "25006" // read-only: a standby, or a primary that is being demoted
	}
	if errors.Is(err, context.Canceled) {
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "conn closed")
}

// state returns the SQLSTATE of a failure of PostgreSQL.
func state(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && len(pg.Code) == 5 {
		return pg.Code
	}
	return ""
}

// repeatable reports whether PostgreSQL gave up a transaction that can simply be
// tried again: also when a row it referred to has gone, since contacts and
// conversations go when they are merged into others.
func repeatable(err error) bool {
	code := state(err)
	return code == "40001" || code == "40P01" || code == "23503"
}

// wrap says what was being done when a read failed.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, failure(err))
}
