package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
)

func TestTeams_Forms(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	admin := session(t, h, f, diego)
	agent := f.agents[ana].ID.String()
	for _, c := range []struct {
		name, path string
		form       url.Values
		want       string
	}{
		{"a new team", "/teams", url.Values{"key": {"fibre"}, "name.es": {"Fibra"}}, "add team fibre map[es:Fibra]"},
		{"a team", "/teams/sales", url.Values{"name.es": {"Ventas"}, "active": {"1"}, "method": {"round_robin"}, "own_hours": {"1"}, "hours.1": {"08:00-12:00, 13:00 – 18:00"}, "holidays": {"2026-12-25\n2027-01-01"},
			"skills": {"VIP, sales vip"}, "overflow": {"support"}, "overflow_after": {"20"}, "raise_after": {"5"}, "version": {"1"}},
			"save team sales round_robin own true [{Monday 08:00 12:00} {Monday 13:00 18:00}] [2026-12-25 2027-01-01] skills [vip sales] overflow support 20 raise 5 silent 0 version 1"},
		{"a post", "/posts/" + agent, url.Values{"team": {"sales", "billing"}, "language": {"pt"}, "skills": {"vip"}, "capacity": {"4"}}, "save post [sales billing] [vip] [pt] 4"},
		{"a new rule", "/rules", url.Values{"verb": {"add"}, "version": {"3"}, "intent": {"no_internet"}, "zones": {"Sur, Centro"}, "priority": {"urgent"}, "team": {"technical"}, "skill": {"vip"}},
			"save rules 3: [no_internet][Norte][]high>technical/technical [][][pt]>sales/ [no_internet][Sur Centro][]urgent>technical/vip"},
		{"a rule up", "/rules", url.Values{"verb": {"up"}, "version": {"3"}, "rule": {"1"}}, "save rules 3: [][][pt]>sales/ [no_internet][Norte][]high>technical/technical"},
		{"a rule away", "/rules", url.Values{"verb": {"delete"}, "version": {"2"}, "rule": {"0"}}, "save rules 2: [][][pt]>sales/"},
		{"a presence", "/presence", url.Values{"state": {"away"}}, "choose away"},
		{"a move", "/presence", url.Values{}, "moved"},
		{"a note along", "/conversations/" + f.conversations[0].ID.String() + "/assign", url.Values{"to": {agent}, "note": {"ojo"}}, "pass ojo"},
	} {
		w := do(h, http.MethodPost, c.path, admin, c.form)
		if did := f.did(); w.Code != http.StatusSeeOther && w.Code != http.StatusNoContent || !slices.Contains(did, c.want) {
			t.Errorf("%s: %d, did %q, want %q", c.name, w.Code, did[len(did)-1], c.want)
		}
	}
	for path, form := range map[string]url.Values{
		"/rules": {"verb": {"delete"}, "version": {"3"}, "rule": {"7"}}, "/teams/sales": {"hours.1": {"from eight"}},
	} {
		if w := do(h, http.MethodPost, path, admin, form); w.Code != http.StatusConflict && w.Code != http.StatusBadRequest && w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s takes %v: %d", path, form, w.Code)
		}
	}
	if w := do(h, http.MethodGet, "/teams/moon", admin, nil); w.Code != http.StatusNotFound {
		t.Errorf("a team that is none: %d", w.Code)
	}
}

// Who may not change anything is shown no button for it.
func TestTeams_ReadOnly(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	for who, writes := range map[int]bool{ana: false, carla: false, diego: true} {
		cookie := session(t, h, f, who)
		for _, path := range []string{"/teams", "/teams/billing"} {
			body := do(h, http.MethodGet, path, cookie, nil).Body.String()
			if got := strings.Contains(body, ">Guardar<") || strings.Contains(body, ">Save<") || strings.Contains(body, ">Salvar<"); got != writes {
				t.Errorf("%s for %s: may save %v", path, f.agents[who].Name, got)
			}
		}
	}
}

// The note of who passed a conversation on stands above it.
func TestThread_ShowsTheNoteAlong(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	c := &f.conversations[1]
	c.Handoff.Note = &desk.PassedNote{By: "Bruno", Text: "quiere <otra> fecha", At: f.ago(0)}
	body := do(h, http.MethodGet, "/conversations/"+c.ID.String(), session(t, h, f, ana), nil).Body.String()
	if !strings.Contains(body, "quiere &lt;otra&gt; fecha") || !strings.Contains(body, "Bruno") {
		t.Error("the note is not shown")
	}
}
