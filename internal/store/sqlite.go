package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	lite "github.com/libtnb/sqlite"

	"antena/migrations"
)

const readers = 4

func (s *Store) openSQLite(ctx context.Context, o Options) error {
	s.dialect = migrations.SQLite
	if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
		return fmt.Errorf("making the data directory: %w", err)
	}
	lock, err := lockDirectory(o.DataDir)
	if err != nil {
		return err
	}
	s.lock = lock
	path := filepath.Join(o.DataDir, "antena.db")
	if s.writer, err = openFile(path, 1, "_txlock=immediate"); err != nil {
		return err
	}
	if s.reader, err = openFile(path, readers, "_pragma=query_only(1)"); err != nil {
		return err
	}
	if err := s.migrate(ctx, o.NoMigrate); err != nil {
		return err
	}
	if s.read, err = s.gorm(lite.New(lite.Config{Conn: s.reader})); err != nil {
		return fmt.Errorf("opening %s: %w", path, failure(err))
	}
	s.quick = standard{s.reader}
	if s.jobs, err = liteJobs(s.writer); err != nil {
		return err
	}
	s.groups = newGroups(s.writer)
	return nil
}

// openFile opens a pool of connections to a file. Values that look like times stay
// the text they are (_texttotime, _inttotime), and times are written in UTC so
// that their text sorts.
func openFile(path string, conns int, extra string) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)" +
		"&_pragma=cache_size(-8000)&_pragma=temp_store(memory)&_pragma=journal_size_limit(67108864)" +
		"&_time_format=sqlite&_timezone=UTC&_texttotime=0&_inttotime=0&" + extra
	connector, err := newConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}
