package promises_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/promises"
	"antena/internal/sla"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

var (
	monday = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	ana    = desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@fibra.example", Role: desk.RoleAgent, Active: true}
	carla  = desk.Agent{ID: desk.NewID(), Name: "Carla", Email: "carla@fibra.example", Role: desk.RoleSupervisor, Active: true}
	diego  = desk.Agent{ID: desk.NewID(), Name: "Diego", Email: "diego@fibra.example", Role: desk.RoleAdmin, Active: true}
)

// keep is the store as a keeper needs it.
type keep struct{ *store.Store }

func (s keep) InTx(ctx context.Context, fn func(promises.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is a keeper on a database of its own, with a clock.
type world struct {
	t *testing.T
	*promises.Keeper
	s   *store.Store
	now atomic.Pointer[time.Time]
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t}
			w.at(0)
			o := storetest.Options(t, dialect)
			current := sla.NewCurrent(&sla.Rules{})
			o.Now, o.Promises = func() time.Time { return *w.now.Load() }, current
			w.s = storetest.OpenWith(t, o)
			var err error
			w.Keeper, err = promises.New(promises.Deps{
				Store: keep{w.s}, Reader: w.s, Current: current, Base: func() sla.Rules { return sla.Rules{} },
				Hours: func() string { return "always" }, Country: func() string { return "BR" }, Now: o.Now,
			})
			if err != nil {
				t.Fatal(err)
			}
			w.do(func(ctx context.Context, tx *store.Tx) error {
				return errors.Join(tx.AddAgent(ctx, &ana), tx.AddAgent(ctx, &carla), tx.AddAgent(ctx, &diego))
			})
			w.save(sla.Settings{Share: 80, WindowHours: 3, Targets: []sla.Target{{First: 10, Next: 20, Resolution: 480}}})
			w.sweep() // the rules are applied to an empty desk
			w.sweep()
			test(t, w)
		})
	}
}

// at sets the clock to so long after the beginning.
func (w *world) at(d time.Duration) { w.now.Store(ptr(monday.Add(d))) }

func ptr[T any](v T) *T { return &v }

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	ctx := w.t.Context()
	if err := w.s.InTx(ctx, func(tx *store.Tx) error { return fn(ctx, tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) save(s sla.Settings) {
	w.t.Helper()
	if err := w.Save(w.t.Context(), diego, s); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) sweep() {
	w.t.Helper()
	if err := w.Sweep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// queued is a contact who has just been handed to people.
func (w *world) queued() uuid.UUID {
	w.t.Helper()
	var id uuid.UUID
	w.do(func(ctx context.Context, tx *store.Tx) error {
		now := *w.now.Load()
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: "5511955550102", Name: "João"}, now)
		if err != nil {
			return err
		}
		c, err := tx.ConversationFor(ctx, contact.ID, "1", now)
		if err != nil {
			return err
		}
		id = c.ID
		m := &desk.Message{ID: desk.NewID(), ConversationID: id, Channel: "1", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: "oi", SentAt: &now, CreatedAt: now}
		if _, err := tx.AddMessage(ctx, m); err != nil {
			return err
		}
		c.Arrive(m, now)
		if err := c.Enqueue(desk.Handoff{Team: desk.TeamSupport, Priority: desk.PriorityNormal, At: now}, now); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, c)
	})
	return id
}

func (w *world) change(id uuid.UUID, change func(c *desk.Conversation) error) {
	w.t.Helper()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.LockConversation(ctx, id)
		if err == nil {
			err = change(c)
		}
		if err != nil {
			return err
		}
		return tx.SaveConversation(ctx, c)
	})
}

func (w *world) conversation(id uuid.UUID) *desk.Conversation {
	w.t.Helper()
	c, err := w.s.Conversation(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// told are the notices in a thread, in their order.
func (w *world) told(id uuid.UUID) (all []string) {
	w.t.Helper()
	page, err := w.s.Messages(w.t.Context(), id, uuid.Nil, 50)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range page.Messages {
		if m.Direction == desk.Outbound {
			w.t.Fatalf("something was written to the contact: %+v", m)
		}
		if m.Kind == desk.KindNotice {
			all = append(all, m.Notice+" "+m.Text)
		}
	}
	return all
}

// notified are what an agent was told of.
func (w *world) notified(who desk.Agent) (all []desk.NotificationKind) {
	w.t.Helper()
	page, err := w.s.Notifications(w.t.Context(), who.ID, "", 50)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, n := range page.Rows {
		all = append(all, n.Kind)
	}
	return all
}

func (w *world) ticket() *desk.Ticket {
	w.t.Helper()
	conversation := w.conversation(w.queued())
	t := &desk.Ticket{
		ID: desk.NewID(), Protocol: "202611230000001", ContactID: conversation.ContactID, ConversationID: conversation.ID, Intent: "complaint",
		Priority: desk.PriorityNormal, State: desk.TicketNew, Team: desk.TeamSupport, OpenedBy: desk.ByAssistant, CreatedAt: *w.now.Load(), UpdatedAt: *w.now.Load(),
	}
	w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddTicket(ctx, t) })
	return t
}
