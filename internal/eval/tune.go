package eval

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"slices"

	"antena/internal/desk"
	"antena/internal/understand"
)

// TuneOptions say on what and to what end thresholds are tuned; zero fields get defaults.
type TuneOptions struct {
	Costs   Costs
	Outside float64     // share of messages that are none of ours, of all that arrive; default 0.25
	Folds   int         // default 5
	Prior   float64     // how many messages of the others an intent's own are weighed against; default 200
	Test    []Utterance // to tune on; none: the book's own examples, each by a model that has not seen it
}

// TuneReport is what tuning found. Costs are per message.
type TuneReport struct {
	Kind       string          `json:"kind"` // "tune"
	Costs      Costs           `json:"costs"`
	Messages   int             `json:"messages"`
	Thresholds desk.Thresholds `json:"thresholds"`
	Before     Outlook         `json:"before"` // with the thresholds in force
	After      Outlook         `json:"after"`
	Curve      []Point         `json:"curve"`    // one border for all intents
	Articles   []Point         `json:"articles"` // the border to answer from an article
	Actions    []Tuned         `json:"actions"`
	Intents    []Tuned         `json:"intents"`
}

// Outlook is what some thresholds would make of the messages. Shares are of all,
// but Right.
type Outlook struct {
	Cost  float64 `json:"cost"`
	Acted float64 `json:"acted"`
	Asked float64 `json:"asked"`
	Right float64 `json:"right"` // of what is acted on
}

// Point is the outlook with one border.
type Point struct {
	At float64 `json:"at"`
	Outlook
}

// Tuned is the border of an action or an intent.
type Tuned struct {
	Name      string  `json:"name"`
	Action    string  `json:"action,omitempty"` // of an intent
	Messages  int     `json:"messages"`         // taken for it
	Alone     float64 `json:"alone"`            // cheapest for these messages alone
	Threshold float64 `json:"threshold"`        // cheapest with the others weighed in
	Acted     float64 `json:"acted"`            // share of these messages, at Threshold
	Right     float64 `json:"right"`            // of those acted on
}

// Borders are looked for between these, in hundredths.
const (
	lowestBorder  = 0.30
	highestBorder = 0.97
	lowestAsk     = 0.10
)

var errNothingToTune = errors.New("no message is left to the model: nothing to tune on")

// Tune finds the thresholds that cost least.
//
// Each candidate border is priced on messages the model has not learned from. For
// one intent there are few, so its border is the cheapest for its own messages plus
// Prior messages' worth of its action's average, which itself is that of the
// action's messages plus Prior messages' worth of everybody's: an intent with few
// messages gets its action's border, an action with few the common one.
func Tune(ctx context.Context, book *desk.Book, now desk.Thresholds, o TuneOptions, tell Progress) (TuneReport, error) {
	o = o.filled()
	r := TuneReport{Kind: "tune", Costs: o.Costs}
	all, err := tuningSet(ctx, book, o, tell)
	if err != nil {
		return r, err
	}
	if len(all) == 0 {
		return r, errNothingToTune
	}
	questions, err := heldOutQuestions(ctx, book, o.Folds, tell)
	if err != nil {
		return r, err
	}
	weigh(all, o.Outside)
	weigh(questions, o.Outside)
	r.Messages = len(all)
	t := &tuner{o: o, all: all}
	t.common()
	r.Actions, r.Intents = t.actions(), t.intents(book)
	r.Thresholds = t.thresholds(r.Intents)
	r.Thresholds.Article, r.Thresholds.First = t.article(questions), t.first(questions)
	r.Before, r.After = t.outlook(now), t.outlook(r.Thresholds)
	for at := lowestBorder; at < 1; at += 0.05 {
		at = math.Round(100*at) / 100
		r.Curve = append(r.Curve, Point{at, t.outlook(desk.Thresholds{Answer: at, Ask: min(at, t.ask)})})
		alone := &tuner{o: o, all: questions}
		r.Articles = append(r.Articles, Point{at, alone.outlook(desk.Thresholds{Answer: at})})
	}
	return r, nil
}

func (o TuneOptions) filled() TuneOptions {
	if o.Costs == (Costs{}) {
		o.Costs = DefaultCosts
	}
	if o.Outside == 0 {
		o.Outside = 0.25
	}
	if o.Folds == 0 {
		o.Folds = 5
	}
	if o.Prior == 0 {
		o.Prior = 200
	}
	return o
}

func tuningSet(ctx context.Context, book *desk.Book, o TuneOptions, tell Progress) ([]sample, error) {
	if o.Test == nil {
		return heldOut(ctx, book, o.Folds, tell)
	}
	tell.tell("learning", 0, 1)
	return predict(ctx, book, understand.Examples(book), o.Test)
}

// tuner looks for borders on some messages.
type tuner struct {
	o      TuneOptions
	all    []sample
	answer float64
	ask    float64
}

