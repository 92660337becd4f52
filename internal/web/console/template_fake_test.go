package console_test

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/pricing"
	shelves "antena/internal/templates"
)

// shelf is the fake's templates as admins change them.
type shelf struct{ *fake }

func (s shelf) Sync(context.Context) (shelves.Synced, error) {
	return shelves.Synced{}, s.act("sync")
}

func (s shelf) Create(_ context.Context, _ desk.Agent, t desk.Template) (*desk.Template, error) {
	t.ID = "9"
	return &t, s.act("create template " + t.Name + " " + t.Content.Body)
}

func (s shelf) Edit(_ context.Context, _ desk.Agent, id string, _ desk.TemplateCategory, c desk.TemplateContent) (*desk.Template, error) {
	return &desk.Template{ID: id}, s.act("edit template " + id + " " + c.Body)
}

func (s shelf) Delete(_ context.Context, _ desk.Agent, id string) error {
	return s.act("delete template " + id)
}

func (s shelf) Push(context.Context, desk.Agent, []string) ([]shelves.Pushed, error) {
	return nil, s.act("push")
}

func (f *fake) SendTemplate(_ context.Context, _ desk.Agent, _ uuid.UUID, d agents.TemplateDraft) (*desk.Message, error) {
	return &desk.Message{}, f.act("template " + d.Template + " " + d.Values["body.name"] + " " + d.Values["body.day"])
}

func (f *fake) Templates(context.Context) ([]desk.Template, error) { return goldenTemplates(), nil }

func (f *fake) Template(ctx context.Context, id string) (*desk.Template, error) {
	for _, t := range goldenTemplates() {
		if t.ID == id {
			return &t, nil
		}
	}
	return nil, desk.ErrNotFound
}

func goldenTemplates() []desk.Template {
	at := goldenNow.Add(-20 * time.Minute)
	visit := desk.TemplateContent{
		Header: desk.TemplateHeader{Format: desk.HeaderText, Text: "Visita técnica"}, Body: "Hola {{name}}, su visita técnica es el {{day}}, con una persona mayor en casa. ¿La confirma?", Footer: "Fibra del Valle",
		Buttons: []desk.TemplateButton{{Type: desk.ButtonQuickReply, Text: "Confirmo"}, {Type: desk.ButtonQuickReply, Text: "Cambiar"}},
		Samples: map[string]string{"body.name": "Ana", "body.day": "lunes 16 por la tarde"},
	}
	due := desk.TemplateContent{Body: "Le recordamos que su factura de {{amount}} vence pronto. Si ya pagó, no tiene que hacer nada.", Samples: map[string]string{"body.amount": "$ 18.500"}}
	return []desk.Template{
		{ID: "1", Name: "visit_confirm", Language: "es_AR", Category: desk.CategoryUtility, Status: desk.TemplateApproved, Quality: "GREEN", Named: true, Content: visit, Uses: 42, SyncedAt: at},
		{ID: "2", Name: "due_soon", Language: "es_AR", Category: desk.CategoryUtility, Status: desk.TemplateApproved, Quality: "YELLOW", Named: true, Content: due, Uses: 7, SyncedAt: at},
		{ID: "3", Name: "visit_confirm", Language: "pt_BR", Category: desk.CategoryUtility, Status: desk.TemplatePending, Named: true, Content: visit, SyncedAt: at},
		{ID: "4", Name: "upgrade_offer", Language: "es_AR", Category: desk.CategoryMarketing, Status: desk.TemplatePaused, Quality: "RED", Reason: "PROMOTIONAL", Named: true, Content: due, Uses: 120, SyncedAt: at},
		{ID: "5", Name: "otp", Language: "es", Category: desk.CategoryAuthentication, Status: desk.TemplateRejected, Content: desk.TemplateContent{Unknown: []string{"authentication"}}, SyncedAt: at},
	}
}

func (f *fake) ConversationCost(context.Context, uuid.UUID) ([]desk.CostSum, error) {
	return []desk.CostSum{{Currency: "USD", Micros: 78_000, Estimated: 26_000, Messages: 9}}, nil
}

func (f *fake) TicketCost(context.Context, *desk.Ticket) ([]desk.CostSum, error) {
	return []desk.CostSum{{Currency: "USD", Micros: 52_000, Messages: 4}}, nil
}

func (f *fake) Costs(_ context.Context, from, _ string) ([]desk.CostRow, error) {
	if from != "2026-03-01" {
		return nil, nil
	}
	sum := func(micros, estimated int64, n int) desk.CostSum {
		return desk.CostSum{Currency: "USD", Micros: micros, Estimated: estimated, Messages: n}
	}
	return []desk.CostRow{
		{Day: "2026-03-12", Category: "service", CostSum: sum(1_274_000, 26_000, 130)}, {Day: "2026-03-12", Category: "utility", CostSum: sum(312_000, 0, 12)},
		{Day: "2026-03-11", Category: "marketing", CostSum: sum(618_000, 0, 10)}, {Day: "2026-03-11", Category: "service", CostSum: sum(0, 0, 88)},
	}, nil
}

func (f *fake) ServiceUse(_ context.Context, month string) ([]desk.QuotaUse, error) {
	return []desk.QuotaUse{{Channel: "106540352242922", Month: month, Used: 412}}, nil
}

// rates are prices that do not change under the tests.
type rates struct{}

func (rates) Quote(c desk.TemplateCategory, _ *desk.Conversation, _, _ string, _ time.Time) pricing.Quote {
	if c == desk.CategoryMarketing {
		return pricing.Quote{Micros: 61_800, Currency: "USD", Known: true}
	}
	return pricing.Quote{Micros: 26_000, Currency: "USD", Known: true, Confirmed: true}
}

func (rates) FreeReplies(time.Time) int { return 1000 }

func (f *fake) checkup(context.Context) (*desk.Checkup, error) {
	words := func(s string) desk.Words { return desk.Words{"es": s, "pt": s, "en": s} }
	return &desk.Checkup{At: goldenNow.Add(-time.Hour), Lines: []desk.CheckLine{
		{Check: "api", State: desk.CheckOK, Found: words("v25.0")},
		{Check: "number", Subject: "106540352242922", State: desk.CheckOK, Found: words("+54 351 555 0100")},
		{Check: "quality", Subject: "106540352242922", State: desk.CheckWarn, Found: words("50 %"), Mend: words("…")},
		{Check: "fields", State: desk.CheckFail, Found: words("standby"), Mend: words("antena whatsapp subscribe")},
	}}, nil
}

func (f *fake) examine(ctx context.Context, _ desk.Agent) (*desk.Checkup, error) {
	c, err := f.checkup(ctx)
	if err == nil {
		err = f.act("examine")
	}
	return c, err
}
