package outbox

import (
	"context"
	"errors"
	"time"

	"antena/internal/desk"
)

// halt is a stop of a number. After it one message at a time is tried until one is
// taken, so that a provider who is still in trouble gets one and not a storm.
type halt struct {
	code    int
	wait    time.Duration
	bulk    bool // only of what is sent in bulk
	trouble bool // the provider failed, and nobody knows for how long
}

// A provider that fails is left alone for longer each time.
const (
	troubleMin = time.Second
	troubleMax = 30 * time.Second
)

// haltFor is what a failed send means for the other messages of its number.
func haltFor(err error) halt {
	var e *desk.SendError
	switch {
	case err == nil:
		return halt{}
	case !errors.As(err, &e), e.Remedy == desk.RemedyWait:
		return halt{trouble: true}
	case e.Remedy == desk.RemedyStopAll:
		return halt{code: e.Code, wait: stopPause}
	case e.Hold, e.Bulk:
		return halt{code: e.Code, wait: max(e.After, troubleMin), bulk: e.Bulk}
	}
	return halt{}
}

// halt stops a number here. How long a provider in trouble is left alone depends on
// how often it failed in a row.
func (n *number) halt(h *halt, now time.Time) {
	switch {
	case h.trouble:
		h.wait = min(troubleMin<<min(n.failed, 5), troubleMax)
		n.failed++
	case h.wait == 0:
		n.failed, n.probing = 0, false
		return
	case h.bulk:
		n.bulk = later(n.bulk, now.Add(h.wait))
		return
	}
	n.held, n.probing = later(n.held, now.Add(h.wait)), true
}

// tell has the other replicas stop too.
func (g *gate) tell(ctx context.Context, channel string, h halt) {
	if h.wait == 0 {
		return
	}
	err := g.store.ChangeSendRate(ctx, channel, func(r *desk.SendRate, now time.Time) {
		until := now.Add(h.wait)
		switch {
		case h.bulk && left(r.BulkUntil, now) < h.wait:
			r.BulkUntil = &until
		case !h.bulk && left(r.HeldUntil, now) < h.wait:
			r.HeldUntil, r.HeldCode = &until, h.code
		}
	})
	if err != nil { // this replica waits; the others will hear the same from the provider
		g.log.WarnContext(ctx, "could not tell the other replicas to slow down", "code", h.code, "error", err)
	}
}
