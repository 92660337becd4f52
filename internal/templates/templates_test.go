package templates_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/templates"
	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

var (
	admin = desk.Agent{ID: desk.NewID(), Role: desk.RoleAdmin, Active: true}
	agent = desk.Agent{ID: desk.NewID(), Role: desk.RoleAgent, Active: true}
	noon  = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
)

type keep struct{ *store.Store }

func (k keep) InTx(ctx context.Context, fn func(templates.Tx) error) error {
	return k.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

type world struct {
	t     *testing.T
	em    *emulator.Emulator
	store *store.Store
	shelf *templates.Shelf
	now   time.Time
}

// each runs a test on both databases, each with an account of its own.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	starter, err := templates.Starter(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, now: noon}
			clock := func() time.Time { return w.now }
			w.store = storetest.Open(t, dialect, clock)
			w.em = emulator.New(emulator.Config{AppSecret: "s", VerifyToken: "v", AccessToken: "t", PhoneNumberID: "2", WABAID: "3", Limits: emulator.NoLimits()})
			api := httptest.NewServer(w.em.Handler())
			client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: "t", Timeout: 5 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { client.Close(); w.em.Close(); api.Close() })
			account := channel.NewAccount(client, "3")
			w.shelf = templates.New(templates.Deps{Account: account, Checker: account, Store: keep{w.store}, Starter: starter, Now: clock})
			test(w)
		})
	}
}

func (w *world) sync() templates.Synced {
	w.t.Helper()
	n, err := w.shelf.Sync(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) list() []desk.Template {
	w.t.Helper()
	all, err := w.store.Templates(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func draft() desk.Template {
	return desk.Template{Name: "visit", Language: "es", Category: desk.CategoryUtility, Named: true, Content: desk.TemplateContent{
		Header: desk.TemplateHeader{Text: "Visita {{number}}"}, Body: "Hola {{name}}, tu visita es el {{day}} por la tarde.", Footer: "Río Fibra",
		Buttons: []desk.TemplateButton{{Type: desk.ButtonQuickReply, Text: "Confirmo"}, {Type: desk.ButtonURL, Text: "Ver", URL: "https://isp.example/v/{{1}}"}},
		Samples: map[string]string{"header.number": "12", "body.name": "Ana", "body.day": "lunes", "button1.1": "77"},
	}}
}

// during is an account of which something happens while its list is read.
type during struct {
	templates.Account
	then func()
}

func (d during) Templates(ctx context.Context) ([]desk.Template, error) {
	all, err := d.Account.Templates(ctx)
	d.then()
	return all, err
}

// News that come while the list is read are newer than the list.
func TestSync_KeepsNewsOfMeanwhile(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := w.t.Context()
		if _, err := w.shelf.Create(ctx, admin, draft()); err != nil {
			w.t.Fatal(err)
		}
		w.em.Review("visit", "es", "APPROVED", "NONE")
		w.sync()
		id := w.list()[0].ID
		w.now = noon.Add(time.Hour)
		deps := w.shelf.Deps
		deps.Account = during{deps.Account, func() {
			w.now = w.now.Add(time.Second)
			err := w.store.InTx(ctx, func(tx *store.Tx) error {
				t, err := tx.LockTemplate(ctx, id)
				if err != nil {
					return err
				}
				t.Hear(desk.TemplateNews{ID: id, At: w.now, Status: desk.TemplatePaused})
				return tx.SaveTemplate(ctx, t)
			})
			if err != nil {
				w.t.Error(err)
			}
		}}
		if n, err := templates.New(deps).Sync(ctx); err != nil || n != (templates.Synced{Same: 1}) {
			w.t.Errorf("%+v: %v", n, err)
		}
		if got := w.list()[0]; got.Status != desk.TemplatePaused {
			w.t.Errorf("it is %s", got.Status)
		}
		w.now = w.now.Add(time.Minute)
		if n := w.sync(); n != (templates.Synced{Changed: 1}) || w.list()[0].Status != desk.TemplateApproved {
			w.t.Errorf("the next reading: %+v", n)
		}
	})
}

func TestLife_OfATemplate(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := w.t.Context()
		made, err := w.shelf.Create(ctx, admin, draft())
		if err != nil || made.Status != desk.TemplatePending {
			w.t.Fatalf("%+v: %v", made, err)
		}
		if n := w.sync(); n != (templates.Synced{Changed: 1}) { // its quality is news
			w.t.Errorf("the first reading after handing in: %+v", n)
		}
		w.em.Review("visit", "es", "APPROVED", "NONE")
		if n := w.sync(); n != (templates.Synced{Changed: 1}) {
			w.t.Errorf("the reading after approval: %+v", n)
		}
		got := w.list()[0]
		want := draft().Content
		want.Header.Format = desk.HeaderText
		if got.Content.Text() != want.Text() || got.Content.Samples["button1.1"] != "77" || !got.Usable() {
			w.t.Errorf("came back as %+v", got)
		}

		content := got.Content
		content.Body = "Hola {{name}}, tu visita es el {{day}} por la mañana."
		edited, err := w.shelf.Edit(ctx, admin, got.ID, desk.CategoryMarketing, content)
		if err != nil || edited.Status != desk.TemplatePending || edited.Category != desk.CategoryUtility {
			w.t.Fatalf("%+v: %v", edited, err)
		}
		if _, err := w.shelf.Edit(ctx, admin, got.ID, got.Category, content); !errors.Is(err, desk.ErrTemplateFixed) {
			w.t.Errorf("an edit of a pending one: %v", err)
		}
		w.em.Review("visit", "es", "APPROVED", "NONE")
		w.sync()
		if _, err := w.shelf.Edit(ctx, admin, got.ID, got.Category, content); !errors.Is(err, desk.ErrTemplateEdits) {
			w.t.Errorf("a second edit within a day: %v", err)
		}

		if err := w.shelf.Delete(ctx, admin, got.ID); err != nil {
			w.t.Fatal(err)
		}
		if len(w.list()) != 0 || len(w.em.Templates()) != 0 {
			w.t.Error("it is not gone")
		}
		w.now = noon.Add(29 * 24 * time.Hour)
		if _, err := w.shelf.Create(ctx, admin, draft()); !errors.Is(err, desk.ErrTemplateName) {
			w.t.Errorf("its name after 29 days: %v", err)
		}
		w.now = noon.Add(31 * 24 * time.Hour)
		if _, err := w.shelf.Create(ctx, admin, draft()); err != nil {
			w.t.Errorf("its name after 31 days: %v", err)
		}
		if _, err := w.shelf.Create(ctx, admin, draft()); !errors.Is(err, desk.ErrDuplicate) {
			w.t.Errorf("twice: %v", err)
		}
	})
}

