package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"antena/internal/desk"
	"antena/internal/rota"
	"antena/internal/routing"
	"antena/internal/store"
)

// When the queue is looked at after something has changed: many changes at once are
// one look.
const (
	routeSoon  = 150 * time.Millisecond
	routeAgain = 1500 * time.Millisecond // when something could not be given yet
)

// rotaStore is the store as the rota needs it: who holds what is on disk at once.
type rotaStore struct{ *store.Store }

// InTx implements rota.Store.
func (s rotaStore) InTx(ctx context.Context, fn func(rota.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// openRota puts the teams and rules in force.
func (a *App) openRota(ctx context.Context) error {
	a.rota = rota.New(rota.Deps{
		Reader: a.Store, Store: rotaStore{a.Store}, Profile: func() *desk.Profile { return a.current.Profile() }, Now: a.Now, Log: a.Log,
	})
	return a.rota.Reload(ctx)
}

// reloadTeams puts teams and rules in force that were changed, here or elsewhere.
func (a *App) reloadTeams() error {
	err := a.rota.Reload(context.Background())
	if err != nil {
		a.Log.Error("the new teams are not in force", "error", err)
	}
	return errors.Join(err, a.reloadPromises()) // which count by the hours of teams
}

// takes reports whether a team's queue takes conversations.
func (a *App) takes(t desk.Team) bool {
	_, ok := a.rota.Team(t)
	return ok
}

// queue reads what a contact can be told of a team's queue.
func (a *App) queue(ctx context.Context, t desk.Team, p desk.Priority) (desk.Queue, error) {
	return a.Store.Queue(ctx, t, p, desk.Clock(a.Now)().Add(-desk.QueueRecent), desk.QueueWaits)
}

// teamHours names the hours of all teams: another text once a team has changed.
func (a *App) teamHours() string {
	sum := ""
	for _, t := range a.rota.Roster().Teams {
		sum += " " + string(t.ID) + strconv.FormatInt(t.Version, 10)
	}
	return sum
}

// followQueue gives out what waits as soon as it can be: when something came, when
// an agent has room or is back. What it misses, the next sweep finds.
func (a *App) followQueue() (stop func()) {
	changes, cancel := a.hub.Subscribe()
	ctx, end := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		watchQueue(changes, func() time.Duration {
			if !routing.Automatic(a.rota.Roster()) {
				return 0
			}
			again, err := a.rota.Run(ctx)
			if err != nil && ctx.Err() == nil {
				a.Log.Warn("what waits could not be given out", "error", err)
			}
			if again {
				return routeAgain
			}
			return 0
		})
	}()
	return func() { end(); cancel(); <-done }
}

// watchQueue runs soon after changes of the queue, and again after as long as a run
// says, until the changes end.
func watchQueue(changes <-chan desk.Change, run func() time.Duration) {
	wait := time.NewTimer(0)
	<-wait.C
	armed := false
	arm := func(d time.Duration) {
		if !armed && d > 0 {
			armed = true
			wait.Reset(d)
		}
	}
	defer wait.Stop()
	for {
		select {
		case c, more := <-changes:
			if !more {
				return
			}
			if c.Topic == desk.TopicQueue || c.Topic == desk.TopicTeam {
				arm(routeSoon)
			}
		case <-wait.C:
			armed = false
			arm(run())
		}
	}
}
