package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// inView makes a conversation as a view shows it.
func inView(t *testing.T, s *store.Store, change func(c *desk.Conversation)) uuid.UUID {
	t.Helper()
	c := aConversation(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		held, err := tx.LockConversation(ctx, c.ID)
		if err != nil {
			return err
		}
		change(held)
		return tx.SaveConversation(ctx, held)
	})
	return c.ID
}

// pages reads a view page by page and returns the ids in their order.
func pages(t *testing.T, s *store.Store, f desk.ConversationFilter) (all []uuid.UUID) {
	t.Helper()
	for {
		page := must[desk.ConversationPage](t)(s.Conversations(t.Context(), f))
		if len(page.Cards) > f.Limit && f.Limit > 0 {
			t.Fatalf("a page of %d, the limit is %d", len(page.Cards), f.Limit)
		}
		for _, card := range page.Cards {
			all = append(all, card.Conversation.ID)
		}
		if page.Next == "" {
			return all
		}
		f.After = page.Next
	}
}

func TestConversations_ViewsAndPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		me, other := anAgent(t, s), anAgent(t, s)
		want := map[desk.View][]uuid.UUID{}
		add := func(v desk.View, change func(c *desk.Conversation)) {
			want[v] = append(want[v], inView(t, s, change))
		}
		for i := range 5 { // the newest first; two share a moment
			at := noon.Add(-time.Duration(i/2) * time.Minute)
			add(desk.ViewAssistant, func(c *desk.Conversation) { c.LastAt = at })
			add(desk.ViewMine, func(c *desk.Conversation) { c.Owner, c.AgentID, c.LastAt = desk.OwnerAgent, &me.ID, at })
			add(desk.ViewSnoozed, func(c *desk.Conversation) { c.State, c.LastAt = desk.ConversationSnoozed, at })
			add(desk.ViewClosed, func(c *desk.Conversation) { c.State, c.LastAt = desk.ConversationClosed, at })
		}
		inView(t, s, func(c *desk.Conversation) { c.Owner, c.AgentID = desk.OwnerAgent, &other.ID })
		for i, p := range []desk.Priority{desk.PriorityUrgent, desk.PriorityHigh, desk.PriorityNormal, "", desk.PriorityLow} {
			at := noon.Add(time.Duration(i) * time.Minute)
			for wait := range 2 {
				queued := at.Add(time.Duration(wait) * time.Second)
				add(desk.ViewQueue, func(c *desk.Conversation) {
					c.Owner, c.Priority, c.QueuedAt, c.Team = desk.OwnerQueue, p, &queued, desk.TeamBilling
				})
			}
		}
		for view, ids := range want {
			got := pages(t, s, desk.ConversationFilter{View: view, Agent: me.ID, Limit: 2})
			if view != desk.ViewQueue { // of one moment, the later id first
				for i := 0; i+1 < len(ids); i += 2 {
					ids[i], ids[i+1] = ids[i+1], ids[i]
				}
			}
			if !slices.Equal(got, ids) {
				t.Errorf("%s:\n got %v\nwant %v", view, got, ids)
			}
		}
		counts := must[desk.Counts](t)(s.Counts(t.Context())).For(me.ID)
		same(t, "counts", counts, map[desk.View]int{desk.ViewMine: 5, desk.ViewQueue: 10, desk.ViewRisk: 0, desk.ViewWaiting: 16, desk.ViewAssistant: 5, desk.ViewAll: 21, desk.ViewSnoozed: 5, desk.ViewClosed: 5})
		if n := len(pages(t, s, desk.ConversationFilter{View: desk.ViewAll, Team: desk.TeamBilling})); n != 10 {
			t.Errorf("%d of the billing team, want 10", n)
		}
	})
}

func TestLists_RefuseForgedCursors(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	for _, after := range []string{"x", "!!", "MSAyIDM", "MSAyIDMgNA"} {
		if _, err := s.Conversations(t.Context(), desk.ConversationFilter{After: after}); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("conversations after %q: %v", after, err)
		}
		if _, err := s.Tickets(t.Context(), desk.TicketFilter{After: after}); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("tickets after %q: %v", after, err)
		}
	}
}

func TestTickets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, d, agent := aConversation(t, s), aConversation(t, s), anAgent(t, s)
		var live []uuid.UUID
		for i := range 5 {
			k := aTicket(t, s, c, func(k *desk.Ticket) {
				k.UpdatedAt, k.Subject = noon.Add(-time.Duration(i)*time.Minute), fmt.Sprint("Factura ", i)
			})
			live = append(live, k.ID)
		}
		closed := aTicket(t, s, d, func(k *desk.Ticket) {
			k.State, k.AssigneeID, k.Team, k.UpdatedAt = desk.TicketClosed, &agent.ID, desk.TeamSales, noon.Add(-time.Hour)
		})
		for name, f := range map[string]struct {
			desk.TicketFilter
			want []uuid.UUID
		}{
			"live":      {desk.TicketFilter{Limit: 2}, live},
			"all":       {desk.TicketFilter{State: "all", Limit: 4}, append(slices.Clone(live), closed.ID)},
			"state":     {desk.TicketFilter{State: desk.TicketClosed}, []uuid.UUID{closed.ID}},
			"assignee":  {desk.TicketFilter{State: "all", Assignee: agent.ID}, []uuid.UUID{closed.ID}},
			"contact":   {desk.TicketFilter{State: "all", Contact: d.ContactID}, []uuid.UUID{closed.ID}},
			"team":      {desk.TicketFilter{State: "all", Team: desk.TeamSales}, []uuid.UUID{closed.ID}},
			"subject":   {desk.TicketFilter{Search: "factura 3"}, live[3:4]},
			"protocol":  {desk.TicketFilter{State: "all", Search: closed.Protocol}, []uuid.UUID{closed.ID}},
			"live only": {desk.TicketFilter{Search: closed.Protocol}, nil},
		} {
			var got []uuid.UUID
			for {
				page := must[desk.TicketPage](t)(s.Tickets(t.Context(), f.TicketFilter))
				for _, card := range page.Cards {
					got = append(got, card.Ticket.ID)
				}
				if f.After = page.Next; page.Next == "" {
					break
				}
			}
			if !slices.Equal(got, f.want) {
				t.Errorf("%s: got %v, want %v", name, got, f.want)
			}
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			found, err := tx.LiveTickets(ctx, c.ID)
			if len(found) != 5 || found[0].ID != live[0] {
				t.Errorf("%d live tickets of the conversation", len(found))
			}
			return err
		})
	})
}

func TestMessages_Pages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, other := aConversation(t, s), aConversation(t, s)
		var all []uuid.UUID
		for i := range 7 {
			all = append(all, say(t, s, c, desk.Inbound, fmt.Sprint(i)).ID)
			say(t, s, other, desk.Inbound, "x")
		}
		var got []uuid.UUID
		for before, more := uuid.Nil, true; more; {
			page := must[desk.MessagePage](t)(s.Messages(t.Context(), c.ID, before, 3))
			var ids []uuid.UUID
			for _, m := range page.Messages {
				ids = append(ids, m.ID)
			}
			got, before, more = append(ids, got...), ids[0], page.Earlier
		}
		if !slices.Equal(got, all) {
			t.Errorf("got %v\nwant %v", got, all)
		}
	})
}
