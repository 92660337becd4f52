package rota

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"antena/internal/desk"
)

// SetupTx is what setting up teams needs of a transaction.
type SetupTx interface {
	AddTeam(ctx context.Context, team *desk.TeamInfo) error
	LockTeam(ctx context.Context, id desk.Team) (*desk.TeamInfo, error)
	Teams(ctx context.Context) ([]desk.TeamInfo, error)
	SaveTeam(ctx context.Context, team *desk.TeamInfo) error
	SaveRules(ctx context.Context, rules desk.Rules) error
	SavePost(ctx context.Context, p *desk.Post) error
}

// AddTeam adds a team with a name in each language the desk speaks; desk.ErrDuplicate
// when there is one of that key.
func (r *Rota) AddTeam(ctx context.Context, by desk.Agent, id desk.Team, names desk.Words) error {
	team := desk.NewTeam(desk.Team(strings.TrimSpace(string(id))))
	team.Names, team.Version = names, 1
	return r.setUp(ctx, by, "add team", func(tx Tx) error {
		teams, err := tx.Teams(ctx)
		if err != nil {
			return err
		}
		if len(teams) >= desk.MaxTeams {
			return desk.ErrFull
		}
		if err := team.Check(); err != nil {
			return err
		}
		for i := range teams {
			team.Place = max(team.Place, teams[i].Place+1)
		}
		team.UpdatedAt = r.Now()
		return tx.AddTeam(ctx, &team)
	})
}

// SaveTeam changes a team; desk.ErrStale when it is not of the version that was seen.
func (r *Rota) SaveTeam(ctx context.Context, by desk.Agent, team desk.TeamInfo) error {
	return r.setUp(ctx, by, "save team", func(tx Tx) error {
		teams, err := tx.Teams(ctx)
		if err != nil {
			return err
		}
		have, err := tx.LockTeam(ctx, team.ID)
		if err != nil {
			return err
		}
		if have.Version != team.Version {
			return desk.ErrStale
		}
		if err := team.Check(); err != nil {
			return err
		}
		if team.Overflow != "" && !slices.ContainsFunc(teams, func(t desk.TeamInfo) bool { return t.ID == team.Overflow && t.Active }) {
			return desk.ErrInvalid.For("overflow")
		}
		team.Place, team.Version, team.UpdatedAt = have.Place, have.Version+1, r.Now()
		return tx.SaveTeam(ctx, &team)
	})
}

// SaveRules puts a list of rules in the place of the one of a version; desk.ErrStale
// when it is another by now.
func (r *Rota) SaveRules(ctx context.Context, by desk.Agent, rules desk.Rules) error {
	return r.setUp(ctx, by, "save rules", func(tx Tx) error {
		teams, err := tx.Teams(ctx)
		if err != nil {
			return err
		}
		if err := (&desk.Roster{Teams: teams}).CheckRules(rules.List); err != nil {
			return err
		}
		return tx.SaveRules(ctx, rules)
	})
}

// SavePost sets up an agent's post.
func (r *Rota) SavePost(ctx context.Context, by desk.Agent, post desk.Post) error {
	return r.setUp(ctx, by, "save post", func(tx Tx) error {
		if err := post.Check(); err != nil {
			return err
		}
		teams, err := tx.Teams(ctx)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(post.Teams, func(id desk.Team) bool {
			return !slices.ContainsFunc(teams, func(t desk.TeamInfo) bool { return t.ID == id })
		}) {
			return desk.ErrInvalid.For("teams")
		}
		if _, err := tx.LockAgent(ctx, post.AgentID); err != nil {
			return err
		}
		post.UpdatedAt = r.Now()
		return tx.SavePost(ctx, &post)
	})
}

// setUp runs a change that only admins make, and puts it in force here.
func (r *Rota) setUp(ctx context.Context, by desk.Agent, doing string, change func(Tx) error) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	if err := r.Store.InTx(ctx, change); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return r.Reload(ctx)
}

// Team returns a team in force; false when there is none, or it takes nothing any more.
func (r *Rota) Team(id desk.Team) (desk.TeamInfo, bool) {
	t, ok := r.Roster().Team(id)
	return t, ok && t.Active
}
