// Package storetest opens fresh stores for tests, on both databases. PostgreSQL
// sessions live in a half-hour time zone, so that a time that is not written or
// read as UTC shows.
package storetest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"antena/internal/pgtmp"
	"antena/internal/store"
)

// The dialects.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Dialects lists the databases every test of storage runs on.
func Dialects() []string { return []string{SQLite, Postgres} }

// Each runs a test on a fresh store of each database.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	for _, dialect := range Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, dialect, nil))
		})
	}
}

// Open opens a fresh store with a clock; nil is the machine's.
func Open(t testing.TB, dialect string, now func() time.Time) *store.Store {
	t.Helper()
	o := Options(t, dialect)
	o.Now = now
	return OpenWith(t, o)
}

// OpenWith opens a store that is closed when the test ends.
func OpenWith(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return s
}

// Options names a fresh database whose schema is up to date.
func Options(t testing.TB, dialect string) store.Options {
	t.Helper()
	if dialect == Postgres {
		clone := pgtmp.Shared(t).Clone(t, "antena_template", func(url string) error {
			return store.Migrate(context.Background(), store.Options{URL: url})
		})
		return store.Options{URL: HalfHour(clone), MaxConns: 8}
	}
	raw, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "antena.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return store.Options{DataDir: dir}
}

// Empty names a database without a schema.
func Empty(t testing.TB, dialect string) store.Options {
	t.Helper()
	if dialect == Postgres {
		return store.Options{URL: HalfHour(pgtmp.Shared(t).Database(t)), MaxConns: 8}
	}
	return store.Options{DataDir: t.TempDir()}
}

// HalfHour puts the sessions of a database URL into a half-hour time zone.
func HalfHour(database string) string {
	return database + "&timezone=" + url.QueryEscape("Asia/Kolkata")
}

// migrated is a SQLite file whose schema is up to date, made once.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "antena-store-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := store.Migrate(context.Background(), store.Options{DataDir: dir}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "antena.db"))
})
