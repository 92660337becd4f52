package fill

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the driver
)

// Lite writes into the file of a desk nobody serves.
type Lite struct{ db *sql.DB }

// OpenLite opens the file.
func OpenLite(path string) (*Lite, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=cache_size(-200000)&_time_format=sqlite&_timezone=UTC&_texttotime=0&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &Lite{db}, nil
}

// Close ends the writing.
func (l *Lite) Close() error { return l.db.Close() }

// Rows implements Writer.
func (l *Lite) Rows(ctx context.Context, table string, columns []string, rows [][]any) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	stmt, err := tx.PrepareContext(ctx, "insert into "+table+" ("+strings.Join(columns, ", ")+") values (?"+strings.Repeat(", ?", len(columns)-1)+")")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, row := range rows {
		for i, v := range row {
			if id, ok := v.(uuid.UUID); ok {
				row[i] = id.String()
			}
		}
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Postgres writes into a database.
type Postgres struct{ conn *pgx.Conn }

// OpenPostgres connects.
func OpenPostgres(ctx context.Context, url string) (*Postgres, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Postgres{conn}, nil
}

// Close ends the writing, with statistics for the planner as autovacuum gathers them.
func (p *Postgres) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if _, err := p.conn.Exec(ctx, "vacuum analyze"); err != nil {
		return err
	}
	return p.conn.Close(ctx)
}

// Rows implements Writer.
func (p *Postgres) Rows(ctx context.Context, table string, columns []string, rows [][]any) error {
	_, err := p.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
	return err
}
