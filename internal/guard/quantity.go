package guard

import (
	"regexp"
	"strconv"
	"strings"

	"antena/internal/understand/entity"
)

// quantity is a number with its unit, or a word that stands for one. It is true when the ground has one of its keys.
type quantity struct {
	start, end int // in the text without accents
	class      string
	keys       []string // unit and value in one form, such as "money usd 18.00"; more than one where writing is ambiguous
}

var numberForm = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)

// quantities finds all numbers of a text in lower case without accents. An empty language reads weekdays in any.
func quantities(low, language string) []quantity {
	var out []quantity
	taken := make([]bool, len(low)+1)
	add := func(q quantity) {
		for i := q.start; i < q.end; i++ {
			if taken[i] {
				return
			}
		}
		for i := q.start; i < q.end; i++ {
			taken[i] = true
		}
		out = append(out, q)
	}
	for _, e := range entity.Find(low) {
		if e.Kind == entity.Date {
			add(quantity{e.Start, e.End, "date", dateKeys(e.Value)})
		}
	}
	for _, q := range prices(low) {
		add(q)
	}
	for _, q := range clocks(low) {
		add(q)
	}
	for _, n := range numerals(low, language) {
		if q := n.quantity(low); q.class != "" {
			add(q)
		}
	}
	for _, q := range calendar(low, language) {
		add(q)
	}
	return out
}

func dateKeys(value string) []string {
	if len(value) == len("2026-01-02") {
		return []string{"date " + value, "date --" + value[5:]}
	}
	return []string{"date " + value}
}

var (
	alwaysForm = regexp.MustCompile(`\b24 ?[/x] ?7\b|\b24 horas del dia\b|\b24 horas por dia\b|\baround the clock\b`)
	clockForm  = regexp.MustCompile(`\b([01]?[0-9]|2[0-4])(?:[:h.]([0-5][0-9])(?: ?h(?:s|rs)?)?( ?[ap]\.?m\b)?|( ?[ap]\.?m\b))`)
	letterForm = regexp.MustCompile(`\b([01]?[0-9]|2[0-4]) ?(?:h|hs|hrs|hr|horas|hours?)\b`)
	noonForm   = regexp.MustCompile(`\b(?:mediodia|meio-?dia|noon|medianoche|meia-?noite|midnight)\b`)
	halfForm   = regexp.MustCompile(`\b(?:media hora|meia hora|half an hour)\b`)
	ratioForm  = regexp.MustCompile(`\b(?:(mitad|metade|half)|(doble|dobro|double|twice)|(triple|triplo))\b`)
)

// clocks finds times of the day, and other fixed ways of saying a number.
func clocks(low string) []quantity {
	var out []quantity
	for _, m := range alwaysForm.FindAllStringIndex(low, -1) {
		out = append(out, quantity{m[0], m[1], "clock", []string{"always"}})
	}
	for _, m := range clockForm.FindAllStringSubmatchIndex(low, -1) {
		dotted := m[4] >= 0 && low[m[3]] == '.'
		if dotted && m[6] < 0 { // 2.4 and 12.50 are no times
			continue
		}
		hour, _ := strconv.Atoi(low[m[2]:m[3]])
		minute := 0
		if m[4] >= 0 {
			minute, _ = strconv.Atoi(low[m[4]:m[5]])
		}
		half := ""
		if m[6] >= 0 {
			half = low[m[6]:m[7]]
		} else if m[8] >= 0 {
			half = low[m[8]:m[9]]
		}
		switch {
		case strings.Contains(half, "p") && hour < 12:
			hour += 12
		case strings.Contains(half, "a") && hour == 12:
			hour = 0
		}
		out = append(out, quantity{m[0], m[1], "clock", clockKeys(hour, minute)})
	}
	for _, m := range letterForm.FindAllStringSubmatchIndex(low, -1) { // "24h" may be a time or a length of time
		hour, _ := strconv.Atoi(low[m[2]:m[3]])
		keys := []string{"hour " + strconv.Itoa(hour)}
		if low[m[3]] != ' ' {
			keys = append(keys, clockKeys(hour, 0)...)
		}
		out = append(out, quantity{m[0], m[1], "hour", keys})
	}
	for _, m := range noonForm.FindAllStringIndex(low, -1) {
		hour := 12
		if strings.Contains(low[m[0]:m[1]], "no") && !strings.Contains(low[m[0]:m[1]], "noon") || strings.HasPrefix(low[m[0]:m[1]], "midn") {
			hour = 0
		}
		out = append(out, quantity{m[0], m[1], "clock", clockKeys(hour, 0)})
	}
	for _, m := range halfForm.FindAllStringIndex(low, -1) {
		out = append(out, quantity{m[0], m[1], "minute", []string{"minute 30"}})
	}
	for _, m := range ratioForm.FindAllStringSubmatchIndex(low, -1) {
		for g := 1; g <= 3; g++ {
			if m[2*g] >= 0 {
				out = append(out, quantity{m[0], m[1], "ratio", []string{"ratio " + strconv.Itoa(g)}})
			}
		}
	}
	return out
}

