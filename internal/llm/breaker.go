package llm

import (
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"

	"antena/internal/desk"
)

// How long nobody is asked.
const (
	faultsInARow  = 5
	afterFaults   = 30 * time.Second // then one call tries
	afterSettings = 5 * time.Minute  // what only an admin can mend
	longestPause  = 2 * time.Minute  // that a server may ask for
)

// breaker keeps calls away from a server that fails: after several faults in a row,
// after a failure that only an admin can mend, and while the server wants a pause.
type breaker struct {
	circuit *gobreaker.CircuitBreaker[struct{}]
	now     func() time.Time
	log     *slog.Logger

	mu     sync.Mutex
	why    desk.ModelReason // of the last fault or pause
	paused time.Time        // until then
}

func newBreaker(now func() time.Time, log *slog.Logger) *breaker {
	b := &breaker{now: now, log: log}
	b.circuit = gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Timeout:     afterFaults,
		ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= faultsInARow },
		IsSuccessful: func(err error) bool {
			f := failureOf(err)
			return f == nil || f.served()
		},
		IsExcluded: func(err error) bool {
			f := failureOf(err)
			return f != nil && !f.served() && !f.fault()
		},
		OnStateChange: func(_ string, from, to gobreaker.State) {
			log.Warn("the circuit to a language model changed", "from", from.String(), "to", to.String())
		},
	})
	return b
}

// fault reports whether the server is to blame, and may be well again soon.
func (f *failure) fault() bool {
	switch f.reason {
	case desk.ModelSlow, desk.ModelDown, desk.ModelNonsense:
		return true
	case desk.ModelBusy:
		return f.server
	default:
		return false
	}
}

// served reports whether the server did its work, though it was of no use.
func (f *failure) served() bool {
	switch f.reason {
	case desk.ModelRefused, desk.ModelCut, desk.ModelTooLong, desk.ModelRejected:
		return true
	default:
		return false
	}
}

func failureOf(err error) *failure {
	var f *failure
	errors.As(err, &f)
	return f
}

// run does a call unless the server is to be left alone.
func (b *breaker) run(call func() *failure) *failure {
	if f := b.pause(); f != nil {
		return f
	}
	_, err := b.circuit.Execute(func() (struct{}, error) {
		if f := call(); f != nil {
			b.note(f)
			return struct{}{}, f
		}
		return struct{}{}, nil
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		b.mu.Lock()
		defer b.mu.Unlock()
		return &failure{reason: b.why, detail: "not asked after failures in a row"}
	}
	return failureOf(err)
}

func (b *breaker) pause() *failure {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.now().Before(b.paused) {
		return nil
	}
	return &failure{reason: b.why, detail: "not asked for a while"}
}

// note remembers a failure, and pauses where there is no use in asking on.
func (b *breaker) note(f *failure) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var pause time.Duration
	switch {
	case f.reason.Configuration():
		pause = afterSettings
	case f.fault():
		pause = min(f.retryAfter, longestPause)
	default:
		return
	}
	b.why = f.reason
	if until := b.now().Add(pause); pause > 0 && until.After(b.paused) {
		b.paused = until
		b.log.Warn("a language model is not asked for a while", "reason", string(f.reason), "detail", f.detail, "pause", pause)
	}
}
