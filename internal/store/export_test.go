package store

import (
	"context"
	"database/sql"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Link reads a sign-in link, which nothing but spending it does in the program.
func Link(t *testing.T, s *Store, hash string) desk.SignInLink {
	t.Helper()
	var link desk.SignInLink
	if err := s.read.Take(&link, "token_hash = ?", hash).Error; err != nil {
		t.Fatal(err)
	}
	return link
}

// Usage reads the only row of the ledger on a day, which the program only adds up.
func Usage(t *testing.T, s *Store, day string) desk.ModelUsage {
	t.Helper()
	var u desk.ModelUsage
	if err := s.read.Take(&u, "day = ?", day).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

// Coalesced reads a message's text through an expression, where a driver does not
// know the column's type.
func Coalesced(t *testing.T, s *Store, message uuid.UUID) (text string) {
	t.Helper()
	if err := s.read.Raw("select coalesce(text, '') from messages where id = ?", message).Row().Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// SQL gives tests the database under a store: on SQLite its one writer.
func SQL(s *Store) *sql.DB {
	if s.writer != nil {
		return s.writer
	}
	return s.reader
}

// Run runs a statement of a test's own in a transaction.
func Run(ctx context.Context, t *Tx, statement string, values ...any) error {
	return t.in(ctx).Exec(statement, values...).Error
}

// Waiting is how many transactions wait for the next group.
func Waiting(s *Store) int { return len(s.groups.queue) }
