package desk

import (
	"slices"
	"strings"
)

// Roster is who answers what: the teams, in their order, and the rules that lead to
// them. A nil roster has neither.
type Roster struct {
	Teams []TeamInfo
	Rules []Rule
}

// Rule leads a matter to a team. What it does not name it does not ask for.
type Rule struct {
	Intents   []string `json:"intents,omitempty"`
	Zones     []string `json:"zones,omitempty"`
	Languages []string `json:"languages,omitempty"`
	Priority  Priority `json:"priority,omitempty"` // at least
	Team      Team     `json:"team"`
	Skill     string   `json:"skill,omitempty"` // the agent must have
}

// Rules are the rules in their order; the first that fits counts. Version is raised
// with every change.
type Rules struct {
	List    []Rule `json:"list"`
	Version int64  `json:"version"`
}

// Limits of rules.
const (
	MaxRules   = 100
	maxOfRule  = 50
	maxZoneLen = 80
)

// Matter is what a rule looks at.
type Matter struct {
	Intent   string
	Zone     string // of the contact; empty while not known
	Language string
	Priority Priority
}

// Fits reports whether the rule is about a matter.
func (r *Rule) Fits(m Matter) bool {
	return (len(r.Intents) == 0 || slices.Contains(r.Intents, m.Intent)) &&
		(len(r.Languages) == 0 || slices.Contains(r.Languages, m.Language)) &&
		(len(r.Zones) == 0 || slices.ContainsFunc(r.Zones, func(z string) bool { return m.Zone != "" && strings.EqualFold(z, m.Zone) })) &&
		(r.Priority == "" || m.Priority.Rank() >= r.Priority.Rank())
}

// Team returns a team; false when there is none of that name.
func (r *Roster) Team(id Team) (TeamInfo, bool) {
	if r != nil {
		for i := range r.Teams {
			if r.Teams[i].ID == id {
				return r.Teams[i], true
			}
		}
	}
	return TeamInfo{}, false
}

// Route is the rule for a matter: the first that fits and leads to an active team.
func (r *Roster) Route(m Matter) (Rule, bool) {
	if r == nil {
		return Rule{}, false
	}
	for i := range r.Rules {
		if t, ok := r.Team(r.Rules[i].Team); ok && t.Active && r.Rules[i].Fits(m) {
			return r.Rules[i], true
		}
	}
	return Rule{}, false
}

// Calendar is when a team answers: as the provider does, unless it has hours of its own.
func (r *Roster) Calendar(id Team, p *Profile) Calendar {
	if t, ok := r.Team(id); ok {
		return t.Calendar(p)
	}
	return p.Calendar()
}

// WithoutHours is the roster with every team in the provider's hours.
func (r *Roster) WithoutHours() *Roster {
	if r == nil {
		return nil
	}
	plain := &Roster{Teams: slices.Clone(r.Teams), Rules: r.Rules}
	for i := range plain.Teams {
		plain.Teams[i].OwnHours = false
	}
	return plain
}

// CheckRules reports what of a list of rules cannot be.
func (r *Roster) CheckRules(rules []Rule) error {
	if len(rules) > MaxRules {
		return ErrInvalid.For("rules")
	}
	for i := range rules {
		if err := r.checkRule(&rules[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Roster) checkRule(rule *Rule) error {
	team, ok := r.Team(rule.Team)
	switch {
	case !ok || !team.Active:
		return ErrInvalid.For("team")
	case rule.Priority != "" && !rule.Priority.Valid():
		return ErrInvalid.For("priority")
	case rule.Skill != "" && !key(rule.Skill, MaxSkill):
		return ErrInvalid.For("skill")
	case len(rule.Intents) > maxOfRule || len(rule.Zones) > maxOfRule:
		return ErrInvalid.For("intents")
	case slices.ContainsFunc(rule.Languages, func(l string) bool { return !KnownLanguage(l) }):
		return ErrInvalid.For("languages")
	case slices.ContainsFunc(rule.Zones, func(z string) bool { return strings.TrimSpace(z) == "" || Units(z) > maxZoneLen }):
		return ErrInvalid.For("zones")
	}
	return nil
}
