package imports

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"antena/internal/desk"
)

func TestReadTable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, give, want string }{
		{"semicolons and a mark", "\ufeffCódigo;Nome\n1;Ana, Eva\n", "[code name] 2:[1 Ana, Eva]"},
		{"windows", "C\xf3digo,Nombre\n1,Nu\xf1ez\n", "[code name] 2:[1 Nuñez]"},
		{"utf-16", "\xff\xfec\x00o\x00d\x00,\x00t\x00e\x00l\x00\n\x001\x00,\x002\x00", "[code phone] 2:[1 2]"},
		{"tabs, empty lines, old ends", "id\tcliente\r\n\r\n7\tZoe\r\n", "[code name] 3:[7 Zoe]"},
		{"quotes and lines in a cell", "cod,endereco\n1,\"Rua \"\"A\"\"\n2\"\n3,x\n", "[code address] 2:[1 Rua \"A\"\n2] 4:[3 x]"},
		{"bars; a head twice", "id|name|cliente|fone|celular", "[code name  phone phone]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			table, err := readTable([]byte(c.give))
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, col := range table.columns {
				fields = append(fields, col.Field)
			}
			got := fmt.Sprint(fields)
			for _, l := range table.lines {
				got += fmt.Sprintf(" %d:%v", l.number, l.cells)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for want, raw := range map[*desk.Error]string{ErrNoTable: " \n\n", ErrTooLarge: strings.Repeat("a", MaxBytes+1)} {
		if _, err := readTable([]byte(raw)); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

// FuzzReadTable: whatever bytes come, every cell is text, no row is longer than may be
// and no line is told apart from another by nothing.
func FuzzReadTable(f *testing.F) {
	for _, seed := range []string{"a;b\n1;2", "\xff\xfea\x00", "\ufeffid,\"x\ny\"\n", "\"", ",,,\n\"\"\"", "id\n\x00\xff=1+1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		table, err := readTable(raw)
		if err != nil {
			return
		}
		last := 0
		for _, l := range table.lines {
			if l.number <= last {
				t.Fatalf("line %d after %d", l.number, last)
			}
			last = l.number
			row, problems := rowOf(desk.ImportSubscribers, "BR", table.columns, l.cells)
			for _, text := range []string{row.Code, row.Name, row.Document, row.Address} {
				if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || desk.Units(text) > maxCell {
					t.Fatalf("a cell came as %q", text)
				}
			}
			if row.Code == "" && !bad(problems) {
				t.Fatal("a line without a code is good")
			}
		}
	})
}
