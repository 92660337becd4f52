package console_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

// vows are the golden desk's promises.
type vows struct{ *fake }

func (w vows) Rules() *sla.Rules { return w.rules }

func (w vows) Countries() []sla.Country {
	all, err := sla.Countries()
	if err != nil {
		panic(err) // a test of package sla reads them
	}
	return all
}

func (w vows) Save(_ context.Context, by desk.Agent, s sla.Settings) error {
	w.pledged = s
	return w.act(fmt.Sprintf("save promises as %s", by.Role))
}

func (f *fake) PromiseSums(context.Context, time.Time, time.Time) ([]desk.PromiseSum, error) {
	return []desk.PromiseSum{{Kind: desk.PromiseFirst, Ended: 214, Kept: 197}, {Kind: desk.PromiseResolution, Ended: 80, Kept: 80}}, nil
}

// promise gives the conversations of people what they were promised when they came.
func (f *fake) promise(t testing.TB) {
	t.Helper()
	s, err := sla.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	all, err := sla.Countries()
	if err != nil {
		t.Fatal(err)
	}
	f.rules = &sla.Rules{Settings: s, Country: sla.CountryOf(all, "AR", s)}
	for i := range f.conversations {
		c := &f.conversations[i]
		came := c.LastAt
		if c.QueuedAt != nil {
			came = *c.QueuedAt
		}
		f.rules.Conversation(c, came)
	}
	for i := range f.ticketRows {
		k := &f.ticketRows[i]
		state := k.State
		k.State = desk.TicketOpen
		f.rules.Ticket(k, k.CreatedAt)
		k.State = state
		f.rules.Ticket(k, k.UpdatedAt)
	}
}
