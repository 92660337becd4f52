package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"antena/migrations"
)

// The failures of a schema that does not fit this program.
var (
	ErrSchemaNewer = errors.New("the database was written by a newer version of antena; run that version, or restore a backup")
	ErrSchemaOlder = errors.New(`the database schema is not up to date; run "antena migrate" first`)
)

// migrationLock is the advisory lock of PostgreSQL that replicas starting
// together take turns with. The number means nothing.
const migrationLock = 7_264_118_035

// Version returns the number of the newest migration in the database.
func (s *Store) Version(ctx context.Context) (int, error) {
	db := s.writer
	if db == nil {
		db = s.reader
	}
	provider, err := s.provider(db)
	if err != nil {
		return 0, err
	}
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading the schema's version: %w", failure(err))
	}
	return int(version), nil
}

func (s *Store) provider(db *sql.DB) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if !s.sqlite() {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, db, migrations.For(s.dialect), goose.WithDisableGlobalRegistry(true),
		goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return provider, nil
}

// migrate brings the schema up to date, or only looks whether it is.
func (s *Store) migrate(ctx context.Context, lookOnly bool) error {
	if s.sqlite() { // alone: the directory is locked
		jobs, err := rivermigrate.New(riversqlite.New(s.writer), quiet())
		if err != nil {
			return fmt.Errorf("reading the job queue's migrations: %w", err)
		}
		return migrateAll(ctx, s, s.writer, jobs, lookOnly)
	}
	jobs, err := rivermigrate.New(riverpgxv5.New(s.pool), quiet())
	if err != nil {
		return fmt.Errorf("reading the job queue's migrations: %w", err)
	}
	if lookOnly {
		return migrateAll(ctx, s, s.reader, jobs, true)
	}
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("opening the database: %w", failure(err))
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", migrationLock); err != nil {
		return fmt.Errorf("waiting for the migration lock: %w", failure(err))
	}
	defer func() {
		_, _ = conn.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", migrationLock)
	}()
	return migrateAll(ctx, s, s.reader, jobs, false)
}

func quiet() *rivermigrate.Config {
	return &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)}
}

func migrateAll[T any](ctx context.Context, s *Store, db *sql.DB, jobs *rivermigrate.Migrator[T], lookOnly bool) error {
	provider, err := s.provider(db)
	if err != nil {
		return err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("reading the schema's version: %w", failure(err))
	}
	existing, err := jobs.ExistingVersions(ctx)
	if err != nil && strings.Contains(err.Error(), "not found in migrator bundle") { // the library has no error value for it
		return fmt.Errorf("%w (the job queue: %w)", ErrSchemaNewer, err)
	}
	if err != nil {
		return fmt.Errorf("reading the job queue's version: %w", failure(err))
	}
	known := len(jobs.AllVersions())
	switch {
	case current > target:
		return fmt.Errorf("%w (schema %d, this program knows %d)", ErrSchemaNewer, current, target)
	case current == target && len(existing) == known:
		return nil
	case lookOnly:
		return fmt.Errorf("%w (schema %d of %d)", ErrSchemaOlder, current, target)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bringing the schema up to date: %w", failure(err))
	}
	if _, err := jobs.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("bringing the job queue's schema up to date: %w", failure(err))
	}
	if s.sqlite() {
		return nil
	}
	if _, err := db.ExecContext(ctx, unusedJobIndexes); err != nil {
		return fmt.Errorf("dropping the job queue's unused indexes: %w", failure(err))
	}
	return nil
}

// unusedJobIndexes serve searches for jobs by their arguments and kinds, which
// nobody makes here. Each state of each job would be written to them again.
const unusedJobIndexes = "drop index if exists river_job_args_index, river_job_metadata_index, river_job_kind"
