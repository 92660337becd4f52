package guard

import (
	"regexp"
	"slices"
	"strings"
)

var unitForm = regexp.MustCompile(`^(?:\*|-| )?\*? ?(%|€|[a-z]+(?:/s)?)(?:[ -]([a-z]+))?(?: ([a-z]+))?`)

// unitAfter reads the unit that follows a number: its one name, and where it ends. It is empty when there is none.
func unitAfter(low string, at int) (string, int) {
	rest := low[at:]
	m := unitForm.FindStringSubmatchIndex(rest)
	if m == nil {
		return "", at
	}
	word := rest[m[2]:m[3]]
	next, third := "", ""
	if m[4] >= 0 {
		next = rest[m[4]:m[5]]
	}
	if m[6] >= 0 {
		third = rest[m[6]:m[7]]
	}
	if range2 := rangeUnit(rest); range2 != "" {
		return range2, at
	}
	unit := unitName(word)
	switch {
	case unit == "day" && workday(next):
		return "workday", at + m[5]
	case workday(word) && unitName(next) == "day":
		return "workday", at + m[5]
	case word == "calendar" && next == "days":
		return "day", at + m[5]
	case word == "por" && (next == "ciento" || next == "cento"), word == "per" && next == "cent":
		return "percent", at + m[5]
	case (word == "de" && next == "la" || word == "da") && (third == "tarde" || third == "noche" || next == "tarde" || next == "noite"):
		return "evening", at
	case word == "in" && next == "the" && (third == "evening" || third == "afternoon"):
		return "evening", at
	case unit == "" && (word == "de" || word == "of") && unitName(next) != "" && strings.HasPrefix(unitName(next), "money"):
		return unitName(next), at + m[5]
	case unit != "":
		return unit, at + m[3]
	}
	return "", at
}

func workday(w string) bool {
	return slices.Contains([]string{"habiles", "habil", "uteis", "util", "laborables", "laborable", "laborales", "working", "business"}, w)
}

var rangeForm = regexp.MustCompile(`^ ?(?:a|o|y|e|ou|ate|to|or|and|hasta|-) ?(?:[0-9]+(?:[.,][0-9]+)?|` + smallWords + `) ?(%|[a-z]+)(?: ([a-z]+))?`)

const smallWords = `dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|dois|duas|quatro|sete|oito|nove|dez|two|three|four|five|six|seven|eight|nine|ten`

// rangeUnit gives the first number of "3 a 5 dias" the unit of the second.
func rangeUnit(rest string) string {
	m := rangeForm.FindStringSubmatch(rest)
	if m == nil {
		return ""
	}
	unit := unitName(m[1])
	if unit == "day" && workday(m[2]) || workday(m[1]) && unitName(m[2]) == "day" {
		return "workday"
	}
	return unit
}

// unitName is one name for a unit in the three languages. Bits and bytes are two units.
func unitName(w string) string {
	switch w {
	case "%", "percent":
		return "percent"
	case "hora", "horas", "hour", "hours", "h", "hs", "hrs", "hr":
		return "hour"
	case "minuto", "minutos", "minute", "minutes", "min", "mins":
		return "minute"
	case "segundo", "segundos", "second", "seconds", "seg", "sec", "secs":
		return "second"
	case "dia", "dias", "day", "days":
		return "day"
	case "semana", "semanas", "week", "weeks":
		return "week"
	case "mes", "meses", "month", "months":
		return "month"
	case "ano", "anos", "year", "years":
		return "year"
	case "vez", "veces", "vezes", "times":
		return "time"
	case "mbps", "mega", "megas", "meg", "megs", "megabits", "mbit", "mbits":
		return "mbps"
	case "gbps", "giga", "gigas", "gigabit", "gigabits":
		return "gbps"
	case "kbps":
		return "kbps"
	case "mb/s", "megabytes", "megabyte", "mbytes":
		return "mbytes"
	case "mb":
		return "mb"
	case "gb", "gigabytes", "gigabyte":
		return "gb"
	case "ghz":
		return "ghz"
	case "metro", "metros", "meter", "meters", "metre", "metres", "m":
		return "metre"
	case "km", "kilometros", "quilometros", "kilometres", "kilometers":
		return "km"
	case "pasos", "passos", "steps", "paso", "step":
		return "step"
	case "€", "dolares", "dolar", "dollar", "dollars", "bucks", "usd", "reais", "real", "brl", "soles", "sol", "pen", "euro", "euros", "eur", "pounds", "gbp", "pesos", "peso",
		"ars", "mxn", "clp", "cop":
		return "money " + currency(w)
	}
	return ""
}
