package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"antena/internal/desk"
)

// weekdays in the order of a working week.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// weekday is the day at a place of weekdays.
func weekday(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

var clockTime = regexp.MustCompile(`^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`)

// parseHours reads "sat 09:00-13:00" or, for several days, "mon-fri 08:00-20:00".
func parseHours(line string) ([]desk.Hours, error) {
	days, span, _ := strings.Cut(strings.TrimSpace(line), " ")
	from, to, _ := strings.Cut(strings.TrimSpace(span), "-")
	first, last, several := strings.Cut(strings.ToLower(days), "-")
	if !several {
		last = first
	}
	begin, end := slices.Index(weekdays, first), slices.Index(weekdays, last)
	if begin < 0 || end < 0 || !clockTime.MatchString(from) || !clockTime.MatchString(to) {
		return nil, fmt.Errorf("%q is not like \"mon-fri 08:00-20:00\"", line)
	}
	if from >= to {
		return nil, fmt.Errorf("%q does not end after it begins; hours past midnight are two spans", line)
	}
	var hours []desk.Hours
	for i := begin; ; i = (i + 1) % len(weekdays) {
		hours = append(hours, desk.Hours{Day: weekday(i), From: from, To: to})
		if i == end {
			return hours, nil
		}
	}
}

// formatHours writes hours as parseHours reads them, days of the same span in a row as one.
func formatHours(hours []desk.Hours) []string {
	var spans []string
	open := map[string][7]bool{}
	for _, h := range hours {
		span := h.From + "-" + h.To
		if !slices.Contains(spans, span) {
			spans = append(spans, span)
		}
		days := open[span]
		days[(int(h.Day)+6)%7] = true
		open[span] = days
	}
	lines := []string{}
	for _, span := range spans {
		days := open[span]
		for i := 0; i < len(weekdays); i++ {
			if !days[i] {
				continue
			}
			first := i
			for i+1 < len(weekdays) && days[i+1] {
				i++
			}
			name := weekdays[first]
			if i > first {
				name += "-" + weekdays[i]
			}
			lines = append(lines, name+" "+span)
		}
	}
	return lines
}
