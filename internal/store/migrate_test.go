package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func TestOpen_MigratesAnEmptyDatabaseOnce(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			o := storetest.Empty(t, dialect)
			o.NoMigrate = true
			if _, err := store.Open(t.Context(), o); !errors.Is(err, store.ErrSchemaOlder) {
				t.Fatalf("an empty database was opened without migrating: %v", err)
			}
			for range 2 { // the second finds nothing to do
				if err := store.Migrate(t.Context(), o); err != nil {
					t.Fatal(err)
				}
			}
			s := storetest.OpenWith(t, o)
			if version := must[int](t)(s.Version(t.Context())); version < 3 {
				t.Errorf("version %d", version)
			}
			if s.Dialect() != dialect {
				t.Errorf("dialect %s, want %s", s.Dialect(), dialect)
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			c := aConversation(t, s)
			if got := must[*desk.Conversation](t)(s.Conversation(t.Context(), c.ID)); got.ID != c.ID {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestOpen_RefusesANewerSchema(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, dialect)
			storetest.Exec(t, o, "insert into goose_db_version (version_id, is_applied) values (9999, true)")
			for _, o.NoMigrate = range []bool{false, true} {
				s, err := store.Open(t.Context(), o)
				if !errors.Is(err, store.ErrSchemaNewer) {
					t.Errorf("NoMigrate %v: %v, %v", o.NoMigrate, s, err)
				}
			}
		})
	}
}

func TestOpen_RefusesANewerJobQueue(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, dialect)
			storetest.Exec(t, o, "insert into river_migration (line, version) values ('main', 9999)")
			if _, err := store.Open(t.Context(), o); !errors.Is(err, store.ErrSchemaNewer) {
				t.Error(err)
			}
		})
	}
}

// Replicas that start together on an empty database take turns.
func TestOpen_FourAtOnceMigrateOnce(t *testing.T) {
	t.Parallel()
	o := storetest.Empty(t, storetest.Postgres)
	o.MaxConns = 4
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := store.Open(context.Background(), o)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestOpen_SecondProcessOnADirectoryIsToldWhoHasIt(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, storetest.SQLite)
	first, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "in use by another antena process (process ") {
		t.Errorf("the second open answered %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.OpenWith(t, o)
}

func TestOpen_RefusesOtherDatabases(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"mysql://x", "postgres:/x", "antena.db"} {
		if _, err := store.Open(t.Context(), store.Options{URL: url}); err == nil {
			t.Errorf("%s was opened", url)
		}
	}
	secret := "postgres://u:hunter2@localhost:notaport/x"
	if _, err := store.Open(t.Context(), store.Options{URL: secret}); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a bad URL answered %v", err)
	}
}