func TestSync_KeepsWhatOnlyWeKnowAndNoticesWhatIsGone(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		var list []emulator.Template
		for i := range 230 { // three pages
			list = append(list, emulator.Template{Name: "t" + strings.Repeat("a", i), Language: "es", Body: "Hola {{1}}, esto es una prueba."})
		}
		w.em.SetTemplates(list)
		if n := w.sync(); n != (templates.Synced{Added: 230}) {
			w.t.Fatalf("%+v", n)
		}
		id := w.list()[0].ID
		err := w.store.InTx(w.t.Context(), func(tx *store.Tx) error { return tx.CountTemplateUse(w.t.Context(), id) })
		if err != nil {
			w.t.Fatal(err)
		}
		w.now = noon.Add(time.Hour)
		w.em.SetTemplates(w.em.Templates()[:10])
		if n := w.sync(); n != (templates.Synced{Gone: 220, Same: 10}) {
			w.t.Errorf("%+v", n)
		}
		if got := w.list(); len(got) != 10 || got[0].ID != id || got[0].Uses != 1 || !got[0].SyncedAt.Equal(w.now) {
			w.t.Errorf("%d left, the first %+v", len(got), got[0])
		}
	})
}

// The provider's list may still have what was just deleted.
func TestSync_LeavesDeletedWhatWasJustDeleted(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		w.em.SetTemplates([]emulator.Template{{Name: "outage_start", Language: "es", Body: "Hay un corte en {{1}} ahora."}})
		late := w.em.Templates()
		w.sync()
		if err := w.shelf.Delete(w.t.Context(), admin, w.list()[0].ID); err != nil {
			w.t.Fatal(err)
		}
		w.em.SetTemplates(late)
		w.now = noon.Add(time.Minute)
		if n := w.sync(); n != (templates.Synced{Same: 1}) || len(w.list()) != 0 {
			w.t.Errorf("at once: %+v, and there are %d", n, len(w.list()))
		}
		w.now = noon.Add(time.Hour)
		if n := w.sync(); n != (templates.Synced{Changed: 1}) || len(w.list()) != 1 {
			w.t.Errorf("an hour later: %+v, and there are %d", n, len(w.list()))
		}
	})
}

