package agents_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
)

func (w *world) read(id uuid.UUID) desk.Ticket {
	w.t.Helper()
	k, err := w.store.Ticket(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return *k
}

func (w *world) tied(id uuid.UUID) *desk.Tied {
	w.t.Helper()
	k := w.read(id)
	tied, err := w.store.Tied(w.t.Context(), &k)
	if err != nil {
		w.t.Fatal(err)
	}
	return tied
}

func protocols(all []desk.Ticket) (names []string) {
	for i := range all {
		names = append(names, all[i].Protocol)
	}
	return names
}

// heard puts a message of the contact into a ticket's history.
func (w *world) heard(k desk.Ticket, m desk.Message) {
	w.t.Helper()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		return tx.AddTicketEvents(ctx, desk.TicketEvent{ID: desk.NewID(), TicketID: k.ID, Author: desk.ByContact, Kind: "message", MessageID: &m.ID, CreatedAt: noon})
	})
}

// TestMerge: all that hangs on the duplicate moves, and its number leads to the other.
func TestMerge(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		conv := w.conversation("ana")
		main, gone, part, friend, earlier := w.ticket(conv, desk.TicketOpen), w.ticket(conv, desk.TicketNew), w.ticket(conv, desk.TicketNew), w.ticket(conv, desk.TicketNew), w.ticket(conv, desk.TicketNew)
		m := w.say(conv, nil)
		w.heard(gone, m)
		for i, err := range []error{
			w.desk.TicketMerge(ctx, ana, earlier.ID, gone.ID), w.desk.TicketParent(ctx, ana, part.ID, &gone.ID), w.desk.TicketLink(ctx, ana, gone.ID, friend.ID, false),
			w.desk.TicketLink(ctx, ana, gone.ID, main.ID, false), w.desk.Watch(ctx, w.team["eva"], gone.ID, true), w.desk.Tag(ctx, ana, desk.SubjectTicket, gone.ID, "Fibra"),
			w.desk.TicketPriority(ctx, ana, gone.ID, desk.PriorityUrgent), w.desk.TicketMerge(ctx, ana, gone.ID, main.ID),
		} {
			if err != nil {
				w.t.Fatalf("step %d: %v", i, err)
			}
		}
		if k := w.read(gone.ID); k.State != desk.TicketClosed || k.MergedInto == nil || *k.MergedInto != main.ID || w.history(gone.ID) != "merged >"+main.Protocol+" by ana" {
			w.t.Errorf("the duplicate is %+v: %s", k, w.history(gone.ID))
		}
		tied := w.tied(main.ID)
		for what, got := range map[string][2]string{
			"parts": {fmt.Sprint(protocols(tied.Children)), fmt.Sprint([]string{part.Protocol})}, "links": {fmt.Sprint(protocols(tied.Links)), fmt.Sprint([]string{friend.Protocol})},
			"duplicates": {fmt.Sprint(protocols(tied.Merged)), fmt.Sprint([]string{gone.Protocol, earlier.Protocol})},
			"watchers":   {fmt.Sprint(len(tied.Watchers), tied.Watchers[0].Unread), "1 true"}, "tags": {tied.Tags[0].Name, "Fibra"}, "priority": {string(w.read(main.ID).Priority), "urgent"},
		} {
			if got[0] != got[1] {
				w.t.Errorf("%s: %s, want %s", what, got[0], got[1])
			}
		}
		if got := w.history(main.ID); !strings.Contains(got, "absorbed "+gone.Protocol+"> by ana") || !strings.Contains(got, "message") {
			w.t.Errorf("history: %s", got)
		}
		for want, err := range map[string]error{
			"merged": w.desk.TicketMerge(ctx, ana, gone.ID, friend.ID), "invalid": w.desk.TicketMerge(ctx, ana, main.ID, main.ID), "forbidden": w.desk.TicketMerge(ctx, w.team["otto"], friend.ID, main.ID),
			"other_contact": w.desk.TicketMerge(ctx, ana, w.ticket(w.conversation("ana"), desk.TicketNew).ID, main.ID), "not_found": w.desk.TicketMerge(ctx, ana, desk.NewID(), main.ID),
			"transition": w.desk.TicketMerge(ctx, ana, friend.ID, w.ticket(conv, desk.TicketResolved).ID),
		} {
			if code(err) != want {
				w.t.Errorf("got %v, want %s", err, want)
			}
		}
		if got := code(w.desk.TicketReopen(ctx, ana, gone.ID)); got != "merged" {
			w.t.Errorf("reopening a duplicate: %s", got)
		}
	})
}

