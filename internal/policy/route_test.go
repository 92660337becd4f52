package policy

import (
	"testing"
	"time"

	"antena/internal/desk"
)

// Rules lead to teams before the matter's own does, and a team's hours decide what
// is promised.
func TestRoute(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC) // a Monday
	teams := func() []desk.TeamInfo {
		all := []desk.TeamInfo{desk.NewTeam(desk.TeamSupport), desk.NewTeam(desk.TeamSales), desk.NewTeam("fibre")}
		all[2].OwnHours, all[2].Hours = true, []desk.Hours{{Day: time.Tuesday, From: "08:00", To: "12:00"}}
		return all
	}
	for _, c := range []struct {
		name   string
		rules  []desk.Rule
		change func([]desk.TeamInfo)
		zone   string
		team   desk.Team
		skill  string
		phrase desk.Phrase
		back   string
	}{
		{name: "no rule", team: desk.TeamSales, phrase: desk.PhraseHandoff},
		{name: "another's rule", rules: []desk.Rule{{Intents: []string{"bill"}, Team: desk.TeamSupport}}, team: desk.TeamSales, phrase: desk.PhraseHandoff},
		{name: "the first that fits", rules: []desk.Rule{{Languages: []string{"pt"}, Team: desk.TeamSales}, {Intents: []string{"plans"}, Team: desk.TeamSupport, Skill: "vip"}, {Team: "fibre"}}, team: desk.TeamSupport, skill: "vip", phrase: desk.PhraseHandoff},
		{name: "a zone, and a team that is away", rules: []desk.Rule{{Zones: []string{"Norte"}, Team: "fibre"}}, zone: "norte", team: "fibre", phrase: desk.PhraseHandoffClosed, back: "2026-11-24T08:00:00Z"},
		{name: "a rule to a team that is no more", rules: []desk.Rule{{Team: "fibre"}}, change: func(all []desk.TeamInfo) { all[2].Active = false }, team: desk.TeamSales, phrase: desk.PhraseHandoff},
		{name: "the matter's team is no more", change: func(all []desk.TeamInfo) { all[1].Active = false }, team: desk.TeamSupport, phrase: desk.PhraseHandoff},
		{name: "priority of at least", rules: []desk.Rule{{Priority: desk.PriorityHigh, Team: "fibre"}}, team: desk.TeamSales, phrase: desk.PhraseHandoff},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			roster := &desk.Roster{Teams: teams(), Rules: c.rules}
			if c.change != nil {
				c.change(roster.Teams)
			}
			p := &pass{scene: &desk.Scene{Roster: roster, Profile: &desk.Profile{TimeZone: "UTC"}, Now: now, Contact: desk.Contact{Zone: c.zone}}}
			d := desk.Decision{
				Language: "es", Phrase: desk.PhraseHandoff, Handoff: &desk.Handoff{Intent: "plans", Team: desk.TeamSales, Priority: desk.PriorityNormal},
				Open: &desk.TicketOpening{Intent: "plans", TicketPlan: desk.TicketPlan{Team: desk.TeamSales, Priority: desk.PriorityNormal}},
			}
			p.route(&d)
			back := ""
			if d.Handoff.Back != nil {
				back = d.Handoff.Back.Format(time.RFC3339)
			}
			if d.Handoff.Team != c.team || d.Open.Team != c.team || d.Handoff.Skill != c.skill || d.Phrase != c.phrase || back != c.back {
				t.Errorf("to %s (ticket %s) skill %q, says %s, back %q", d.Handoff.Team, d.Open.Team, d.Handoff.Skill, d.Phrase, back)
			}
		})
	}
}
