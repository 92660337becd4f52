package console

import (
	"strconv"
	"strings"
	"time"

	"antena/internal/sla"
)

// minutesText says a length as parseMinutes reads it; empty for none.
func minutesText(minutes int) string {
	switch hours, rest := minutes/60, minutes%60; {
	case minutes == 0:
		return ""
	case hours == 0:
		return strconv.Itoa(rest) + " min"
	case rest == 0:
		return strconv.Itoa(hours) + " h"
	default:
		return strconv.Itoa(hours) + " h " + strconv.Itoa(rest) + " min"
	}
}

// parseMinutes reads a length as people write it: "15", "15 min", "2h", "1 h 30 min".
// A number alone is minutes; nothing is none.
func parseMinutes(text string) (minutes int, ok bool) {
	text = strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(text), "")), "min", "m")
	if text == "" {
		return 0, true
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n, n >= 0 && n <= sla.MaxMinutes
	}
	if strings.ContainsAny(text, "sµuns.-+") {
		return 0, false
	}
	if last := text[len(text)-1]; last >= '0' && last <= '9' {
		text += "m"
	}
	d, err := time.ParseDuration(text)
	return int(d / time.Minute), err == nil && d >= 0 && d <= sla.MaxMinutes*time.Minute
}
