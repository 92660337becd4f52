package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
	"antena/internal/sla"
)

// Wherever a conversation or ticket is shown, so is what is due first.
func TestDue_IsShown(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	for _, test := range []struct {
		path string
		want []string
	}{
		{"/?view=queue", []string{`data-due="broken"`, "6 min tarde", "Primera respuesta: "}},
		{"/conversations/" + f.conversations[0].ID.String() + "?view=mine", []string{`data-due="running"`, "quedan 13 min"}},
		{"/conversations/" + f.conversations[8].ID.String() + "?view=snoozed", []string{`data-due="paused"`, "en pausa"}},
		{"/tickets?state=all", []string{`data-due="running"`, `data-due="paused"`}},
		{"/tickets/" + f.ticketRows[2].ID.String(), []string{"Resolución", "esperando a un tercero"}},
		{"/tickets/" + f.ticketRows[4].ID.String(), []string{`data-due="kept"`, "a tiempo"}},
	} {
		body := do(h, http.MethodGet, test.path, cookie, nil).Body.String()
		for _, want := range test.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", test.path, want)
			}
		}
	}
}

// Admins fill in a form; everybody else reads.
func TestSLA(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	for who, writes := range map[int]bool{ana: false, carla: false, elena: false, diego: true} {
		w := do(h, http.MethodGet, "/sla", session(t, h, f, who), nil)
		body := w.Body.String()
		if w.Code != http.StatusOK || strings.Contains(body, `action="/sla"`) != writes || !strings.Contains(body, "92") {
			t.Errorf("%d sees the form: %v (%d)", who, !writes, w.Code)
		}
		if !writes && do(h, http.MethodPost, "/sla", session(t, h, f, who), url.Values{"share": {"70"}}).Code != http.StatusForbidden {
			t.Errorf("%d may post the form", who)
		}
	}
	cookie := session(t, h, f, diego)
	body := do(h, http.MethodGet, "/sla", cookie, nil).Body.String()
	for _, want := range []string{"Argentina", "sin verificar", "no se conoce", "Decreto 11.034/2022", `value="16 h"`, "7 días corridos"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	form := url.Values{
		"share": {"70"}, "window_hours": {"2"}, "t.0.first": {"20"}, "t.0.resolution": {"1 h 30 min"}, "t.1.intent": {"no_internet"}, "t.1.priority": {"high"}, "t.1.next": {"2h"}, "t.2.priority": {"low"},
		"d.ar.cancellation.value": {"24"}, "d.ar.cancellation.unit": {"hours"}, "d.ar.cancellation.intents": {"cancellation"},
		"d.ar.claim.value": {"10"}, "d.ar.claim.unit": {"business_days"}, "d.ar.claim.intents": {"complaint"}, "d.ar.claim.confirmed": {"1"},
	}
	if w := do(h, http.MethodPost, "/sla", cookie, form); w.Code != http.StatusSeeOther || !slices.Contains(f.did(), "save promises as admin") {
		t.Fatalf("saving answered %d", w.Code)
	}
	want := []sla.Target{{First: 20, Resolution: 90}, {Intent: "no_internet", Priority: desk.PriorityHigh, Next: 120}}
	if f.pledged.Share != 70 || f.pledged.WindowHours != 2 || !slices.Equal(f.pledged.Targets, want) {
		t.Errorf("saved %+v", f.pledged)
	}
	if d := f.pledged.Deadlines; len(d) != 1 || d[0].Key != "ar.claim" || d[0].Value != 10 || !d[0].Confirmed {
		t.Errorf("saved deadlines %+v: only what differs from the law as it is shipped", d)
	}
	form.Set("t.0.first", "soon")
	w := do(h, http.MethodPost, "/sla", cookie, form)
	if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Un objetivo no se entiende") || !strings.Contains(w.Body.String(), `value="1 h 30 min"`) {
		t.Errorf("a wrong figure answered %d, or lost what was typed", w.Code)
	}
}
