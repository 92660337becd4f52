package consult_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/llm/llmtest"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

type inForce struct {
	profile *desk.Profile
	book    *desk.Book
}

func (k inForce) Profile() *desk.Profile { return k.profile }
func (k inForce) Book() *desk.Book       { return k.book }

var (
	agentAna  = desk.Agent{Name: "Ana", Role: desk.RoleAgent, Active: true}
	adminAdam = desk.Agent{Name: "Adam", Role: desk.RoleAdmin, Active: true}
)

const hoursBody = "Atendemos de lunes a viernes de 8:00 a 20:00 y los sábados de 9:00 a 13:00."

// talk is a conversation about opening hours that was handed over.
func (r *room) talk() {
	r.t.Helper()
	hours := &desk.Article{ID: "hours", Language: "es", Version: 2, Title: "Horarios de atención", Body: hoursBody + " Teléfono {phone}.", Status: desk.ArticlePublished}
	profile := &desk.Profile{Languages: []string{"es"}, Placeholders: map[string]desk.Words{"phone": {"es": "0800-555-0101"}}}
	r.scribe.Knowledge = inForce{profile, &desk.Book{Articles: map[string]map[string]*desk.Article{"hours": {"es": hours}}}}
	r.scribe.Understander = localBrain{desk.Understanding{Language: "es", Passages: []desk.Passage{{Article: hours.Ref(), Confidence: 0.8}}}}
	r.says("hola, soy Bruna Ferreyra, ya reinicié el equipo", nil)
	r.says("¿A qué hora atienden los sábados? Mi teléfono es 11 5555-0001", nil)
	r.do(func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.LockConversation(ctx, r.conv.ID)
		if err != nil {
			return err
		}
		c.Language = "es"
		if err := c.Enqueue(desk.Handoff{Reason: desk.ReasonPersonAsked, Team: desk.TeamSupport, Priority: desk.PriorityNormal, At: noon}, noon); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, c)
	})
}

