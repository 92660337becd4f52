package survey_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/survey"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

type (
	asking   struct{ *store.Store }
	arriving struct{ *store.Store }
	sending  struct{ *store.Store }
)

func (s asking) InTx(ctx context.Context, fn func(survey.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s arriving) InTx(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s arriving) InWork(ctx context.Context, fn func(inbox.Tx) error) error { return s.InTx(ctx, fn) }

func (s sending) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is a desk with its questions, what arrives and what is sent.
type world struct {
	t      *testing.T
	store  *store.Store
	inbox  *inbox.Inbox
	outbox *outbox.Outbox
	asker  *survey.Asker
	now    time.Time
	agent  uuid.UUID
	mu     sync.Mutex
	sent   int
}

func (w *world) Send(context.Context, desk.Dispatch) (desk.Accepted, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent++
	return desk.Accepted{ProviderID: fmt.Sprintf("wamid.out%d", w.sent)}, nil
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, now: noon, agent: desk.NewID()}
			clock := func() time.Time { return w.now }
			w.store = storetest.Open(t, dialect, clock)
			quiet := slog.New(slog.DiscardHandler)
			w.inbox = inbox.New(inbox.Deps{
				Store: arriving{w.store}, Now: clock, Log: quiet, StopWriting: func(string) bool { return false }, SurveyThanks: compose.SurveyThanks,
				Read: func(raw []byte) (a desk.Arrival, err error) { return a, json.Unmarshal(raw, &a) },
			})
			w.outbox = outbox.New(outbox.Deps{Store: sending{w.store}, Line: w, Now: clock, Log: quiet})
			w.asker = survey.New(survey.Deps{
				Store: asking{w.store}, Words: compose.Survey, Template: "csat", Now: clock,
				Profile: func() *desk.Profile { return &desk.Profile{Languages: []string{"es"}} },
			})
			test(w)
		})
	}
}

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// comes ingests a message of a person's.
func (w *world) comes(phone, text string, choice *desk.Choice) {
	w.t.Helper()
	kind := desk.KindText
	if choice != nil {
		kind = desk.KindReply
	}
	id := desk.NewID()
	raw, err := json.Marshal(desk.Arrival{
		Channel: "100", From: desk.Identity{Phone: phone, Name: "Bruna"}, Message: &desk.Message{Kind: kind, Text: text, Choice: choice, ProviderID: "wamid." + id.String()},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.inbox.AcceptEvents(w.t.Context(), []desk.Event{{ID: id, Key: id.String(), Kind: "message", Channel: "100", Raw: raw, ReceivedAt: w.now}}); err != nil {
		w.t.Fatal(err)
	}
	if err := w.inbox.Ingest(w.t.Context(), []uuid.UUID{id}); err != nil {
		w.t.Fatal(err)
	}
}

// resolved is a person's conversation in a language that a person has just ended.
func (w *world) resolved(phone, language string) uuid.UUID {
	w.t.Helper()
	w.comes(phone, "hola", nil)
	var id uuid.UUID
	w.do(func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: phone, Name: "Bruna"}, w.now)
		if err != nil {
			return err
		}
		c, err := tx.ConversationFor(ctx, contact.ID, "100", w.now)
		if err != nil {
			return err
		}
		id, c.Language, c.Team = c.ID, language, desk.TeamBilling
		last, err := tx.LastMessageID(ctx, c.ID)
		if err != nil {
			return err
		}
		if err := c.Close(last); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, c)
	})
	return id
}

func (w *world) job(c uuid.UUID) desk.SurveyJob {
	return desk.SurveyJob{Survey: desk.NewID(), Conversation: c, Agent: w.agent, Team: desk.TeamBilling}
}

func (w *world) ask(j desk.SurveyJob) {
	w.t.Helper()
	if err := w.asker.Ask(w.t.Context(), j); err != nil {
		w.t.Fatal(err)
	}
}

