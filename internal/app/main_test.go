package app_test

import (
	"os"
	"testing"
	"time"

	"antena/internal/app/apptest"
	"antena/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(apptest.Main(m)) }

// each tells a story on both databases.
func each(t *testing.T, story func(t *testing.T, dialect string)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			story(t, dialect)
		})
	}
}

// long asks for the full figures of the acceptance list instead of those of
// every day.
func long() bool { return os.Getenv("ANTENA_TEST_LONG") == "1" }

// prepared is a desk with a database and a WhatsApp that outlive its processes.
func prepared(t *testing.T, dialect string) apptest.Options {
	t.Helper()
	database := storetest.Options(t, dialect)
	apptest.Prepare(t, database)
	return apptest.Options{Dialect: dialect, Database: &database, Graph: apptest.NewGraph(t)}
}

// rescueMax is how long the jobs of a killed process may wait on PostgreSQL before
// another process takes them up: nobody there can tell at once that it is dead.
const rescueMax = 150 * time.Second
