package storetest

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"antena/internal/store"
)

// Exec changes a database in a way the program never does, on a connection of its own.
func Exec(t testing.TB, o store.Options, statement string, values ...any) {
	t.Helper()
	driver, source := "pgx", o.URL
	if source == "" {
		driver, source = "sqlite", "file:"+filepath.Join(o.DataDir, "antena.db")+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement, values...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
