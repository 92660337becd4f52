package console

import (
	"math"
	"net/url"
	"time"

	"antena/internal/desk"
)

// whyView explains one turn of the assistant: what it understood, what it chose
// among and which rule decided.
type whyView struct {
	Close      string
	Action     string
	Reason     string
	ReasonCode string
	Rule       string
	Article    *articleLink
	Intents    []scoreView
	Passages   []scoreView
	Words      []scoreView // n-grams that spoke for the first intent
	Facts      []fact
	Consulted  []consultedView
	Figures    []fact
	Problem    string
	Again      string // decides it again; empty: not for this person
	Replay     *replayView
	Wrong      string // address that says the answer was wrong; empty: not possible
	Told       string // that it was said already
	Bands      string
}

// scoreView is a candidate with its probability as a bar of 0 to 20 steps.
type scoreView struct {
	Name   string
	Detail string
	URL    string
	Value  string
	Steps  int
	Chosen bool
}

type articleLink struct {
	Title   string
	URL     string
	Version string
}

func (p *Console) why(v *visit, turn *desk.Turn) *whyView {
	u, d := &turn.Understanding, &turn.Decision
	view := &whyView{
		Action: v.Code("action", string(turn.Action)), Reason: v.Code("reason", string(turn.Reason)),
		ReasonCode: string(turn.Reason), Rule: d.Rule, Problem: u.Problem,
		Bands: v.T("why.bands", v.Percent(turn.Inputs.Thresholds.AnswerFor(u.Best().Label)), v.Percent(turn.Inputs.Thresholds.Ask)),
	}
	if d.Article != nil {
		view.Article = link(v, *d.Article)
	}
	for _, s := range u.Intents {
		view.Intents = append(view.Intents, scoreView{
			Name: p.intent(v, s.Label), Detail: s.Label, Value: v.Percent(s.Confidence), Steps: steps(s.Confidence),
			Chosen: s.Label == turn.Intent,
		})
	}
	for _, passage := range u.Passages {
		to := link(v, passage.Article)
		view.Passages = append(view.Passages, scoreView{
			Name: to.Title, Detail: to.Version, URL: to.URL, Value: v.Percent(passage.Confidence), Steps: steps(passage.Confidence),
			Chosen: d.Article != nil && d.Article.ID == passage.Article.ID,
		})
	}
	view.Words = grams(u.Why)
	view.Facts = understood(v, u)
	view.Consulted = p.consulted(v, turn)
	view.Figures = figures(v, turn)
	return view
}

// grams shows the weights of words in relation to the heaviest.
func grams(all []desk.Gram) []scoreView {
	var shown []scoreView
	most := 0.0
	for _, g := range all {
		most = max(most, math.Abs(g.Weight))
	}
	for i, g := range all {
		if i == 8 || most == 0 {
			break
		}
		shown = append(shown, scoreView{Name: g.Text, Steps: steps(math.Abs(g.Weight) / most)})
	}
	return shown
}

func understood(v *visit, u *desk.Understanding) []fact {
	var all []fact
	if u.Language != "" {
		all = append(all, fact{Name: v.T("why.language"), Value: v.T("why.language_value", v.Code("language", u.Language), v.Percent(u.LanguageConfidence))})
	}
	if u.Certain != desk.CertainNothing {
		all = append(all, fact{Name: v.T("why.certain"), Value: v.Code("certain", string(u.Certain))})
	}
	if u.Accept > 0 || u.None > 0 {
		all = append(all, fact{Name: v.T("why.none"), Value: v.Percent(u.None)})
	}
	if u.Mood != desk.MoodCalm {
		all = append(all, fact{Name: v.T("why.mood"), Value: v.Code("mood", string(u.Mood))})
	}
	for _, flag := range []struct {
		key string
		set bool
	}{{"why.urgent", u.Urgent}, {"why.still_broken", u.StillBroken}, {"why.works_now", u.WorksNow}} {
		if flag.set {
			all = append(all, fact{Name: v.T(flag.key), Value: v.T("why.yes")})
		}
	}
	for _, e := range u.Entities {
		all = append(all, fact{Name: v.Code("entity", e.Kind), Value: e.Value, Mono: true})
	}
	return all
}

func figures(v *visit, turn *desk.Turn) []fact {
	all := []fact{
		{Name: v.T("why.when"), Value: v.DayTime(turn.CreatedAt)},
		{Name: v.T("why.took"), Value: v.Took(time.Duration(turn.TookMicros) * time.Microsecond)},
		{Name: v.T("why.model"), Value: turn.Model, Mono: true},
	}
	if turn.TokensIn+turn.TokensOut > 0 {
		all = append(all, fact{Name: v.T("why.tokens"), Value: v.T("why.tokens_value", turn.TokensIn, turn.TokensOut)})
	}
	if turn.Inputs.BookVersion != "" {
		all = append(all, fact{Name: v.T("why.book"), Value: short(turn.Inputs.BookVersion), Mono: true})
	}
	return append(all, fact{Name: v.T("why.turn"), Value: turn.ID.String(), Mono: true})
}

func link(v *visit, ref desk.ArticleRef) *articleLink {
	title := ref.Title
	if title == "" {
		title = ref.ID
	}
	return &articleLink{
		Title: title, Version: v.T("article.version", ref.Version),
		URL: "/articles/" + url.PathEscape(ref.ID) + "?lang=" + url.QueryEscape(ref.Language),
	}
}

func steps(share float64) int { return int(math.Round(min(max(share, 0), 1) * 20)) }

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}
