package promises_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/adapt"
	"antena/internal/agents"
	"antena/internal/desk"
)

// What people do at the desk moves the clocks in the same transaction: nothing is left
// for a sweep.
func TestVerbs_MoveTheClocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		d := agents.New(agents.Deps{Store: adapt.Agents{Store: w.s}, Now: func() time.Time { return *w.now.Load() }})
		id, ctx := w.queued(), t.Context()
		due := func(after time.Duration, verb func() error) *desk.Conversation {
			t.Helper()
			w.at(after)
			if err := verb(); err != nil {
				t.Fatal(err)
			}
			return w.conversation(id)
		}
		if c := due(time.Minute, func() error { return d.Claim(ctx, ana, id, false) }); !c.DueAt.Equal(monday.Add(10 * time.Minute)) {
			t.Errorf("claimed, it is due %s", c.DueAt)
		}
		say := func() error {
			_, err := d.Reply(ctx, ana, id, agents.Draft{ID: uuid.New(), Text: "olá"})
			return err
		}
		if c := due(2*time.Minute, say); !c.DueAt.Equal(monday.Add(480*time.Minute)) || c.RepliedAt == nil || c.AwaitedSince != nil {
			t.Errorf("answered, it is due %s", c.DueAt)
		}
		if c := due(3*time.Minute, func() error { return d.Snooze(ctx, ana, id, monday.Add(time.Hour)) }); c.DueAt != nil || c.Promises.Next().Paused != desk.PauseSnoozed {
			t.Errorf("snoozed, it is due %v", c.DueAt)
		}
		if c := due(63*time.Minute, func() error { return d.Claim(ctx, diego, id, true) }); !c.DueAt.Equal(monday.Add(540 * time.Minute)) {
			t.Errorf("taken over and so woken, it is due %v", c.DueAt)
		}
		if c := due(64*time.Minute, func() error { return d.Resolve(ctx, diego, id, "") }); c.DueAt != nil || c.Promises != nil {
			t.Errorf("resolved, it is due %v", c.DueAt)
		}
		sums, err := w.s.PromiseSums(ctx, monday, monday.Add(24*time.Hour))
		if err != nil || len(sums) != 2 || sums[0].Kept != 1 || sums[1].Kept != 1 {
			t.Errorf("ended %+v (%v)", sums, err)
		}
	})
}
