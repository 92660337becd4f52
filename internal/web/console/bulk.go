package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Lists are what lists show beside their conversations; the store satisfies it.
type Lists interface {
	Counts(ctx context.Context) (desk.Counts, error)
	CountConversations(ctx context.Context, filter desk.ConversationFilter) (int, error)
	SavedViews(ctx context.Context, agent uuid.UUID) ([]desk.SavedView, error)
	BulkRun(ctx context.Context, id uuid.UUID) (*desk.BulkRun, error)
	BulkRuns(ctx context.Context, agent uuid.UUID) ([]desk.BulkRun, error)
	BulkFailures(ctx context.Context, run uuid.UUID) ([]desk.BulkItem, error)
}

// Views are what people do with whole lists.
type Views interface {
	Save(ctx context.Context, by desk.Agent, name string, shared bool, filter desk.ConversationFilter) (*desk.SavedView, error)
	Drop(ctx context.Context, by desk.Agent, view uuid.UUID) error
	Start(ctx context.Context, by desk.Agent, act desk.BulkAct) (uuid.UUID, error)
	Stop(ctx context.Context, by desk.Agent, run uuid.UUID) error
	Export(ctx context.Context, by desk.Agent, filter desk.ConversationFilter, row func(*desk.ConversationCard) error) error
}

// bulkView is what can be done to the conversations that are picked.
type bulkView struct {
	Assign []choice
	Teams  []choice
	Snooze []choice
	All    bool // the whole list may be picked at once
	Most   int
}

func (p *Console) bulkForm(v *visit, people people) *bulkView {
	b := &bulkView{Snooze: snoozes(v), All: v.who.Role.May(desk.MayReassign), Most: desk.BulkMost}
	if b.All {
		b.Assign = assignable(people, nil)
	} else {
		b.Assign = []choice{{Value: v.who.ID.String(), Label: v.who.Name}}
	}
	for _, t := range p.queueTeams() {
		b.Teams = append(b.Teams, choice{Value: string(t), Label: p.teamName(v, t)})
	}
	return b
}

// startBulk begins an act on what was picked, or on the whole list it was picked from.
func (p *Console) startBulk(v *visit) error {
	back, err := url.Parse(v.back("/"))
	if err != nil {
		return desk.ErrInvalid.For("back")
	}
	at := place{}
	at.read(v, back.Query())
	act := desk.BulkAct{Verb: desk.BulkVerb(v.form("verb")), Params: desk.BulkParams{
		Team: desk.Team(v.form("team")), Note: v.form("note"), Outcome: v.form("outcome"),
	}}
	act.Params.To, _ = uuid.Parse(v.form("to"))
	act.Params.Until, _ = time.Parse(time.RFC3339, v.form("until"))
	if v.form("whole") != "" {
		filter := at.ConversationFilter
		filter.After = ""
		act.Whole = &filter
	} else {
		for _, text := range v.gin.PostFormArray("id") {
			id, err := uuid.Parse(text)
			if err != nil {
				return desk.ErrInvalid.For("id")
			}
			act.Picked = append(act.Picked, id)
		}
	}
	run, err := p.Views.Start(v.gin.Request.Context(), v.who, act)
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showInbox(v, status, at)
		})
	}
	v.gin.Redirect(http.StatusSeeOther, "/bulk/"+run.String()+"?back="+url.QueryEscape(v.back("/")))
	return nil
}

// bulkPage is how far an act on many conversations has come.
type bulkPage struct {
	shell
	ID       string
	Name     string
	Words    string // how far it is
	Total    int
	Past     int // done and failed
	Done     int
	Failed   int
	Left     int
	Running  bool
	Stopped  bool
	When     string
	Failures []bulkFailure
	More     int // failures that are not listed
	Back     string
}

type bulkFailure struct {
	Name string
	URL  string
	Why  string
}

func (p *Console) bulk(v *visit) error {
	ctx := v.gin.Request.Context()
	id, err := v.id()
	if err != nil {
		return err
	}
	run, err := p.Lists.BulkRun(ctx, id)
	if err != nil {
		return err
	}
	if run.AgentID != v.who.ID && !v.who.Role.May(desk.MayReassign) {
		return desk.ErrNotFound
	}
	failed, err := p.Lists.BulkFailures(ctx, id)
	if err != nil {
		return err
	}
	page := &bulkPage{
		shell: p.shell(v, "inbox-page", v.T("bulk.title")), ID: run.ID.String(), Name: v.T("bulk.verb." + string(run.Verb)), Total: run.Total,
		Past: run.Done + run.Failed, Done: run.Done, Failed: run.Failed, Left: run.Total - run.Done - run.Failed,
		Running: run.FinishedAt == nil, Stopped: run.Stopped, When: v.DayTime(run.CreatedAt), Back: "/",
	}
	if back := v.gin.Query("back"); local(back) {
		page.Back = back
	}
	switch {
	case page.Running:
		page.Words = v.T("bulk.running", page.Past, run.Total)
	case run.Stopped:
		page.Words = v.T("bulk.stopped", page.Past, run.Total)
	default:
		page.Words = v.N("bulk.finished", run.Done)
	}
	for i := range failed {
		f := &failed[i]
		view := bulkFailure{Name: f.ContactName, URL: "/conversations/" + f.ConversationID.String(), Why: v.T("error." + f.Problem)}
		if view.Name == "" {
			view.Name = v.T("contact.nameless")
		}
		if !v.Has("error." + f.Problem) {
			view.Why = v.T("bulk.unknown")
		}
		page.Failures = append(page.Failures, view)
	}
	page.More = run.Failed - len(failed)
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, http.StatusOK, "bulk", page)
}

func (p *Console) stopBulk(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := p.Views.Stop(v.gin.Request.Context(), v.who, id); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	return v.done(v.back("/bulk/"+id.String()), "bulk_stopped")
}
