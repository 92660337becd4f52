package console

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/hooks"
)

// Webhooks is what admins do with webhooks.
type Webhooks interface {
	List(ctx context.Context, by desk.Agent) ([]desk.Webhook, error)
	Create(ctx context.Context, by desk.Agent, want hooks.Wanted) (*desk.Webhook, error)
	Activate(ctx context.Context, by desk.Agent, id uuid.UUID, active bool) (*desk.Webhook, error)
	Rotate(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error)
	Delete(ctx context.Context, by desk.Agent, id uuid.UUID) error
	Deliveries(ctx context.Context, by desk.Agent, webhook, before uuid.UUID, state desk.DeliveryState, limit int) ([]desk.WebhookDelivery, bool, error)
	Replay(ctx context.Context, by desk.Agent, webhook, delivery uuid.UUID) (*desk.WebhookDelivery, error)
}

// webhooksPage lists the webhooks with the log of one, and makes new ones.
type webhooksPage struct {
	shell
	Rows   []webhookRow
	Topics []choice
	Name   string // what was typed when making one failed
	URL    string
	Source string
	Secret string // of a webhook just made or given a new one: shown on this page and never again
	For    string
	Log    []deliveryRow // of the webhook in the address
	LogOf  string
	Older  string
}

type webhookRow struct {
	ID, Name, URL, State, Level string
	Topics                      []string
	Active                      bool
}

type deliveryRow struct {
	ID, Hook, Type, State, Level, When, Answer, Response string
	Sequence                                             int64
	Attempts                                             int
	Replay                                               bool
}

func (p *Console) webhooks(v *visit) error { return p.showWebhooks(v, http.StatusOK, nil) }

// showWebhooks shows the list, with the secret of a webhook on top when it is new.
func (p *Console) showWebhooks(v *visit, status int, fresh *desk.Webhook) error {
	ctx := v.gin.Request.Context()
	page := &webhooksPage{shell: p.shell(v, "webhooks", v.T("nav.webhooks"))}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	if fresh != nil {
		page.Secret, page.For = fresh.Secret, fresh.Name
	}
	all, err := p.Webhooks.List(ctx, v.who)
	if err != nil {
		return fmt.Errorf("listing webhooks: %w", err)
	}
	if v.problem != "" {
		page.Name, page.URL, page.Source = v.form("name"), v.form("url"), v.form("source")
	}
	for _, s := range desk.WebhookTopics {
		page.Topics = append(page.Topics, choice{Value: string(s), Label: v.T("webhooks.topic." + string(s)), Current: v.problem == "" || ticked(v, "topics", string(s))})
	}
	shown, _ := uuid.Parse(v.gin.Query("log")) // none: no log is shown
	for i := range all {
		w := &all[i]
		page.Rows = append(page.Rows, webhookOf(v, w))
		if w.ID == shown {
			page.LogOf = w.Name
			if err := p.fillLog(ctx, v, page, w.ID); err != nil {
				return err
			}
		}
	}
	return p.show(v, status, "webhooks", page)
}

func webhookOf(v *visit, w *desk.Webhook) webhookRow {
	row := webhookRow{ID: w.ID.String(), Name: w.Name, URL: w.URL, Active: w.Active, State: v.T("webhooks.active"), Level: "good"}
	switch {
	case w.DisabledAt != nil:
		row.State, row.Level = v.T("webhooks.given_up", v.DayTime(*w.DisabledAt)), "bad"
	case !w.Active:
		row.State, row.Level = v.T("webhooks.off"), ""
	case w.FailingSince != nil:
		row.State, row.Level = v.T("webhooks.failing", v.DayTime(*w.FailingSince)), "bad"
	}
	for _, s := range w.Topics {
		row.Topics = append(row.Topics, v.T("webhooks.topic."+string(s)))
	}
	return row
}

const logRows = 50

func (p *Console) fillLog(ctx context.Context, v *visit, page *webhooksPage, id uuid.UUID) error {
	before, _ := uuid.Parse(v.gin.Query("before")) // none: from the newest
	log, more, err := p.Webhooks.Deliveries(ctx, v.who, id, before, "", logRows)
	if err != nil {
		return fmt.Errorf("reading the log of a webhook: %w", err)
	}
	for i := range log {
		d := &log[i]
		row := deliveryRow{
			ID: d.ID.String(), Hook: id.String(), Type: d.Type, Sequence: d.Sequence, Attempts: d.Attempts, When: v.DayTime(d.CreatedAt), Response: d.Response,
			State: v.T("webhooks.state." + string(d.State)), Replay: d.State != desk.DeliveryPending,
		}
		switch {
		case d.Status > 0:
			row.Answer = fmt.Sprintf("HTTP %d, %d ms", d.Status, d.TookMicros/1000)
		case d.Problem != "":
			row.Answer = v.Code("webhooks.problem", d.Problem)
		}
		switch d.State {
		case desk.DeliveryDelivered:
			row.Level = "good"
		case desk.DeliveryFailed:
			row.Level = "bad"
		}
		page.Log = append(page.Log, row)
	}
	if more {
		page.Older = "/webhooks?log=" + id.String() + "&before=" + log[len(log)-1].ID.String()
	}
	return nil
}

func (p *Console) addWebhook(v *visit) error {
	want := hooks.Wanted{Name: v.form("name"), URL: v.form("url"), Source: v.form("source")}
	for _, s := range v.gin.PostFormArray("topics") {
		want.Topics = append(want.Topics, desk.Subject(s))
	}
	w, err := p.Webhooks.Create(v.gin.Request.Context(), v.who, want)
	if err != nil {
		return p.failedWebhooks(v, err)
	}
	return p.showWebhooks(v, http.StatusOK, w)
}

// changeWebhook does what the pressed button says.
func (p *Console) changeWebhook(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx, done := v.gin.Request.Context(), "saved"
	switch v.form("act") {
	case "on":
		_, err = p.Webhooks.Activate(ctx, v.who, id, true)
	case "off":
		_, err = p.Webhooks.Activate(ctx, v.who, id, false)
	case "rotate":
		w, err := p.Webhooks.Rotate(ctx, v.who, id)
		if err != nil {
			return p.failedWebhooks(v, err)
		}
		return p.showWebhooks(v, http.StatusOK, w)
	case "delete":
		err = p.Webhooks.Delete(ctx, v.who, id)
	default:
		err = desk.ErrInvalid
	}
	if err != nil {
		return p.failedWebhooks(v, err)
	}
	return v.done("/webhooks", done)
}

func (p *Console) replayDelivery(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	delivery, err := uuid.Parse(v.form("delivery"))
	if err != nil {
		return desk.ErrNotFound
	}
	if _, err := p.Webhooks.Replay(v.gin.Request.Context(), v.who, id, delivery); err != nil {
		return p.failedWebhooks(v, err)
	}
	return v.done("/webhooks?log="+id.String(), "event_replayed")
}

func (p *Console) failedWebhooks(v *visit, err error) error {
	return p.failed(v, err, func(status int, words string) error {
		v.problem = words
		return p.showWebhooks(v, status, nil)
	})
}
