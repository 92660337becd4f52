package words

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, give, want string }{
		{"accents", "¿Está en Ñuñoa, São João?", "¿esta en nunoa, sao joao?"},
		{"separate accents", "na\u0303o e\u0301", "nao e"},
		{"invisible", "ho\u200bla\ufe0f", "hola"},
		{"quotes and spaces", "‘a’\u00a0“b”…", `'a' "b"...`},
		{"full width", "ＷＩＦＩ", "wifi"},
		{"skin tone", "👍🏽", "👍"},
		{"already plain", "plain text 1", "plain text 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Fold(c.give); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.give, got, c.want)
			}
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	got := Fields(Fold("No me anda,el Wi-Fi!! don't 'now' 👍👍 300mb"))
	want := []string{"no", "me", "anda", "el", "wi", "fi", "don't", "now", "👍", "👍", "300mb"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOneApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"internet", "intenet", true}, {"intenet", "internet", true}, {"factura", "facutra", true}, {"senha", "senhas", true},
		{"clave", "clavo", true}, {"casa", "casa", false}, {"lento", "tonel", false}, {"ab", "ba", true}, {"a", "abc", false},
		{"abcd", "badc", false}, {"", "a", true},
	} {
		if got := OneApart(c.a, c.b); got != c.want {
			t.Errorf("OneApart(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestSqueeze(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{"holaaaa": "hola", "llamada": "llamada", "1000": "1000", "siiii": "si", "nooooo": "no"} {
		if got := Squeeze(give); got != want {
			t.Errorf("Squeeze(%q) = %q, want %q", give, got, want)
		}
	}
}

func TestExpand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ word, language, want string }{
		{"n", "pt", "nao"}, {"n", "es", "n"}, {"n", "", "n"}, {"xq", "es", "porque"}, {"vc", "", "voce"}, {"q", "", "que"},
		{"pls", "en", "please"}, {"pls", "", "pls"}, {"ta", "", "ta"}, {"unabbreviated", "es", "unabbreviated"},
	} {
		if got := Expand(c.word, c.language); got != c.want {
			t.Errorf("Expand(%q, %q) = %q, want %q", c.word, c.language, got, c.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Olá, ¿qué tal? 👍🏽")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if utf8.ValidString(text) && !utf8.ValidString(folded) {
			t.Fatalf("Fold(%q) broke the encoding: %q", text, folded)
		}
		end := 0
		for _, s := range Split(nil, folded) {
			if s.Start < end || s.End <= s.Start || s.End > len(folded) {
				t.Fatalf("span %v in %q", s, folded)
			}
			end = s.End
		}
	})
}
