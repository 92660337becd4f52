package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"

	"antena/migrations"
)

func (s *Store) openPostgres(ctx context.Context, o Options) error {
	s.dialect = migrations.Postgres
	config, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return fmt.Errorf("reading the database URL: %w", err) // pgx leaves the password out
	}
	config.MaxConns = int32(max(o.MaxConns, 0))
	if config.MaxConns == 0 {
		config.MaxConns = defaultMaxConns
	}
	config.MaxConnIdleTime = 5 * time.Minute
	config.AfterConnect = readUTC
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("opening the database: %w", failure(err))
	}
	s.reader = stdlib.OpenDBFromPool(s.pool)
	if err := s.migrate(ctx, o.NoMigrate); err != nil {
		return err
	}
	if s.read, err = s.gorm(postgres.New(postgres.Config{Conn: s.reader})); err != nil {
		return fmt.Errorf("opening the database: %w", failure(err))
	}
	s.quick = pooled{s.pool}
	if s.jobs, err = pgJobs(s.pool); err != nil {
		return err
	}
	s.notify = newNotifier(s.pool, s.log, s.publish)
	return nil
}

// readUTC makes times come back in UTC whatever the session's time zone is.
func readUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}
