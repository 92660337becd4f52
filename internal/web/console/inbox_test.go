package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func contains(t *testing.T, page string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

func lacks(t *testing.T, page string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(page, w) {
			t.Errorf("the page has %q", w)
		}
	}
}

func TestInbox_ShowsTheThreadAsPeopleKnowIt(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	page := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"?view=mine", session(t, h, f, ana), nil).Body.String()
	contains(t, page,
		`role="log" aria-live="polite"`, "Ana Pereira tomó esta conversación", "El asistente la pasó a una persona: La guía no lo resolvió",
		"<strong>202603120000017</strong>", "<em>reset</em>", "Carla Núñez · nota privada", "tick-read", "tick-delivered", "Leído",
		"https://www.openstreetmap.org/?mlat=-34.60373", `src="/media/`, `class="quoted"`, "👍", "Quedan 22 h 58 min para responder.",
		"C-10442", "Revisó el cable de fibra", "Por qué", `action="/conversations/`+f.conversations[0].ID.String()+`/say"`, "ayer", "Roja")
}

func TestInbox_ComposerFollowsTheState(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		who      int
		at       int
		has, not []string
	}{
		{"mine", ana, 0, []string{`value="reply"`, `value="note"`}, []string{"composer-info"}},
		{"the queue's", ana, 1, []string{`value="note"`, "Espera a una persona", "/claim"}, []string{`value="reply"`}},
		{"the assistant's", ana, 4, []string{`value="note"`, "La atiende el asistente", "/claim"}, []string{`value="reply"`}},
		{"another's", ana, 6, []string{`value="note"`, "La atiende otra persona"}, []string{`value="reply"`, "/claim", "/takeover", "/resolve", "/giveback"}},
		{"another's, as supervisor", carla, 6, []string{"/takeover", "/assign"}, []string{`value="reply"`, "/claim\""}},
		{"window closed", ana, 7, []string{`value="note"`, "Pasaron más de 24 horas"}, []string{`value="reply"`}},
		{"auditor", elena, 0, []string{"Your role lets you read"}, []string{"/claim", "/say", "/resolve", "/snooze", "/decide"}},
		{"closed", ana, 9, []string{"Cerrada"}, []string{"/resolve", "/snooze", "/enqueue"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := golden(t)
			h := serve(t, f)
			w := do(h, http.MethodGet, "/conversations/"+f.conversations[test.at].ID.String()+"?view=all", session(t, h, f, test.who), nil)
			if w.Code != http.StatusOK {
				t.Fatalf("got %d", w.Code)
			}
			contains(t, w.Body.String(), test.has...)
			lacks(t, w.Body.String(), test.not...)
		})
	}
}

func TestInbox_NothingPeopleWriteBecomesMarkup(t *testing.T) {
	t.Parallel()
	f := golden(t)
	c := &f.conversations[0]
	contact := f.contacts[c.ContactID]
	contact.Name = `<script>alert(1)</script>`
	f.contacts[c.ContactID] = contact
	f.say(c, desk.Message{Text: `<img src=x onerror=alert(1)> *<b>x</b>* https://e.example/"><script>y</script>`}, 0)
	h := serve(t, f)
	page := do(h, http.MethodGet, "/conversations/"+c.ID.String()+"?view=mine", session(t, h, f, ana), nil).Body.String()
	lacks(t, page, "<img src=x", "<b>x</b>", "<script>alert", "<script>y")
	contains(t, page, "&lt;img src=x", "&lt;script&gt;alert(1)&lt;/script&gt;")
}

func TestVerbs_AskTheDeskAndGoBack(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, carla)
	conversation := "/conversations/" + f.conversations[0].ID.String()
	draft := uuid.NewString()
	tests := []struct {
		path string
		form url.Values
		did  string
	}{
		{conversation + "/claim", nil, "claim"},
		{conversation + "/takeover", nil, "take over"},
		{conversation + "/giveback", nil, "give back"},
		{conversation + "/say", url.Values{"mode": {"reply"}, "id": {draft}, "text": {" hola "}}, "reply " + draft + " hola"},
		{conversation + "/say", url.Values{"mode": {"note"}, "text": {"ojo"}}, "note ojo"},
		{conversation + "/enqueue", url.Values{"team": {"billing"}, "note": {"ver"}}, "enqueue billing ver"},
		{conversation + "/assign", url.Values{"to": {f.agents[ana].ID.String()}}, "assign"},
		{conversation + "/snooze", url.Values{"until": {"2026-03-13T12:00:00Z"}}, "snooze"},
		{conversation + "/resolve", url.Values{"outcome": {"listo"}}, "resolve listo"},
		{conversation + "/seen", nil, "seen"},
		{"/messages/" + f.messages[f.conversations[6].ID][1].ID.String() + "/decide", url.Values{"resend": {"yes"}}, "resend"},
		{"/messages/" + f.messages[f.conversations[6].ID][1].ID.String() + "/decide", url.Values{"resend": {"no"}}, "arrived"},
		{"/tickets/" + f.ticketRows[0].ID.String() + "/wait", url.Values{"for": {"third_party"}}, "wait third"},
		{"/tickets/" + f.ticketRows[0].ID.String() + "/priority", url.Values{"priority": {"urgent"}}, "priority urgent"},
		{"/tickets/" + f.ticketRows[0].ID.String() + "/note", url.Values{"text": {"ojo"}}, "ticket note ojo"},
	}
	for _, test := range tests {
		form := url.Values{"back": {conversation + "?view=mine"}}
		for k, v := range test.form {
			form[k] = v
		}
		before := len(f.did())
		w := do(h, http.MethodPost, test.path, cookie, form)
		if got := strings.Join(f.did()[before:], "; "); got != test.did {
			t.Errorf("%s did %q, want %q", test.path, got, test.did)
		}
		if w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "done=") {
			t.Errorf("%s answered %d to %q", test.path, w.Code, w.Header().Get("Location"))
		}
		if w := do(h, http.MethodPost, test.path, cookie, form, "X-Partial", "act"); w.Code != http.StatusNoContent || w.Header().Get("X-Done") == "" {
			t.Errorf("%s with script answered %d", test.path, w.Code)
		}
	}
}

