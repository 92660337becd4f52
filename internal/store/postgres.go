package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
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
	config.MaxConnIdleTime = 5 * time.Minute
	config.AfterConnect = readUTC
	most := int32(o.MaxConns)
	if most <= 0 {
		most = defaultMaxConns
	}
	if err := s.openPools(ctx, config, most); err != nil {
		return fmt.Errorf("opening the database: %w", failure(err))
	}
	s.flush = newFlusher(s.pool)
	if err := s.migrate(ctx, o.NoMigrate); err != nil {
		return err
	}
	if s.read, err = s.gorm(postgres.New(postgres.Config{Conn: s.reader})); err != nil {
		return fmt.Errorf("opening the database: %w", failure(err))
	}
	s.quick = pooled{s.pool}
	s.jobs = pgEnqueuer{}
	s.notify = newNotifier(s.pool, s.log, s.publish)
	return nil
}

// working are the settings of the jobs' sessions. Their commits do not wait for the
// disk, see InWork. All their statements look rows up by a key; a planner that does
// not know yet how fast the tables have grown would read them whole, and it need
// not think about each statement anew.
var working = map[string]string{
	"synchronous_commit": "off", "plan_cache_mode": "force_generic_plan", "jit": "off",
	"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
}

// openPools opens two pools. The jobs have one of their own, so that however many
// run, a webhook and a page find a connection.
func (s *Store) openPools(ctx context.Context, config *pgxpool.Config, most int32) (err error) {
	for _, p := range []struct {
		pool     **pgxpool.Pool
		db       **sql.DB
		most     int32
		settings map[string]string
	}{{&s.pool, &s.reader, most - most/2, nil}, {&s.workPool, &s.workDB, most / 2, working}} {
		own := config.Copy()
		own.MaxConns = max(p.most, 2)
		maps.Copy(own.ConnConfig.RuntimeParams, p.settings)
		if *p.pool, err = pgxpool.NewWithConfig(ctx, own); err != nil {
			return err
		}
		*p.db = stdlib.OpenDBFromPool(*p.pool)
	}
	return nil
}

// readUTC makes times come back in UTC whatever the session's time zone is.
func readUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}
