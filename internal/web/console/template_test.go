package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// When the window has closed, its holder is offered the approved templates in the
// contact's language, with what it will cost; nobody else can send one.
func TestComposer_OffersTemplatesOutsideTheWindow(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	path := "/conversations/" + f.conversations[7].ID.String()
	page := do(h, http.MethodGet, path+"?view=mine&template=1", session(t, h, f, ana), nil).Body.String()
	for _, want := range []string{`title="visit_confirm"`, `title="due_soon"`, ">Hola …, su visita", `name="v.body.name" value="Valentina"`, "USD 0,026", "{{day}}", "Confirmo"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"upgrade_offer", "otp"} {
		if strings.Contains(page, not) {
			t.Errorf("%s is offered, and is not approved", not)
		}
	}
	if other := do(h, http.MethodGet, path+"?view=all&template=1", session(t, h, f, bruno), nil).Body.String(); strings.Contains(other, "v.body.name") {
		t.Error("somebody who does not hold the conversation may fill in a template")
	}
	form := url.Values{"template": {"1"}, "v.body.name": {"Valentina"}, "v.body.day": {"lunes"}}
	do(h, http.MethodPost, path+"/template", session(t, h, f, ana), form)
	if did := f.did(); !slices.Contains(did, "template 1 Valentina lunes") {
		t.Errorf("did %q", did)
	}
}

func TestTemplates_ListFiltersAndForms(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	admin, agent := session(t, h, f, diego), session(t, h, f, ana)
	for _, c := range []struct{ path, want, not string }{
		{"/templates", "upgrade_offer", ""},
		{"/templates?status=PAUSED", "upgrade_offer", "due_soon"},
		{"/templates?q=factura", "due_soon", "visit_confirm"},
		{"/templates/4", "PROMOTIONAL", ""},
		{"/templates/1", "lunes 16 por la tarde", ""},
		{"/costs?month=2026-03", "412 de 1000", ""},
		{"/costs?month=2026-02", "no hay mensajes", ""},
		{"/whatsapp", "standby", ""},
	} {
		page := do(h, http.MethodGet, c.path, admin, nil).Body.String()
		if !strings.Contains(page, c.want) || c.not != "" && strings.Contains(page, `<span class="mono">`+c.not) {
			t.Errorf("%s: wants %q, not %q", c.path, c.want, c.not)
		}
	}
	if page := do(h, http.MethodGet, "/templates/1", agent, nil).Body.String(); strings.Contains(page, `name="body"`) || !strings.Contains(page, "wa-bubble") {
		t.Error("an agent sees the form, or no preview")
	}
	form := url.Values{"name": {"new_one"}, "code": {"es"}, "category": {"UTILITY"}, "named": {"yes"}, "body": {"Hola {{name}}, todo bien."}, "sample.body.name": {"Ana"}}
	if w := do(h, http.MethodPost, "/templates", admin, form); w.Code != http.StatusSeeOther {
		t.Errorf("creating: %d", w.Code)
	}
	for _, path := range []string{"/templates/1", "/templates/1/delete", "/templates/push", "/templates/sync", "/whatsapp"} {
		if w := do(h, http.MethodPost, path, admin, url.Values{"body": {"Otro"}}); w.Code != http.StatusSeeOther {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	want := []string{"create template new_one Hola {{name}}, todo bien.", "edit template 1 Otro", "delete template 1", "push", "sync", "examine"}
	if did := f.did(); !slices.Equal(did[len(did)-len(want):], want) {
		t.Errorf("did %q", did)
	}
	csv := do(h, http.MethodGet, "/costs.csv?month=2026-03", admin, nil)
	if !strings.HasPrefix(csv.Header().Get("Content-Type"), "text/csv") || !strings.Contains(csv.Body.String(), "2026-03-12,service,USD,1.274000,0.026000,130\n") {
		t.Errorf("the file: %s %q", csv.Header(), csv.Body)
	}
}
