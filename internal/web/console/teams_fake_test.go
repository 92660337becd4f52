package console_test

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// crew is who works when on the golden desk: Ana and Bruno are there, Carla has gone
// to lunch.
type crew struct{ *fake }

func (c crew) Roster() *desk.Roster {
	r := &desk.Roster{}
	for i, id := range desk.Teams {
		t := desk.NewTeam(id)
		t.Place, t.Version = i, 1
		t.Names = desk.Words{"es": map[desk.Team]string{"support": "Atención", "technical": "Técnica", "billing": "Cobranzas", "sales": "Ventas", "retention": "Retención"}[id]}
		r.Teams = append(r.Teams, t)
	}
	technical, billing, sales := &r.Teams[1], &r.Teams[2], &r.Teams[3]
	technical.Method, technical.Skills, technical.SilentAfter = desk.MethodLeast, []string{"technical"}, 10
	billing.Method, billing.Overflow, billing.OverflowAfter = desk.MethodRound, desk.TeamSupport, 30
	sales.OwnHours, sales.Hours, sales.Holidays = true, []desk.Hours{{Day: time.Sunday, From: "03:00", To: "04:00"}, {Day: time.Monday, From: "08:00", To: "12:00"}, {Day: time.Monday, From: "13:00", To: "18:00"}}, []string{"2026-12-25"}
	r.Rules = c.rulesOf().List
	r.Teams[4].Active = false
	return r
}

func (c crew) rulesOf() desk.Rules {
	return desk.Rules{Version: 3, List: []desk.Rule{
		{Intents: []string{"no_internet"}, Zones: []string{"Norte"}, Priority: desk.PriorityHigh, Team: desk.TeamTechnical, Skill: "technical"},
		{Languages: []string{"pt"}, Team: desk.TeamSales},
	}}
}

func (c crew) Rules(context.Context) (desk.Rules, error) { return c.rulesOf(), nil }

func (c crew) Posts(context.Context) ([]desk.Post, error) {
	return []desk.Post{
		{AgentID: c.agents[ana].ID, Teams: []desk.Team{desk.TeamSupport, desk.TeamTechnical}, Skills: []string{"technical", "vip"}, Capacity: 5},
		{AgentID: c.agents[bruno].ID, Teams: []desk.Team{desk.TeamBilling}, Languages: []string{"pt", "en"}, Capacity: 3},
		{AgentID: c.agents[carla].ID, Teams: []desk.Team{desk.TeamBilling}, Capacity: 2},
	}, nil
}

func (c crew) Post(_ context.Context, agent uuid.UUID) (desk.Post, error) {
	return desk.NewPost(agent), nil
}

func (c crew) Presences(context.Context) ([]desk.Presence, error) {
	until, moved := c.now.Add(time.Minute), c.now.Add(-time.Minute)
	return []desk.Presence{
		{AgentID: c.agents[ana].ID, SeenUntil: &until, ActiveAt: &moved}, {AgentID: c.agents[bruno].ID, SeenUntil: &until, ActiveAt: &moved},
		{AgentID: c.agents[carla].ID, SeenUntil: &until, ActiveAt: &moved, Chosen: desk.Away},
	}, nil
}

func (c crew) Presence(ctx context.Context, agent uuid.UUID) (desk.Presence, error) {
	all, _ := c.Presences(ctx)
	for _, p := range all {
		if p.AgentID == agent {
			return p, nil
		}
	}
	return desk.Presence{AgentID: agent}, nil
}

func (c crew) Loads(context.Context) (map[uuid.UUID]int, error) {
	loads := map[uuid.UUID]int{}
	for i := range c.conversations {
		if k := &c.conversations[i]; k.AgentID != nil && k.State == desk.ConversationOpen {
			loads[*k.AgentID]++
		}
	}
	return loads, nil
}

func (c crew) Waiting(context.Context, int) (all []desk.Conversation, _ error) {
	for _, k := range c.conversations {
		if k.Owner == desk.OwnerQueue && k.State == desk.ConversationOpen {
			all = append(all, k)
		}
	}
	return all, nil
}

func (c crew) Here(context.Context, desk.Agent) error  { return nil }
func (c crew) Moved(context.Context, desk.Agent) error { return c.act("moved") }
func (c crew) Choose(_ context.Context, _ desk.Agent, s desk.PresenceState) error {
	return c.act("choose " + string(s))
}

func (c crew) AddTeam(_ context.Context, _ desk.Agent, id desk.Team, names desk.Words) error {
	return c.act(fmt.Sprintf("add team %s %v", id, names))
}

func (c crew) SaveTeam(_ context.Context, _ desk.Agent, t desk.TeamInfo) error {
	return c.act(fmt.Sprintf("save team %s %s own %v %v %v skills %v overflow %s %d raise %d silent %d version %d", t.ID, t.Method, t.OwnHours, t.Hours, t.Holidays, t.Skills, t.Overflow, t.OverflowAfter, t.RaiseAfter, t.SilentAfter, t.Version))
}

func (c crew) SaveRules(_ context.Context, _ desk.Agent, r desk.Rules) error {
	words := fmt.Sprintf("save rules %d:", r.Version)
	for _, rule := range r.List {
		words += fmt.Sprintf(" %v%v%v%s>%s/%s", rule.Intents, rule.Zones, rule.Languages, rule.Priority, rule.Team, rule.Skill)
	}
	return c.act(words)
}

func (c crew) SavePost(_ context.Context, _ desk.Agent, p desk.Post) error {
	return c.act(fmt.Sprintf("save post %v %v %v %d", p.Teams, p.Skills, p.Languages, p.Capacity))
}

func (f *fake) Pass(_ context.Context, _ desk.Agent, _, _ uuid.UUID, note string) error {
	if note == "" {
		return f.act("assign")
	}
	return f.act("pass " + note)
}
