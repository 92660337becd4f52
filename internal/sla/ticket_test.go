package sla_test

import (
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

func aTicket(intent string) *desk.Ticket {
	return &desk.Ticket{ID: desk.NewID(), ConversationID: desk.NewID(), Intent: intent, Priority: desk.PriorityNormal, State: desk.TicketNew, Team: desk.TeamSupport, CreatedAt: monday}
}

func brazil(t testing.TB) *sla.Rules {
	t.Helper()
	all, err := sla.Countries()
	if err != nil {
		t.Fatal(err)
	}
	r := rules(t)
	r.Country = sla.CountryOf(all, "br", r.Settings)
	return r
}

// A ticket's resolution stands still while it waits; what the law gives does not.
func TestTicket(t *testing.T) {
	t.Parallel()
	r, k := brazil(t), aTicket("complaint")
	now := monday
	save := func() []desk.PromiseRecord { return r.Ticket(k, now) }
	save()
	if len(k.Promises.List) != 2 || !k.DueAt.Equal(monday.Add(8*time.Hour)) {
		t.Fatalf("promises %+v", k.Promises)
	}
	legal := time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC) // the end of 30 November in São Paulo
	now = now.Add(time.Hour)
	if err := k.WaitForCustomer(now); err != nil {
		t.Fatal(err)
	}
	if save(); !k.DueAt.Equal(legal) {
		t.Fatalf("while it waits, due at %s", k.DueAt)
	}
	now = now.Add(2 * time.Hour)
	k.Hear(now)
	// Seven hours are left at noon: six until the evening, and one in the morning.
	if want := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC); save() != nil || !k.DueAt.Equal(want) {
		t.Fatalf("after the wait, due at %s, want %s", k.DueAt, want)
	}
	now = now.Add(time.Hour)
	if err := k.Resolve("done", now); err != nil {
		t.Fatal(err)
	}
	if ended := save(); len(ended) != 2 || !ended[0].Kept || !ended[1].Kept || ended[1].Rule != "br.demand" || *ended[0].TicketID != k.ID || k.DueAt != nil || k.LookAt != nil {
		t.Fatalf("resolving ended %+v", ended)
	}
	if ended := save(); len(ended) > 0 {
		t.Fatalf("saving again ended %+v", ended)
	}
	now = now.Add(48 * time.Hour)
	if err := k.Reopen(now); err != nil {
		t.Fatal(err)
	}
	save()
	left := office(t).Between(now, *k.DueAt)
	if left != 6*time.Hour {
		t.Errorf("reopened, %s are left", left)
	}
}

// A snooze stops a ticket's own clock; a merge takes back what was promised, since the
// other ticket promises it too.
func TestTicket_SnoozedAndMerged(t *testing.T) {
	t.Parallel()
	r, k := rules(t), aTicket("no_internet")
	r.Ticket(k, monday)
	until := monday.Add(2 * time.Hour)
	k.SnoozedUntil = &until
	if r.Ticket(k, monday.Add(time.Hour)); k.DueAt != nil || k.Promises.List[0].Paused != desk.PauseSnoozed {
		t.Errorf("snoozed, it is due %v", k.DueAt)
	}
	k.SnoozedUntil = nil
	if r.Ticket(k, until); !k.DueAt.Equal(monday.Add(9 * time.Hour)) {
		t.Errorf("woken, it is due %v", k.DueAt)
	}
	main := desk.NewID()
	k.MergedInto, k.State = &main, desk.TicketClosed
	if ended := r.Ticket(k, until); len(ended) > 0 || k.Promises != nil || k.DueAt != nil {
		t.Errorf("merged, it ended %+v and is due %v", ended, k.DueAt)
	}
}

func TestTicket_Look(t *testing.T) {
	t.Parallel()
	r, k := rules(t), aTicket("no_internet")
	r.Ticket(k, monday)
	at := monday.Add(7 * time.Hour)
	if found := r.LookAtTicket(k, at); len(found) != 1 || found[0].Broken || k.Priority != desk.PriorityHigh {
		t.Fatalf("told %v, priority %s", found, k.Priority)
	}
	r.Ticket(k, at)
	if !k.DueAt.Equal(monday.Add(8 * time.Hour)) {
		t.Errorf("the lift moved the due time to %s", k.DueAt)
	}
	k.AssigneeID = &ana.ID
	late := monday.Add(9 * time.Hour)
	if found := r.LookAtTicket(k, late); len(found) != 1 || !found[0].Broken || k.Priority != desk.PriorityHigh {
		t.Errorf("told %v, priority %s", found, k.Priority)
	}
}

// What the law asks follows the ticket's intent and the figure an admin set.
func TestTicket_LawFollows(t *testing.T) {
	t.Parallel()
	r := rules(t)
	all, err := sla.Countries()
	if err != nil {
		t.Fatal(err)
	}
	r.Country = sla.CountryOf(all, "CL", r.Settings)
	k := aTicket("no_internet")
	rule := func() string {
		r.Ticket(k, monday)
		for _, p := range k.Promises.List {
			if p.Kind == desk.PromiseLegal {
				return p.Rule + " " + p.DueAt.In(r.Zone).Format(time.DateOnly)
			}
		}
		return ""
	}
	if got := rule(); got != "" {
		t.Errorf("a fault is under %s", got)
	}
	k.Intent = "complaint"
	if got := rule(); got != "cl.claim 2026-12-01" {
		t.Errorf("a complaint is under %q", got)
	}
	r.Settings.Deadlines = []sla.Override{{Key: "cl.claim", Value: 11, Unit: sla.BusinessDays, Intents: []string{"complaint"}, Confirmed: true}}
	r.Country = sla.CountryOf(all, "CL", r.Settings)
	if d := r.Country.Deadlines[0]; !d.Own || !d.Confirmed || rule() != "cl.claim 2026-12-10" { // the 8th is a holiday
		t.Errorf("the admin's figure gives %q", rule())
	}
	r.Settings.Deadlines[0].Value = 0
	r.Country = sla.CountryOf(all, "CL", r.Settings)
	if got := rule(); got != "" {
		t.Errorf("an unknown figure gives %q", got)
	}
}
