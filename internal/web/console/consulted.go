package console

import (
	"strings"
	"time"

	"antena/internal/desk"
)

// consultedView is one thing a language model was asked for in a turn.
type consultedView struct {
	Name    string // what for
	Outcome string // used, or why not
	Used    bool
	Said    []scoreView // matters it named, with its own probabilities
	Facts   []fact
}

// consulted explains what a model had to do with a turn; nothing when none was asked.
func (p *Console) consulted(v *visit, turn *desk.Turn) []consultedView {
	var all []consultedView
	if a := turn.Understanding.Advice; a != nil {
		view := asked(v, &a.Consulted)
		for _, s := range a.Intents {
			view.Said = append(view.Said, scoreView{
				Name: p.intent(v, s.Label), Detail: s.Label, Value: v.Percent(s.Confidence), Steps: steps(s.Confidence), Chosen: s.Label == turn.Intent,
			})
		}
		if a.NeedsPerson {
			view.Facts = append(view.Facts, fact{Name: v.T("consulted.person"), Value: v.T("why.yes")})
		}
		all = append(all, view)
	}
	if w := turn.Decision.Wording; w != nil {
		all = append(all, asked(v, &w.Consulted))
	}
	return all
}

func asked(v *visit, c *desk.Consulted) consultedView {
	view := consultedView{Name: v.Code("consulted", c.Prompt), Outcome: outcome(v, c), Used: c.Helped()}
	add := func(name, value string, mono bool) {
		if value != "" {
			view.Facts = append(view.Facts, fact{Name: v.T(name), Value: value, Mono: mono})
		}
	}
	add("why.model", c.Model, true)
	add("consulted.prompt", c.Hash, true)
	add("why.took", v.Took(c.Took.Round(time.Millisecond)), false)
	if c.TokensIn+c.TokensOut > 0 {
		add("why.tokens", v.T("why.tokens_value", c.TokensIn, c.TokensOut), false)
		cost := v.T("cost.unknown")
		if !c.Unpriced {
			cost = money(v, c.CostMicros, desk.ModelCurrency)
		}
		add("consulted.cost", cost, false)
	}
	return view
}

func outcome(v *visit, c *desk.Consulted) string {
	switch {
	case c.Problem != "":
		return v.T("consulted.failed", v.Code("model", string(c.Problem)))
	case len(c.Refused) > 0:
		var why []string
		for _, code := range c.Refused {
			why = append(why, v.Code("refused", code))
		}
		return v.T("consulted.refused", strings.Join(why, ", "))
	case c.Unused != "":
		return v.Code("unused", c.Unused)
	}
	return v.T("consulted.used")
}
