package desk

import (
	"slices"
	"time"
)

// Calendar says when people answer: the hours of a week without the holidays, in
// one time zone. The zero value is always open.
type Calendar struct {
	Zone     *time.Location // nil: UTC
	Hours    []Hours        // empty: always
	Holidays []string       // dates YYYY-MM-DD
}

// calendarReach is how far a calendar is searched for the next hours: what is not
// open for a year and a bit never is.
const calendarReach = 400

// Calendar is when people of the provider answer.
func (p *Profile) Calendar() Calendar {
	return Calendar{Zone: p.Location(), Hours: p.Hours, Holidays: p.Holidays}
}

// Open reports whether people answer at a time.
func (c Calendar) Open(at time.Time) bool {
	if len(c.Hours) == 0 {
		return true
	}
	for _, s := range c.day(c.local(at)) {
		if !at.Before(s.from) && at.Before(s.to) {
			return true
		}
	}
	return false
}

// Next is when people answer from a time on: the time itself while they do. It
// reports false when they never do.
func (c Calendar) Next(at time.Time) (time.Time, bool) { return c.After(at, 0) }

// After is when so much time of the calendar has passed since a time; false when it
// never does. Where hours end at the very moment, that moment is it.
func (c Calendar) After(at time.Time, d time.Duration) (time.Time, bool) {
	if len(c.Hours) == 0 {
		return at.Add(d), true
	}
	left := d
	for day, n := c.local(at), 0; n <= calendarReach; day, n = tomorrow(day), n+1 {
		for _, s := range c.day(day) {
			from := latest(s.from, at)
			if !from.Before(s.to) {
				continue
			}
			if open := s.to.Sub(from); left > open {
				left -= open
				continue
			}
			return from.Add(left), true
		}
	}
	return time.Time{}, false
}

// Between is how much time of the calendar lies between two times; none when the
// second is not later.
func (c Calendar) Between(from, to time.Time) time.Duration {
	if !from.Before(to) {
		return 0
	}
	if len(c.Hours) == 0 {
		return to.Sub(from)
	}
	var sum time.Duration
	for day, last := c.local(from), c.local(to); !day.After(last); day = tomorrow(day) {
		for _, s := range c.day(day) {
			begin, end := latest(s.from, from), s.to
			if end.After(to) {
				end = to
			}
			sum += max(end.Sub(begin), 0)
		}
	}
	return sum
}

// local is noon of the day of a time, where the calendar is: midnight is missing
// where clocks are moved at midnight.
func (c Calendar) local(at time.Time) time.Time {
	zone := c.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, zone)
}

// tomorrow is noon of the day after; where clocks are moved that is not in 24 hours.
func tomorrow(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 12, 0, 0, 0, day.Location())
}

// span is a time from one moment until before another.
type span struct{ from, to time.Time }

// day is when people answer on a day: spans in their order that do not overlap.
func (c Calendar) day(day time.Time) []span {
	if slices.Contains(c.Holidays, day.Format(time.DateOnly)) {
		return nil
	}
	y, m, d := day.Date()
	clock := func(minute int) time.Time { return time.Date(y, m, d, 0, minute, 0, 0, day.Location()) }
	var all []span
	for _, h := range c.Hours {
		from, okFrom := minutes(h.From)
		to, okTo := minutes(h.To)
		if okFrom && okTo && h.Day == day.Weekday() && from < to {
			all = append(all, span{clock(from), clock(to)})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	joined := all[:0]
	for _, s := range all {
		if n := len(joined); n > 0 && !s.from.After(joined[n-1].to) {
			joined[n-1].to = latest(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