func TestVerbs_RefusalKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	path := "/conversations/" + f.conversations[0].ID.String()
	form := url.Values{"mode": {"reply"}, "text": {"una respuesta larga"}, "back": {path + "?view=mine"}}
	f.refuse = desk.ErrTaken
	w := do(h, http.MethodPost, path+"/say", cookie, form)
	if w.Code != http.StatusConflict {
		t.Errorf("got %d", w.Code)
	}
	contains(t, w.Body.String(), "Otra persona ya tiene esta conversación.", "una respuesta larga", `role="alert"`, "Lucía Fernández")
	f.refuse = desk.ErrTaken
	w = do(h, http.MethodPost, path+"/say", cookie, form, "X-Partial", "act")
	if w.Code != http.StatusConflict || w.Body.String() != "Otra persona ya tiene esta conversación." {
		t.Errorf("with script: %d %q", w.Code, w.Body)
	}
}

func TestVerbs_BadInput(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, carla)
	conversation := "/conversations/" + f.conversations[0].ID.String()
	for path, form := range map[string]url.Values{
		conversation + "/snooze":                              {"until": {"2020-01-01T00:00:00Z"}},
		conversation + "/assign":                              {"to": {"nobody"}},
		"/tickets/" + f.ticketRows[0].ID.String() + "/assign": {"to": {"nobody"}},
	} {
		before := len(f.did())
		if w := do(h, http.MethodPost, path, cookie, form); w.Code != http.StatusUnprocessableEntity || len(f.did()) != before {
			t.Errorf("%s answered %d and did %v", path, w.Code, f.did()[before:])
		}
	}
	for _, path := range []string{"/tickets/" + f.ticketRows[0].ID.String() + "/destroy", "/tickets/x/start", "/conversations/x/claim", "/jobs/x/retry"} {
		admin := session(t, h, f, diego)
		if w := do(h, http.MethodPost, path, admin, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answered %d", path, w.Code)
		}
	}
}

func TestPartial_HoldsOnlyTheRegionsAskedFor(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	path := "/conversations/" + f.conversations[0].ID.String() + "?view=mine"
	w := do(h, http.MethodGet, path, cookie, nil, "X-Partial", "list,counts,nonsense")
	contains(t, w.Body.String(), `data-region="list"`, `data-region="counts"`)
	lacks(t, w.Body.String(), "<html", `data-region="thread"`, `data-region="context"`)
	if w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(w.Header().Get("Vary"), "X-Partial") {
		t.Errorf("headers %v", w.Header())
	}
	if w := do(h, http.MethodGet, path, "", nil, "X-Partial", "list"); w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "<") {
		t.Errorf("without a session: %d %q", w.Code, w.Body)
	}
}

func TestWhy_OnlyOfTheConversation(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	turn := f.messages[f.conversations[0].ID][3].TurnID.String()
	own := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"?why="+turn, cookie, nil)
	contains(t, own.Body.String(), "94 %", "sure_intent.flow", "Luz LOS en rojo", "v3", "no funciona", "3,4 ms", "Responde desde 75 %")
	if w := do(h, http.MethodGet, "/conversations/"+f.conversations[1].ID.String()+"?why="+turn, cookie, nil); w.Code != http.StatusNotFound {
		t.Errorf("another conversation's turn: %d", w.Code)
	}
}

// Only who checks the assistant may let it decide again, and only when asked to.
func TestWhy_DecidesAgain(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	path := "/conversations/" + f.conversations[0].ID.String() + "?pane=context&why=" + f.messages[f.conversations[0].ID][3].TurnID.String()
	for _, who := range []int{diego, elena} {
		cookie := session(t, h, f, who)
		lacks(t, do(h, http.MethodGet, path, cookie, nil).Body.String(), `id="replay"`)
		contains(t, do(h, http.MethodGet, path+"&again=1", cookie, nil).Body.String(), `id="replay"`, "<del>flow</del>", "<ins>ask</ins>", `again=1" data-nav`)
	}
	cookie := session(t, h, f, ana)
	lacks(t, do(h, http.MethodGet, path+"&again=1", cookie, nil).Body.String(), `id="replay"`, `again=1" data-nav`)
}

func TestUsers_TheLinkIsShownOnce(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	w := do(h, http.MethodPost, "/users", cookie, url.Values{"name": {"Nora"}, "email": {"nora@fibra.example"}, "role": {"agent"}, "language": {"es"}})
	contains(t, w.Body.String(), "https://desk.example/signin/link?token=fresh-token", "Enlace para Nora")
	lacks(t, do(h, http.MethodGet, "/users", cookie, nil).Body.String(), "fresh-token")
	for _, data := range f.sessions {
		if strings.Contains(string(data), "fresh-token") {
			t.Error("the link is kept in a session")
		}
	}
	f.refuse = desk.ErrDuplicate.For("email")
	w = do(h, http.MethodPost, "/users", cookie, url.Values{"name": {"Nora"}, "email": {"ana@fibra.example"}})
	if w.Code != http.StatusConflict {
		t.Errorf("a duplicate answered %d", w.Code)
	}
	contains(t, w.Body.String(), "Ya hay una persona con ese correo.", `value="ana@fibra.example"`)
}
