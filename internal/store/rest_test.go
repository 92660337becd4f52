package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func TestEvents_AreUsedOnceAndForgottenLater(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var events []desk.Event
		var all []uuid.UUID
		for i := range 5 {
			e := desk.Event{ID: desk.NewID(), Key: fmt.Sprint(9 - i), Kind: "text", Raw: []byte{0, 255}, ReceivedAt: noon}
			events, all = append(events, e), append(all, e.ID)
		}
		add := func(want int) {
			t.Helper()
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				fresh, err := tx.AddEvents(ctx, events)
				if len(fresh) != want {
					t.Errorf("%d fresh, want %d", len(fresh), want)
				}
				return err
			})
		}
		left := func(want ...uuid.UUID) {
			t.Helper()
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				found, err := tx.Events(ctx, all)
				var ids []uuid.UUID
				for _, e := range found {
					ids = append(ids, e.ID)
				}
				same(t, "events to use", ids, want)
				return err
			})
		}
		add(5)
		add(0)
		left(all...)
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.FinishEvents(ctx, all[:2], noon), tx.FinishEvents(ctx, nil, noon), tx.FailEvent(ctx, all[2], "why", noon.Add(time.Hour)))
		})
		left(all[3:]...)
		add(0) // used ones are still known
		if n := must[int](t)(s.DeleteEvents(t.Context(), noon.Add(time.Minute), 1)); n != 1 {
			t.Errorf("%d forgotten, the limit is 1", n)
		}
		if n := must[int](t)(s.DeleteEvents(t.Context(), noon.Add(time.Minute), 100)); n != 1 {
			t.Errorf("%d forgotten, want 1", n)
		}
		add(2)
	})
}

func TestAlerts_CountInsteadOfPilingUp(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			now := noon
			s := storetest.Open(t, dialect, func() time.Time { return now })
			raise := func(kind, subject, detail string) {
				do(t, s, func(ctx context.Context, tx *store.Tx) error {
					return tx.RaiseAlert(ctx, desk.Alert{Kind: kind, Subject: subject, Detail: detail, Severity: desk.SeverityError})
				})
				now = now.Add(time.Minute)
			}
			raise("k", "1", "first")
			raise("k", "1", "second")
			raise("k", "2", "other")
			alerts := must[[]desk.Alert](t)(s.Alerts(t.Context()))
			if len(alerts) != 2 || alerts[1].Count != 2 || alerts[1].Detail != "second" || !alerts[1].FirstAt.Equal(noon) || !alerts[1].LastAt.Equal(noon.Add(time.Minute)) {
				t.Fatalf("alerts %+v", alerts)
			}
			agent := anAgent(t, s)
			resolve := func(id uuid.UUID) error {
				return s.InTx(t.Context(), func(tx *store.Tx) error { return tx.ResolveAlert(t.Context(), id, agent.ID, now) })
			}
			if err := resolve(alerts[1].ID); err != nil {
				t.Fatal(err)
			}
			if err := resolve(alerts[1].ID); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("resolved twice: %v", err)
			}
			raise("k", "1", "again")
			alerts = must[[]desk.Alert](t)(s.Alerts(t.Context()))
			if len(alerts) != 3 || alerts[0].Detail != "again" || alerts[0].Count != 1 || alerts[2].ResolvedBy == nil || *alerts[2].ResolvedBy != agent.ID {
				t.Errorf("alerts %+v", alerts)
			}
		})
	}
}

func TestSettingsAndSessions(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, dialect, func() time.Time { return noon })
			var got desk.Profile
			if err := s.Setting(t.Context(), "profile", &got); !errors.Is(err, desk.ErrNotFound) {
				t.Error(err)
			}
			for _, want := range []desk.Profile{filled[desk.Profile](t), {Name: "Ñandú"}} {
				do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "profile", want) })
				got = desk.Profile{}
				if err := s.Setting(t.Context(), "profile", &got); err != nil {
					t.Fatal(err)
				}
				same(t, "profile", got, want)
			}
			sessions, data := s.Sessions(), []byte{0, 1, 255}
			for _, expiry := range []time.Time{noon.Add(-time.Second), noon.Add(time.Hour)} {
				if err := sessions.Commit("token", data, expiry); err != nil {
					t.Fatal(err)
				}
				found, ok, err := sessions.Find("token")
				if valid := expiry.After(noon); err != nil || ok != valid || valid && string(found) != string(data) {
					t.Errorf("expiring %s: %v %v %v", expiry, found, ok, err)
				}
			}
			if err := errors.Join(sessions.Commit("old", data, noon.Add(-time.Hour)), s.DeleteExpiredSessions(t.Context(), noon), sessions.Delete("gone")); err != nil {
				t.Error(err)
			}
			if n := query(t, s, "select count(*) from sessions"); n[0][0] != "1" {
				t.Errorf("%s sessions are left", n[0][0])
			}
			if err := sessions.Delete("token"); err != nil {
				t.Error(err)
			}
			if _, ok, err := sessions.Find("token"); ok || err != nil {
				t.Errorf("after the end: %v %v", ok, err)
			}
		})
	}
}

