package sla_test

import (
	"testing"
	"time"

	"antena/internal/desk"
)

func TestLeft(t *testing.T) {
	t.Parallel()
	r := rules(t)
	due := monday.Add(10 * time.Minute)
	running := desk.Promise{Kind: desk.PromiseFirst, Target: 10 * time.Minute, DueAt: &due}
	legal := desk.Promise{Kind: desk.PromiseLegal, DueAt: &due}
	for _, test := range []struct {
		name  string
		give  desk.Promise
		now   time.Time
		left  time.Duration
		moves bool
	}{
		{"running", running, monday.Add(time.Minute), 9 * time.Minute, true},
		{"before work begins", running, monday.Add(-3 * time.Hour), time.Hour + 10*time.Minute, false},
		{"late", running, monday.Add(13 * time.Minute), -3 * time.Minute, true},
		{"late, and gone home", running, monday.Add(13 * time.Hour), -(9*time.Hour - 10*time.Minute), false},
		{"standing still", desk.Promise{Kind: desk.PromiseNext, Target: time.Hour, Used: 20 * time.Minute, Paused: desk.PauseSnoozed}, monday, 40 * time.Minute, false},
		{"the law's", legal, monday.Add(-12 * time.Hour), 12*time.Hour + 10*time.Minute, true},
	} {
		if left, moves := r.Left(&test.give, desk.TeamSupport, test.now); left != test.left || moves != test.moves {
			t.Errorf("%s: %s %v, want %s %v", test.name, left, moves, test.left, test.moves)
		}
	}
}
