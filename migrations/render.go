package migrations

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Dialect names a database.
type Dialect string

// The dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

func types(d Dialect) *strings.Replacer {
	if d == Postgres {
		return strings.NewReplacer("{{uuid}}", "uuid", "{{time}}", "timestamptz", "{{json}}", "jsonb",
			"{{bool}}", "boolean", "{{bytes}}", "bytea", "{{bigint}}", "bigint", "{{double}}", "double precision")
	}
	return strings.NewReplacer("{{uuid}}", "text", "{{time}}", "datetime", "{{json}}", "text",
		"{{bool}}", "boolean", "{{bytes}}", "blob", "{{bigint}}", "integer", "{{double}}", "real")
}

// For returns the migrations as a database understands them.
func For(d Dialect) fs.FS { return rendered{FS: files, dialect: d} }

// rendered renders files as they are opened; directories pass through.
type rendered struct {
	fs.FS
	dialect Dialect
}

func (r rendered) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text, err := render(string(raw), r.dialect)
	if err != nil {
		return nil, &fs.PathError{Op: "render", Path: name, Err: err}
	}
	return &file{Reader: bytes.NewReader(text), info: info}, nil
}

// render keeps the lines meant for the dialect and writes its types.
func render(text string, d Dialect) ([]byte, error) {
	var out strings.Builder
	block := Dialect("")
	for number, line := range strings.SplitAfter(text, "\n") {
		mark, isMark := strings.CutPrefix(strings.TrimSpace(line), "--: ")
		switch {
		case !isMark && (block == "" || block == d):
			out.WriteString(line)
		case !isMark:
		case mark == "end" && block != "":
			block = ""
		case (mark == string(SQLite) || mark == string(Postgres)) && block == "":
			block = Dialect(mark)
		default:
			return nil, fmt.Errorf("line %d: %q is out of place", number+1, strings.TrimSpace(line))
		}
	}
	if block != "" {
		return nil, fmt.Errorf("the block for %s has no end", block)
	}
	done := types(d).Replace(out.String())
	if i := strings.Index(done, "{{"); i >= 0 {
		return nil, fmt.Errorf("unknown placeholder %.20q", done[i:])
	}
	return []byte(done), nil
}

type file struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *file) Stat() (fs.FileInfo, error) { return sized{f.info, f.Size()}, nil }
func (f *file) Close() error               { return nil }

// sized tells the size after rendering; readers size their buffers by it.
type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }
