package agents_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type adapter struct{ *store.Store }

func (s adapter) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is a desk with two agents, a supervisor, an admin, an auditor and one who left.
type world struct {
	t     *testing.T
	store *store.Store
	desk  *agents.Desk
	team  map[string]desk.Agent
}

// each runs a test on both databases.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			clock := func() time.Time { return noon }
			w := &world{t: t, store: storetest.Open(t, dialect, clock), team: map[string]desk.Agent{}}
			w.desk = agents.New(agents.Deps{Store: adapter{w.store}, PhoneQuestion: func(string) string { return "¿tu número?" }, Now: clock,
				Receipt: func(_, protocol string) string { return "nro " + protocol },
				Profile: func() *desk.Profile { return &desk.Profile{Name: "Fibra", Languages: []string{"es"}} }, Turn: w.store.Turn})
			for name, role := range map[string]desk.Role{
				"ana": desk.RoleAgent, "eva": desk.RoleAgent, "sofia": desk.RoleSupervisor, "adam": desk.RoleAdmin, "otto": desk.RoleAuditor, "gone": desk.RoleAdmin,
			} {
				a := desk.Agent{ID: desk.NewID(), Name: name, Email: name + "@isp.example", Role: role, Language: "es", Active: name != "gone", CreatedAt: noon, UpdatedAt: noon}
				w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddAgent(ctx, &a) })
				w.team[name] = a
			}
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

// conversation makes a new one with a contact's message, owned as named: by the
// assistant, the queue, an agent, or closed.
func (w *world) conversation(owner string) desk.Conversation {
	w.t.Helper()
	var c *desk.Conversation
	w.do(func(ctx context.Context, tx *store.Tx) (err error) {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: desk.NewID().String()}, noon)
		if err != nil {
			return err
		}
		if c, err = tx.ConversationFor(ctx, contact.ID, "100", noon); err != nil {
			return err
		}
		m := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: "hola", CreatedAt: noon}
		if _, err := tx.AddMessage(ctx, &m); err != nil {
			return err
		}
		c.Arrive(&m, noon)
		return errors.Join(w.owned(c, owner), tx.SaveConversation(ctx, c))
	})
	return *c
}

func (w *world) owned(c *desk.Conversation, owner string) error {
	switch owner {
	case "assistant":
		return nil
	case "queue":
		return c.Enqueue(desk.Handoff{Reason: desk.ReasonPersonAsked, Team: desk.TeamBilling, Priority: desk.PriorityHigh, Language: "es"}, noon)
	case "closed":
		return c.Close(uuid.Nil)
	}
	return c.Claim(w.team[owner].Actor(), false)
}

func (w *world) say(c desk.Conversation, change func(*desk.Message)) desk.Message {
	w.t.Helper()
	m := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText, Text: "hola", Status: desk.StatusQueued, CreatedAt: noon}
	if change != nil {
		change(&m)
	}
	w.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
	return m
}

func (w *world) ticket(c desk.Conversation, state desk.TicketState) desk.Ticket {
	w.t.Helper()
	k := desk.Ticket{ID: desk.NewID(), Protocol: desk.NewID().String(), ContactID: c.ContactID, ConversationID: c.ID, Intent: "bill", Priority: desk.PriorityNormal,
		State: state, Team: desk.TeamBilling, OpenedBy: desk.ByAssistant, CreatedAt: noon, UpdatedAt: noon}
	if !state.Live() {
		k.ResolvedAt = &noon
	}
	w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddTicket(ctx, &k) })
	return k
}

func (w *world) now(id uuid.UUID) desk.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return *c
}

func (w *world) thread(id uuid.UUID) []desk.Message {
	w.t.Helper()
	page, err := w.store.Messages(w.t.Context(), id, uuid.Nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return page.Messages
}

// notices are the keys of what happened, oldest first, each with who did it.
func (w *world) notices(id uuid.UUID) []string {
	w.t.Helper()
	var out []string
	for _, m := range w.thread(id) {
		if m.Kind != desk.KindNotice {
			continue
		}
		name := "nobody"
		for _, a := range w.team {
			if m.AgentID != nil && *m.AgentID == a.ID {
				name = a.Name
			}
		}
		out = append(out, m.Notice+" by "+name)
	}
	return out
}

func (w *world) jobs(kind string) int {
	w.t.Helper()
	load, err := w.store.Load(w.t.Context(), noon)
	if err != nil {
		w.t.Fatal(err)
	}
	return load.Jobs[kind]
}

// code names a failure.
func code(err error) string {
	var e *desk.Error
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &e):
		return e.Code
	}
	return err.Error()
}
