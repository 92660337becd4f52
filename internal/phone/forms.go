package phone

import (
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

const (
	brazilDigits = 12 // 55, area of two, eight digits; a mobile may have a ninth
	mexicoDigits = 12 // 52 and ten digits; with the old 1 after it thirteen
	argentina    = 12 // 54 and ten digits; a mobile with the 9 after it thirteen
)

// Digits drops everything but digits.
func Digits(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// Forms returns every form of a number with its country code, as given first. Signs
// between digits are dropped; what holds no digit has no forms.
func Forms(number string) []string {
	n := Digits(number)
	if n == "" {
		return nil
	}
	forms := []string{n}
	add := func(form string) {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	switch {
	case strings.HasPrefix(n, "55") && len(n) == brazilDigits && n[4] >= '6': // landlines begin with 2 to 5 and never get a 9
		add(n[:4] + "9" + n[4:])
	case strings.HasPrefix(n, "55") && len(n) == brazilDigits+1 && n[4] == '9' && n[5] >= '6':
		add(n[:4] + n[5:])
	case strings.HasPrefix(n, "521") && len(n) == mexicoDigits+1:
		add("52" + n[3:])
	case strings.HasPrefix(n, "52") && len(n) == mexicoDigits:
		add("521" + n[2:])
	case strings.HasPrefix(n, "549") && len(n) == argentina+1:
		add("54" + n[3:])
	case strings.HasPrefix(n, "54") && len(n) == argentina:
		add("549" + n[2:])
	}
	return forms
}

// Local returns the forms of a number as a customer or a record writes it, perhaps
// without the country code; the country is two letters, such as "BR". A number that
// begins with "+" says its country itself.
func Local(number, country string) []string {
	parsed, err := phonenumbers.Parse(number, strings.ToUpper(country))
	if err != nil {
		return Forms(number)
	}
	full := Digits(phonenumbers.Format(parsed, phonenumbers.E164))
	if given := Digits(number); strings.HasPrefix(full, given) || strings.HasSuffix(given, full) {
		return Forms(full)
	}
	forms := Forms(full)
	for _, form := range Forms(number) { // it may have had its country code already
		if !slices.Contains(forms, form) && len(form) >= mexicoDigits {
			forms = append(forms, form)
		}
	}
	return forms
}

// Same reports whether two numbers with country codes may be one line.
func Same(a, b string) bool {
	forms := Forms(a)
	return slices.ContainsFunc(Forms(b), func(form string) bool { return slices.Contains(forms, form) })
}
