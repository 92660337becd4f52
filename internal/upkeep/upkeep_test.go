package upkeep_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/upkeep"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type adapter struct{ *store.Store }

func (s adapter) InTx(ctx context.Context, fn func(upkeep.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

type world struct {
	t     *testing.T
	store *store.Store
	keep  *upkeep.Upkeep
	now   time.Time
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, now: noon}
			clock := func() time.Time { return w.now }
			w.store = storetest.Open(t, dialect, clock)
			w.keep = upkeep.New(upkeep.Deps{Reader: w.store, Store: adapter{w.store}, Now: clock, Log: slog.New(slog.DiscardHandler)})
			test(w)
		})
	}
}

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) sweep() {
	w.t.Helper()
	if err := w.keep.Sweep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) conversation(change func(*desk.Conversation)) uuid.UUID {
	w.t.Helper()
	var id uuid.UUID
	w.do(func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: desk.NewID().String()}, noon)
		if err != nil {
			return err
		}
		c, err := tx.ConversationFor(ctx, contact.ID, "100", noon)
		if err != nil {
			return err
		}
		id = c.ID
		change(c)
		return tx.SaveConversation(ctx, c)
	})
	return id
}

func (w *world) conv(id uuid.UUID) *desk.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) message(conversation uuid.UUID, status desk.Status, tried time.Duration, notice string) uuid.UUID {
	w.t.Helper()
	at := noon.Add(-tried)
	m := desk.Message{ID: desk.NewID(), ConversationID: conversation, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "x",
		Status: status, TriedAt: &at, Notice: notice, CreatedAt: noon}
	w.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
	return m.ID
}

func (w *world) turns() int {
	w.t.Helper()
	load, err := w.store.Load(w.t.Context(), w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	return load.Jobs["turn"]
}

func TestSweep_RevivesLostTurns(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		due := func(ago time.Duration) func(*desk.Conversation) {
			return func(c *desk.Conversation) { at := noon.Add(-ago); c.TurnDueAt = &at }
		}
		lost, late := w.conversation(due(2*time.Minute+time.Second)), w.conversation(due(2*time.Minute-time.Second))
		w.conversation(func(*desk.Conversation) {})
		for range 2 {
			w.sweep()
		}
		if n := w.turns(); n != 1 || !w.conv(lost).TurnDueAt.Equal(noon) || w.conv(late).TurnDueAt.Equal(noon) {
			w.t.Errorf("%d turns, due %v and %v", n, w.conv(lost).TurnDueAt, w.conv(late).TurnDueAt)
		}
	})
}

func TestSweep_DoubtsGoToPeopleOnce(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		plain := func(c *desk.Conversation) { c.Preview, c.Language = "hola", "es" }
		for _, row := range []struct {
			status  desk.Status
			tried   time.Duration
			conv    func(*desk.Conversation)
			owner   desk.Owner
			becomes desk.Status
			alerted bool
		}{
			{desk.StatusUnknown, 3 * time.Minute, plain, desk.OwnerQueue, desk.StatusUnknown, true},
			{desk.StatusSending, 3 * time.Minute, plain, desk.OwnerQueue, desk.StatusUnknown, true},
			{desk.StatusUnknown, time.Minute, plain, desk.OwnerAssistant, desk.StatusUnknown, false},
			{desk.StatusSending, time.Minute, plain, desk.OwnerAssistant, desk.StatusSending, false},
			{desk.StatusQueued, time.Hour, plain, desk.OwnerAssistant, desk.StatusQueued, false},
			{desk.StatusSent, time.Hour, plain, desk.OwnerAssistant, desk.StatusSent, false},
		} {
			before := w.alerts()
			c := w.conversation(row.conv)
			id := w.message(c, row.status, row.tried, "")
			for range 2 {
				w.sweep()
			}
			m, err := w.store.Message(w.t.Context(), id)
			now := w.conv(c)
			if err != nil || m.Status != row.becomes || now.Owner != row.owner || (w.alerts() == before+1) != row.alerted {
				w.t.Errorf("%s since %v: %s, owner %s, %d alerts: %v", row.status, row.tried, m.Status, now.Owner, w.alerts()-before, err)
			}
			if row.owner == desk.OwnerQueue && (now.Handoff.Reason != desk.ReasonSendUnknown || now.Handoff.Wants != "hola" || now.Handoff.Language != "es" || now.Version == 0) {
				w.t.Errorf("the handoff is %+v", now.Handoff)
			}
		}
	})
}

// alerts counts how often one was raised.
func (w *world) alerts() int {
	w.t.Helper()
	list, err := w.store.Alerts(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for _, a := range list {
		n += a.Count
	}
	return n
}

// TestSweep_OldDoubtsDoNotHideNewOnes: what was told already must not fill the run for ever.
func TestSweep_OldDoubtsDoNotHideNewOnes(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		old := w.conversation(func(*desk.Conversation) {})
		w.do(func(ctx context.Context, tx *store.Tx) error {
			at := noon.Add(-time.Hour)
			for range 200 {
				m := desk.Message{ID: desk.NewID(), ConversationID: old, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "x",
					Status: desk.StatusUnknown, TriedAt: &at, Notice: "doubt_told", CreatedAt: noon}
				if _, err := tx.AddMessage(ctx, &m); err != nil {
					return err
				}
			}
			return nil
		})
		c := w.conversation(func(*desk.Conversation) {})
		w.message(c, desk.StatusUnknown, time.Hour, "")
		w.sweep()
		if got := w.conv(c).Owner; got != desk.OwnerQueue {
			w.t.Errorf("the conversation is still the %s's", got)
		}
	})
}

