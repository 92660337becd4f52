package console

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

// slaPage is how soon people answer and settle matters, and what the law asks.
type slaPage struct {
	shell
	Edit        bool
	Kept        []fact // of the last days
	Share       int
	WindowHours int
	Targets     []targetRow
	Country     string // the desk's; empty: not set, or nothing is known of it
	Known       []choice
	Deadlines   []deadlineRow
	Other       []otherLaw
}

// targetRow is one line of the targets; the last one is empty, to add another.
type targetRow struct {
	N                       int
	Intent, Priority        string // in words
	Intents, Priorities     []choice
	First, Next, Resolution string
}

// deadlineRow is one deadline of the desk's country.
type deadlineRow struct {
	Key       string
	Name      string
	Value     string // empty: not known
	Length    string // in words
	Units     []choice
	Intents   []choice // all, and which it is about
	About     string   // in words
	Source    string
	Confirmed bool
	Own       bool
}

// otherLaw are the deadlines of a country that is not the desk's.
type otherLaw struct {
	Name string
	Rows []deadlineRow
}

// keptDays is how far back the page counts.
const keptDays = 30

func (p *Console) slaSettings(v *visit) error { return p.showSLA(v, http.StatusOK, nil) }

// showSLA shows what is in force, or what was typed and refused.
func (p *Console) showSLA(v *visit, status int, typed *sla.Settings) error {
	ctx := v.gin.Request.Context()
	rules := p.Promises.Rules()
	s := rules.Settings
	if typed != nil {
		s = *typed
	}
	page := &slaPage{shell: p.shell(v, "sla", v.T("nav.sla")), Edit: v.who.Role.May(desk.MayAdminister), Share: s.Share, WindowHours: s.WindowHours}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	sums, err := p.Reader.PromiseSums(ctx, v.now.Add(-keptDays*24*time.Hour), v.now)
	if err != nil {
		return fmt.Errorf("counting kept promises: %w", err)
	}
	for _, sum := range sums {
		page.Kept = append(page.Kept, fact{Name: v.T("promise." + string(sum.Kind)), Value: v.T("sla.kept_of", v.Percent(float64(sum.Kept)/float64(sum.Ended)), sum.Ended)})
	}
	targets := slices.Clone(s.Targets)
	if page.Edit {
		targets = append(targets, sla.Target{})
	}
	for n, t := range targets {
		page.Targets = append(page.Targets, p.targetRow(v, n, t))
	}
	p.fillLaw(v, page, rules, s)
	return p.show(v, status, "sla", page)
}

func (p *Console) targetRow(v *visit, n int, t sla.Target) targetRow {
	row := targetRow{
		N: n, Intent: v.T("sla.any_intent"), Priority: v.T("sla.any_priority"),
		First: minutesText(t.First), Next: minutesText(t.Next), Resolution: minutesText(t.Resolution),
	}
	if t.Intent != "" {
		row.Intent = p.intent(v, t.Intent)
	}
	if t.Priority != "" {
		row.Priority = v.T("priority." + string(t.Priority))
	}
	row.Intents = append([]choice{{Label: v.T("sla.any_intent")}}, p.intentOptions(v, t.Intent)...)
	row.Priorities = []choice{{Label: v.T("sla.any_priority")}}
	for _, level := range priorities {
		row.Priorities = append(row.Priorities, choice{Value: string(level), Label: v.T("priority." + string(level)), Current: level == t.Priority})
	}
	return row
}

// intentOptions are the intents of the book, by name, and those asked for that it does
// not have any more.
func (p *Console) intentOptions(v *visit, current ...string) []choice {
	labels := map[string]bool{}
	for _, label := range current {
		labels[label] = label != ""
	}
	if p.Book != nil {
		for label := range p.Book().Intents {
			labels[label] = true
		}
	}
	var all []choice
	for label := range maps.Keys(labels) {
		if labels[label] && label != desk.LabelNone && label != "*" {
			all = append(all, choice{Value: label, Label: p.intent(v, label), Current: slices.Contains(current, label)})
		}
	}
	slices.SortFunc(all, func(a, b choice) int { return strings.Compare(a.Label+a.Value, b.Label+b.Value) })
	return all
}

