package rota_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/rota"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// monday is within anybody's working hours.
var monday = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

type adapter struct{ *store.Store }

func (s adapter) InTx(ctx context.Context, fn func(rota.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is a desk with an admin and a clock the test moves.
type world struct {
	t     *testing.T
	store *store.Store
	rota  *rota.Rota
	admin desk.Agent
	clock atomic.Int64 // since monday
}

// each runs a test on both databases.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t}
			w.store = storetest.Open(t, dialect, w.now)
			w.rota = w.another()
			w.admin = w.agent("adam", desk.RoleAdmin)
			test(w)
		})
	}
}

func (w *world) now() time.Time         { return monday.Add(time.Duration(w.clock.Load())) }
func (w *world) later(by time.Duration) { w.clock.Add(int64(by)) }
func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// another is a rota as another replica would have it.
func (w *world) another() *rota.Rota {
	w.t.Helper()
	r := rota.New(rota.Deps{Reader: w.store, Store: adapter{w.store}, Profile: func() *desk.Profile { return &desk.Profile{TimeZone: "UTC"} }, Now: w.now})
	w.must(r.Reload(w.t.Context()))
	return r
}

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	w.must(w.store.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }))
}

func (w *world) agent(name string, role desk.Role) desk.Agent {
	w.t.Helper()
	a := desk.Agent{ID: desk.NewID(), Name: name, Email: name + "@isp.example", Role: role, Language: "es", Active: true, CreatedAt: monday, UpdatedAt: monday}
	w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddAgent(ctx, &a) })
	return a
}

// works adds an agent of a team who is online.
func (w *world) works(name string, capacity int, teams ...desk.Team) desk.Agent {
	w.t.Helper()
	a := w.agent(name, desk.RoleAgent)
	post := desk.NewPost(a.ID)
	post.Capacity, post.Teams = capacity, teams
	w.must(w.rota.SavePost(w.t.Context(), w.admin, post))
	w.must(w.rota.Here(w.t.Context(), a))
	return a
}

// team changes one of the teams.
func (w *world) team(id desk.Team, change func(*desk.TeamInfo)) {
	w.t.Helper()
	team, _ := w.rota.Roster().Team(id)
	change(&team)
	w.must(w.rota.SaveTeam(w.t.Context(), w.admin, team))
}

// waits puts a conversation into a team's queue.
func (w *world) waits(team desk.Team, change func(*desk.Handoff)) desk.Conversation {
	w.t.Helper()
	h := desk.Handoff{Reason: desk.ReasonPersonAsked, Team: team, Priority: desk.PriorityNormal, Language: "es", At: w.now()}
	if change != nil {
		change(&h)
	}
	var conv *desk.Conversation
	w.do(func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: desk.NewID().String()}, w.now())
		if err != nil {
			return err
		}
		if conv, err = tx.ConversationFor(ctx, contact.ID, "100", w.now()); err != nil {
			return err
		}
		m := w.wrote(conv)
		if _, err := tx.AddMessage(ctx, &m); err != nil {
			return err
		}
		conv.Arrive(&m, w.now())
		if err := conv.Enqueue(h, w.now()); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, conv)
	})
	return *conv
}

func (w *world) wrote(c *desk.Conversation) desk.Message {
	return desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: "hola", CreatedAt: w.now()}
}

func (w *world) run() bool {
	w.t.Helper()
	again, err := w.rota.Run(w.t.Context())
	w.must(err)
	return again
}

func (w *world) conversation(id uuid.UUID) desk.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.t.Context(), id)
	w.must(err)
	return *c
}

// holder is who has a conversation, or which team's queue.
func (w *world) holder(id uuid.UUID) string {
	w.t.Helper()
	c := w.conversation(id)
	if c.AgentID == nil {
		return string(c.Owner) + " " + string(c.Team)
	}
	a, err := w.store.Agent(w.t.Context(), *c.AgentID)
	w.must(err)
	return a.Name
}

// notices are what happened, oldest first.
func (w *world) notices(id uuid.UUID) []string {
	w.t.Helper()
	page, err := w.store.Messages(w.t.Context(), id, uuid.Nil, 100)
	w.must(err)
	var out []string
	for _, m := range page.Messages {
		if m.Kind == desk.KindNotice {
			out = append(out, fmt.Sprintf("%s %s", m.Notice, m.Text))
		}
	}
	return out
}
