package app

import (
	"context"
	"errors"
	"time"

	"antena/internal/desk"
)

// Knowledge is read again whenever it changes, and now and then unasked: word of
// another replica may be lost, or come while this one starts, and reading may fail.
const (
	rereadEvery = 5 * time.Minute
	rereadAgain = 10 * time.Second // after a failure
)

// followKnowledge reloads when an article is published, here or on another replica.
func (a *App) followKnowledge() (stop func()) {
	changes, cancel := a.hub.Subscribe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		follow(changes, map[desk.Topic]func() error{
			desk.TopicVectors: func() error { a.reloadVectors(); return nil },
			desk.TopicArticle: func() error {
				err := a.current.Reload(context.Background())
				if err != nil {
					a.Log.Error("the new knowledge is not in force", "error", err)
				}
				return errors.Join(err, a.reloadPromises()) // hours and holidays are the profile's
			},
			desk.TopicPromise: a.reloadPromises,
			desk.TopicTeam:    a.reloadTeams,
		})
	}()
	return func() { cancel(); <-done }
}

func (a *App) reloadPromises() error {
	err := a.promises.Reload(context.Background())
	if err != nil {
		a.Log.Error("the new promises are not in force", "error", err)
	}
	return err
}

// follow calls what reloads a topic until the changes end.
func follow(changes <-chan desk.Change, reload map[desk.Topic]func() error) {
	pause := time.NewTimer(rereadEvery)
	defer pause.Stop()
	for {
		failed := false
		select {
		case c, more := <-changes:
			if !more {
				return
			}
			if read := reload[c.Topic]; read == nil || read() == nil {
				continue
			}
			failed = true
		case <-pause.C:
			for _, read := range reload {
				failed = read() != nil || failed
			}
		}
		next := rereadEvery
		if failed {
			next = rereadAgain
		}
		pause.Reset(next)
	}
}
