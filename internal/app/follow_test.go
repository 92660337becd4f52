package app

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"antena/internal/desk"
)

// Knowledge that nobody told of, or that could not be read, is in force in the end.
func TestFollow_ReadsAgainUnasked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		changes, reads, results := make(chan desk.Change), make(chan time.Time), make(chan error)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			follow(changes, map[desk.Topic]func() error{desk.TopicArticle: func() error { reads <- time.Now(); return <-results }})
		}()
		last := time.Now()
		// read waits for the next reading, which comes after a time, and has it end so.
		read := func(after time.Duration, result error) {
			t.Helper()
			at := <-reads
			if at.Sub(last) != after {
				t.Errorf("read after %s, want %s", at.Sub(last), after)
			}
			last = at
			results <- result
		}
		away := errors.New("the database is away")
		changes <- desk.Change{Topic: desk.TopicTicket} // nothing to read
		changes <- desk.Change{Topic: desk.TopicArticle}
		read(0, nil)
		read(rereadEvery, nil) // nobody told
		changes <- desk.Change{Topic: desk.TopicArticle}
		read(0, away)
		read(rereadAgain, away)
		read(rereadAgain, nil)
		read(rereadEvery, nil)
		close(changes)
		<-ended
	})
}