// mean is what an average message costs with a border, were its action this one.
func (t *tuner) mean(some []sample, action desk.IntentAction, at float64) float64 {
	sum, weight := 0.0, 0.0
	for i := range some {
		a := action
		if a == "" {
			a = some[i].action
		}
		sum += some[i].cost(t.o.Costs, a, at, min(at, t.ask))
		weight += some[i].weight
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// cheapest looks for the border with the least cost. Of several the middle one of
// the first run is taken, so that one message more or less moves it little.
func cheapest(low, high float64, cost func(at float64) float64) float64 {
	const same = 1e-9
	best, from, to := math.Inf(1), low, low
	for i := int(math.Round(low * 100)); i <= int(math.Round(high*100)); i++ {
		at := float64(i) / 100
		c := cost(at)
		switch {
		case c < best-same:
			best, from, to = c, at, at
		case c < best+same && at < to+0.011:
			to = at
		}
	}
	return math.Round(100*(from+to)/2) / 100
}

// common finds the two borders of all intents: each in turn, since one depends on the other.
func (t *tuner) common() {
	t.answer, t.ask = 0.7, 0.3
	for range 3 {
		t.answer = cheapest(lowestBorder, highestBorder, func(at float64) float64 { return t.mean(t.all, "", at) })
		t.ask = cheapest(lowestAsk, t.answer, func(at float64) float64 {
			probe := tuner{o: t.o, ask: at}
			return probe.mean(t.all, "", t.answer)
		})
	}
}

// weighed is an average with a number of messages' worth of another average.
func (t *tuner) weighed(some []sample, action desk.IntentAction, at, other float64) float64 {
	n := 0.0
	for i := range some {
		n += some[i].weight
	}
	return (n*t.mean(some, action, at) + t.o.Prior*other) / (n + t.o.Prior)
}

func (t *tuner) of(match func(*sample) bool) []sample {
	var some []sample
	for i := range t.all {
		if match(&t.all[i]) {
			some = append(some, t.all[i])
		}
	}
	return some
}

// byAction is the average of an action's messages, with some of everybody's.
func (t *tuner) byAction(action desk.IntentAction) (some []sample, cost func(at float64) float64) {
	some = t.of(func(s *sample) bool { return s.action == action })
	return some, func(at float64) float64 { return t.weighed(some, action, at, t.mean(t.all, action, at)) }
}

func (t *tuner) actions() []Tuned {
	names := map[desk.IntentAction]bool{}
	for i := range t.all {
		names[t.all[i].action] = true
	}
	var out []Tuned
	for _, action := range slices.Sorted(maps.Keys(names)) {
		some, cost := t.byAction(action)
		x := Tuned{Name: string(action), Threshold: cheapest(t.ask, highestBorder, cost)}
		out = append(out, t.rated(x, some, action))
	}
	return out
}

func (t *tuner) intents(book *desk.Book) []Tuned {
	var out []Tuned
	for _, label := range slices.Sorted(maps.Keys(book.Intents)) {
		if label == desk.LabelNone {
			continue // never the likeliest: what is none of ours is found otherwise
		}
		action := book.Intents[label].Action
		some := t.of(func(s *sample) bool { return s.top == label })
		_, others := t.byAction(action)
		x := Tuned{Name: label, Action: string(action)}
		x.Threshold = cheapest(t.ask, highestBorder, func(at float64) float64 { return t.weighed(some, action, at, others(at)) })
		out = append(out, t.rated(x, some, action))
	}
	slices.SortStableFunc(out, func(a, b Tuned) int { return cmp.Or(cmp.Compare(a.Action, b.Action), cmp.Compare(a.Name, b.Name)) })
	return out
}

// rated fills in what a border makes of its messages.
func (t *tuner) rated(x Tuned, some []sample, action desk.IntentAction) Tuned {
	x.Messages = len(some)
	if len(some) == 0 {
		return x
	}
	x.Alone = cheapest(t.ask, highestBorder, func(at float64) float64 { return t.mean(some, action, at) })
	alone := &tuner{o: t.o, all: some}
	out := alone.outlook(desk.Thresholds{Answer: x.Threshold, Ask: t.ask})
	x.Acted, x.Right = out.Acted, out.Right
	return x
}

// thresholds takes the borders together. An intent whose border is the common one needs no word.
func (t *tuner) thresholds(intents []Tuned) desk.Thresholds {
	out := desk.Thresholds{Answer: t.answer, Ask: t.ask, PerIntent: map[string]float64{}}
	for _, x := range intents {
		if math.Abs(x.Threshold-t.answer) >= 0.005 {
			out.PerIntent[x.Name] = x.Threshold
		}
	}
	return out
}

// article is the border from which an article answers though no intent is sure;
// below it one question is asked.
func (t *tuner) article(questions []sample) float64 {
	alone := &tuner{o: t.o}
	return cheapest(lowestBorder, highestBorder, func(at float64) float64 { return alone.mean(questions, "", at) })
}

// first is the border from which an article is said before a ticket is offered.
func (t *tuner) first(questions []sample) float64 {
	return cheapest(lowestBorder, highestBorder, func(at float64) float64 {
		sum := 0.0
		for i := range questions {
			sum += questions[i].first(t.o.Costs, at)
		}
		return sum
	})
}

// outlook is what thresholds make of the messages.
func (t *tuner) outlook(th desk.Thresholds) Outlook {
	var o Outlook
	var all, right float64
	for i := range t.all {
		s := &t.all[i]
		answer := th.AnswerFor(s.top)
		all += s.weight
		o.Cost += s.cost(t.o.Costs, s.action, answer, min(answer, th.Ask))
		switch {
		case s.accept >= answer:
			o.Acted += s.weight
			if s.truth == s.top {
				right += s.weight
			}
		case s.accept >= th.Ask:
			o.Asked += s.weight
		}
	}
	if o.Acted > 0 {
		o.Right = right / o.Acted
	}
	if all > 0 {
		o.Cost, o.Acted, o.Asked = o.Cost/all, o.Acted/all, o.Asked/all
	}
	return o
}
