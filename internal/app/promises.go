package app

import (
	"context"

	"antena/internal/desk"
	"antena/internal/promises"
	"antena/internal/sla"
	"antena/internal/store"
)

// promiseStore is the store as promises need it.
type promiseStore struct{ *store.Store }

// InTx implements promises.Store: admins' settings and looks are on disk at once.
func (s promiseStore) InTx(ctx context.Context, fn func(promises.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// openPromises puts the promises in force that are set.
func (a *App) openPromises(ctx context.Context) error {
	var err error
	a.promises, err = promises.New(promises.Deps{
		Store: promiseStore{a.Store}, Reader: a.Store, Current: a.clocks, Base: a.calendars, Hours: a.hours, Country: a.country, Now: a.Now,
	})
	if err != nil {
		return err
	}
	return a.promises.Reload(ctx)
}

// calendars are what promises count by: each team's hours, and the desk's days.
func (a *App) calendars() sla.Rules {
	p := a.current.Profile()
	return sla.Rules{Calendar: a.calendar, Zone: p.Location(), Holidays: p.Holidays}
}

// calendar is when a team works.
func (a *App) calendar(t desk.Team) desk.Calendar {
	return a.rota.Roster().Calendar(t, a.current.Profile())
}

// hours names the calendars in force.
func (a *App) hours() string { return a.current.Profile().Version + a.teamHours() }

// country is whose law holds: the one of the settings, else the profile's.
func (a *App) country() string {
	if a.Config.Country != "" {
		return a.Config.Country
	}
	return a.current.Profile().Country
}
