package upkeep_test

import (
	"context"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
)

// A ticket put off comes back when its time has come, and its agent is told once.
func TestSweep_WakesTickets(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		conv := w.conv(w.conversation(func(*desk.Conversation) {}))
		agent := desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Active: true, CreatedAt: noon, UpdatedAt: noon}
		until := noon.Add(time.Hour)
		k := desk.Ticket{ID: desk.NewID(), Protocol: "1", ContactID: conv.ContactID, ConversationID: conv.ID, State: desk.TicketOpen, AssigneeID: &agent.ID, SnoozedUntil: &until, CreatedAt: noon, UpdatedAt: noon}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.AddAgent(ctx, &agent); err != nil {
				return err
			}
			return tx.AddTicket(ctx, &k)
		})
		for _, step := range []struct {
			at           time.Duration
			asleep, told int
		}{{0, 1, 0}, {time.Hour, 0, 1}, {2 * time.Hour, 0, 1}} {
			w.now = noon.Add(step.at)
			w.sweep()
			asleep, err := w.store.Tickets(w.t.Context(), desk.TicketFilter{State: desk.TicketSnoozed})
			if err != nil {
				w.t.Fatal(err)
			}
			told, err := w.store.Notifications(w.t.Context(), agent.ID, "", 10)
			if err != nil {
				w.t.Fatal(err)
			}
			if len(asleep.Cards) != step.asleep || len(told.Rows) != step.told {
				w.t.Errorf("after %s: %d asleep, %d told", step.at, len(asleep.Cards), len(told.Rows))
			}
		}
		if events, err := w.store.TicketEvents(w.t.Context(), k.ID); err != nil || len(events) != 1 || events[0].Kind != "woke" {
			w.t.Errorf("%+v: %v", events, err)
		}
	})
}
