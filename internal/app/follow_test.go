package app

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"antena/internal/desk"
)

// Knowledge that nobody told of, or that could not be read, is in force in the end.
func TestFollow_ReadsAgainUnasked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		changes := make(chan desk.Change)
		var mu sync.Mutex
		var at []time.Duration
		fails := 0
		read := func() []time.Duration { mu.Lock(); defer mu.Unlock(); return slices.Clone(at) }
		began := time.Now()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			follow(changes, map[desk.Topic]func() error{desk.TopicArticle: func() error {
				mu.Lock()
				defer mu.Unlock()
				at = append(at, time.Since(began))
				if fails > 0 {
					fails--
					return errors.New("the database is away")
				}
				return nil
			}})
		}()
		changes <- desk.Change{Topic: desk.TopicTicket}
		changes <- desk.Change{Topic: desk.TopicArticle}
		synctest.Wait()
		if at := read(); len(at) != 1 || at[0] != 0 {
			t.Fatalf("after a change it was read at %v", at)
		}
		time.Sleep(rereadEvery)
		synctest.Wait()
		if at := read(); len(at) != 2 {
			t.Fatalf("nobody told, and it was read at %v", at)
		}
		mu.Lock()
		fails = 2
		mu.Unlock()
		changes <- desk.Change{Topic: desk.TopicArticle}
		time.Sleep(2 * rereadAgain)
		synctest.Wait()
		if at := read(); len(at) != 5 || at[4]-at[2] != 2*rereadAgain {
			t.Errorf("after failures it was read at %v", at)
		}
		close(changes)
		<-ended
	})
}
