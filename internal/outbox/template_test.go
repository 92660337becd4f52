package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/outbox"
)

func asTemplate(m *desk.Message) {
	m.Kind, m.Author, m.Template = desk.KindTemplate, desk.ByAgent, &desk.TemplateUse{ID: "1", Name: "visit_confirm"}
}

// A template goes out after the window has closed; one that the provider withdrew
// while the message waited does not go out at all.
func TestSend_Template(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		template *desk.Template
		want     desk.Status
		why      string
		requests int
	}{
		{"approved", &desk.Template{ID: "1", Status: desk.TemplateApproved}, desk.StatusSent, "", 1},
		{"paused meanwhile", &desk.Template{ID: "1", Status: desk.TemplatePaused}, desk.StatusDropped, "template_unusable", 0},
		{"with parts nobody can fill", &desk.Template{ID: "1", Status: desk.TemplateApproved, Content: desk.TemplateContent{Unknown: []string{"carousel"}}}, desk.StatusDropped, "template_unusable", 0},
		{"gone", nil, desk.StatusDropped, "template_unusable", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.template = c.template
			conv := w.contact("1")
			closed := time.Now().Add(-time.Hour)
			conv.WindowEndsAt = &closed
			w.convs[conv.ID] = conv
			id := w.queue(conv, "x", asTemplate)
			w.send(id)
			if m := w.message(id); m.Status != c.want || m.FailureDetail != c.why || len(w.sent()) != c.requests {
				t.Errorf("%s (%s) after %d requests", m.Status, m.FailureDetail, len(w.sent()))
			}
		})
	}
}

func TestSend_StaleTemplateIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.template = &desk.Template{ID: "1", Status: desk.TemplateApproved}
	w.refuses(&desk.SendError{Remedy: desk.RemedyPark, Code: 132015, Stale: true, Err: errors.New("paused")})
	id := w.queue(w.contact("1"), "x", asTemplate)
	w.send(id)
	if m := w.message(id); m.Status != desk.StatusFailed || len(w.jobs) != 1 || w.jobs[0] != desk.Job(desk.TemplatesJob{}) {
		t.Errorf("%s, jobs %v", m.Status, w.jobs)
	}
}

func TestSend_IsPricedWhenTaken(t *testing.T) {
	t.Parallel()
	priced := func(_ context.Context, _ outbox.Counter, m *desk.Message, d *desk.Dispatch, _ time.Time) error {
		if d.Window && !d.Free {
			m.CostMicros = 6800
		}
		return nil
	}
	w := newWorld(t, func(d *outbox.Deps) { d.Price = priced })
	taken := w.queue(w.contact("1"), "taken", nil)
	w.send(taken)
	w.refuses(&desk.SendError{Remedy: desk.RemedyPark, Code: 100, Err: errors.New("no")})
	refused := w.queue(w.contact("1"), "refused", nil)
	w.send(refused)
	if got := w.message(taken).CostMicros; got != 6800 {
		t.Errorf("a message that was taken costs %d", got)
	}
	if got := w.message(refused).CostMicros; got != 0 {
		t.Errorf("a message that was refused costs %d", got)
	}
}
