package console

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
)

// teamPage is one team, to read or to change.
type teamPage struct {
	shell
	Edit      bool
	ID        string
	Names     []namedInput
	Active    bool
	Methods   []choice
	OwnHours  bool
	Days      []dayInput
	Holidays  string
	Skills    string
	Overflow  []choice
	Overflows int // minutes; 0: never
	Raises    int
	Silences  int
	Version   int64
	Longest   int
}

type namedInput struct{ Language, Label, Value string }

// dayInput is the hours of one weekday, as "08:00-12:00, 13:00-18:00".
type dayInput struct {
	Day   int
	Name  string
	Value string
}

// weekOrder begins the week on Monday.
var weekOrder = [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func (p *Console) team(v *visit) error {
	t, ok := p.Rota.Roster().Team(desk.Team(v.gin.Param("id")))
	if !ok {
		return desk.ErrNotFound
	}
	return p.showTeam(v, http.StatusOK, t)
}

func (p *Console) showTeam(v *visit, status int, t desk.TeamInfo) error {
	page := &teamPage{
		shell: p.shell(v, "teams", t.Name(v.language)), Edit: v.who.Role.May(desk.MayAdminister), ID: string(t.ID), Active: t.Active, OwnHours: t.OwnHours,
		Holidays: strings.Join(t.Holidays, "\n"), Skills: strings.Join(t.Skills, ", "), Overflows: t.OverflowAfter, Raises: t.RaiseAfter, Silences: t.SilentAfter,
		Version: t.Version, Longest: desk.MaxTimeout,
	}
	for _, l := range desk.Languages {
		page.Names = append(page.Names, namedInput{Language: l, Label: v.T("language.own." + l), Value: t.Names[l]})
	}
	for _, m := range desk.Methods {
		page.Methods = append(page.Methods, choice{Value: string(m), Label: v.T("method." + string(m)), Current: m == t.Method})
	}
	days := strings.Fields(v.T("date.weekdays"))
	for _, d := range weekOrder {
		page.Days = append(page.Days, dayInput{Day: int(d), Name: days[d], Value: spans(t.Hours, d)})
	}
	page.Overflow = []choice{{Label: v.T("team.no_overflow"), Current: t.Overflow == ""}}
	for _, other := range p.Rota.Roster().Teams {
		if other.ID != t.ID && other.Active {
			page.Overflow = append(page.Overflow, choice{Value: string(other.ID), Label: other.Name(v.language), Current: other.ID == t.Overflow})
		}
	}
	if err := p.fillViews(v.gin.Request.Context(), v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "team", page)
}

func (p *Console) saveTeam(v *visit) error {
	ctx := v.gin.Request.Context()
	t, ok := p.Rota.Roster().Team(desk.Team(v.gin.Param("id")))
	if !ok {
		return desk.ErrNotFound
	}
	err := readTeam(v, &t)
	if err == nil {
		err = p.Rota.SaveTeam(ctx, v.who, t)
	}
	if err != nil {
		return p.failed(v, err, func(status int, why string) error {
			v.problem = why
			return p.showTeam(v, status, t)
		})
	}
	return v.done("/teams", "team_saved")
}

// readTeam reads the form over what the team was.
func readTeam(v *visit, t *desk.TeamInfo) error {
	t.Names, t.Active, t.Method, t.OwnHours = teamNames(v), v.form("active") != "", desk.Method(v.form("method")), v.form("own_hours") != ""
	t.Skills, t.Holidays = words(v.form("skills")), strings.Fields(strings.ReplaceAll(v.form("holidays"), ",", " "))
	t.Overflow = desk.Team(v.form("overflow"))
	t.OverflowAfter, t.RaiseAfter, t.SilentAfter = whole(v.form("overflow_after")), whole(v.form("raise_after")), whole(v.form("silent_after"))
	t.Version, t.Hours = int64(whole(v.form("version"))), nil
	for _, d := range weekOrder {
		hours, ok := parseSpans(d, v.form("hours."+strconv.Itoa(int(d))))
		if !ok {
			return desk.ErrInvalid.For("hours")
		}
		t.Hours = append(t.Hours, hours...)
	}
	return nil
}

func teamNames(v *visit) desk.Words {
	names := desk.Words{}
	for _, l := range desk.Languages {
		if name := v.form("name." + l); name != "" {
			names[l] = name
		}
	}
	return names
}

// spans writes the hours of a day.
func spans(all []desk.Hours, d time.Weekday) string {
	var out []string
	for _, h := range all {
		if h.Day == d {
			out = append(out, h.From+"-"+h.To)
		}
	}
	return strings.Join(out, ", ")
}

// parseSpans reads the hours of a day; whether they can be is checked by the team.
func parseSpans(d time.Weekday, text string) ([]desk.Hours, bool) {
	var all []desk.Hours
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		from, to, ok := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		if !ok || len(all) >= desk.MaxHours {
			return nil, false
		}
		all = append(all, desk.Hours{Day: d, From: strings.TrimSpace(from), To: strings.TrimSpace(to)})
	}
	return all, true
}

// words are the parts of a text between commas and blanks, each once.
func words(text string) []string {
	var all []string
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if !seen[w] {
			seen[w] = true
			all = append(all, w)
		}
	}
	return all
}

// whole reads a number; what is none is -1, which no use case takes. Nothing is zero.
func whole(text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}
