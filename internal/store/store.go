package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"antena/internal/desk"
	"antena/migrations"
)

// Options says which database to open and whom to tell of changes.
type Options struct {
	URL       string            // postgres://…; empty: SQLite in DataDir
	DataDir   string            // where antena.db lies
	Log       *slog.Logger      // nil: nothing is logged
	Now       func() time.Time  // nil: the machine's clock
	Publish   func(desk.Change) // told after each commit, here or on another replica; must not block
	NoMigrate bool              // refuse a schema that is not up to date, instead of bringing it up to date
	MaxConns  int               // PostgreSQL connections in all; 0: 16
	Promises  Promises          // moves the clocks of what is saved; nil: nobody does
}

const defaultMaxConns = 16

// Store is an open database. It is safe for concurrent use.
type Store struct {
	dialect migrations.Dialect
	log     *slog.Logger
	now     func() time.Time
	publish func(desk.Change)

	promises Promises

	read   *gorm.DB // SQLite: the read-only connections
	shapes entities
	quick  reader // for reads outside of transactions
	jobs   enqueuer
	groups *groups   // SQLite
	notify *notifier // PostgreSQL

	writer *sql.DB       // SQLite: the one writing connection
	reader *sql.DB       // SQLite: read-only; PostgreSQL: the pool through database/sql
	pool   *pgxpool.Pool // PostgreSQL
	lock   *fileLock     // SQLite

	workPool *pgxpool.Pool // PostgreSQL: of the jobs
	workDB   *sql.DB       // the same through database/sql
	flush    *flusher      // PostgreSQL
	feed     feed
}

// Open opens the database and, unless told otherwise, brings its schema up to
// date. It fails when another process has the SQLite directory, when the schema
// is newer than this program, and when the database does not answer.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{log: o.Log, now: desk.Clock(o.Now), promises: o.Promises}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.publish = func(c desk.Change) {
		if c.Topic == desk.TopicWebhook {
			s.feed.heard()
		}
		if o.Publish != nil {
			o.Publish(c)
		}
	}
	open := s.openSQLite
	switch {
	case o.URL == "":
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		open = s.openPostgres
	default:
		return nil, errors.New("the database URL must start with postgres:// or be empty")
	}
	var err error
	if s.shapes, err = newEntities(o.URL != ""); err != nil {
		return nil, err
	}
	if err := open(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if _, err := s.LookForWebhooks(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Migrate brings the schema up to date and closes the database again.
func Migrate(ctx context.Context, o Options) error {
	o.NoMigrate = false
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	return s.Close()
}

// Dialect returns "sqlite" or "postgres".
func (s *Store) Dialect() string { return string(s.dialect) }

func (s *Store) sqlite() bool { return s.dialect == migrations.SQLite }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.reader.PingContext(ctx); err != nil {
		return fmt.Errorf("asking the database: %w", failure(err))
	}
	return nil
}

// Close waits for running transactions and closes the database. The job runner
// must be stopped before.
func (s *Store) Close() error {
	var errs []error
	if s.groups != nil {
		s.groups.close()
	}
	if s.notify != nil {
		s.notify.close()
	}
	for _, db := range []*sql.DB{s.reader, s.workDB, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	for _, pool := range []*pgxpool.Pool{s.pool, s.workPool} {
		if pool != nil {
			pool.Close()
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// reading begins a read.
func (s *Store) reading(ctx context.Context) *gorm.DB { return s.read.WithContext(ctx) }