// race runs acts at once and counts how many succeeded.
func race(t *testing.T, acts ...func() error) (won int) {
	t.Helper()
	var all sync.WaitGroup
	errs := make([]error, len(acts))
	for i, act := range acts {
		all.Go(func() { errs[i] = act() })
	}
	all.Wait()
	for _, err := range errs {
		switch code(err) {
		case "ok":
			won++
		case "merged", "two_floors", "transition":
		default:
			t.Errorf("an act failed oddly: %v", err)
		}
	}
	return won
}

// Of merges that cross, a chain of them and a circle of parents at once, what is left
// leads nowhere twice.
func TestTies_Race(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, eva := w.t.Context(), w.team["ana"], w.team["eva"]
		conv := w.conversation("ana")
		for range 6 {
			a, b, c := w.ticket(conv, desk.TicketOpen).ID, w.ticket(conv, desk.TicketOpen).ID, w.ticket(conv, desk.TicketOpen).ID
			if won := race(w.t, func() error { return w.desk.TicketMerge(ctx, ana, a, b) }, func() error { return w.desk.TicketMerge(ctx, eva, b, a) }); won != 1 {
				w.t.Errorf("of two merges that cross %d happened", won)
			}
			d, e := w.ticket(conv, desk.TicketOpen).ID, w.ticket(conv, desk.TicketOpen).ID
			race(w.t, func() error { return w.desk.TicketMerge(ctx, ana, c, d) }, func() error { return w.desk.TicketMerge(ctx, eva, d, e) })
			for _, id := range []uuid.UUID{a, b, c, d, e} {
				if k := w.read(id); k.MergedInto != nil && w.read(*k.MergedInto).MergedInto != nil {
					w.t.Error("a merged ticket leads to one that was merged itself")
				}
			}
			x, y, z := w.ticket(conv, desk.TicketOpen).ID, w.ticket(conv, desk.TicketOpen).ID, w.ticket(conv, desk.TicketOpen).ID
			if won := race(w.t, func() error { return w.desk.TicketParent(ctx, ana, x, &y) }, func() error { return w.desk.TicketParent(ctx, ana, y, &z) }, func() error { return w.desk.TicketParent(ctx, eva, z, &x) }); won != 1 {
				w.t.Errorf("of a circle of three %d happened", won)
			}
		}
	})
}

func TestSplit(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		conv := w.conversation("ana")
		old := w.ticket(conv, desk.TicketOpen)
		moved, stays, foreign := w.say(conv, nil), w.say(conv, nil), w.say(w.conversation("ana"), nil)
		w.heard(old, moved)
		w.heard(old, stays)
		id, err := w.desk.TicketSplit(ctx, ana, old.ID, " La  factura ", []uuid.UUID{moved.ID, moved.ID})
		if err != nil {
			w.t.Fatal(err)
		}
		fresh := w.read(id)
		if fresh.Subject != "La factura" || fresh.ContactID != conv.ContactID || fresh.Protocol == old.Protocol || fresh.Protocol == "" || fresh.Intent != old.Intent {
			w.t.Errorf("got %+v", fresh)
		}
		if got, want := w.history(id), "opened >new by ana; split "+old.Protocol+"> by ana; message"; got != want {
			w.t.Errorf("the new one: %s, want %s", got, want)
		}
		if got, want := w.history(old.ID), "message; split >"+fresh.Protocol+" by ana"; got != want {
			w.t.Errorf("the old one: %s, want %s", got, want)
		}
		if tied := w.tied(old.ID); len(tied.Links) != 1 || tied.Links[0].ID != id {
			w.t.Errorf("links: %v", protocols(tied.Links))
		}
		for want, messages := range map[string][]uuid.UUID{"invalid": {foreign.ID}, "invalid ": nil, " invalid": make([]uuid.UUID, desk.MaxSplit+1)} {
			if _, err := w.desk.TicketSplit(ctx, ana, old.ID, "x", messages); code(err) != strings.TrimSpace(want) {
				w.t.Errorf("got %v, want %s", err, want)
			}
		}
	})
}

