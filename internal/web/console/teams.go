package console

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// teamsPage is who answers what: teams, agents, rules.
type teamsPage struct {
	shell
	Edit     bool
	Teams    []teamRow
	Agents   []agentRow
	Rules    []ruleRow
	Version  int64
	New      *ruleForm
	TeamKey  string // typed when adding failed
	TeamName string
}

// teamRow is one team in the list.
type teamRow struct {
	ID       string
	Name     string
	URL      string
	Active   bool
	Open     bool
	Hours    string // when it answers next, or that it does
	Method   string
	Members  []memberView
	Waiting  int
	Oldest   string // how long the oldest waits
	Timeouts []string
}

type memberView struct {
	Face     person
	Presence presenceView
}

// agentRow is one agent with their post.
type agentRow struct {
	ID        string
	Face      person
	Presence  presenceView
	Load      int
	Capacity  int
	Teams     []choice
	Names     string // of the teams
	Skills    string
	Languages []choice
	Speaks    string
}

// staffed is everything the page reads.
type staffed struct {
	people    people
	posts     map[uuid.UUID]desk.Post
	presences map[uuid.UUID]desk.Presence
	loads     map[uuid.UUID]int
	waiting   []desk.Conversation
}

// mostCounted is how far waiting conversations are counted.
const mostCounted = 500

func (p *Console) teams(v *visit) error { return p.showTeams(v, http.StatusOK) }

func (p *Console) showTeams(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	page := &teamsPage{shell: p.shell(v, "teams", v.T("nav.teams")), Edit: v.who.Role.May(desk.MayAdminister)}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	all, err := p.staffed(ctx)
	if err != nil {
		return fmt.Errorf("reading who works at what: %w", err)
	}
	rules, err := p.Staffing.Rules(ctx)
	if err != nil {
		return err
	}
	for _, t := range p.Rota.Roster().Teams {
		page.Teams = append(page.Teams, p.teamRow(v, &t, all))
	}
	for _, a := range all.people.sorted() {
		if a.Active && a.Role.May(desk.MayAnswer) {
			page.Agents = append(page.Agents, p.agentRow(v, a, all))
		}
	}
	page.Version = rules.Version
	for i := range rules.List {
		page.Rules = append(page.Rules, p.ruleRow(v, i, len(rules.List), &rules.List[i]))
	}
	if page.Edit {
		page.New = p.ruleForm(v)
	}
	if v.problem != "" {
		page.TeamKey, page.TeamName = v.form("key"), v.form("name.es")
	}
	return p.show(v, status, "teams", page)
}

