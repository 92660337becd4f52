package store_test

import (
	"context"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
)

// noon is a moment; tests that need several add to it.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// do runs a transaction that must work.
func do(t testing.TB, s *store.Store, closure func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx *store.Tx) error { return closure(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// must returns a value that must have been had.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func anAgent(t testing.TB, s *store.Store) desk.Agent {
	t.Helper()
	id := desk.NewID()
	a := desk.Agent{ID: id, Name: "Ana", Email: id.String() + "@isp.example", Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: noon, UpdatedAt: noon}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddAgent(ctx, &a) })
	return a
}

func aContact(t testing.TB, s *store.Store) desk.Contact {
	t.Helper()
	var c *desk.Contact
	do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = tx.ContactFor(ctx, desk.Identity{Phone: desk.NewID().String(), Name: "Bruna"}, noon)
		return err
	})
	return *c
}

func aConversation(t testing.TB, s *store.Store) desk.Conversation {
	t.Helper()
	contact := aContact(t, s)
	var c *desk.Conversation
	do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = tx.ConversationFor(ctx, contact.ID, "100", noon)
		return err
	})
	return *c
}

func aMessage(c desk.Conversation, d desk.Direction, text string) desk.Message {
	return desk.Message{
		ID: desk.NewID(), ConversationID: c.ID, Channel: c.Channel, Direction: d, Author: desk.ByContact,
		Kind: desk.KindText, Text: text, CreatedAt: noon,
	}
}

func say(t testing.TB, s *store.Store, c desk.Conversation, d desk.Direction, text string) desk.Message {
	t.Helper()
	m := aMessage(c, d, text)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddMessage(ctx, &m)
		return err
	})
	return m
}

func aTicket(t testing.TB, s *store.Store, c desk.Conversation, change func(*desk.Ticket)) desk.Ticket {
	t.Helper()
	ticket := desk.Ticket{
		ID: desk.NewID(), Protocol: desk.NewID().String(), ContactID: c.ContactID, ConversationID: c.ID, Intent: "no_internet",
		Subject: "Sem internet", Priority: desk.PriorityNormal, State: desk.TicketNew, Team: desk.TeamTechnical,
		OpenedBy: desk.ByAssistant, CreatedAt: noon, UpdatedAt: noon,
	}
	if change != nil {
		change(&ticket)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddTicket(ctx, &ticket) })
	return ticket
}

// eventually polls until a condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline, tick := time.After(30*time.Second), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("it never came about that %s", what)
		}
	}
}
