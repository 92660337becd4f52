package turn_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/eval/dialogue"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/turn"
)

// shared is knowledge that no scenario changes, learned once.
var shared = sync.OnceValues(func() (*dialogue.Mind, error) { return dialogue.Learn(context.Background(), faq.Files) })

// Scenarios are whole conversations in files, in the format of package dialogue.
// A file opens with what broke, or could, and what is promised. Afterwards every
// turn is decided again from its record, and must give the same decision in the
// same words.
func TestScenarios(t *testing.T) {
	t.Parallel()
	all, err := dialogue.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			for _, dialect := range storetest.Dialects() {
				t.Run(dialect, func(t *testing.T) {
					t.Parallel()
					play(t, dialect, d)
				})
			}
		})
	}
}

func play(t *testing.T, dialect string, d *dialogue.Dialogue) {
	m, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	var keep *store.Store
	played, err := d.Play(t.Context(), m, func(now func() time.Time) (*store.Store, error) {
		keep = storetest.Open(t, dialect, now)
		return keep, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range played.Failed() {
		t.Errorf("testdata/%s.txt:%d: %s\n  got %s\n%s", d.Name, f.Line, f.Text, f.Got, played.History(t.Context()))
	}
	replayAll(t, keep, played, m)
}

// replayAll decides every turn of a dialogue again.
func replayAll(t *testing.T, keep *store.Store, played *dialogue.Played, m *dialogue.Mind) {
	t.Helper()
	turns, err := keep.Turns(t.Context(), played.Conversation, 100)
	if err != nil || len(turns) == 0 {
		t.Fatalf("%d turns, %v", len(turns), err)
	}
	r := &turn.Replayer{Records: keep, Knowledge: played.Knowledge, Understander: m.Understander}
	for _, was := range turns {
		again, err := r.Replay(t.Context(), was.ID, true)
		if err != nil {
			t.Fatal(err)
		}
		if !again.Same || len(again.Inputs) > 0 || again.Now != nil || len(again.Again.Changes) > 0 {
			t.Errorf("%s %s is decided otherwise:\n  inputs %+v\n  stored %+v\n  now %+v\n  again %+v",
				was.Action, strings.TrimSpace(was.Intent+" "+string(was.Reason)), again.Inputs, again.Stored.Changes, again.Now, again.Again.Changes)
		}
	}
}