func TestParts(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		incident, first, second, apart := w.ticket(w.conversation("ana"), desk.TicketOpen), w.ticket(w.conversation("ana"), desk.TicketNew), w.ticket(w.conversation("eva"), desk.TicketResolved), w.ticket(w.conversation("eva"), desk.TicketNew)
		for i, c := range []struct {
			child, parent desk.Ticket
			want          string
		}{{first, incident, "ok"}, {second, incident, "ok"}, {incident, apart, "two_floors"}, {apart, first, "two_floors"}, {incident, incident, "invalid"}} {
			if got := code(w.desk.TicketParent(ctx, ana, c.child.ID, &c.parent.ID)); got != c.want {
				w.t.Errorf("step %d: %s, want %s", i, got, c.want)
			}
		}
		if err := w.desk.TicketResolveAll(ctx, ana, incident.ID, "fibra reparada"); err != nil {
			w.t.Fatal(err)
		}
		for _, id := range []uuid.UUID{incident.ID, first.ID} {
			if k := w.read(id); k.State != desk.TicketResolved || k.Outcome != "fibra reparada" {
				w.t.Errorf("got %+v", k)
			}
		}
		if got := w.history(second.ID); strings.Contains(got, "fibra") {
			w.t.Errorf("what was resolved before was touched: %s", got)
		}
		if err := w.desk.TicketParent(ctx, ana, first.ID, nil); err != nil || w.read(first.ID).ParentID != nil {
			w.t.Errorf("still a part: %v", err)
		}
		if err := w.desk.TicketLink(ctx, ana, apart.ID, first.ID, false); err != nil || len(w.tied(first.ID).Links) != 1 {
			w.t.Errorf("a link shows at one end only: %v", err)
		}
		if err := w.desk.TicketLink(ctx, ana, first.ID, apart.ID, true); err != nil || len(w.tied(apart.ID).Links) != 0 {
			w.t.Errorf("the link stays: %v", err)
		}
	})
}

func TestSnoozeAndReceipt(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		conv := w.conversation("ana")
		k := w.ticket(conv, desk.TicketOpen)
		for i, c := range []struct {
			err  error
			want string
		}{
			{w.desk.TicketSnooze(ctx, ana, k.ID, noon), "invalid"}, {w.desk.TicketSnooze(ctx, ana, k.ID, noon.Add(91*24*time.Hour)), "invalid"},
			{w.desk.TicketWake(ctx, ana, k.ID), "transition"}, {w.desk.TicketSnooze(ctx, ana, k.ID, noon.Add(time.Hour)), "ok"},
			{w.desk.TicketReceipt(ctx, w.team["eva"], k.ID), "not_holder"}, {w.desk.TicketReceipt(ctx, ana, k.ID), "ok"}, {w.desk.TicketReceipt(ctx, ana, k.ID), "transition"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("step %d: %s, want %s", i, got, c.want)
			}
		}
		if due, err := w.store.TicketsToWake(ctx, noon.Add(time.Hour), 5); err != nil || len(due) != 1 {
			w.t.Errorf("%v: %v", due, err)
		}
		if live, err := w.store.Tickets(ctx, desk.TicketFilter{Contact: conv.ContactID}); err != nil || len(live.Cards) != 0 {
			w.t.Errorf("a snoozed ticket is in sight: %v", err)
		}
		if out, err := w.store.Tickets(ctx, desk.TicketFilter{Contact: conv.ContactID, State: desk.TicketSnoozed}); err != nil || len(out.Cards) != 1 {
			w.t.Errorf("a snoozed ticket is nowhere: %v", err)
		}
		said := 0
		for _, m := range w.thread(conv.ID) {
			if m.Text == "nro "+k.Protocol {
				said++
			}
		}
		if said != 1 || w.read(k.ID).ReceiptAt == nil || w.jobs("send") != 1 {
			w.t.Errorf("the number was said %d times, %d sends", said, w.jobs("send"))
		}
	})
}
