package desk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

var ticketStates = []desk.TicketState{
	desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketWaitingThird, desk.TicketResolved, desk.TicketClosed,
}

// TestTicket_EveryVerbInEveryState holds the whole matrix: what a verb makes of
// each state; a missing entry is desk.ErrTransition and changes nothing.
func TestTicket_EveryVerbInEveryState(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	to := uuid.New()
	live := ticketStates[:4]
	all := func(states []desk.TicketState, want desk.TicketState) map[desk.TicketState]desk.TicketState {
		m := map[desk.TicketState]desk.TicketState{}
		for _, s := range states {
			m[s] = want
		}
		return m
	}
	verbs := map[string]struct {
		do   func(*desk.Ticket) error
		want map[desk.TicketState]desk.TicketState
	}{
		"start": {func(k *desk.Ticket) error { return k.Start(later) },
			all([]desk.TicketState{desk.TicketNew, desk.TicketWaitingCustomer, desk.TicketWaitingThird}, desk.TicketOpen)},
		"wait for the customer": {func(k *desk.Ticket) error { return k.WaitForCustomer(later) }, all(live, desk.TicketWaitingCustomer)},
		"wait for a third":      {func(k *desk.Ticket) error { return k.WaitForThirdParty(later) }, all(live, desk.TicketWaitingThird)},
		"resolve":               {func(k *desk.Ticket) error { return k.Resolve("done", later) }, all(live, desk.TicketResolved)},
		"close":                 {func(k *desk.Ticket) error { return k.Close(later) }, map[desk.TicketState]desk.TicketState{desk.TicketResolved: desk.TicketClosed}},
		"reopen": {func(k *desk.Ticket) error { return k.Reopen(later) },
			all([]desk.TicketState{desk.TicketResolved, desk.TicketClosed}, desk.TicketOpen)},
		"assign": {func(k *desk.Ticket) error { return k.Assign(&to, later) }, map[desk.TicketState]desk.TicketState{
			desk.TicketNew: desk.TicketOpen, desk.TicketOpen: desk.TicketOpen,
			desk.TicketWaitingCustomer: desk.TicketWaitingCustomer, desk.TicketWaitingThird: desk.TicketWaitingThird}},
		"unassign": {func(k *desk.Ticket) error { return k.Assign(nil, later) }, map[desk.TicketState]desk.TicketState{
			desk.TicketNew: desk.TicketNew, desk.TicketOpen: desk.TicketOpen,
			desk.TicketWaitingCustomer: desk.TicketWaitingCustomer, desk.TicketWaitingThird: desk.TicketWaitingThird}},
		"hear": {func(k *desk.Ticket) error { k.Hear(later); return nil }, map[desk.TicketState]desk.TicketState{
			desk.TicketNew: desk.TicketNew, desk.TicketOpen: desk.TicketOpen, desk.TicketWaitingCustomer: desk.TicketOpen,
			desk.TicketWaitingThird: desk.TicketWaitingThird, desk.TicketResolved: desk.TicketResolved, desk.TicketClosed: desk.TicketClosed}},
	}
	for name, v := range verbs {
		for _, from := range ticketStates {
			t.Run(fmt.Sprintf("%s when %s", name, from), func(t *testing.T) {
				t.Parallel()
				k := aTicket(from)
				before := k
				err := v.do(&k)
				want, possible := v.want[from]
				if !possible {
					if !errors.Is(err, desk.ErrTransition) || k.State != from || k.UpdatedAt != before.UpdatedAt || k.ResolvedAt != before.ResolvedAt {
						t.Errorf("got %v and %+v", err, k)
					}
					return
				}
				if err != nil || k.State != want || k.UpdatedAt != later {
					t.Errorf("got %v, %s at %v; want %s", err, k.State, k.UpdatedAt, want)
				}
				if (k.ResolvedAt != nil) == k.State.Live() || (k.ClosedAt != nil) != (k.State == desk.TicketClosed) {
					t.Errorf("%s with resolved %v and closed %v", k.State, k.ResolvedAt, k.ClosedAt)
				}
			})
		}
	}
}

func aTicket(state desk.TicketState) desk.Ticket {
	k := desk.Ticket{ID: desk.NewID(), State: state, CreatedAt: noon, UpdatedAt: noon}
	if !state.Live() {
		k.ResolvedAt = ptr(noon)
	}
	if state == desk.TicketClosed {
		k.ClosedAt = ptr(noon)
	}
	return k
}

func TestTicket_ReopenWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		after time.Duration
		want  error
	}{
		{0, nil}, {desk.ReopenWindow - time.Microsecond, nil}, {desk.ReopenWindow, nil},
		{desk.ReopenWindow + time.Microsecond, desk.ErrReopenTooLate}, {365 * 24 * time.Hour, desk.ErrReopenTooLate},
	} {
		for _, state := range []desk.TicketState{desk.TicketResolved, desk.TicketClosed} {
			k := aTicket(state)
			if got := k.Reopenable(noon.Add(c.after)); got != (c.want == nil) {
				t.Errorf("%s after %v: reopenable %v", state, c.after, got)
			}
			if err := k.Reopen(noon.Add(c.after)); !errors.Is(err, c.want) {
				t.Errorf("%s after %v: %v, want %v", state, c.after, err, c.want)
			}
			if (k.State == desk.TicketOpen) != (c.want == nil) {
				t.Errorf("%s after %v: now %s", state, c.after, k.State)
			}
		}
	}
	for _, s := range ticketStates[:4] {
		if k := aTicket(s); k.Reopenable(noon) {
			t.Errorf("a ticket that is %s can be reopened", s)
		}
	}
}

// What was said when it was resolved is no longer true of a ticket at work.
func TestTicket_ReopenForgetsTheOutcome(t *testing.T) {
	t.Parallel()
	k := aTicket(desk.TicketOpen)
	if err := k.Resolve("cable changed", noon); err != nil {
		t.Fatal(err)
	}
	if err := k.Reopen(noon.Add(time.Hour)); err != nil || k.Outcome != "" {
		t.Errorf("outcome %q, %v", k.Outcome, err)
	}
}

func TestTicketState_Live(t *testing.T) {
	t.Parallel()
	for i, s := range ticketStates {
		if s.Live() != (i < 4) {
			t.Errorf("%s: %v", s, s.Live())
		}
	}
}