func TestSweep_SnoozesTicketsAndEvents(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		snoozed := func(until time.Duration) uuid.UUID {
			return w.conversation(func(c *desk.Conversation) {
				if err := c.Snooze(noon.Add(until)); err != nil {
					w.t.Error(err)
				}
			})
		}
		over, still := snoozed(0), snoozed(time.Second)
		ticket := func(ago time.Duration) uuid.UUID {
			at := noon.Add(-ago)
			c := w.conv(over)
			k := desk.Ticket{ID: desk.NewID(), Protocol: desk.NewID().String(), ContactID: c.ContactID, ConversationID: c.ID, State: desk.TicketResolved, Priority: desk.PriorityNormal,
				Team: desk.TeamSupport, OpenedBy: desk.ByAssistant, ResolvedAt: &at, CreatedAt: at, UpdatedAt: at}
			w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddTicket(ctx, &k) })
			return k.ID
		}
		past, reopenable := ticket(desk.ReopenWindow+time.Second), ticket(desk.ReopenWindow-time.Second)
		old := desk.Event{ID: desk.NewID(), Key: "old", Raw: []byte("{}"), ReceivedAt: noon.Add(-30 * 24 * time.Hour)}
		recent := desk.Event{ID: desk.NewID(), Key: "recent", Raw: []byte("{}"), ReceivedAt: noon}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddEvents(ctx, []desk.Event{old, recent})
			return errors.Join(err, tx.FinishEvents(ctx, []uuid.UUID{old.ID}, noon.Add(-desk.EventKeep-time.Second)), tx.FinishEvents(ctx, []uuid.UUID{recent.ID}, noon.Add(-desk.EventKeep+time.Second)))
		})
		for range 2 {
			w.sweep()
		}
		if a, b := w.conv(over).State, w.conv(still).State; a != desk.ConversationOpen || b != desk.ConversationSnoozed {
			w.t.Errorf("snoozes: %s and %s", a, b)
		}
		for id, want := range map[uuid.UUID]string{past: "closed 1", reopenable: "resolved 0"} {
			k, err := w.store.Ticket(w.t.Context(), id)
			events, errEvents := w.store.TicketEvents(w.t.Context(), id)
			if got := fmt.Sprint(k.State, " ", len(events)); got != want || errors.Join(err, errEvents) != nil {
				w.t.Errorf("got %s, want %s: %v", got, want, errors.Join(err, errEvents))
			}
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			old.ID, recent.ID = desk.NewID(), desk.NewID()
			fresh, err := tx.AddEvents(ctx, []desk.Event{old, recent})
			if len(fresh) != 1 || fresh[0] != old.ID {
				w.t.Errorf("%d of the repeats are new: the old one is forgotten, the recent one is known", len(fresh))
			}
			return err
		})
	})
}

// broken finds nothing and fails at that, but for the snoozes.
type broken struct {
	upkeep.Reader
	snoozed []uuid.UUID
}

var errAway = errors.New("away")

func (broken) StuckTurns(context.Context, time.Time, int) ([]uuid.UUID, error) { return nil, errAway }
func (broken) UnknownSends(context.Context, time.Time, int) ([]desk.Message, error) {
	return nil, errAway
}
func (b broken) EndedSnoozes(context.Context, time.Time, int) ([]uuid.UUID, error) {
	return b.snoozed, nil
}
func (broken) TicketsToWake(context.Context, time.Time, int) ([]uuid.UUID, error) {
	return nil, errAway
}
func (broken) DeleteNotifications(context.Context, time.Time) error { return errAway }
func (broken) TicketsToClose(context.Context, time.Time, int) ([]uuid.UUID, error) {
	return nil, errAway
}
func (broken) DeleteEvents(context.Context, time.Time, int) (int, error) { return 0, errAway }
func (broken) ParkedMessages(context.Context, int) ([]uuid.UUID, error) {
	return nil, nil
}

func (broken) DeleteParked(context.Context, time.Time) error { return nil }

func (broken) DeleteExpiredSessions(context.Context, time.Time) error { return errAway }
func (broken) DeleteAnswers(context.Context, time.Time) error         { return errAway }
func (broken) DeleteModelUse(context.Context, string) error           { return errAway }

func TestSweep_OneFailureDoesNotStopTheRest(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		id := w.conversation(func(c *desk.Conversation) {
			if err := c.Snooze(noon.Add(-time.Second)); err != nil {
				w.t.Error(err)
			}
		})
		keep := upkeep.New(upkeep.Deps{Reader: broken{snoozed: []uuid.UUID{desk.NewID(), id}}, Store: adapter{w.store}, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)})
		err := keep.Sweep(w.t.Context())
		if !errors.Is(err, errAway) || !errors.Is(err, desk.ErrNotFound) || w.conv(id).State != desk.ConversationOpen {
			w.t.Errorf("%s: %v", w.conv(id).State, err)
		}
	})
}