// fillLaw shows the deadlines of the desk's country, and those of the others to compare.
func (p *Console) fillLaw(v *visit, page *slaPage, rules *sla.Rules, s sla.Settings) {
	shipped, own := p.Promises.Countries(), ""
	if rules.Country != nil {
		own = rules.Country.Code
		page.Country = v.T("country." + own)
	}
	for _, c := range shipped {
		rows := p.deadlines(v, sla.CountryOf(shipped, c.Code, s))
		if c.Code == own {
			page.Deadlines = rows
			continue
		}
		page.Other = append(page.Other, otherLaw{Name: v.T("country." + c.Code), Rows: rows})
	}
}

func (p *Console) deadlines(v *visit, c *sla.Country) (rows []deadlineRow) {
	for _, d := range c.Deadlines {
		row := deadlineRow{Key: d.Key, Name: v.T("sla.matter." + d.Matter), Length: v.T("sla.unknown"), Source: d.Source, Confirmed: d.Confirmed, Own: d.Own}
		if d.Value > 0 {
			row.Value, row.Length = strconv.Itoa(d.Value), v.N("sla.unit."+string(d.Unit), d.Value)
		}
		for _, u := range sla.Units {
			row.Units = append(row.Units, choice{Value: string(u), Label: v.T("sla.units." + string(u)), Current: u == d.Unit})
		}
		everything := slices.Contains(d.Intents, "*")
		row.Intents = append([]choice{{Value: "*", Label: v.T("sla.every_ticket"), Current: everything}}, p.intentOptions(v, d.Intents...)...)
		var about []string
		for _, i := range row.Intents {
			if i.Current {
				about = append(about, i.Label)
			}
		}
		row.About = strings.Join(about, ", ")
		rows = append(rows, row)
	}
	return rows
}

// saveSLA puts what was filled in in force.
func (p *Console) saveSLA(v *visit) error {
	s, err := p.readSLA(v)
	if err == nil {
		err = p.Promises.Save(v.gin.Request.Context(), v.who, s)
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showSLA(v, status, &s)
		})
	}
	return v.done("/sla", "sla_saved")
}

// readSLA reads the form. A line of targets without any figure is dropped; a deadline
// that is as shipped again is the law's own.
func (p *Console) readSLA(v *visit) (sla.Settings, error) {
	var s sla.Settings
	var failed error
	number := func(field, text string) int {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil && text != "" && failed == nil {
			failed = desk.ErrInvalid.For(field)
		}
		return n
	}
	s.Share, s.WindowHours = number("share", v.form("share")), number("window_hours", v.form("window_hours"))
	for n := range sla.MaxTargets + 1 {
		field := func(name string) string { return v.form("t." + strconv.Itoa(n) + "." + name) }
		t := sla.Target{Intent: field("intent"), Priority: desk.Priority(field("priority"))}
		for name, into := range map[string]*int{"first": &t.First, "next": &t.Next, "resolution": &t.Resolution} {
			var ok bool
			if *into, ok = parseMinutes(field(name)); !ok && failed == nil {
				failed = desk.ErrInvalid.For("targets")
			}
		}
		if t.First != 0 || t.Next != 0 || t.Resolution != 0 {
			s.Targets = append(s.Targets, t)
		}
	}
	s.Deadlines = p.readDeadlines(v, number)
	return s, failed
}

// readDeadlines keeps what was set for other countries, and reads those of the desk's.
func (p *Console) readDeadlines(v *visit, number func(field, text string) int) []sla.Override {
	rules, shipped := p.Promises.Rules(), p.Promises.Countries()
	all := slices.Clone(rules.Settings.Deadlines)
	if rules.Country == nil {
		return all
	}
	for _, d := range sla.CountryOf(shipped, rules.Country.Code, sla.Settings{}).Deadlines {
		all = slices.DeleteFunc(all, func(o sla.Override) bool { return o.Key == d.Key })
		field := "d." + d.Key + "."
		o := sla.Override{
			Key: d.Key, Value: number("deadlines", v.form(field+"value")), Unit: sla.Unit(v.form(field + "unit")),
			Intents: v.gin.PostFormArray(field + "intents"), Confirmed: v.form(field+"confirmed") != "",
		}
		slices.Sort(o.Intents)
		slices.Sort(d.Intents)
		if o.Value != d.Value || o.Unit != d.Unit || o.Confirmed != d.Confirmed || !slices.Equal(o.Intents, d.Intents) {
			all = append(all, o)
		}
	}
	return all
}
