package store

import (
	"database/sql"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

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

// Gorm gives tests gorm's view of a store.
func Gorm(s *Store) *gorm.DB { return s.read }

// InGroup joins a group commit below the transactions.
func InGroup(s *Store, t *testing.T, closure func(*sql.Tx) error) error {
	return s.groups.do(t.Context(), closure)
}