func TestPush_HandsInWhatIsMissing(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := w.t.Context()
		w.em.SetTemplates([]emulator.Template{{Name: "outage_start", Language: "es_AR", Body: "Hay un corte en {{1}} ahora."}})
		pushed, err := w.shelf.Push(ctx, admin, []string{"es", "pt"})
		if err != nil || len(pushed) != 39 {
			w.t.Fatalf("%d pushed: %v", len(pushed), err)
		}
		for _, p := range pushed {
			if p.Err != nil {
				w.t.Errorf("%s %s: %v", p.Template.Name, p.Template.Language, p.Err)
			}
		}
		missing, err := w.shelf.Missing(ctx, []string{"es", "pt", "en"})
		if err != nil || len(missing) != 20 {
			w.t.Errorf("%d missing, want the English: %v", len(missing), err)
		}
		if _, err := w.shelf.Push(ctx, agent, []string{"en"}); !errors.Is(err, desk.ErrForbidden) {
			w.t.Errorf("an agent: %v", err)
		}
	})
}

// What a review would refuse is refused here, before anything is sent.
func TestCreate_ChecksFirst(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for _, c := range []struct {
			name   string
			change func(*desk.Template)
			field  string
		}{
			{"name", func(t *desk.Template) { t.Name = "Visita Técnica" }, "name"},
			{"no body", func(t *desk.Template) { t.Content.Body = "" }, "body"},
			{"long body", func(t *desk.Template) { t.Content.Body = strings.Repeat("a", 1025) }, "body"},
			{"variable first", func(t *desk.Template) { t.Content.Body = "{{name}}, hola a todos." }, "body"},
			{"variable last", func(t *desk.Template) { t.Content.Body = "Hola a todos, {{name}}" }, "body"},
			{"side by side", func(t *desk.Template) { t.Content.Body = "Hola a {{name}} {{day}} de aquí." }, "body"},
			{"no sample", func(t *desk.Template) { t.Content.Samples = nil }, "body.variables[0]"},
			{"numbers out of order", func(t *desk.Template) {
				t.Named, t.Content.Header.Text, t.Content.Body = false, "", "Hola {{2}}, tu visita es hoy."
				t.Content.Samples["body.2"] = "Ana"
			}, "body.variables[0]"},
			{"long header", func(t *desk.Template) { t.Content.Header.Text = strings.Repeat("a", 61) }, "header"},
			{"variable in the footer", func(t *desk.Template) { t.Content.Footer = "De {{name}} aquí" }, "footer"},
			{"long button", func(t *desk.Template) { t.Content.Buttons[0].Text = strings.Repeat("a", 26) }, "buttons[0].text"},
			{"promotional utility", func(t *desk.Template) { t.Content.Body = "Aprovecha {{name}} nuestra oferta de {{day}} ya." }, "category"},
		} {
			d := draft()
			c.change(&d)
			_, err := w.shelf.Create(w.t.Context(), admin, d)
			var problems desk.TemplateProblems
			if !errors.As(err, &problems) || !errors.Is(err, desk.ErrTemplateRules) {
				w.t.Errorf("%s: %v", c.name, err)
				continue
			}
			found := false
			for _, p := range problems {
				found = found || p.Field == c.field
			}
			if !found {
				w.t.Errorf("%s: %v", c.name, problems)
			}
		}
		if len(w.em.Templates()) != 0 {
			w.t.Error("something was handed in all the same")
		}
	})
}

// Every template of the starter set passes every rule and reads well with its samples.
func TestStarter_IsReadyToSubmit(t *testing.T) {
	t.Parallel()
	all, err := templates.Starter(faq.Files)
	if err != nil || len(all) != 60 {
		t.Fatalf("%d templates: %v", len(all), err)
	}
	account := channel.NewAccount(nil, "")
	shelf := templates.New(templates.Deps{Checker: account})
	for i := range all {
		one := all[i]
		if problems := shelf.Problems(&one); len(problems) > 0 {
			t.Errorf("%s %s: %v", one.Name, one.Language, problems)
		}
		filled := one.Content.Filled(one.Content.Samples)
		if text := filled.Text(); strings.Contains(text, "{{") || strings.Contains(text, "  ") {
			t.Errorf("%s %s reads %q", one.Name, one.Language, text)
		}
	}
}