func (r *room) summary() *desk.Summary {
	r.t.Helper()
	if err := r.scribe.Summarize(r.t.Context(), r.conv.ID); err != nil {
		r.t.Fatal(err)
	}
	c, err := r.store.Conversation(r.t.Context(), r.conv.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return c.Handoff.Summary
}

// A summary is added beside the facts, once, and nothing personal leaves for it.
func TestSummarize(t *testing.T) {
	t.Parallel()
	eachRoom(t, func(t *testing.T, r *room) {
		r.talk()
		r.server.Answer("summary", `{"problem":"Pregunta por el horario de los sábados.","tried":["Reinició el equipo"],"wants":"Saber el horario","data":[]}`)
		got := r.summary()
		if got == nil || got.Problem != "Pregunta por el horario de los sábados." || len(got.Tried) != 1 || got.Model != "talker" {
			t.Fatalf("summary %+v", got)
		}
		r.summary()
		if n := len(r.server.Requests()); n != 1 {
			t.Errorf("%d requests", n)
		}
		if containsAny(r.server.Requests()[0].User, "Bruna", "5555-0001") {
			t.Error("a person is named in what left")
		}
	})
}

// What was never said is not told, and without a model the facts stand alone.
func TestSummarize_Refused(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, answer string }{
		{"an amount", `{"problem":"Debe $ 45.300 desde marzo.","tried":[],"wants":"","data":[]}`},
		{"a link", `{"problem":"Ver http://mal.example/pago","tried":[],"wants":"","data":[]}`},
		{"a placeholder of its own", `{"problem":"Es ⟦NAME_7⟧.","tried":[],"wants":"","data":[]}`},
		{"another telephone", `{"problem":"Pide que llamen al 11 4444-9999.","tried":[],"wants":"","data":[]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, storetest.SQLite)
			r.talk()
			r.server.Answer("summary", tt.answer)
			if got := r.summary(); got != nil {
				t.Errorf("it was kept: %+v", got)
			}
		})
	}
	r := newRoom(t, storetest.SQLite)
	r.talk()
	r.server.Fail("summary", llmtest.Fault{Kind: llmtest.Broken})
	if got := r.summary(); got != nil {
		t.Errorf("a broken model gave %+v", got)
	}
	r.scribe.Desk = nil
	if got := r.summary(); got != nil {
		t.Errorf("no model gave %+v", got)
	}
}

// Without a model a suggestion is the article's words; with one, its words if they
// pass the guard, else the article's.
func TestSuggest(t *testing.T) {
	t.Parallel()
	const own = hoursBody + " Teléfono 0800-555-0101."
	tests := []struct {
		name    string
		alone   bool
		answer  string
		fault   llmtest.Kind
		want    string
		model   string
		problem desk.ModelReason
		refused bool
	}{
		{name: "no model", alone: true, want: own},
		{name: "fitted", answer: `{"citations":["hours/es"],"text":"Los sábados atendemos de 9:00 a 13:00."}`, want: "Los sábados atendemos de 9:00 a 13:00.", model: "talker"},
		{name: "invents", answer: `{"citations":["hours/es"],"text":"Los sábados atendemos de 9:00 a 18:00."}`, want: own, refused: true},
		{name: "promises", answer: `{"citations":["hours/es"],"text":"Abrí un ticket y mañana va un técnico."}`, want: own, refused: true},
		{name: "cites what is not there", answer: `{"citations":["prices/es"],"text":"Los sábados atendemos de 9:00 a 13:00."}`, want: own, refused: true},
		{name: "another language", answer: `{"citations":["hours/es"],"text":"On Saturdays we are open for you from 9:00 to 13:00."}`, want: own, refused: true},
		{name: "down", fault: llmtest.Broken, want: own, problem: desk.ModelDown},
		{name: "nothing to say", answer: `{"citations":[],"text":""}`, want: own},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, storetest.SQLite)
			r.talk()
			if tt.alone {
				r.scribe.Desk = nil
			}
			if tt.fault != "" {
				r.server.Fail("suggest", llmtest.Fault{Kind: tt.fault})
			} else if tt.answer != "" {
				r.server.Answer("suggest", tt.answer)
			}
			got, err := r.scribe.Suggest(t.Context(), agentAna, r.conv.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != tt.want || got.Model != tt.model || got.Problem != tt.problem || (len(got.Refused) > 0) != tt.refused || len(got.Sources) != 1 {
				t.Errorf("suggested %+v", got)
			}
			page, err := r.store.Messages(t.Context(), r.conv.ID, [16]byte{}, 50)
			if err != nil || len(page.Messages) != 2 {
				t.Errorf("something was written: %d messages, %v", len(page.Messages), err)
			}
			for _, q := range r.server.Requests() {
				if containsAny(q.User, "Bruna", "5555-0001") {
					t.Error("a person is named in what left")
				}
			}
		})
	}
	r := newRoom(t, storetest.SQLite)
	r.talk()
	if _, err := r.scribe.Suggest(t.Context(), desk.Agent{Role: desk.RoleAuditor, Active: true}, r.conv.ID); !errors.Is(err, desk.ErrForbidden) {
		t.Errorf("an auditor got %v", err)
	}
}

// A draft holds nothing of the customer: what is personal or unknown is a blank.
func TestDraft(t *testing.T) {
	t.Parallel()
	r := newRoom(t, storetest.SQLite)
	r.talk()
	r.says("Los sábados de 9 a 13. Listo, quedó resuelto.", func(m *desk.Message) { m.Direction, m.Author = desk.Outbound, desk.ByAgent })
	r.server.Answer("draft", `{"title":"Horario de los sábados","questions":["horario sabado","a que hora abren","soy Bruna Ferreyra, cuando abren"],
		"body":"Los sábados abrimos de {sat_hours}. Llame al 11 5555-0001 o a ⟦PHONE_1⟧. Más en {support_hours}."}`)
	settings := consult.Settings{"support_hours": {"es": "horario"}}
	a, err := r.scribe.Draft(t.Context(), adminAdam, r.conv.ID, settings)
	if err != nil {
		t.Fatal(err)
	}
	whole := a.Title + a.Body + strings.Join(a.Questions, "\n")
	if containsAny(whole, "Bruna", "5555", "⟦", "{sat_hours}") || !strings.Contains(a.Body, consult.Blank) || !strings.Contains(a.Body, "{support_hours}") {
		t.Errorf("the draft says %q", whole)
	}
	if a.Status != desk.ArticleDraft || a.Origin == nil || a.Origin.Conversation != r.conv.ID || a.Origin.By != "Adam" || a.Language != "es" {
		t.Errorf("draft %+v", a)
	}
	if containsAny(r.server.Requests()[0].User, "Bruna", "5555-0001") {
		t.Error("a person is named in what left")
	}
	for _, tt := range []struct {
		name string
		by   desk.Agent
		do   func()
		want error
	}{
		{"an agent", agentAna, func() {}, desk.ErrForbidden},
		{"no solution", adminAdam, func() { r.server.Answer("draft", `{"title":"x","questions":["abc","abd","abe"],"body":""}`) }, desk.ErrModelDoubtful},
		{"down", adminAdam, func() { r.server.Fail("draft", llmtest.Fault{Kind: llmtest.Broken}) }, desk.ErrNoModel},
		{"no model", adminAdam, func() { r.scribe.Desk = nil }, desk.ErrNoModel},
	} {
		tt.do()
		if _, err := r.scribe.Draft(t.Context(), tt.by, r.conv.ID, settings); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
