package phone_test

import (
	"slices"
	"testing"

	"antena/internal/phone"
)

func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, give string
		want       []string
	}{
		{"Brazil without the ninth digit", "555187654321", []string{"555187654321", "5551987654321"}},
		{"Brazil with it", "5551987654321", []string{"5551987654321", "555187654321"}},
		{"a landline of Brazil", "551133334444", []string{"551133334444"}},
		{"Mexico", "525512345678", []string{"525512345678", "5215512345678"}},
		{"Mexico with the 1", "5215512345678", []string{"5215512345678", "525512345678"}},
		{"Argentina from abroad", "5491155550101", []string{"5491155550101", "541155550101"}},
		{"Argentina", "541155550101", []string{"541155550101", "5491155550101"}},
		{"another country", "573001234567", []string{"573001234567"}},
		{"signs", "+55 (51) 98765-4321", []string{"5551987654321", "555187654321"}},
		{"short", "5511", []string{"5511"}},
		{"no number", "BR.x", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := phone.Forms(c.give); !slices.Equal(got, c.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ give, country, waID string }{
		{"(51) 98765-4321", "BR", "555187654321"},
		{"51987654321", "br", "5551987654321"},
		{"+55 51 98765-4321", "AR", "555187654321"},
		{"55 1234 5678", "MX", "5215512345678"},
		{"011 15 5555-0101", "AR", "5491155550101"},
	} {
		if got := phone.Local(c.give, c.country); !slices.Contains(got, c.waID) {
			t.Errorf("%s in %s: %q lacks %s", c.give, c.country, got, c.waID)
		}
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	if !phone.Same("555187654321", "+55 51 98765-4321") || phone.Same("555187654321", "555187654322") || phone.Same("", "") {
		t.Error("wrong")
	}
}

// Forms of forms are the same set: whoever looks up by any finds all.
func FuzzForms(f *testing.F) {
	for _, s := range []string{"555187654321", "5215512345678", "+54 9 11 5555-0101", "x", "55"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		forms := phone.Forms(s)
		for _, form := range forms {
			again := phone.Forms(form)
			for _, other := range forms {
				if !slices.Contains(again, other) {
					t.Errorf("%q: %q, but of %q: %q", s, forms, form, again)
				}
			}
		}
	})
}
