package sla

import (
	"time"

	"antena/internal/desk"
)

// Left is how much working time an open promise has left at the time of now, less
// than zero once it is late, and whether its clock moves at this moment. Of a deadline
// of the law it is time as it passes.
func (r *Rules) Left(p *desk.Promise, t desk.Team, now time.Time) (left time.Duration, moves bool) {
	switch c := r.calendar(t); {
	case p.DueAt == nil:
		return p.Target - p.Used, false
	case p.Kind == desk.PromiseLegal:
		return p.DueAt.Sub(now), true
	case now.After(*p.DueAt):
		return -c.Between(*p.DueAt, now), c.Open(now)
	default:
		return c.Between(now, *p.DueAt), c.Open(now)
	}
}
