package console

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// narrowView is what a list can be narrowed and sorted by, and what of it is in force.
type narrowView struct {
	View       string
	Search     string
	Teams      []choice
	Holders    []choice
	Languages  []choice
	Priorities []choice
	Intents    []choice
	Sorts      []choice
	Unread     bool
	From       string
	Until      string
	Chips      []choice // what is in force, each with the address of the list without it
	Clear      string   // address of the list without any of it
	Query      string   // the whole of it, for forms
	MayShare   bool
	MaxName    int
	CSV        string // address of the list as a file; empty: not for this person
}

// pickView is a list to choose from with its label.
type pickView struct {
	Name    string
	Label   string
	Choices []choice
}

func (p *Console) narrow(v *visit, at place, people people) *narrowView {
	f := at.ConversationFilter
	n := &narrowView{
		View: string(f.View), Search: at.Search, Unread: f.Unread, From: day(f.From), Until: at.values().Get("until"), Query: at.query(),
		MayShare: v.who.Role.May(desk.MayReassign), MaxName: desk.MaxViewName,
		Teams: p.teamChoices(v, f.Team), Intents: p.intentChoices(v, f.Intent),
	}
	n.Holders = append([]choice{{Label: v.T("narrow.anyone"), Current: f.Holder == uuid.Nil}}, assignable(people, &f.Holder)...)
	n.Languages = codes(v, "narrow.any", "language", f.Language, desk.Languages)
	n.Priorities = codes(v, "narrow.any", "priority", f.Priority, desk.Priorities)
	n.Sorts = codes(v, "narrow.usual", "sort", f.Sort, desk.ConversationSorts)
	if v.who.Role.May(desk.MayReassign) {
		n.CSV = "/conversations.csv?" + at.query()
	}
	for _, group := range []struct {
		key string
		all []choice
	}{{"team", n.Teams}, {"holder", n.Holders}, {"language", n.Languages}, {"priority", n.Priorities}, {"intent", n.Intents}, {"sort", n.Sorts}} {
		for _, c := range group.all {
			if c.Current && c.Value != "" {
				n.Chips = append(n.Chips, choice{Label: c.Label, URL: at.without(group.key)})
			}
		}
	}
	if f.Unread {
		n.Chips = append(n.Chips, choice{Label: v.T("narrow.unread"), URL: at.without("unread")})
	}
	if n.From != "" {
		n.Chips = append(n.Chips, choice{Label: v.T("narrow.since", n.From), URL: at.without("from")})
	}
	if n.Until != "" {
		n.Chips = append(n.Chips, choice{Label: v.T("narrow.to", n.Until), URL: at.without("until")})
	}
	if len(n.Chips) > 1 {
		n.Clear = at.without("team", "holder", "language", "priority", "intent", "sort", "unread", "from", "until")
	}
	return n
}

// codes are codes of the desk to choose from, after none of them.
func codes[T ~string](v *visit, none, prefix string, current T, all []T) []choice {
	found := []choice{{Label: v.T(none), Current: current == ""}}
	for _, c := range all {
		found = append(found, choice{Value: string(c), Label: v.Code(prefix, string(c)), Current: c == current})
	}
	return found
}

func (p *Console) intentChoices(v *visit, current string) []choice {
	all := []choice{{Label: v.T("narrow.any"), Current: current == ""}}
	if p.Book == nil || p.Book() == nil {
		return all
	}
	var named []choice
	for label := range p.Book().Intents {
		if label != desk.LabelNone {
			named = append(named, choice{Value: label, Label: p.intent(v, label), Current: label == current})
		}
	}
	slices.SortFunc(named, func(a, b choice) int { return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)) })
	return append(all, named...)
}