// clockKeys writes a time of the day; a full hour is also written as a plain number: "de 8 a 20".
func clockKeys(hour, minute int) []string {
	keys := []string{"clock " + strconv.Itoa(hour*60+minute)}
	if minute == 0 {
		keys = append(keys, "hour of day "+strconv.Itoa(hour))
		if hour > 12 {
			keys = append(keys, "half of day "+strconv.Itoa(hour-12))
		}
	}
	return keys
}

// numeral is a number in digits or words.
type numeral struct {
	start, end int
	value      string // decimal point, no zeros that say nothing
	article    bool   // it is "one", which is also just an article
}

// quantity reads the unit around a numeral.
func (n numeral) quantity(low string) quantity {
	q := quantity{start: n.start, end: n.end}
	if cur, from := currencyBefore(low, n.start); cur != "" {
		q.start, q.class, q.keys = from, "money", []string{"money " + cur + " " + n.value}
		return q
	}
	unit, end := unitAfter(low, n.end)
	if unit == "" && n.article {
		return quantity{} // an article; its place is free
	}
	if cur, ok := strings.CutPrefix(unit, "money "); ok {
		q.end, q.class, q.keys = end, "money", []string{"money " + cur + " " + n.value}
		return q
	}
	q.end = end
	switch unit {
	case "":
		q.class = "plain"
		q.keys = []string{"plain " + n.value}
		if whole, err := strconv.Atoi(n.value); err == nil && whole <= 24 {
			q.keys = append(q.keys, "hour of day "+n.value)
		}
	case "gbps":
		q.class, q.keys = "mbps", []string{"mbps " + thousandfold(n.value)}
	case "step":
		return quantity{}
	case "evening":
		q.class = "clock"
		hour, _ := strconv.Atoi(n.value)
		q.keys = clockKeys(hour%12+12, 0)
	default:
		q.class, q.keys = unit, []string{unit + " " + n.value}
	}
	return q
}

func thousandfold(value string) string {
	whole, frac, _ := strings.Cut(value, ".")
	frac = (frac + "000")[:max(3, len(frac))]
	return plainNumber(whole + frac[:3] + "." + frac[3:])
}

// plainNumber takes off zeros that say nothing.
func plainNumber(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s = strings.TrimLeft(s, "0"); s == "" || s[0] == '.' {
		s = "0" + s
	}
	return s
}

// decimal reads digits with either habit of separators: a last group of one or two digits is a fraction, one of three is thousands.
func decimal(s string) string {
	i := strings.LastIndexAny(s, ".,")
	if i < 0 {
		return plainNumber(s)
	}
	strip := strings.NewReplacer(".", "", ",", "")
	if len(s)-i-1 == 3 {
		return plainNumber(strip.Replace(s))
	}
	return plainNumber(strip.Replace(s[:i]) + "." + s[i+1:])
}

var currencyBeforeForm = regexp.MustCompile(`(?:^|[^a-z])(us\$|u\$s|r\$|s/\.?|mx\$|ar\$|a\$|\$|€|£|usd|brl|ars|mxn|clp|cop|pen|eur|gbp)\*? ?$`)

func currencyBefore(low string, at int) (string, int) {
	from := max(0, at-6)
	m := currencyBeforeForm.FindStringSubmatchIndex(low[from:at])
	if m == nil {
		return "", 0
	}
	return currency(low[from+m[2] : from+m[3]]), from + m[2]
}

// currency is one name for each money; a bare "$" and "pesos" are their own.
func currency(s string) string {
	switch strings.TrimSuffix(s, ".") {
	case "us$", "u$s", "usd", "dolares", "dolar", "dollar", "dollars", "bucks":
		return "usd"
	case "r$", "brl", "reais", "real":
		return "brl"
	case "s/", "pen", "soles", "sol":
		return "pen"
	case "mx$", "mxn":
		return "mxn"
	case "ar$", "a$", "ars":
		return "ars"
	case "€", "eur", "euro", "euros":
		return "eur"
	case "£", "gbp", "pounds":
		return "gbp"
	case "clp", "cop":
		return s
	case "pesos", "peso":
		return "pesos"
	}
	return "$"
}