// said are our messages of a conversation, oldest first.
func (w *world) said(c uuid.UUID) (out []desk.Message) {
	w.t.Helper()
	page, err := w.store.Messages(w.t.Context(), c, uuid.Nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range page.Messages {
		if m.Direction == desk.Outbound {
			out = append(out, m)
		}
	}
	return out
}

func (w *world) conversation(id uuid.UUID) *desk.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) survey(c, id uuid.UUID) (s *desk.Survey) {
	w.t.Helper()
	w.do(func(ctx context.Context, tx *store.Tx) (err error) {
		s, err = tx.LockSurvey(ctx, c, id, noon.AddDate(0, -1, 0))
		return err
	})
	return s
}

func pressed(id uuid.UUID, v desk.Verdict) *desk.Choice {
	return &desk.Choice{ID: desk.SurveyButtonID(id, v), Title: "👍"}
}

// The question is in the contact's language, goes out once, its answer is kept with
// agent and team, thanked once, and neither opens the chat nor wants a turn.
func TestSurvey_OnceInTheContactsLanguage(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for i, language := range desk.Languages {
			phone := fmt.Sprintf("551190000%04d", i)
			c := w.resolved(phone, language)
			j := w.job(c)
			w.ask(j)
			w.ask(j)        // the job runs twice
			w.ask(w.job(c)) // its ticket is resolved too
			said := w.said(c)
			question, titles := compose.Survey(language)
			if len(said) != 1 || said[0].Text != question || len(said[0].Buttons) != 3 || said[0].Buttons[2].Title != titles[2] {
				w.t.Fatalf("%s: said %+v", language, said)
			}
			w.comes(phone, "", pressed(j.Survey, desk.VerdictFair))
			w.comes(phone, "", pressed(j.Survey, desk.VerdictGood)) // they change their mind
			said = w.said(c)
			if len(said) != 2 || said[1].Text != compose.SurveyThanks(language) {
				w.t.Errorf("%s: thanked with %d messages", language, len(said)-1)
			}
			s := w.survey(c, j.Survey)
			if s.Verdict != desk.VerdictGood || s.AgentID != w.agent || s.Team != desk.TeamBilling || s.Language != language {
				w.t.Errorf("%s: kept %+v", language, s)
			}
			if conv := w.conversation(c); conv.State != desk.ConversationClosed || conv.TurnDueAt != nil || conv.Unread != 0 {
				w.t.Errorf("%s: the answer opened the chat: %+v", language, conv)
			}
		}
	})
}

// A word typed at once is the answer; the same word later, or another, is a new matter.
func TestSurvey_TypedAnswers(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for i, it := range []struct {
			says []string
			want desk.Verdict
			open bool
		}{
			{[]string{"Bien!"}, desk.VerdictGood, false},
			{[]string{"Muito ruim..."}, desk.VerdictBad, false},
			{[]string{"👎"}, desk.VerdictBad, false},
			{[]string{"mal, sigo sin internet"}, "", true},
			{[]string{"no tengo internet", "mal"}, "", true},
			{[]string{"bien", "no tengo internet"}, desk.VerdictGood, true},
		} {
			phone := fmt.Sprintf("551180000%04d", i)
			c := w.resolved(phone, "es")
			j := w.job(c)
			w.ask(j)
			for _, text := range it.says {
				w.comes(phone, text, nil)
			}
			if got := w.survey(c, j.Survey).Verdict; got != it.want {
				w.t.Errorf("%v: %q", it.says, got)
			}
			if got := w.conversation(c).State == desk.ConversationOpen; got != it.open {
				w.t.Errorf("%v: open %v", it.says, got)
			}
		}
		c := w.resolved("551180009999", "es")
		w.comes("551180009999", "bien", nil) // nobody asked
		if w.conversation(c).State != desk.ConversationOpen {
			w.t.Error("a word without a question was taken for an answer")
		}
	})
}

