package console

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// calendar says times in one language and one time zone, as seen at one moment.
type calendar struct {
	*speech
	zone *time.Location
	now  time.Time
}

// Clock says the time of day.
func (c calendar) Clock(t time.Time) string { return t.In(c.zone).Format("15:04") }

// ISO is the time for machines.
func (c calendar) ISO(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Day names a day as people would today.
func (c calendar) Day(t time.Time) string {
	switch ago := c.daysAgo(t); {
	case ago == 0:
		return c.T("date.today")
	case ago == 1:
		return c.T("date.yesterday")
	case ago > 1 && ago < 7:
		return c.names("date.weekdays", int(t.In(c.zone).Weekday()))
	}
	return c.date(t)
}

// Stamp is short enough for a list: the time today, else the day.
func (c calendar) Stamp(t time.Time) string {
	local := t.In(c.zone)
	switch ago := c.daysAgo(t); {
	case ago == 0:
		return c.Clock(t)
	case ago == 1:
		return c.T("date.yesterday")
	case ago > 1 && ago < 7:
		return c.names("date.weekdays_short", int(local.Weekday()))
	}
	key := "date.short"
	if local.Year() != c.now.In(c.zone).Year() {
		key = "date.short_year"
	}
	return c.T(key, local.Day(), c.names("date.months_short", int(local.Month())-1), local.Year())
}

// Full says everything, for a tooltip.
func (c calendar) Full(t time.Time) string {
	local := t.In(c.zone)
	return c.T("date.full", c.names("date.weekdays", int(local.Weekday())), c.longDate(local), c.Clock(t))
}

// DayTime is a day and a time of day.
func (c calendar) DayTime(t time.Time) string { return c.T("date.day_time", c.Day(t), c.Clock(t)) }

func (c calendar) date(t time.Time) string {
	local := t.In(c.zone)
	if local.Year() != c.now.In(c.zone).Year() {
		return c.longDate(local)
	}
	return c.T("date.long", local.Day(), c.names("date.months", int(local.Month())-1))
}

func (c calendar) longDate(local time.Time) string {
	return c.T("date.long_year", local.Day(), c.names("date.months", int(local.Month())-1), local.Year())
}

func (c calendar) names(key string, i int) string {
	names := strings.Split(c.T(key), " ")
	return names[i%len(names)]
}

// daysAgo counts midnights between a time and now; negative in the future.
func (c calendar) daysAgo(t time.Time) int {
	return int(math.Round(midnight(c.now.In(c.zone)).Sub(midnight(t.In(c.zone))).Hours() / 24))
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Span says a length of time in its two largest units.
func Span(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes < 1:
		return "<1 min"
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 24*60 && minutes%60 != 0:
		return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
	case minutes < 24*60:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d d", minutes/(24*60))
}

// Took says a machine's time.
func (c calendar) Took(d time.Duration) string {
	if d < 10*time.Millisecond {
		return c.decimal(strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64)) + " ms"
	}
	if d < time.Second {
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	return c.decimal(strconv.FormatFloat(d.Seconds(), 'f', 1, 64)) + " s"
}

// Percent says a probability.
func (c calendar) Percent(p float64) string {
	return c.T("number.percent", int(math.Round(p*100)))
}

// Bytes says a size.
func (c calendar) Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return c.decimal(strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64)) + " MB"
}

func (c calendar) decimal(s string) string {
	return strings.Replace(s, ".", c.T("number.decimal"), 1)
}
