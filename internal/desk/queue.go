package desk

import (
	"slices"
	"time"
)

// What a contact is told of a queue must hold for most.
const (
	leastWaits  = 5                // ended lately, to say how long it takes
	QueueWaits  = 20               // at most so many count
	QueueRecent = 2 * time.Hour    // and none that ended longer ago
	waitStep    = 5 * time.Minute  // what is said is rounded up to
	waitMost    = 60 * time.Minute // longer than this is not foretold
)

// Tell is what a contact can be told when they are put into the queue; nil when there
// is nothing to say or nothing that is known well enough. Three of four waited no
// longer than what is said.
func (q Queue) Tell() *Told {
	told := Told{Ahead: q.Ahead}
	if n := len(q.Recent); n >= leastWaits {
		sorted := slices.Sorted(slices.Values(q.Recent))
		wait := sorted[(3*n+3)/4-1]
		wait = (wait + waitStep - 1) / waitStep * waitStep
		if wait <= waitMost && (q.Ahead > 0 || wait > waitStep) {
			told.Minutes = int(wait / time.Minute)
		}
	}
	if told.Ahead == 0 && told.Minutes == 0 {
		return nil
	}
	return &told
}
