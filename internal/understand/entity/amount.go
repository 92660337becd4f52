package entity

import (
	"regexp"
	"strings"
)

var (
	moneyFirst = regexp.MustCompile(`(?:^|[^0-9a-z])((r\$|us\$|u\$s|s/\.?|mx\$|ar\$|\$|€|usd|brl|mxn|ars|clp|cop|pen|eur)[ ]?([0-9]{1,3}(?:[., ][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?))(?:$|[^0-9])`)
	moneyLast  = regexp.MustCompile(`(?:^|[^0-9a-z.,/-])(([0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?)[ ]?(reais|real|soles|sol|pesos|peso|dolares|dolar|dollars?|bucks|euros?|usd|brl|mxn|ars|clp|cop|pen|eur|mangos|lucas|conto|contos|€))(?:$|[^0-9a-z])`)
)

// amounts finds sums of money: a number with a currency before or after it.
func (s *search) amounts() {
	low := &search{text: s.low}
	low.each(moneyFirst, func(m []int) { s.add(Amount, m[2], m[3], money(low.part(m, 3), low.part(m, 2))) })
	low.each(moneyLast, func(m []int) {
		number, unit := low.part(m, 2), low.part(m, 3)
		if unit == "lucas" {
			number += ".000"
		}
		s.add(Amount, m[2], m[3], money(number, unit))
	})
}

// money writes a number with two decimals and the code of its currency, if that is certain.
func money(number, unit string) string {
	if number = decimal(number); number == "" {
		return ""
	}
	if code := currency(unit); code != "" {
		return number + " " + code
	}
	return number
}

// decimal reads a number with either habit of separators: the last one followed by one or two digits is the decimal point.
func decimal(number string) string {
	whole, cents := number, "00"
	if i := strings.LastIndexAny(number, ".,"); i >= 0 && len(number)-i-1 <= 2 {
		whole, cents = number[:i], (number[i+1:] + "00")[:2]
	}
	if whole = onlyDigits(whole); whole == "" || len(whole) > 12 {
		return ""
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	return whole + "." + cents
}

// currency is the ISO 4217 code of what people call it; a bare "$" or "pesos" may be several.
func currency(unit string) string {
	switch unit {
	case "r$", "reais", "real", "brl", "conto", "contos":
		return "BRL"
	case "us$", "u$s", "usd", "dolares", "dolar", "dollar", "dollars", "bucks":
		return "USD"
	case "s/", "s/.", "soles", "sol", "pen":
		return "PEN"
	case "mx$", "mxn":
		return "MXN"
	case "ar$", "ars", "mangos":
		return "ARS"
	case "clp", "lucas":
		return "CLP"
	case "cop":
		return "COP"
	case "€", "eur", "euro", "euros":
		return "EUR"
	}
	return ""
}

// shift moves the decimal point of a plain number.
func shift(number string, places int) string {
	whole, frac, _ := strings.Cut(number, ".")
	if places > 0 {
		frac += strings.Repeat("0", places)
		return whole + frac[:places] + "." + frac[places:]
	}
	whole = strings.Repeat("0", -places) + whole
	cut := len(whole) + places
	return whole[:cut] + "." + whole[cut:] + frac
}

// trimZeros drops zeros that say nothing: "0300.50" is "300.5".
func trimZeros(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	number = strings.TrimLeft(number, "0")
	if number == "" || number[0] == '.' {
		number = "0" + number
	}
	return number
}
