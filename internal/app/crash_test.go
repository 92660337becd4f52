//go:build !race

package app_test

import (
	"net/http"
	"sync"
	"testing"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// A supervisor stops the process right after it acknowledged the last message: the
// next one answers them all, once.
func TestStop_RightAfterTheLastAcknowledgement(t *testing.T) {
	t.Parallel()
	const customers = 60
	each(t, func(t *testing.T, dialect string) {
		o := prepared(t, dialect)
		first := apptest.Serve(t, o)
		for n := range customers {
			o.Graph.Customer(apptest.Phone(1000 + n)).Text(question)
		}
		if err := o.Graph.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		first.Terminate(t)
		before := len(o.Graph.Answers())
		second := apptest.Serve(t, o)
		apptest.Eventually(t, "everybody is answered", func() bool { return len(o.Graph.Answers()) == customers })
		second.AwaitIdle(t)
		second.Terminate(t)
		t.Logf("%d of %d were answered before the stop", before, customers)
		for phone, n := range o.Graph.Answers() {
			if n != 1 {
				t.Errorf("%s got %d answers", phone, n)
			}
		}
	})
}

// rescueSoon lets that time pass on PostgreSQL: what runs began long ago.
func rescueSoon(t *testing.T, o apptest.Options) {
	t.Helper()
	if o.Dialect == storetest.Postgres {
		storetest.Exec(t, *o.Database, "update river_job set attempted_at = attempted_at - interval '3 minutes' where state = 'running'")
	}
}

// The process is killed in the middle of it all, again and again. Every message it
// acknowledged, and every one it only stored, is answered once. A send that was in
// flight at a kill is never repeated: it was answered, or it is left in doubt, which
// people are told.
func TestKill_LosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	kills, messages := 4, 240
	if long() {
		kills, messages = 10, 1000
	}
	each(t, func(t *testing.T, dialect string) {
		o := prepared(t, dialect)
		killing(t, o, kills, messages)
		patience := apptest.Patience
		if long() {
			patience += rescueMax
		} else {
			rescueSoon(t, o)
		}
		last := apptest.Serve(t, o)
		if err := o.Graph.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		doubts := func() int { return int(last.Metrics(t)["antena_unknown_sends"]) }
		apptest.Within(t, patience, "every message is answered or known to be in doubt", func() bool {
			return len(o.Graph.Answers())+doubts() >= messages && last.Idle(t)
		})
		last.AwaitIdle(t)
		last.Terminate(t)
		account(t, o, messages)
	})
}

// killing lets customers write while processes are killed under them: by turns in
// the middle of the webhooks and in the middle of the answers.
func killing(t *testing.T, o apptest.Options, kills, messages int) {
	t.Helper()
	perKill := messages / kills
	sent := 0
	for round := range kills {
		p := apptest.Serve(t, o)
		var writers sync.WaitGroup
		before := o.Graph.Counters()
		for range perKill {
			customer := o.Graph.Customer(apptest.Phone(2000 + sent))
			sent++
			writers.Go(func() { customer.Text(question) })
		}
		writers.Wait()
		apptest.Eventually(t, "half of a round is done", func() bool {
			now := o.Graph.Counters()
			if round%2 == 0 {
				return now.WebhookAnswers[http.StatusOK]-before.WebhookAnswers[http.StatusOK] >= perKill/2
			}
			return now.Accepted-before.Accepted >= perKill/2
		})
		p.Kill(t)
	}
	for ; sent < messages; sent++ {
		o.Graph.Customer(apptest.Phone(2000 + sent)).Text(question)
	}
}

// account compares what customers got with what the desk believes.
func account(t *testing.T, o apptest.Options, messages int) {
	t.Helper()
	s, err := store.Open(t.Context(), *o.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	answers := o.Graph.Answers()
	once, doubled, doubt, doubtArrived := 0, 0, 0, 0
	for n := range messages {
		phone := apptest.Phone(2000 + n)
		got := statuses(t, s, phone)
		uncertain := false
		for _, status := range got {
			uncertain = uncertain || status == desk.StatusUnknown || status == desk.StatusSending
		}
		switch n := answers[phone]; {
		case n > 1:
			doubled++
			t.Errorf("%s got %d answers", phone, n)
		case n == 1:
			once++
			if uncertain {
				doubtArrived++
			}
		case uncertain:
			doubt++
		default:
			t.Errorf("%s got no answer, and the desk believes %v", phone, got)
		}
		if len(got) != 1 {
			t.Errorf("%s has %d messages of the desk, want 1", phone, len(got))
		}
	}
	t.Logf("%d messages: answered once %d, doubled %d, in flight at a kill and left to people %d (and %d that had arrived)", messages, once, doubled, doubt, doubtArrived)
}
