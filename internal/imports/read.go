package imports

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"antena/internal/desk"
)

// Limits of a file.
const (
	MaxBytes   = 20 << 20
	MaxLines   = 100_000
	maxColumns = 60
	maxCell    = 500 // characters
)

// Failures of a whole file.
var (
	ErrTooLarge = &desk.Error{Kind: desk.Invalid, Code: "import_large", Field: "file", Msg: "the file is too large: at most 20 MB and 100,000 lines"}
	ErrNoTable  = &desk.Error{Kind: desk.Invalid, Code: "import_no_table", Field: "file", Msg: "this does not look like a CSV file with a head line"}
	ErrNoKey    = &desk.Error{Kind: desk.Invalid, Code: "import_no_key", Field: "file", Msg: "no column tells who a line is about: a code for subscribers, a phone for contacts"}
)

// table is what is in a file.
type table struct {
	columns []desk.ImportColumn
	lines   []line
}

type line struct {
	number int
	cells  []string
}

// readTable reads a file of any of the forms.
func readTable(raw []byte) (*table, error) {
	if len(raw) > MaxBytes {
		return nil, ErrTooLarge
	}
	text, err := decode(raw)
	if err != nil {
		return nil, ErrNoTable
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = delimiter(text), true, -1
	t := &table{}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrNoTable
		}
		number, _ := r.FieldPos(0)
		switch {
		case blank(cells):
		case t.columns == nil:
			if len(cells) > maxColumns {
				return nil, ErrNoTable
			}
			t.columns = columnsOf(cells)
		case len(t.lines) >= MaxLines:
			return nil, ErrTooLarge
		default:
			t.lines = append(t.lines, line{number, cells})
		}
	}
	if t.columns == nil {
		return nil, ErrNoTable
	}
	return t, nil
}

// decode brings the bytes of a file to text both databases keep.
func decode(raw []byte) (string, error) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(raw):
		enc = charmap.Windows1252
	}
	if enc != nil {
		var err error
		if raw, err = enc.NewDecoder().Bytes(raw); err != nil {
			return "", err
		}
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\ufffd"), nil
}

// delimiter is what parts the cells of the head.
func delimiter(text string) rune {
	head, most, found := "", 0, ','
	for l := range strings.Lines(text) {
		if head = strings.TrimSpace(l); head != "" {
			break
		}
	}
	for _, c := range []rune{';', ',', '\t', '|'} {
		count, quoted := 0, false
		for _, r := range head {
			switch {
			case r == '"':
				quoted = !quoted
			case r == c && !quoted:
				count++
			}
		}
		if count > most {
			most, found = count, c
		}
	}
	return found
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
