package promises_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
	"antena/internal/store"
)

func TestSweep_TellsOnceBeforeAndOnceAfter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := w.queued()
		for _, minute := range []int{1, 7, 8, 9, 10, 11, 12, 60} {
			w.at(time.Duration(minute) * time.Minute)
			w.sweep()
		}
		if got, want := w.told(id), []string{"promise_at_risk first_response", "promise_late first_response"}; !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		c := w.conversation(id)
		if c.Owner != desk.OwnerQueue || c.Priority != desk.PriorityUrgent || !c.DueAt.Equal(monday.Add(10*time.Minute)) {
			t.Errorf("owner %s, priority %s, due %s", c.Owner, c.Priority, c.DueAt)
		}
		page, err := w.s.Conversations(t.Context(), desk.ConversationFilter{View: desk.ViewQueue, AtRisk: monday.Add(time.Hour)})
		if err != nil || len(page.Cards) != 1 {
			t.Errorf("%d at risk (%v)", len(page.Cards), err)
		}
	})
}

// Complaint: "the timer of the desk closed my chat while I was talking to somebody".
// Promised: however late we are, for however long, a chat stays open and with whoever
// has it, and the contact hears nothing of our clocks.
func TestScenario_NoClockClosesALiveChat(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := w.queued()
		w.change(id, func(c *desk.Conversation) error { return c.Claim(ana.Actor(), false) })
		before := w.conversation(id)
		for day := range 30 {
			w.at(time.Duration(day) * 24 * time.Hour)
			w.sweep()
		}
		c := w.conversation(id)
		if c.Owner != desk.OwnerAgent || *c.AgentID != ana.ID || c.State != desk.ConversationOpen || c.Version != before.Version {
			t.Fatalf("owner %s, state %s, version %d after %d", c.Owner, c.State, c.Version, before.Version)
		}
		if got := w.told(id); len(got) == 0 || len(got) > 5 {
			t.Errorf("told %q", got)
		}
		if !slices.Equal(w.notified(carla), []desk.NotificationKind{desk.NotifyLate}) || !slices.Equal(w.notified(ana), []desk.NotificationKind{desk.NotifyAtRisk}) {
			t.Errorf("the supervisor was told %v, the agent %v", w.notified(carla), w.notified(ana))
		}
	})
}

func TestSweep_Ticket(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := w.ticket()
		for _, hour := range []int{1, 7, 9, 10} {
			w.at(time.Duration(hour) * time.Hour)
			w.sweep()
		}
		events, err := w.s.TicketEvents(t.Context(), k.ID)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, e := range events {
			lines = append(lines, e.Kind+" "+e.From+">"+e.To)
		}
		want := []string{"promise_at_risk >resolution", "priority normal>high", "promise_late >resolution", "priority high>urgent"}
		if !slices.Equal(lines, want) {
			t.Errorf("history %q, want %q", lines, want)
		}
		after, err := w.s.Ticket(t.Context(), k.ID)
		if err != nil || after.State != desk.TicketNew || after.LookAt == nil {
			t.Errorf("the ticket is %s, looked at %v (%v); the law's deadline is still to come", after.State, after.LookAt, err)
		}
	})
}

// Changed targets reach what lies still, conversations and tickets, and do not count as
// a change of the matter.
func TestSweep_AppliesChangedRules(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := w.ticket()
		w.at(time.Minute)
		w.save(sla.Settings{Share: 50, WindowHours: 3, Targets: []sla.Target{{First: 30, Next: 20, Resolution: 60}}})
		for range 3 {
			w.sweep()
		}
		c := w.conversation(k.ConversationID)
		if !c.DueAt.Equal(monday.Add(30*time.Minute)) || !c.RiskAt.Equal(monday.Add(15*time.Minute)) {
			t.Errorf("the conversation is due %s, at risk %s", c.DueAt, c.RiskAt)
		}
		after, err := w.s.Ticket(t.Context(), k.ID)
		if err != nil || !after.DueAt.Equal(monday.Add(time.Hour)) || !after.UpdatedAt.Equal(k.UpdatedAt) {
			t.Errorf("the ticket is due %v, changed %s (%v)", after.DueAt, after.UpdatedAt, err)
		}
		if err := w.Reload(t.Context()); err != nil || w.Rules().Settings.Share != 50 {
			t.Errorf("read again, the share is %d (%v)", w.Rules().Settings.Share, err)
		}
	})
}

// The clocks move with the row, and how they ended is kept.
func TestStore_KeepsRecords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := w.queued()
		w.at(5 * time.Minute)
		w.change(id, func(c *desk.Conversation) error {
			now := *w.now.Load()
			if err := c.Claim(ana.Actor(), false); err != nil {
				return err
			}
			c.Say(&desk.Message{Direction: desk.Outbound, Author: desk.ByAgent, Kind: desk.KindText, Text: "olá", CreatedAt: now}, now)
			return nil
		})
		w.at(9 * time.Hour)
		w.change(id, func(c *desk.Conversation) error { return c.Close(desk.NewID()) })
		sums, err := w.s.PromiseSums(t.Context(), monday, monday.Add(24*time.Hour))
		want := []desk.PromiseSum{{Kind: desk.PromiseFirst, Ended: 1, Kept: 1}, {Kind: desk.PromiseResolution, Ended: 1}}
		if err != nil || !slices.Equal(sums, want) {
			t.Errorf("%+v, want %+v (%v)", sums, want, err)
		}
		if c := w.conversation(id); c.Promises != nil || c.DueAt != nil || c.RiskAt != nil || c.LookAt != nil {
			t.Errorf("a closed conversation still promises %+v", c.Promises)
		}
	})
}

func TestSave(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		good := w.Rules().Settings
		for _, role := range []desk.Role{desk.RoleAgent, desk.RoleSupervisor, desk.RoleAuditor} {
			if err := w.Save(t.Context(), desk.Agent{ID: desk.NewID(), Role: role, Active: true}, good); !errors.Is(err, desk.ErrForbidden) {
				t.Errorf("%s: %v", role, err)
			}
		}
		bad := good
		bad.Deadlines = []sla.Override{{Key: "xx.none", Value: 1, Unit: sla.Hours}}
		if err := w.Save(t.Context(), diego, bad); err == nil {
			t.Error("a deadline nobody knows was kept")
		}
		good.Deadlines = []sla.Override{{Key: "br.demand", Value: 5, Unit: sla.BusinessDays, Intents: []string{"*"}, Confirmed: true}}
		w.save(good)
		if d := w.Rules().Country.Deadlines[0]; d.Value != 5 || !d.Own {
			t.Errorf("in force is %+v", d)
		}
		if all := w.Countries(); len(all) < 7 || all[0].Deadlines[0].Value != 7 {
			t.Errorf("countries %+v", all)
		}
		w.do(func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, sla.Setting, sla.Settings{}) })
		if err := w.Reload(t.Context()); err == nil || w.Rules().Settings.Share != good.Share {
			t.Errorf("settings that cannot be are in force (%v)", err)
		}
	})
}
