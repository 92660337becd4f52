package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
)

func TestList_NarrowedBySavedViewAndForm(t *testing.T) {
	t.Parallel()
	f := golden(t)
	f.saved = []desk.SavedView{{ID: desk.NewID(), AgentID: f.agents[carla].ID, Name: "Facturas <b>", Shared: true, Filter: desk.ConversationFilter{View: desk.ViewAll, Team: desk.TeamBilling}}}
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	page := do(h, http.MethodGet, "/?view=all&team=billing&unread=1&from=2026-03-01&until=2026-03-12&sort=waiting", cookie, nil).Body.String()
	contains(t, page, "Facturas &lt;b&gt;", `name="holder"`, `name="until" value="2026-03-12"`, "Solo sin leer", "Mayor espera", "desde 2026-03-01", `data-pick`, `id="bulk"`)
	lacks(t, page, "conversations.csv", `name="whole"`, "Facturas <b>")
	supervisor := do(h, http.MethodGet, "/?view=all&saved="+f.saved[0].ID.String(), session(t, h, f, carla), nil).Body.String()
	contains(t, supervisor, "/conversations.csv?", `name="whole"`, "/views/"+f.saved[0].ID.String()+"/drop", `name="shared"`)
	lacks(t, do(h, http.MethodGet, "/?view=all", session(t, h, f, elena), nil).Body.String(), `data-pick`, `id="bulk"`)
}

func TestSearch_MarksAndGroups(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	page := do(h, http.MethodGet, "/?view=all&q=reset", cookie, nil).Body.String()
	contains(t, page, "Mensajes", "<mark>", "after=MQ")
	contains(t, do(h, http.MethodGet, "/?view=all&q=x", cookie, nil).Body.String(), "Escribe al menos dos letras.")
	if w := do(h, http.MethodGet, "/?view=all&q=reset&after=%21%21", cookie, nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a forged cursor answered %d", w.Code)
	}
	hostile := do(h, http.MethodGet, "/?view=all&q="+url.QueryEscape(`"><script>alert(1)</script>`), cookie, nil)
	if hostile.Code != http.StatusOK || strings.Contains(hostile.Body.String(), "<script>alert") {
		t.Errorf("hostile words: %d", hostile.Code)
	}
}

func TestViewsAndBulk_AskTheUseCase(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, carla)
	id := f.conversations[0].ID.String()
	for _, test := range []struct {
		path string
		form url.Values
		did  string
	}{
		{"/views", url.Values{"name": {"Mías"}, "shared": {"1"}, "back": {"/?view=queue&team=billing"}}, "save view Mías true queue billing"},
		{"/views/" + id + "/drop", nil, "drop view"},
		{"/bulk", url.Values{"verb": {"resolve"}, "id": {id, id}, "outcome": {"listo"}}, "bulk resolve 2 listo"},
		{"/bulk", url.Values{"verb": {"giveback"}, "whole": {"1"}, "back": {"/?view=queue&team=sales"}}, "bulk giveback 0 whole queuesales "},
		{"/bulk/" + id + "/stop", nil, "stop bulk"},
	} {
		before := len(f.did())
		w := do(h, http.MethodPost, test.path, cookie, test.form)
		if got := strings.Join(f.did()[before:], "; "); got != test.did || w.Code != http.StatusSeeOther {
			t.Errorf("%s did %q and answered %d, want %q", test.path, got, w.Code, test.did)
		}
	}
	if w := do(h, http.MethodPost, "/bulk", cookie, url.Values{"verb": {"resolve"}, "id": {"x"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an id that is none answered %d", w.Code)
	}
}

func TestBulk_ShowsHowFarAndWhatFailed(t *testing.T) {
	t.Parallel()
	f := golden(t)
	run := desk.BulkRun{ID: desk.NewID(), AgentID: f.agents[carla].ID, Verb: desk.BulkResolve, Total: 10, Done: 6, Failed: 1, CreatedAt: goldenNow}
	f.runs, f.bulkFailed = []desk.BulkRun{run}, []desk.BulkItem{{ConversationID: f.conversations[0].ID, Problem: "taken", ContactName: "Lucía"}}
	h := serve(t, f)
	path := "/bulk/" + run.ID.String()
	contains(t, do(h, http.MethodGet, path, session(t, h, f, carla), nil).Body.String(), "7 de 10", "Lucía", "Otra persona ya tiene esta conversación.", "/stop", `max="10" value="7"`)
	if w := do(h, http.MethodGet, path, session(t, h, f, bruno), nil); w.Code != http.StatusNotFound {
		t.Errorf("another agent's run answered %d", w.Code)
	}
	done := goldenNow.Add(time.Minute)
	f.runs[0].FinishedAt, f.runs[0].Done = &done, 9
	lacks(t, do(h, http.MethodGet, path, session(t, h, f, carla), nil).Body.String(), "/stop")
}

func TestExport_IsAFileWithoutFormulas(t *testing.T) {
	t.Parallel()
	f := golden(t)
	contact := f.contacts[f.conversations[0].ContactID]
	contact.Name = `=HYPERLINK("x")`
	f.contacts[f.conversations[0].ContactID] = contact
	h := serve(t, f)
	w := do(h, http.MethodGet, "/conversations.csv?view=all", session(t, h, f, carla), nil)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	contains(t, w.Body.String(), "conversation,contact,phone", `"'=HYPERLINK(""x"")"`)
	for _, who := range []int{ana, elena} {
		if w := do(h, http.MethodGet, "/conversations.csv?view=all", session(t, h, f, who), nil); w.Code != http.StatusForbidden {
			t.Errorf("role %d was answered %d", who, w.Code)
		}
	}
}
