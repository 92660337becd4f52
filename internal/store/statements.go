package store

import (
	"context"
	"database/sql/driver"
	"strings"

	"modernc.org/sqlite"
)

// connector opens SQLite connections that keep their prepared statements.
// Preparing costs several times what running a small statement does, and neither
// gorm in a transaction nor the job queue keeps statements itself.
type connector struct{ driver.Connector }

func newConnector(dsn string) (driver.Connector, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return connector{base}, nil
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &caching{liteConn: base.(liteConn), kept: map[string]driver.Stmt{}}, nil
}

// liteConn is what the SQLite driver's connections can do.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

const (
	maxKept      = 300
	maxStatement = 16 << 10
)

// caching is a connection with its prepared statements. database/sql never uses a
// connection from two goroutines at once. A statement whose rows are still being
// read is out of the map, so nobody else runs it meanwhile.
type caching struct {
	liteConn
	kept map[string]driver.Stmt
}

func (c *caching) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !keepable(query) {
		return c.liteConn.ExecContext(ctx, query, args)
	}
	stmt, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer c.put(query, stmt)
	return stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (c *caching) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !keepable(query) {
		return c.liteConn.QueryContext(ctx, query, args)
	}
	stmt, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		c.put(query, stmt)
		return nil, err
	}
	return &keptRows{Rows: rows, done: func() { c.put(query, stmt) }}, nil
}

func (c *caching) Close() error {
	for _, stmt := range c.kept {
		_ = stmt.Close()
	}
	clear(c.kept)
	return c.liteConn.Close()
}

func (c *caching) take(ctx context.Context, query string) (driver.Stmt, error) {
	if stmt, ok := c.kept[query]; ok {
		delete(c.kept, query)
		return stmt, nil
	}
	return c.PrepareContext(ctx, steadied.Replace(query))
}

// steadied hides a limit's parameter from SQLite's planner. It looks at the value
// when it plans, and so prepares the statement anew each time one is bound: the job
// queue's look for work spent most of its time there.
var steadied = strings.NewReplacer("LIMIT ?", "LIMIT +?", "limit ?", "limit +?")

func (c *caching) put(query string, stmt driver.Stmt) {
	if _, taken := c.kept[query]; taken || c.kept == nil {
		_ = stmt.Close()
		return
	}
	if len(c.kept) >= maxKept {
		for old, other := range c.kept { // any: what is used often comes back at once
			_ = other.Close()
			delete(c.kept, old)
			break
		}
	}
	c.kept[query] = stmt
}

// keepable reports whether a query is one statement that changes or reads rows.
func keepable(query string) bool {
	if len(query) > maxStatement {
		return false
	}
	word := strings.TrimLeft(query, " \t\r\n")
	for strings.HasPrefix(word, "--") {
		_, rest, _ := strings.Cut(word, "\n")
		word = strings.TrimLeft(rest, " \t\r\n")
	}
	if i := strings.IndexAny(word, " \t\r\n("); i > 0 {
		word = word[:i]
	}
	switch strings.ToLower(word) {
	case "select", "insert", "update", "delete", "with":
		end := strings.IndexByte(query, ';')
		return end < 0 || strings.TrimSpace(query[end+1:]) == ""
	case "savepoint", "release", "rollback":
		return true
	}
	return false
}

// keptRows gives its statement back when the rows are closed.
type keptRows struct {
	driver.Rows
	done func()
}

func (r *keptRows) Close() error {
	err := r.Rows.Close()
	if r.done != nil {
		r.done()
		r.done = nil
	}
	return err
}
