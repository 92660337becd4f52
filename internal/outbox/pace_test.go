package outbox_test

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"antena/internal/desk"
	"antena/internal/outbox"
)

// keepsPace fails the test when more messages were sent in any second than allowed.
func (w *world) keepsPace(most int) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	at := make([]time.Time, 0, len(w.requests))
	for _, r := range w.requests {
		at = append(at, r.at)
	}
	slices.SortFunc(at, time.Time.Compare)
	for i := most; i < len(at); i++ {
		if gap := at[i].Sub(at[i-most]); gap < time.Second {
			w.t.Fatalf("%d messages within %v", most+1, gap)
		}
	}
}

// TestPace_SharedByReplicas: replicas that know nothing of each other but a row keep
// the number's pace together, use all of it, and one that comes late gets its part.
func TestPace_SharedByReplicas(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 40 })
		replicas := []*outbox.Outbox{w.out, outbox.New(w.out.Deps), outbox.New(w.out.Deps)}
		started := time.Now()
		var all sync.WaitGroup
		for i, replica := range replicas {
			for range 200 {
				id := w.queue(w.contact("100"), "x", nil)
				all.Go(func() {
					pass(time.Duration(i) * time.Second)
					for {
						wait, err := replica.Send(t.Context(), id)
						if err != nil {
							t.Error(err)
						}
						if wait == 0 {
							return
						}
						pass(wait)
					}
				})
			}
		}
		all.Wait()
		w.keepsPace(40)
		if took := time.Since(started); took > 18*time.Second {
			t.Errorf("600 messages at 40/s took %v", took)
		}
		if got := len(w.sent()); got != 600 {
			t.Errorf("%d of 600 sent", got)
		}
	})
}

// TestPace_PeopleFirst: in the middle of a storm of answers and notices an agent's
// message waits two seconds at most, on a replica that did not send before too.
func TestPace_PeopleFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 20 })
		w.template = &desk.Template{Status: desk.TemplateApproved}
		fresh := outbox.New(w.out.Deps)
		var storm sync.WaitGroup
		for n := range 200 {
			id := w.queue(w.contact("100"), "answer", nil)
			if n%2 == 0 {
				id = w.queue(w.contact("100"), "notice", func(m *desk.Message) { m.Template = &desk.TemplateUse{} })
			}
			storm.Go(func() { w.work(id) })
		}
		pass(3 * time.Second)
		for _, replica := range []*outbox.Outbox{w.out, fresh, w.out, fresh} {
			id := w.queue(w.contact("100"), "agent", func(m *desk.Message) { m.Author = desk.ByAgent })
			asked := time.Now()
			if wait, err := replica.Send(t.Context(), id); wait != 0 || err != nil {
				t.Errorf("an agent's message is sent back for %v: %v", wait, err)
			}
			if took := time.Since(asked); took > 2*time.Second {
				t.Errorf("an agent's message waited %v", took)
			}
		}
		storm.Wait()
		w.keepsPace(20)
		sent := w.sent()
		if last := slices.Index(sent[20:], "notice"); last < 60 {
			t.Errorf("a notice went as number %d, before most of the 100 answers", last+20)
		}
	})
}

// TestPace_SlowDownIsShared: what the provider told one replica, all obey.
func TestPace_SlowDownIsShared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		give   desk.SendError
		answer time.Duration // an answer then waits
		notice time.Duration // a notice in bulk
	}{
		{"too fast", desk.SendError{Remedy: desk.RemedyRetry, Code: 130429, Hold: true, After: 4 * time.Second}, 4 * time.Second, 4 * time.Second},
		{"too many calls", desk.SendError{Remedy: desk.RemedyRetry, Code: 80007, Hold: true, After: 2 * time.Minute}, 2 * time.Minute, 2 * time.Minute},
		{"no token", desk.SendError{Remedy: desk.RemedyStopAll, Code: 190}, 30 * time.Second, 30 * time.Second},
		{"spam", desk.SendError{Remedy: desk.RemedyPark, Code: 131048, Bulk: true, After: time.Hour}, 0, time.Hour},
		{"one person only", desk.SendError{Remedy: desk.RemedyRetry, Code: 131056, After: time.Hour}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for _, next := range []struct {
					template *desk.TemplateUse
					want     time.Duration
				}{{nil, c.answer}, {&desk.TemplateUse{}, c.notice}} {
					w := newWorld(t, nil)
					w.template = &desk.Template{Status: desk.TemplateApproved}
					w.refuses(&c.give)
					w.send(w.queue(w.contact("100"), "first", nil))
					w.out = outbox.New(w.out.Deps)
					id := w.queue(w.contact("100"), "next", func(m *desk.Message) { m.Template = next.template })
					if wait := w.send(w.queue(w.contact("200"), "elsewhere", nil)); wait != 0 {
						t.Errorf("another number waits %v", wait)
					}
					waited := time.Now()
					w.work(id)
					if took := time.Since(waited); took < next.want || took > next.want+time.Second {
						t.Errorf("template %v: waited %v, want %v", next.template != nil, took, next.want)
					}
				}
			})
		})
	}
}

// TestPace_ShareGivenBack: a replica that stops leaves its part to the others.
func TestPace_ShareGivenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 10 })
		w.work(w.queue(w.contact("100"), "x", nil))
		w.out.Close(t.Context())
		if wait := w.send(w.queue(w.contact("100"), "x", nil)); wait == 0 {
			t.Error("a closed outbox sends")
		}
		pass(2 * time.Second)
		w.out = outbox.New(w.out.Deps)
		w.work(w.queue(w.contact("100"), "x", nil))
		if n := len(w.rates["100"].Shares); n != 1 {
			t.Errorf("%d shares are left", n)
		}
	})
}

// TestPace_Learned: the pace that the provider grants holds for every replica.
func TestPace_Learned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		if err := w.out.Learn(t.Context(), "100", 20); err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		var all sync.WaitGroup
		for range 100 {
			id := w.queue(w.contact("100"), "x", nil)
			all.Go(func() { w.work(id) })
		}
		all.Wait()
		w.keepsPace(20)
		if took := time.Since(started); took < 4*time.Second || took > 6*time.Second {
			t.Errorf("100 messages at 20/s took %v", took)
		}
	})
}

// TestPace_Heard: what comes in counts too, and never takes all.
func TestPace_Heard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 20 })
		w.work(w.queue(w.contact("100"), "x", nil))
		for range 100 {
			w.out.Heard("100")
		}
		var all sync.WaitGroup
		for range 30 {
			id := w.queue(w.contact("100"), "x", nil)
			all.Go(func() { w.work(id) })
		}
		pass(800 * time.Millisecond)
		synctest.Wait()
		if got := len(w.sent()); got < 2 || got > 17 {
			t.Errorf("%d sent beside what came in", got)
		}
		all.Wait()
	})
}
