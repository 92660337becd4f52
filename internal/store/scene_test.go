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

func settle(t *testing.T, s *store.Store, c desk.Conversation, upTo uuid.UUID) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		held, err := tx.LockConversation(ctx, c.ID)
		if err != nil {
			return err
		}
		held.Settle(upTo)
		return tx.SaveConversation(ctx, held)
	})
}

func TestScene(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, dialect, func() time.Time { return noon })
			c := aConversation(t, s)
			if _, err := s.Scene(t.Context(), desk.NewID()); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("the scene of nothing: %v", err)
			}
			for i := range 40 {
				say(t, s, c, []desk.Direction{desk.Inbound, desk.Outbound}[i%2], fmt.Sprint("old ", i))
			}
			last := say(t, s, c, desk.Outbound, "answer")
			settle(t, s, c, last.ID)
			note := say(t, s, c, desk.Private, "note")
			first, second := say(t, s, c, desk.Inbound, "uno"), say(t, s, c, desk.Inbound, "dos")
			live := aTicket(t, s, c, nil)
			month := noon.Add(-31 * 24 * time.Hour)
			aTicket(t, s, c, func(k *desk.Ticket) { k.State, k.ResolvedAt = desk.TicketClosed, &month })
			yesterday := noon.Add(-24 * time.Hour)
			recent := aTicket(t, s, c, func(k *desk.Ticket) { k.State, k.ResolvedAt = desk.TicketResolved, &yesterday })
			aTicket(t, s, aConversation(t, s), nil) // somebody else's

			scene := must[*desk.Scene](t)(s.Scene(t.Context(), c.ID))
			if len(scene.New) != 2 || scene.New[0].ID != first.ID || scene.New[1].ID != second.ID {
				t.Errorf("new: %d messages", len(scene.New))
			}
			if n := len(scene.History); n != 30 || scene.History[n-1].ID != note.ID || scene.History[n-2].ID != last.ID {
				t.Errorf("history of %d", n)
			}
			if len(scene.Tickets) != 2 || scene.Tickets[0].ID != recent.ID || scene.Tickets[1].ID != live.ID {
				t.Errorf("tickets: %+v", scene.Tickets)
			}
			if scene.Conversation.ID != c.ID || scene.Contact.ID != c.ContactID || !scene.Now.Equal(noon) || scene.Last() != second.ID {
				t.Errorf("scene of %s, %s at %s", scene.Conversation.ID, scene.Contact.ID, scene.Now)
			}
			for i := range 100 { // more than a page without an answer
				say(t, s, c, desk.Inbound, fmt.Sprint(i))
			}
			if got := must[*desk.Scene](t)(s.Scene(t.Context(), c.ID)); len(got.New) != 102 || got.New[0].ID != first.ID {
				t.Errorf("%d unsettled messages, want 102", len(got.New))
			}
		})
	}
}

func TestThread_Questions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		check := func(after uuid.UUID, want bool, last uuid.UUID) {
			t.Helper()
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				got, err := tx.InboundAfter(ctx, c.ID, after)
				id, errLast := tx.LastMessageID(ctx, c.ID)
				if got != want || id != last {
					t.Errorf("inbound after: %v, want %v; last %s, want %s", got, want, id, last)
				}
				return errors.Join(err, errLast)
			})
		}
		check(uuid.Nil, false, uuid.Nil)
		a := say(t, s, c, desk.Inbound, "a")
		check(uuid.Nil, true, a.ID)
		check(a.ID, false, a.ID)
		b := say(t, s, c, desk.Outbound, "b")
		check(a.ID, false, b.ID)
	})
}

func TestUnsent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		made := map[desk.Status]desk.Message{}
		old, fresh := noon.Add(-time.Hour), noon.Add(-time.Second)
		add := func(status desk.Status, author desk.Author, tried *time.Time) desk.Message {
			m := aMessage(c, desk.Outbound, string(status))
			m.Status, m.Author, m.TriedAt, m.CreatedAt = status, author, tried, old
			do(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
			return m
		}
		for _, status := range []desk.Status{desk.StatusQueued, desk.StatusSending, desk.StatusUnknown, desk.StatusSent, desk.StatusFailed} {
			made[status] = add(status, desk.ByAssistant, &old)
		}
		add(desk.StatusSending, desk.ByAgent, &fresh) // in flight: not lost
		agents := add(desk.StatusQueued, desk.ByAgent, nil)
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			s, err := tx.Sending(ctx, made[desk.StatusUnknown].ID)
			if err != nil {
				return err
			}
			if s.Message.ID != made[desk.StatusUnknown].ID || s.Conversation.ID != c.ID || s.Contact.ID != c.ContactID {
				t.Errorf("sending %+v", s)
			}
			if e := s.Earlier; len(e) != 2 || e[0].ID != made[desk.StatusQueued].ID || e[1].ID != made[desk.StatusSending].ID {
				t.Errorf("earlier: %+v", e)
			}
			_, err = tx.Sending(ctx, desk.NewID())
			if !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("a message that is not there: %v", err)
			}
			return nil
		})
		unknown := must[[]desk.Message](t)(s.UnknownSends(t.Context(), noon.Add(-time.Minute), 10))
		if len(unknown) != 2 || unknown[0].ID != made[desk.StatusSending].ID || unknown[1].ID != made[desk.StatusUnknown].ID {
			t.Errorf("unknown: %+v", unknown)
		}
		load := must[desk.Load](t)(s.Load(t.Context(), noon))
		if load.Unsent != 4 || load.Unknown != 1 {
			t.Errorf("load %+v", load)
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.DropQueued(ctx, c.ID, desk.ByAssistant, "why")
			if n != 1 {
				t.Errorf("%d dropped", n)
			}
			return err
		})
		if got := must[*desk.Message](t)(s.Message(t.Context(), made[desk.StatusQueued].ID)); got.Status != desk.StatusDropped || got.FailureDetail != "why" {
			t.Errorf("dropped: %+v", got)
		}
		if got := must[*desk.Message](t)(s.Message(t.Context(), agents.ID)); got.Status != desk.StatusQueued {
			t.Errorf("an agent's message became %s", got.Status)
		}
	})
}
