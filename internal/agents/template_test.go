package agents_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
)

func (w *world) template(status desk.TemplateStatus) desk.Template {
	w.t.Helper()
	t := desk.Template{ID: desk.NewID().String(), Name: "visit", Language: "es_AR", Category: desk.CategoryUtility, Status: status, Named: true, SyncedAt: noon}
	t.Content = desk.TemplateContent{
		Header: desk.TemplateHeader{Format: desk.HeaderText, Text: "Visita"}, Body: "Hola {{name}}, vamos el {{day}} a tu casa.", Footer: "Río Fibra",
		Buttons: []desk.TemplateButton{{Type: desk.ButtonQuickReply, Text: "Confirmo"}, {Type: desk.ButtonURL, Text: "Ver", URL: "https://isp.example/{{1}}"}},
	}
	w.do(func(ctx context.Context, tx *store.Tx) error { return tx.SaveTemplate(ctx, &t) })
	return t
}

func TestSendTemplate(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		c := w.conversation("ana")
		w.change(c.ID, func(c *desk.Conversation) {
			closed := noon.Add(-time.Hour)
			c.WindowEndsAt = &closed
		})
		good, paused := w.template(desk.TemplateApproved), w.template(desk.TemplatePaused)
		values := map[string]string{"body.name": "Bruna\nLima", "body.day": "lunes\t 24     a la tarde", "button1.1": "77"}
		for _, it := range []struct {
			name  string
			by    desk.Agent
			draft agents.TemplateDraft
			want  string
		}{
			{"not the holder", w.team["eva"], agents.TemplateDraft{Template: good.ID, Values: values}, "not_holder"},
			{"an auditor", w.team["otto"], agents.TemplateDraft{Template: good.ID, Values: values}, "forbidden"},
			{"paused", ana, agents.TemplateDraft{Template: paused.ID, Values: values}, "template_unusable"},
			{"unknown", ana, agents.TemplateDraft{Template: "none", Values: values}, "not_found"},
			{"a field is empty", ana, agents.TemplateDraft{Template: good.ID, Values: map[string]string{"body.name": " \n", "body.day": "x", "button1.1": "1"}}, "template_unfilled"},
			{"too long when filled", ana, agents.TemplateDraft{Template: good.ID, Values: map[string]string{"body.name": strings.Repeat("a", 1024), "body.day": "x", "button1.1": "1"}}, "template_too_long"},
		} {
			if _, err := w.desk.SendTemplate(ctx, it.by, c.ID, it.draft); code(err) != it.want {
				w.t.Errorf("%s: %v", it.name, err)
			}
		}
		draft := agents.TemplateDraft{ID: desk.NewID(), Template: good.ID, Values: values}
		for range 2 { // the browser sends the form twice
			if _, err := w.desk.SendTemplate(ctx, ana, c.ID, draft); err != nil {
				w.t.Fatal(err)
			}
		}
		thread := w.thread(c.ID)
		m := thread[len(thread)-1]
		if m.Kind != desk.KindTemplate || m.Status != desk.StatusQueued || m.Text != "*Visita*\n\nHola Bruna Lima, vamos el lunes 24 a la tarde a tu casa.\n\n_Río Fibra_" {
			w.t.Errorf("kept as %s %s %q", m.Kind, m.Status, m.Text)
		}
		want := []desk.TemplateValue{{Name: "name", Text: "Bruna Lima"}, {Name: "day", Text: "lunes 24 a la tarde"}}
		if !slices.Equal(m.Template.Body, want) || !slices.Equal(m.Template.Buttons, []desk.TemplateValue{{Button: 1, Text: "77"}}) || len(m.Buttons) != 2 {
			w.t.Errorf("used as %+v", m.Template)
		}
		got, err := w.store.Template(ctx, good.ID)
		if err != nil || got.Uses != 1 || w.jobs("send") != 1 {
			w.t.Errorf("%d uses, %d jobs: %v", got.Uses, w.jobs("send"), err)
		}
	})
}