func TestSweeps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		early, late := noon.Add(-time.Hour), noon.Add(time.Hour)
		stuck := inView(t, s, func(c *desk.Conversation) { c.TurnDueAt = &early })
		inView(t, s, func(c *desk.Conversation) { c.TurnDueAt = &late })
		ended := inView(t, s, func(c *desk.Conversation) { c.State, c.SnoozedUntil = desk.ConversationSnoozed, &early })
		inView(t, s, func(c *desk.Conversation) { c.State, c.SnoozedUntil = desk.ConversationSnoozed, &late })
		c := aConversation(t, s)
		over := aTicket(t, s, c, func(k *desk.Ticket) { k.State, k.ResolvedAt = desk.TicketResolved, &early })
		aTicket(t, s, c, func(k *desk.Ticket) { k.State, k.ResolvedAt = desk.TicketResolved, &late })
		same(t, "stuck turns", must[[]uuid.UUID](t)(s.StuckTurns(t.Context(), noon, 10)), []uuid.UUID{stuck})
		same(t, "ended snoozes", must[[]uuid.UUID](t)(s.EndedSnoozes(t.Context(), noon, 10)), []uuid.UUID{ended})
		same(t, "tickets to close", must[[]uuid.UUID](t)(s.TicketsToClose(t.Context(), noon, 10)), []uuid.UUID{over.ID})
	})
}

func TestLoad_CountsJobs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.Enqueue(ctx, desk.TurnJob{}, desk.TurnJob{}, desk.SendJob{}), tx.EnqueueAt(ctx, time.Now().Add(time.Hour), desk.SweepJob{}))
		})
		load := must[desk.Load](t)(s.Load(t.Context(), desk.Instant(time.Now().Add(time.Minute))))
		same(t, "jobs", load.Jobs, map[string]int{"turn": 2, "send": 1, "sweep": 1})
		same(t, "running jobs", load.Running, map[string]int{})
		if load.OldestJob < 50*time.Second || load.OldestJob > 5*time.Minute {
			t.Errorf("the oldest job waits %s", load.OldestJob)
		}
	})
}

func TestAbsentAndDouble(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id, c := desk.NewID(), aConversation(t, s)
		agent, ticket := anAgent(t, s), aTicket(t, s, c, nil)
		in := func(closure func(tx *store.Tx) error) error { return s.InTx(t.Context(), closure) }
		ctx := t.Context()
		for what, err := range map[string]error{
			"lock conversation": in(func(tx *store.Tx) error { _, err := tx.LockConversation(ctx, id); return err }),
			"save conversation": in(func(tx *store.Tx) error {
				return tx.SaveConversation(ctx, &desk.Conversation{ID: id, ContactID: c.ContactID, Owner: "queue", State: "open"})
			}),
			"lock message":     in(func(tx *store.Tx) error { _, err := tx.LockMessage(ctx, id); return err }),
			"lock by wamid":    in(func(tx *store.Tx) error { _, err := tx.LockMessageByProviderID(ctx, "100", "x"); return err }),
			"lock by no wamid": in(func(tx *store.Tx) error { _, err := tx.LockMessageByProviderID(ctx, "100", ""); return err }),
			"lock ticket":      in(func(tx *store.Tx) error { _, err := tx.LockTicket(ctx, id); return err }),
			"lock agent":       in(func(tx *store.Tx) error { _, err := tx.LockAgent(ctx, id); return err }),
			"save agent":       in(func(tx *store.Tx) error { return tx.SaveAgent(ctx, &desk.Agent{ID: id}) }),
		} {
			if !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("%s of what is absent: %v", what, err)
			}
		}
		for what, read := range map[string]func() error{
			"message": func() error { _, err := s.Message(ctx, id); return err }, "contact": func() error { _, err := s.Contact(ctx, id); return err },
			"turn": func() error { _, err := s.Turn(ctx, id); return err }, "turn of": func() error { _, err := s.TurnOf(ctx, id); return err },
			"ticket": func() error { _, err := s.Ticket(ctx, id); return err }, "protocol": func() error { _, err := s.TicketByProtocol(ctx, "x"); return err },
			"agent": func() error { _, err := s.Agent(ctx, id); return err }, "e-mail": func() error { _, err := s.AgentByEmail(ctx, "x"); return err },
		} {
			if err := read(); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("reading an absent %s: %v", what, err)
			}
		}
		double, again := agent, ticket
		double.ID, again.ID = desk.NewID(), desk.NewID()
		for what, err := range map[string]error{
			"e-mail":   in(func(tx *store.Tx) error { return tx.AddAgent(ctx, &double) }),
			"protocol": in(func(tx *store.Tx) error { return tx.AddTicket(ctx, &again) }),
		} {
			if !errors.Is(err, desk.ErrDuplicate) {
				t.Errorf("a second %s: %v", what, err)
			}
		}
		if agents := must[[]desk.Agent](t)(s.Agents(ctx)); len(agents) != 1 || agents[0].ID != agent.ID {
			t.Errorf("agents %+v", agents)
		}
	})
}
