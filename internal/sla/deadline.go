package sla

import (
	"slices"
	"time"
)

// days is the calendar of a law: business days are Monday to Friday without the
// country's holidays and the desk's own.
type days struct {
	zone    *time.Location
	country *Country
	own     []string // dates YYYY-MM-DD
}

// due is when a deadline that began at a time ends. Days end at midnight, and the
// day on which it began does not count.
func (d *Deadline) due(from time.Time, c days) time.Time {
	y, m, day := from.In(c.zone).Date()
	switch d.Unit {
	case Hours:
		return from.Add(time.Duration(d.Value) * time.Hour)
	case Months:
		last := time.Date(y, m+time.Month(d.Value)+1, 0, 12, 0, 0, 0, c.zone).Day()
		return c.end(y, m+time.Month(d.Value), min(day, last))
	case BusinessDays:
		for left := d.Value; left > 0; {
			day++
			if c.business(time.Date(y, m, day, 12, 0, 0, 0, c.zone)) {
				left--
			}
		}
		return c.end(y, m, day)
	}
	return c.end(y, m, day+d.Value)
}

// end is the midnight at which a day ends, or one o'clock where clocks are moved over it.
func (c days) end(y int, m time.Month, day int) time.Time {
	at := time.Date(y, m, day+1, 0, 0, 0, 0, c.zone)
	if at.Hour() != 0 {
		at = time.Date(y, m, day+1, 1, 0, 0, 0, c.zone)
	}
	return at.UTC()
}

// business reports whether a day counts; the time is noon of it.
func (c days) business(noon time.Time) bool {
	if w := noon.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	if slices.Contains(c.own, noon.Format(time.DateOnly)) {
		return false
	}
	if c.country == nil {
		return true
	}
	if slices.Contains(c.country.Holidays, noon.Format("01-02")) {
		return false
	}
	sunday := easter(noon.Year())
	return !slices.ContainsFunc(c.country.Easter, func(after int) bool {
		return sunday.AddDate(0, 0, after).Format(time.DateOnly) == noon.Format(time.DateOnly)
	})
}

// easter is Easter Sunday of a year of the Gregorian calendar (Meeus, Jones, Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	j, k := c/4, c%4
	l := (32 + 2*e + 2*j - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 12, 0, 0, 0, time.UTC)
}
