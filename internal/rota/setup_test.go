package rota_test

import (
	"errors"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/rota"
)

func code(err error) string {
	var e *desk.Error
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &e) && e.Field != "":
		return e.Code + " " + e.Field
	case errors.As(err, &e):
		return e.Code
	}
	return err.Error()
}

func TestSetUp(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := t.Context()
		for _, team := range []desk.Team{desk.TeamSupport, desk.TeamTechnical, desk.TeamBilling, desk.TeamSales, desk.TeamRetention} {
			info, ok := w.rota.Team(team)
			if err := info.Check(); !ok || err != nil {
				t.Errorf("%s is not there from the beginning: %+v, %v", team, info, err)
			}
		}
		sales, _ := w.rota.Team(desk.TeamSales)
		ana := w.agent("ana", desk.RoleAgent)
		for _, c := range []struct {
			name string
			act  func(r *rota.Rota) error
			want string
		}{
			{"an agent changes no team", func(r *rota.Rota) error { return r.SaveTeam(ctx, ana, sales) }, "forbidden"},
			{"a team is added", func(r *rota.Rota) error { return r.AddTeam(ctx, w.admin, "fibre", desk.Words{"es": "Fibra"}) }, "ok"},
			{"not twice", func(r *rota.Rota) error { return r.AddTeam(ctx, w.admin, "fibre", desk.Words{"es": "Fibra"}) }, "duplicate"},
			{"not with a name that is none", func(r *rota.Rota) error { return r.AddTeam(ctx, w.admin, "Fibra óptica", desk.Words{"es": "Fibra"}) }, "invalid team"},
			{"an overflow that is no team", func(r *rota.Rota) error {
				team := sales
				team.Overflow, team.OverflowAfter = "moon", 5
				return r.SaveTeam(ctx, w.admin, team)
			}, "invalid overflow"},
			{"hours that end before they begin", func(r *rota.Rota) error {
				team := sales
				team.Hours = []desk.Hours{{Day: time.Monday, From: "18:00", To: "08:00"}}
				return r.SaveTeam(ctx, w.admin, team)
			}, "invalid hours"},
			{"a change", func(r *rota.Rota) error { return r.SaveTeam(ctx, w.admin, sales) }, "ok"},
			{"a change of what has changed", func(r *rota.Rota) error { return r.SaveTeam(ctx, w.admin, sales) }, "stale"},
			{"rules", func(r *rota.Rota) error {
				return r.SaveRules(ctx, w.admin, desk.Rules{List: []desk.Rule{{Zones: []string{"Norte"}, Team: "fibre", Skill: "vip"}}})
			}, "ok"},
			{"rules of a version that is gone", func(r *rota.Rota) error { return r.SaveRules(ctx, w.admin, desk.Rules{}) }, "stale"},
			{"a rule to no team", func(r *rota.Rota) error {
				return r.SaveRules(ctx, w.admin, desk.Rules{Version: 1, List: []desk.Rule{{Team: "moon"}}})
			}, "invalid team"},
			{"a post in no team", func(r *rota.Rota) error {
				return r.SavePost(ctx, w.admin, desk.Post{AgentID: ana.ID, Capacity: 1, Teams: []desk.Team{"moon"}})
			}, "invalid teams"},
			{"a post of nothing at once", func(r *rota.Rota) error { return r.SavePost(ctx, w.admin, desk.Post{AgentID: ana.ID}) }, "invalid capacity"},
			{"a post of nobody", func(r *rota.Rota) error { return r.SavePost(ctx, w.admin, desk.NewPost(desk.NewID())) }, "not_found"},
		} {
			if got := code(c.act(w.rota)); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
		route, ok := w.rota.Roster().Route(desk.Matter{Zone: "norte"})
		if !ok || route.Team != "fibre" || route.Skill != "vip" {
			t.Errorf("the north goes to %+v (%v)", route, ok)
		}
		if _, ok := w.rota.Roster().Route(desk.Matter{}); ok {
			t.Error("a rule about a zone fits who has none")
		}
	})
}

func TestPresence(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := t.Context()
		ana := w.agent("ana", desk.RoleAgent)
		state := func() desk.PresenceState {
			p, err := w.store.Presence(ctx, ana.ID)
			w.must(err)
			return p.At(w.now())
		}
		for _, step := range []struct {
			name string
			act  func() error
			want desk.PresenceState
		}{
			{"never here", func() error { return nil }, desk.Offline},
			{"a console opens", func() error { return w.rota.Here(ctx, ana) }, desk.Online},
			{"it closes, and opens within the lease", func() error { w.later(time.Minute); return w.another().Here(ctx, ana) }, desk.Online},
			{"it closes", func() error { w.later(desk.PresenceLease); return nil }, desk.Offline},
			{"she comes back later", func() error { w.later(time.Hour); return w.rota.Here(ctx, ana) }, desk.Online},
			{"the console stays open, nobody is there", func() error {
				for range 10 {
					w.later(time.Minute)
					w.must(w.rota.Here(ctx, ana))
				}
				return nil
			}, desk.Away},
			{"she moves", func() error { return w.rota.Moved(ctx, ana) }, desk.Online},
			{"she has lunch", func() error { return w.rota.Choose(ctx, ana, desk.Away) }, desk.Away},
			{"moving does not end it", func() error { return w.rota.Moved(ctx, ana) }, desk.Away},
			{"she goes", func() error { return w.rota.Choose(ctx, ana, desk.Offline) }, desk.Offline},
			{"she is back", func() error { return w.rota.Choose(ctx, ana, desk.Online) }, desk.Online},
		} {
			w.must(step.act())
			if got := state(); got != step.want {
				t.Fatalf("%s: %s, want %s", step.name, got, step.want)
			}
		}
		if got := code(w.rota.Choose(ctx, ana, "asleep")); got != "invalid presence" {
			t.Errorf("asleep: %s", got)
		}
		w.later(desk.PresenceLease)
		w.must(w.rota.Sweep(ctx))
		if p, err := w.store.Presence(ctx, ana.ID); err != nil || p.Shown != desk.Offline {
			t.Errorf("consoles still show %+v, %v", p, err)
		}
	})
}
