package whatsapp

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSplitText(t *testing.T) {
	t.Parallel()
	const family = "👨‍👩‍👧‍👦" // 11 units, one character
	tests := map[string]struct {
		give string
		most int
		want []string
	}{
		"empty":                 {"", 10, nil},
		"only space":            {" \n\t ", 10, nil},
		"fits":                  {"  hola  ", 10, []string{"hola"}},
		"exactly":               {"0123456789", 10, []string{"0123456789"}},
		"at sentence ends":      {"Uno dos. Tres cuatro. Cinco.", 22, []string{"Uno dos. Tres cuatro.", "Cinco."}},
		"at a paragraph":        {"Primera línea\nSegunda línea", 20, []string{"Primera línea", "Segunda línea"}},
		"early end, then words": {"A. bbbb cccc dddd eeee", 14, []string{"A. bbbb cccc", "dddd eeee"}},
		"a word that just fits": {"ab hello world", 8, []string{"ab hello", "world"}},
		"one long word":         {strings.Repeat("x", 25), 10, []string{strings.Repeat("x", 10), strings.Repeat("x", 10), "xxxxx"}},
		"emoji are whole":       {family + family, 12, []string{family, family}},
		"flags are whole":       {"🇦🇷🇧🇷", 5, []string{"🇦🇷", "🇧🇷"}},
		"accents are whole":     {"ae\u0301e\u0301", 2, []string{"a", "e\u0301", "e\u0301"}},
		"a monster is cut":      {"e" + strings.Repeat("\u0301", 5), 4, []string{"e\u0301\u0301\u0301", "\u0301\u0301"}},
	}
	for name, test := range tests {
		if got := SplitText(test.give, test.most); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func FuzzSplitText(f *testing.F) {
	f.Add("Hola. ¿Qué tal? 👨‍👩‍👧‍👦🇦🇷", 7)
	f.Add("\n\n a \r\n b", 2)
	f.Fuzz(func(t *testing.T, s string, most int) {
		if most < 2 || !utf8.ValidString(s) {
			t.Skip()
		}
		squeeze := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		parts := SplitText(s, most)
		for _, part := range parts {
			if UTF16Len(part) > most || part == "" {
				t.Errorf("a part of %d units, at most %d", UTF16Len(part), most)
			}
		}
		if got := squeeze(strings.Join(parts, "")); got != squeeze(s) {
			t.Errorf("%q became %q", s, parts)
		}
	})
}
