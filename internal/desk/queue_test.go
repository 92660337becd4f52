package desk_test

import (
	"testing"
	"time"

	"antena/internal/desk"
)

func TestQueue_Tell(t *testing.T) {
	t.Parallel()
	waits := func(minutes ...int) (all []time.Duration) {
		for _, m := range minutes {
			all = append(all, time.Duration(m)*time.Minute)
		}
		return all
	}
	for _, c := range []struct {
		name           string
		give           desk.Queue
		ahead, minutes int // -1: nothing is said
	}{
		{"nobody waits, nothing is known", desk.Queue{}, -1, -1},
		{"too little is known of how long it takes", desk.Queue{Ahead: 2, Recent: waits(3, 4, 5, 6)}, 2, 0},
		{"three of four waited no longer", desk.Queue{Ahead: 2, Recent: waits(1, 9, 2, 12, 3, 8, 4, 40)}, 2, 10},
		{"a moment is not spoken of", desk.Queue{Recent: waits(1, 1, 2, 2, 3)}, -1, -1},
		{"a wait of nobody before", desk.Queue{Recent: waits(11, 11, 12, 12, 13)}, 0, 15},
		{"longer than can be foretold", desk.Queue{Ahead: 1, Recent: waits(90, 90, 90, 90, 90)}, 1, 0},
	} {
		got := c.give.Tell()
		if got == nil {
			got = &desk.Told{Ahead: -1, Minutes: -1}
		}
		if got.Ahead != c.ahead || got.Minutes != c.minutes {
			t.Errorf("%s: told %+v", c.name, *got)
		}
	}
}
