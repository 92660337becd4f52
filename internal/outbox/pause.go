package outbox

import (
	"time"

	"antena/internal/desk"
)

// droppedControl is why a message is dropped whose thread another app holds.
const droppedControl = "control_lost"

// pauseLook is how often a message looks whether a pause is over.
const pauseLook = 30 * time.Second

// paused tells how long a message waits for the end of a pause. Unlike a halt, which
// each failed send makes anew, a pause stands in the database until the provider or
// an admin ends it.
func paused(s *desk.Sending, now time.Time) time.Duration {
	for i := range s.Pauses {
		if p := &s.Pauses[i]; p.Holds(&s.Message, now) {
			if p.Until != nil {
				return min(pauseLook, p.Until.Sub(now))
			}
			return pauseLook
		}
	}
	return 0
}
