package llm

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"antena/internal/desk"
)

// lane is the way to one model: its queue, its breaker, and what it has been found
// to take.
type lane struct {
	model   string
	gate    *gate
	breaker *breaker
	known   atomic.Pointer[manner]
}

// newLane: own says that the server is OpenAI's.
func newLane(name, model string, places int, own bool, now func() time.Time, log *slog.Logger) *lane {
	l := &lane{model: model, gate: newGate(places), breaker: newBreaker(now, log.With("kind", name, "model", model))}
	first := manner{tokens: classicTokens}
	if own {
		first.tokens = completionTokens
	}
	l.known.Store(&first)
	return l
}

// through gives help its turn: budget, breaker, queue, then help itself. The usage
// is charged in any case.
func (c *Client) through(ctx context.Context, l *lane, u *desk.ModelUsage, help func(context.Context) *failure) error {
	if l.model == "" {
		return (&failure{reason: desk.ModelOff}).public()
	}
	if f := c.afford(ctx, u); f != nil {
		return f.public()
	}
	defer func() { c.charge(ctx, *u) }()
	return l.breaker.run(func() *failure {
		done, f := l.gate.enter(ctx)
		if f != nil {
			return f
		}
		defer done()
		return help(ctx)
	}).public()
}
