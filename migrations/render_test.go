package migrations

import (
	"io/fs"
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	t.Parallel()
	const text = "a {{uuid}};\n--: postgres\nb {{json}};\n--: end\n--: sqlite\nc {{time}};\n--: end\nd\n"
	for _, c := range []struct {
		name, give string
		dialect    Dialect
		want       string
	}{
		{"sqlite keeps its block", text, SQLite, "a text;\nc datetime;\nd\n"},
		{"postgres keeps its block", text, Postgres, "a uuid;\nb jsonb;\nd\n"},
		{"no marks", "select 1", SQLite, "select 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := render(c.give, c.dialect)
			if err != nil || string(got) != c.want {
				t.Fatalf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestRender_Refuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no end":            "--: sqlite\nx\n",
		"end without start": "--: end\n",
		"block in a block":  "--: sqlite\n--: postgres\n--: end\n",
		"unknown mark":      "--: oracle\n--: end\n",
		"unknown type":      "a {{money}}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := render(text, SQLite); err == nil {
				t.Fatalf("rendered %q", got)
			}
		})
	}
}

// Every file says why it exists before it says what it does, and goes forward only.
func TestFiles(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	for _, d := range []Dialect{SQLite, Postgres} {
		for _, name := range names {
			text, err := fs.ReadFile(For(d), name)
			if err != nil {
				t.Fatal(err)
			}
			reason, _, found := strings.Cut(string(text), "-- +goose Up")
			if !found || len(strings.TrimSpace(reason)) < 40 || !strings.HasPrefix(reason, "-- ") {
				t.Errorf("%s: no reason on top", name)
			}
			if strings.Contains(string(text), "+goose Down") {
				t.Errorf("%s: goes back", name)
			}
		}
	}
}
