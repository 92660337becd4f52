package console

import (
	"slices"
	"strings"

	"antena/internal/desk"
)

// ruleRow is a rule in words.
type ruleRow struct {
	N     int
	When  []string // what it asks for; empty: anything
	Team  string
	Skill string
	First bool
	Last  bool
}

// ruleForm is what a new rule is made of.
type ruleForm struct {
	Intents    []choice
	Languages  []choice
	Priorities []choice
	Teams      []choice
}

func (p *Console) ruleRow(v *visit, n, of int, r *desk.Rule) ruleRow {
	row := ruleRow{N: n, Team: p.teamName(v, r.Team), Skill: r.Skill, First: n == 0, Last: n == of-1}
	for _, label := range r.Intents {
		row.When = append(row.When, p.intent(v, label))
	}
	row.When = append(row.When, r.Zones...)
	for _, l := range r.Languages {
		row.When = append(row.When, v.T("language.own."+l))
	}
	if r.Priority != "" {
		row.When = append(row.When, v.T("rules.at_least", v.T("priority."+string(r.Priority))))
	}
	return row
}

func (p *Console) ruleForm(v *visit) *ruleForm {
	f := &ruleForm{Intents: p.intentOptions(v)}
	for _, l := range desk.Languages {
		f.Languages = append(f.Languages, choice{Value: l, Label: v.T("language.own." + l)})
	}
	f.Priorities = []choice{{Label: v.T("rules.any_priority"), Current: true}}
	for _, level := range desk.Priorities[1:] {
		f.Priorities = append(f.Priorities, choice{Value: string(level), Label: v.T("rules.at_least", v.T("priority."+string(level)))})
	}
	for _, t := range p.Rota.Roster().Teams {
		if t.Active {
			f.Teams = append(f.Teams, choice{Value: string(t.ID), Label: t.Name(v.language)})
		}
	}
	return f
}

// changeRules adds, moves or deletes one rule of the list that was seen.
func (p *Console) changeRules(v *visit) error {
	ctx := v.gin.Request.Context()
	rules, err := p.Staffing.Rules(ctx)
	if err != nil {
		return err
	}
	n, list := whole(v.form("rule")), rules.List
	rules.Version = int64(whole(v.form("version")))
	switch verb := v.form("verb"); {
	case verb == "add":
		list = append(list, ruleOf(v))
	case n < 0 || n >= len(list):
		err = desk.ErrStale
	case verb == "delete":
		list = slices.Delete(slices.Clone(list), n, n+1)
	case verb == "up" && n > 0:
		list[n-1], list[n] = list[n], list[n-1]
	case verb == "down" && n < len(list)-1:
		list[n+1], list[n] = list[n], list[n+1]
	default:
		err = desk.ErrInvalid.For("rule")
	}
	if err == nil {
		rules.List = list
		err = p.Rota.SaveRules(ctx, v.who, rules)
	}
	return p.onTeams(v, "rules_saved", err)
}

func ruleOf(v *visit) desk.Rule {
	r := desk.Rule{
		Intents: v.gin.PostFormArray("intent"), Languages: v.gin.PostFormArray("language"), Priority: desk.Priority(v.form("priority")),
		Team: desk.Team(v.form("team")), Skill: v.form("skill"),
	}
	for zone := range strings.SplitSeq(v.form("zones"), ",") {
		if zone = strings.TrimSpace(zone); zone != "" {
			r.Zones = append(r.Zones, zone)
		}
	}
	return r
}
