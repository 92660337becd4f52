package rota_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
)

// Eight replicas give fifty conversations to ten agents at once: nobody is given more
// than they can hold, nothing is given twice, and in the end all that could be is.
func TestRun_ManyAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		w.team(desk.TeamBilling, func(team *desk.TeamInfo) { team.Method = desk.MethodRound })
		var staff []desk.Agent
		for n := range 10 {
			staff = append(staff, w.works(fmt.Sprintf("agent%d", n), 4, desk.TeamBilling))
		}
		var all []desk.Conversation
		for range 50 {
			all = append(all, w.waits(desk.TeamBilling, nil))
		}
		var group sync.WaitGroup
		for range 8 {
			r := w.another()
			group.Go(func() {
				for again := true; again; {
					var err error
					if again, err = r.Run(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		held := map[uuid.UUID]int{}
		for _, c := range all {
			now := w.conversation(c.ID)
			given := slices.DeleteFunc(w.notices(c.ID), func(s string) bool { return s[:6] != "routed" })
			if now.Owner == desk.OwnerQueue && len(given) == 0 {
				continue
			}
			if now.Owner != desk.OwnerAgent || len(given) != 1 || now.Version != c.Version+1 {
				t.Fatalf("%s version %d after %d, given %v", now.Owner, now.Version, c.Version, given)
			}
			held[*now.AgentID]++
			if now.Unread != 1 {
				t.Errorf("unread %d: it looks as though somebody had looked", now.Unread)
			}
		}
		for _, a := range staff {
			if held[a.ID] != 4 {
				t.Errorf("%s holds %d of 4", a.Name, held[a.ID])
			}
		}
	})
}

func TestRun_KeepsWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		w.team(desk.TeamSales, func(team *desk.TeamInfo) { team.Method = desk.MethodLeast })
		w.works("ana", 5, desk.TeamSales)
		c := w.waits(desk.TeamSales, nil)
		say := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "te paso", Status: desk.StatusQueued, CreatedAt: w.now()}
		w.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &say); return err })
		if !w.run() || w.holder(c.ID) != "queue sales" {
			t.Fatalf("given to %s before the words were said", w.holder(c.ID))
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			m, err := tx.LockMessage(ctx, say.ID)
			if err != nil {
				return err
			}
			m.Advance(desk.StatusSent, w.now())
			return tx.SaveMessage(ctx, m)
		})
		if w.run() || w.holder(c.ID) != "ana" {
			t.Errorf("it is %s's after the words were said", w.holder(c.ID))
		}
		waits, err := w.store.Queue(t.Context(), desk.TeamSales, desk.PriorityNormal, monday.Add(-time.Hour), 10)
		if err != nil || len(waits.Recent) != 1 || waits.Ahead != 0 {
			t.Errorf("%+v, %v", waits, err)
		}
	})
}

func TestRun_WhatWaitsTooLong(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		w.team(desk.TeamSales, func(team *desk.TeamInfo) {
			team.Overflow, team.OverflowAfter, team.RaiseAfter = desk.TeamSupport, 10, 5
		})
		w.team(desk.TeamSupport, func(team *desk.TeamInfo) { team.Method = desk.MethodRound })
		c := w.waits(desk.TeamSales, nil)
		w.works("ana", 5, desk.TeamSupport)
		w.later(5 * time.Minute)
		w.run()
		w.run()
		if got := w.notices(c.ID); !slices.Equal(got, []string{"raised sales"}) {
			t.Fatalf("after five minutes: %v", got)
		}
		alerts, err := w.store.OpenAlerts(t.Context(), desk.AlertUnclaimed)
		if err != nil || len(alerts) != 1 || alerts[0].Subject != "sales" || alerts[0].Count != 1 {
			t.Fatalf("alerts %+v, %v", alerts, err)
		}
		w.later(5 * time.Minute)
		w.must(w.rota.Moved(t.Context(), w.people("ana")))
		w.run()
		if got := w.notices(c.ID); !slices.Equal(got, []string{"raised sales", "overflowed support", "routed ana"}) {
			t.Errorf("after ten minutes: %v", got)
		}
		w.run()
		if alerts, err := w.store.OpenAlerts(t.Context(), desk.AlertUnclaimed); err != nil || len(alerts) != 0 {
			t.Errorf("an alert goes on after its cause: %+v, %v", alerts, err)
		}
	})
}

// An agent who lets a contact wait loses the conversation to another, and is not
// given it again; one who answered keeps it.
func TestRun_SilentAgent(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		w.team(desk.TeamSales, func(team *desk.TeamInfo) { team.Method, team.SilentAfter, team.RaiseAfter = desk.MethodRound, 10, 0 })
		ana := w.works("ana", 5, desk.TeamSales)
		silent, answered := w.waits(desk.TeamSales, nil), w.waits(desk.TeamSales, nil)
		w.run()
		w.do(func(ctx context.Context, tx *store.Tx) error {
			conv, err := tx.LockConversation(ctx, answered.ID)
			if err != nil {
				return err
			}
			m := desk.Message{ID: desk.NewID(), ConversationID: conv.ID, Channel: "100", Direction: desk.Outbound, Author: desk.ByAgent, AgentID: &ana.ID, Kind: desk.KindText, Text: "hola", Status: desk.StatusQueued, CreatedAt: w.now()}
			if _, err := tx.AddMessage(ctx, &m); err != nil {
				return err
			}
			conv.Say(&m, w.now())
			return tx.SaveConversation(ctx, conv)
		})
		w.later(10*time.Minute + time.Second)
		w.must(w.rota.Moved(t.Context(), ana))
		w.run()
		if got := w.notices(silent.ID); !slices.Equal(got, []string{"routed ana", "agent_silent ana"}) || w.holder(silent.ID) != "queue sales" {
			t.Fatalf("%v, and it is in %s", got, w.holder(silent.ID))
		}
		if got := w.conversation(silent.ID); got.QueuedAt == nil || !got.QueuedAt.Equal(monday) {
			t.Errorf("it waits since %v, the contact since %s", got.QueuedAt, monday)
		}
		if w.holder(answered.ID) != "ana" {
			t.Errorf("what was answered is in %s", w.holder(answered.ID))
		}
		w.works("eva", 5, desk.TeamSales)
		w.run()
		if w.holder(silent.ID) != "eva" {
			t.Errorf("it went to %s", w.holder(silent.ID))
		}
	})
}

// people finds an agent by name.
func (w *world) people(name string) desk.Agent {
	w.t.Helper()
	all, err := w.store.Agents(w.t.Context())
	w.must(err)
	for _, a := range all {
		if a.Name == name {
			return a
		}
	}
	w.t.Fatalf("nobody is called %s", name)
	return desk.Agent{}
}