func (p *Console) staffed(ctx context.Context) (*staffed, error) {
	all := &staffed{posts: map[uuid.UUID]desk.Post{}, presences: map[uuid.UUID]desk.Presence{}}
	var err error
	if all.people, err = p.people(ctx); err != nil {
		return nil, err
	}
	posts, err := p.Staffing.Posts(ctx)
	if err != nil {
		return nil, err
	}
	for _, post := range posts {
		all.posts[post.AgentID] = post
	}
	presences, err := p.Staffing.Presences(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range presences {
		all.presences[s.AgentID] = s
	}
	if all.loads, err = p.Staffing.Loads(ctx); err != nil {
		return nil, err
	}
	all.waiting, err = p.Staffing.Waiting(ctx, mostCounted)
	return all, err
}

func (p *Console) teamRow(v *visit, t *desk.TeamInfo, all *staffed) teamRow {
	row := teamRow{ID: string(t.ID), Name: t.Name(v.language), URL: "/teams/" + string(t.ID), Active: t.Active, Method: v.T("method." + string(t.Method))}
	calendar := t.Calendar(p.Profile())
	row.Open = calendar.Open(v.now)
	if next, ok := calendar.Next(v.now); row.Open {
		row.Hours = v.T("teams.open")
	} else if row.Hours = v.T("teams.never"); ok {
		row.Hours = v.T("teams.opens", v.DayTime(next))
	}
	for _, a := range all.people.sorted() {
		if a.Active && slices.Contains(all.posts[a.ID].Teams, t.ID) {
			row.Members = append(row.Members, memberView{Face: face(a.Name), Presence: presenceOf(v, all.presences[a.ID])})
		}
	}
	var oldest time.Time
	for i := range all.waiting {
		c := &all.waiting[i]
		if c.Team != t.ID {
			continue
		}
		row.Waiting++
		if c.QueuedAt != nil && (oldest.IsZero() || c.QueuedAt.Before(oldest)) {
			oldest = *c.QueuedAt
		}
	}
	if !oldest.IsZero() {
		row.Oldest = Span(v.now.Sub(oldest))
	}
	if t.OverflowAfter > 0 {
		row.Timeouts = append(row.Timeouts, v.T("teams.overflows", minutesText(t.OverflowAfter), p.teamName(v, t.Overflow)))
	}
	if t.RaiseAfter > 0 {
		row.Timeouts = append(row.Timeouts, v.T("teams.raises", minutesText(t.RaiseAfter)))
	}
	if t.SilentAfter > 0 {
		row.Timeouts = append(row.Timeouts, v.T("teams.silences", minutesText(t.SilentAfter)))
	}
	return row
}

func (p *Console) agentRow(v *visit, a desk.Agent, all *staffed) agentRow {
	post, ok := all.posts[a.ID]
	if !ok {
		post = desk.NewPost(a.ID)
	}
	row := agentRow{
		ID: a.ID.String(), Face: face(a.Name), Presence: presenceOf(v, all.presences[a.ID]), Load: all.loads[a.ID], Capacity: post.Capacity,
		Skills: strings.Join(post.Skills, ", "), Speaks: v.T("teams.any_language"),
	}
	var names, speaks []string
	for _, t := range p.Rota.Roster().Teams {
		in := slices.Contains(post.Teams, t.ID)
		row.Teams = append(row.Teams, choice{Value: string(t.ID), Label: t.Name(v.language), Current: in})
		if in {
			names = append(names, t.Name(v.language))
		}
	}
	for _, l := range desk.Languages {
		in := slices.Contains(post.Languages, l)
		row.Languages = append(row.Languages, choice{Value: l, Label: v.T("language.own." + l), Current: in})
		if in {
			speaks = append(speaks, v.T("language.own."+l))
		}
	}
	row.Names = strings.Join(names, ", ")
	if len(speaks) > 0 {
		row.Speaks = strings.Join(speaks, ", ")
	}
	return row
}

// teamName is what a team is called; one that is not set up goes by its key.
func (p *Console) teamName(v *visit, id desk.Team) string {
	if t, ok := p.Rota.Roster().Team(id); ok {
		return t.Name(v.language)
	}
	return v.Code("team", string(id))
}

// queueTeams are those whose queue takes conversations, in the order they are shown.
func (p *Console) queueTeams() []desk.Team {
	var all []desk.Team
	for _, t := range p.Rota.Roster().Teams {
		if t.Active {
			all = append(all, t.ID)
		}
	}
	return all
}

// passedView is the note with which a conversation was passed on.
type passedView struct{ By, Text, When string }

func passedOf(v *visit, c *desk.Conversation) *passedView {
	if c.Handoff == nil || c.Handoff.Note == nil || c.Owner == desk.OwnerAssistant {
		return nil
	}
	n := c.Handoff.Note
	return &passedView{By: n.By, Text: n.Text, When: v.Stamp(n.At)}
}

func (p *Console) addTeam(v *visit) error {
	err := p.Rota.AddTeam(v.gin.Request.Context(), v.who, desk.Team(v.form("key")), teamNames(v))
	return p.onTeams(v, "team_added", err)
}

// savePost sets up what an agent works at.
func (p *Console) savePost(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	post := desk.Post{AgentID: id, Skills: words(v.form("skills")), Languages: v.gin.PostFormArray("language"), Capacity: whole(v.form("capacity"))}
	for _, t := range v.gin.PostFormArray("team") {
		post.Teams = append(post.Teams, desk.Team(t))
	}
	return p.onTeams(v, "post_saved", p.Rota.SavePost(v.gin.Request.Context(), v.who, post))
}

// onTeams ends a form of the page: back to it, or the page again with why not.
func (p *Console) onTeams(v *visit, done string, err error) error {
	if err != nil {
		return p.failed(v, err, func(status int, why string) error {
			v.problem = why
			return p.showTeams(v, status)
		})
	}
	return v.done("/teams", done)
}
