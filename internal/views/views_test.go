package views_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/adapt"
	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/views"
)

// marking marks one of many as done in the transaction that does it; when it is told
// to, the process dies right after.
type marking struct {
	*store.Store
	run   uuid.UUID
	place int
	died  *bool
}

func (s marking) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	err := s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.MarkBulkItem(ctx, s.run, s.place); err != nil {
			return err
		}
		return fn(tx)
	})
	if err == nil && s.place == 2 && !*s.died {
		*s.died = true
		return fmt.Errorf("cut off: %w", desk.ErrUnavailable)
	}
	return err
}

// A run goes on where it was cut off, does nothing twice, and one refusal does not
// stop the rest.
func TestRun_GoesOnAndNotesWhatWasRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, now := t.Context(), time.Now().UTC().Truncate(time.Microsecond)
		boss := desk.Agent{ID: desk.NewID(), Name: "Carla", Email: "c@isp.example", Role: desk.RoleSupervisor, Active: true, CreatedAt: now, UpdatedAt: now}
		var picked []uuid.UUID
		err := s.InTx(ctx, func(tx *store.Tx) error {
			if err := tx.AddAgent(ctx, &boss); err != nil {
				return err
			}
			for i := range 5 {
				contact, err := tx.ContactFor(ctx, desk.Identity{Phone: fmt.Sprint("551198765432", i), Name: "Ana"}, now)
				if err != nil {
					return err
				}
				c, err := tx.ConversationFor(ctx, contact.ID, "100", now)
				if err != nil {
					return err
				}
				if i == 1 { // closed already: resolving it is refused
					c.State = desk.ConversationClosed
					if err := tx.SaveConversation(ctx, c); err != nil {
						return err
					}
				}
				picked = append(picked, c.ID)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		verbs, died := agents.New(agents.Deps{Store: adapt.Agents{Store: s}}), false
		w := views.New(views.Deps{Store: s, Verbs: func(run uuid.UUID, place int) views.Verbs {
			return verbs.With(marking{s, run, place, &died})
		}})
		run, err := w.Start(ctx, boss, desk.BulkAct{Verb: desk.BulkResolve, Picked: append(picked, picked[0])})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Run(ctx, run); !errors.Is(err, desk.ErrUnavailable) {
			t.Fatalf("the cut: %v", err)
		}
		if more, err := w.Run(ctx, run); more || err != nil {
			t.Fatalf("going on: %v, %v", more, err)
		}
		got, err := s.BulkRun(ctx, run)
		if err != nil || got.Total != 5 || got.Done != 4 || got.Failed != 1 || got.FinishedAt == nil {
			t.Errorf("the run %+v, %v", got, err)
		}
		failed, err := s.BulkFailures(ctx, run)
		if err != nil || len(failed) != 1 || failed[0].ConversationID != picked[1] || failed[0].Problem != "transition" || failed[0].ContactName != "Ana" {
			t.Errorf("failures %+v, %v", failed, err)
		}
		for i, id := range picked {
			page, err := s.Messages(ctx, id, uuid.Nil, 50)
			if err != nil {
				t.Fatal(err)
			}
			resolved := 0
			for _, m := range page.Messages {
				if m.Notice == "resolved" {
					resolved++
				}
			}
			if want := map[bool]int{true: 0, false: 1}[i == 1]; resolved != want {
				t.Errorf("conversation %d was resolved %d times, want %d", i, resolved, want)
			}
		}
	})
}

func TestStart_Refuses(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	w := views.New(views.Deps{Store: s})
	agent, auditor := desk.Agent{ID: desk.NewID(), Role: desk.RoleAgent, Active: true}, desk.Agent{ID: desk.NewID(), Role: desk.RoleAuditor, Active: true}
	one, many := []uuid.UUID{desk.NewID()}, make([]uuid.UUID, desk.BulkMost+1)
	for i := range many {
		many[i] = desk.NewID()
	}
	for _, test := range []struct {
		name string
		by   desk.Agent
		act  desk.BulkAct
		want error
	}{
		{"an auditor", auditor, desk.BulkAct{Verb: desk.BulkResolve, Picked: one}, desk.ErrForbidden},
		{"a whole list, by an agent", agent, desk.BulkAct{Verb: desk.BulkResolve, Whole: &desk.ConversationFilter{View: desk.ViewAll}}, desk.ErrForbidden},
		{"nothing", agent, desk.BulkAct{Verb: desk.BulkResolve}, desk.ErrNothingPicked},
		{"too many", agent, desk.BulkAct{Verb: desk.BulkResolve, Picked: many}, desk.ErrBulkTooMany},
		{"an unknown verb", agent, desk.BulkAct{Verb: "erase", Picked: one}, desk.ErrInvalid},
		{"to nobody", agent, desk.BulkAct{Verb: desk.BulkAssign, Picked: one}, desk.ErrInvalid},
		{"until the past", agent, desk.BulkAct{Verb: desk.BulkSnooze, Picked: one}, desk.ErrInvalid},
	} {
		if _, err := w.Start(t.Context(), test.by, test.act); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

func TestSave_OwnAndShared(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, now := t.Context(), time.Now().UTC().Truncate(time.Microsecond)
		person := func(role desk.Role) desk.Agent {
			id := desk.NewID()
			a := desk.Agent{ID: id, Name: "x", Email: id.String(), Role: role, Active: true, CreatedAt: now, UpdatedAt: now}
			if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.AddAgent(ctx, &a) }); err != nil {
				t.Fatal(err)
			}
			return a
		}
		ana, carla, diego := person(desk.RoleAgent), person(desk.RoleSupervisor), person(desk.RoleAdmin)
		w := views.New(views.Deps{Store: s})
		filter := desk.ConversationFilter{View: desk.ViewAll, Team: desk.TeamBilling, From: now, Sort: desk.SortWaiting, After: "x"}
		if _, err := w.Save(ctx, ana, "mías", true, filter); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("sharing by an agent: %v", err)
		}
		if _, err := w.Save(ctx, ana, "  ", false, filter); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("no name: %v", err)
		}
		shared, err := w.Save(ctx, carla, "Cobros", true, filter)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second replaces the first
			if _, err := w.Save(ctx, ana, "mías", false, filter); err != nil {
				t.Fatal(err)
			}
		}
		names := func(of desk.Agent) (all []string) {
			saved, err := s.SavedViews(ctx, of.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range saved {
				all = append(all, v.Name)
				if want := (desk.ConversationFilter{View: desk.ViewAll, Team: desk.TeamBilling, From: v.Filter.From, Sort: desk.SortWaiting}); v.Filter != want || !v.Filter.From.Equal(now) {
					t.Errorf("kept %+v", v.Filter)
				}
			}
			return all
		}
		if got := names(ana); !slices.Equal(got, []string{"Cobros", "mías"}) {
			t.Errorf("ana has %v", got)
		}
		if got := names(carla); !slices.Equal(got, []string{"Cobros"}) {
			t.Errorf("carla has %v", got)
		}
		if err := w.Drop(ctx, ana, shared.ID); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("dropping another's: %v", err)
		}
		if err := w.Drop(ctx, diego, shared.ID); err != nil {
			t.Errorf("dropping by an admin: %v", err)
		}
	})
}
