package app_test

import (
	"net/http"
	"testing"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/whatsapp/emulator"
)

// statuses are how far the messages to a customer have come.
func statuses(t *testing.T, s *store.Store, phone string) []desk.Status {
	t.Helper()
	_, messages := thread(t, s, phone)
	var all []desk.Status
	for _, m := range messages {
		if m.Direction == desk.Outbound {
			all = append(all, m.Status)
		}
	}
	return all
}

// The Graph API fails for a while. What was asked of it then may have gone out all
// the same, so it is left to people; the rest waits, and goes out once.
func TestDelivery_AFailingProviderIsNotTriedBlindly(t *testing.T) {
	t.Parallel()
	const customers = 5
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		recover503 := d.Graph.Inject(emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: http.StatusServiceUnavailable})
		for n := range customers {
			d.Graph.Customer(apptest.Phone(n)).Text(question)
		}
		apptest.Eventually(t, "an answer is in doubt", func() bool { return d.Graph.Counters().Refused[0] > 0 })
		if n := d.Graph.Counters().Accepted; n != 0 {
			t.Fatalf("%d answers went out while the provider failed", n)
		}
		recover503()
		doubts := func() (n int) {
			for i := range customers {
				for _, s := range statuses(t, d.Store, apptest.Phone(i)) {
					if s == desk.StatusUnknown {
						n++
					}
				}
			}
			return n
		}
		apptest.Eventually(t, "everybody is answered or in doubt", func() bool { return len(d.Graph.Answers())+doubts() == customers })
		d.AwaitIdle(t)
		if got, want := doubts(), d.Graph.Counters().Refused[0]; got != want {
			t.Errorf("%d answers in doubt after %d failures", got, want)
		}
		for phone, n := range d.Graph.Answers() {
			if n != 1 {
				t.Errorf("%s got %d answers", phone, n)
			}
		}
	})
}

// The provider takes a message and its answer is lost: nothing is repeated, and
// the receipt proves that it went out.
func TestDelivery_ALostAnswerIsNotRepeated(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]emulator.FaultKind{"time-out": emulator.FaultHang, "reset": emulator.FaultResetAfter} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, dialect string) {
				d := apptest.New(t, apptest.Options{Dialect: dialect})
				d.Graph.Inject(emulator.Fault{Kind: kind, Count: 1})
				customer := d.Graph.Customer(apptest.Phone(20))
				customer.Text(question)
				apptest.Eventually(t, "the receipt settles the message", func() bool {
					all := statuses(t, d.Store, customer.ID())
					return len(all) == 1 && all[0] == desk.StatusRead
				})
				d.AwaitIdle(t)
				customer.Text("how can i pay my bill?")
				apptest.Eventually(t, "the next question is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 1 })
				d.Graph.AwaitQuiet(t)
				d.AwaitIdle(t)
				if n := d.Graph.Answers()[customer.ID()]; n != 2 {
					t.Errorf("two questions got %d answers", n)
				}
			})
		})
	}
}

// Nobody read the answer of the provider and no receipt came: the message is left
// in doubt for people, never sent again by itself.
func TestDelivery_DoubtIsNeverRepeated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		d.Graph.Inject(emulator.Fault{Kind: emulator.FaultResetBefore, Count: 1})
		customer := d.Graph.Customer(apptest.Phone(21))
		customer.Text(question)
		apptest.Eventually(t, "the message is in doubt", func() bool {
			all := statuses(t, d.Store, customer.ID())
			return len(all) == 1 && all[0] == desk.StatusUnknown
		})
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != 0 {
			t.Errorf("sent %d times", n)
		}
	})
}

// The provider asks to slow down: everything arrives all the same, once.
func TestDelivery_SlowsDownWhenAsked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		const customers = 5
		d.Graph.Inject(emulator.Fault{Kind: emulator.FaultRefuse, Code: 130429, Count: 3})
		for n := range customers {
			d.Graph.Customer(apptest.Phone(30 + n)).Text(question)
		}
		apptest.Eventually(t, "everybody is answered", func() bool { return len(d.Graph.Answers()) == customers })
		d.AwaitIdle(t)
		for phone, n := range d.Graph.Answers() {
			if n != 1 {
				t.Errorf("%s got %d answers", phone, n)
			}
		}
	})
}
