package outbox

import (
	"context"
	"time"

	"antena/internal/desk"
)

// The pace to one person (Meta): one message in six seconds, with a burst of 45
// that is paid back. One of them is kept for what the clocks of replicas differ by.
const (
	pairEvery = 6 * time.Second
	pairBurst = 44
	pairNear  = 20     // so many lately, and it is looked at closely
	codePair  = 131056 // the refusal of one too many
	pairLooks = 450    // sends, of the last 45 minutes at least
)

// pairWait tells how long a message waits for the pace to its recipient. What all
// replicas sent is in the messages themselves, so it outlives any process; few
// conversations ever have so much that it needs be read.
func pairWait(ctx context.Context, tx Tx, s *desk.Sending, now time.Time) (time.Duration, error) {
	if s.Recent < pairNear {
		return 0, nil
	}
	times, err := tx.SendTimes(ctx, s.Conversation.ID, pairLooks)
	if err != nil {
		return 0, err
	}
	return pairLeft(times, now), nil
}

// pairLeft is the wait after sends at some times, newest first.
func pairLeft(times []time.Time, now time.Time) time.Duration {
	var paid time.Time // when all of the burst is paid back
	for i := len(times) - 1; i >= 0; i-- {
		if paid.Before(times[i]) {
			paid = times[i]
		}
		paid = paid.Add(pairEvery)
	}
	return max(paid.Add(-(pairBurst-1)*pairEvery).Sub(now), 0)
}