// A chat that is live again is not asked; a question that waits to be sent is dropped,
// and the next resolution is asked about.
func TestSurvey_NotWhileTheChatIsLive(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.resolved("5511700000001", "es")
		w.comes("5511700000001", "una cosa más", nil)
		w.ask(w.job(c))
		if said := w.said(c); len(said) != 0 {
			w.t.Fatalf("asked while live: %+v", said)
		}
		c = w.resolved("5511700000002", "es")
		w.ask(w.job(c))
		w.comes("5511700000002", "una cosa más", nil) // before it is sent
		if _, err := w.outbox.Send(w.t.Context(), w.said(c)[0].ID); err != nil {
			w.t.Fatal(err)
		}
		if got := w.said(c)[0]; got.Status != desk.StatusDropped || w.sent != 0 {
			w.t.Errorf("%s after %d sends", got.Status, w.sent)
		}
		w.resolved("5511700000002", "es")
		w.ask(w.job(c))
		if n := len(w.said(c)); n != 2 {
			w.t.Errorf("the next resolution was asked about %d times", n-1)
		}
	})
}

// The contact writes in the very moment in which the question is asked and sent: either
// it went out first, or it never does.
func TestSurvey_RaceWithTheContact(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for i := range 8 {
			phone := fmt.Sprintf("551160000%04d", i)
			c := w.resolved(phone, "es")
			var wg sync.WaitGroup
			for range 2 {
				j := w.job(c)
				wg.Go(func() { _ = w.asker.Ask(w.t.Context(), j) })
			}
			wg.Go(func() { w.comes(phone, "no tengo internet", nil) })
			wg.Wait()
			said := w.said(c)
			if len(said) > 1 {
				w.t.Fatalf("asked %d times", len(said))
			}
			for _, m := range said {
				if _, err := w.outbox.Send(w.t.Context(), m.ID); err != nil {
					w.t.Fatal(err)
				}
			}
			if conv := w.conversation(c); conv.State != desk.ConversationOpen || conv.TurnDueAt == nil {
				w.t.Errorf("the contact's matter was lost: %+v", conv)
			}
		}
		if w.sent != 0 {
			w.t.Errorf("%d questions went out into live chats", w.sent)
		}
	})
}

// Outside the window an approved template in the contact's language asks, else nothing.
func TestSurvey_ByTemplate(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for language, status := range map[string]desk.TemplateStatus{"pt_BR": desk.TemplateApproved, "es": desk.TemplatePaused} {
			k := desk.Template{ID: desk.NewID().String(), Name: "csat", Language: language, Category: desk.CategoryUtility, Status: status, Named: true, SyncedAt: noon}
			k.Content = desk.TemplateContent{Body: "Olá, {{name}}. Como foi?", Buttons: []desk.TemplateButton{{Type: desk.ButtonQuickReply, Text: "Ruim"}}}
			w.do(func(ctx context.Context, tx *store.Tx) error { return tx.SaveTemplate(ctx, &k) })
		}
		pt, es, en := w.resolved("5511500000001", "pt"), w.resolved("5511500000002", "es"), w.resolved("5511500000003", "en")
		gone := w.resolved("5511500000004", "pt")
		w.do(func(ctx context.Context, tx *store.Tx) error {
			return tx.AddConsent(ctx, desk.Consent{ID: desk.NewID(), ContactID: w.conversation(gone).ContactID, Purpose: desk.PurposeMarketing, CreatedAt: noon})
		})
		w.now = noon.Add(25 * time.Hour)
		j := w.job(pt)
		for _, j := range []desk.SurveyJob{j, w.job(es), w.job(en), w.job(gone)} {
			w.ask(j)
		}
		if said := w.said(pt); len(said) != 1 || said[0].Template == nil || !strings.Contains(said[0].Text, "Bruna") {
			w.t.Errorf("portuguese: %+v", said)
		}
		if n := len(slices.Concat(w.said(es), w.said(en), w.said(gone))); n != 0 {
			w.t.Errorf("%d were asked without a template, or against their wish", n)
		}
		w.comes("5511500000001", "", &desk.Choice{ID: "Ruim", Title: "Ruim"})
		if got := w.survey(pt, j.Survey).Verdict; got != desk.VerdictBad {
			w.t.Errorf("the template's button gave %q", got)
		}
	})
}
