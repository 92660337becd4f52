package console

import (
	"fmt"
	"net/http"
	"strconv"

	"antena/internal/desk"
)

// alertsPage shows admins what failed and what to do about it.
type alertsPage struct {
	shell
	Pauses   []pauseView
	Open     []alertView
	Resolved []alertView
	Dead     []deadView
}

type alertView struct {
	ID       string
	Level    string
	Name     string
	Todo     string
	Subject  string
	Detail   string
	Count    int
	First    string
	Last     string
	Resolved string
}

type deadView struct {
	ID       int64
	Kind     string
	Code     string
	Subject  string
	Error    string
	Attempts int
	Died     string
}

func (p *Console) alerts(v *visit) error { return p.showAlerts(v, http.StatusOK) }

func (p *Console) showAlerts(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	page := &alertsPage{shell: p.shell(v, "alerts", v.T("nav.alerts"))}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	alerts, err := p.Reader.Alerts(ctx)
	if err != nil {
		return fmt.Errorf("listing alerts: %w", err)
	}
	if page.Pauses, err = p.pauses(ctx, v); err != nil {
		return err
	}
	people, err := p.people(ctx)
	if err != nil {
		return err
	}
	for i := range alerts {
		a := &alerts[i]
		view := alertOf(v, a)
		if a.ResolvedAt == nil {
			page.Open = append(page.Open, view)
			continue
		}
		view.Resolved = v.T("alert.resolved_by", people.name(a.ResolvedBy), v.DayTime(*a.ResolvedAt))
		if a.ResolvedBy == nil {
			view.Resolved = v.T("alert.resolved_at", v.DayTime(*a.ResolvedAt))
		}
		page.Resolved = append(page.Resolved, view)
	}
	dead, err := p.Jobs.DeadJobs(ctx)
	if err != nil {
		return fmt.Errorf("listing dead jobs: %w", err)
	}
	for _, j := range dead {
		page.Dead = append(page.Dead, deadView{
			ID: j.ID, Kind: v.Code("job", j.Kind), Code: j.Kind, Subject: j.Subject, Error: j.Error, Attempts: j.Attempts, Died: v.DayTime(j.DiedAt),
		})
	}
	return p.show(v, status, "alerts", page)
}

func alertOf(v *visit, a *desk.Alert) alertView {
	view := alertView{
		ID: a.ID.String(), Level: string(a.Severity), Name: v.Code("alert", a.Kind), Subject: a.Subject, Detail: a.Detail,
		Count: a.Count, First: v.DayTime(a.FirstAt), Last: v.DayTime(a.LastAt),
	}
	if key := "todo." + a.Kind; v.Has(key) {
		view.Todo = v.T(key)
	}
	return view
}

func (p *Console) resolveAlert(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return p.onAlerts(v, "alert_resolved", p.ResolveAlert(v.gin.Request.Context(), v.who, id))
}

func (p *Console) retryJob(v *visit) error {
	id, err := jobID(v)
	if err != nil {
		return err
	}
	return p.onAlerts(v, "job_retried", p.Jobs.Retry(v.gin.Request.Context(), id))
}

func (p *Console) discardJob(v *visit) error {
	id, err := jobID(v)
	if err != nil {
		return err
	}
	return p.onAlerts(v, "job_discarded", p.Jobs.Discard(v.gin.Request.Context(), id))
}

func (p *Console) onAlerts(v *visit, done string, err error) error {
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showAlerts(v, status)
		})
	}
	return v.done("/alerts", done)
}

func jobID(v *visit) (int64, error) {
	id, err := strconv.ParseInt(v.gin.Param("id"), 10, 64)
	if err != nil {
		return 0, desk.ErrNotFound
	}
	return id, nil
}
