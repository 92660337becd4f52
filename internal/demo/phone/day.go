package phone

import "time"

// day is the words above the first message of a day.
func (d *drawing) day(at time.Time) string {
	switch daysBetween(at, d.today) {
	case 0:
		return d.words.Today
	case 1:
		return d.words.Yesterday
	}
	return at.Format(d.words.DateLayout)
}

// daysBetween counts midnights from a to b, both in the zone shown.
func daysBetween(a, b time.Time) int {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}
