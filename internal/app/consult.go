package app

import (
	"time"

	"antena/internal/guard"
	"antena/internal/turn"
	"antena/internal/understand"
)

// reader understands for turns: the brain, and a model where there is one.
func (a *App) reader(brain *understand.Brain) turn.Understander {
	if !a.models.asks() {
		return a.found(brain)
	}
	return a.models.desk.Reader(a.found(brain))
}

// writer proposes words for turns; nil without a model.
func (a *App) writer() turn.Wordsmith {
	if !a.models.asks() {
		return nil
	}
	return a.models.desk.Writer(guard.New())
}

// deadline is how long a turn may wait for a model; without one nothing is waited for.
func (a *App) deadline() time.Duration {
	if !a.models.asks() {
		return 0
	}
	return a.Config.OpenAI.Deadline
}
