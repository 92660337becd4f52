package account

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	const name, email = "Ana Beatriz López", "ana.lopez@redandina.example"
	for _, c := range []struct {
		password string
		want     error
	}{
		{"mate amargo y facturas", nil},
		{"tTz9#qLm2!xK", nil},
		{"ponte 7 quilo bravo", nil},
		{"ñandú-corre-lejos", nil},
		{"ana come manzanas verdes", nil},
		{strings.Repeat("lejos-", 33), nil},
		{"", ErrPasswordShort},
		{"elevenchars", ErrPasswordShort},
		{"ñññññññññññ", ErrPasswordShort}, // eleven characters in twenty-two bytes
		{strings.Repeat("lejos-", 34), ErrPasswordLong},
		{"password1234", ErrPasswordCommon},
		{"Contraseña2026!", ErrPasswordCommon},
		{"SENHA123senha123", ErrPasswordCommon},
		{"P@ssw0rd!!2026", ErrPasswordCommon},
		{"qwertyuiop12", ErrPasswordCommon},
		{"1q2w3e4r5t6y", ErrPasswordCommon},
		{"antenaantena", ErrPasswordCommon},
		{"123456789012", ErrPasswordCommon},
		{"abcdefghijkl", ErrPasswordCommon},
		{"987654321098", ErrPasswordCommon},
		{"aaaaaaaaaaaa", ErrPasswordCommon},
		{"ababababab12", ErrPasswordCommon},
		{"te amo mucho!", ErrPasswordCommon},
		{"ana.lopez@redandina.example", ErrPasswordPersonal},
		{"ana.lopez2026!", ErrPasswordPersonal},
		{"AnaBeatrizLopez", ErrPasswordPersonal},
		{"lopez-lopez-99", ErrPasswordPersonal},
		{"redandina.example1", ErrPasswordPersonal},
	} {
		if got := CheckPassword(c.password, name, email); !errors.Is(got, c.want) || (c.want == nil && got != nil) {
			t.Errorf("%q: %v, want %v", c.password, got, c.want)
		}
	}
}

// Every entry of the list must still be able to refuse something.
func TestCommonWordsAreFolded(t *testing.T) {
	t.Parallel()
	for _, word := range strings.Fields(common) {
		if fold(word) != word {
			t.Errorf("%q in the list never matches; write it as %q", word, fold(word))
		}
	}
}
