package agents_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
)

// keep saves a macro and returns its id.
func (w *world) keep(by string, name string, steps ...desk.Step) uuid.UUID {
	w.t.Helper()
	if err := w.desk.SaveMacro(w.t.Context(), w.team[by], desk.Macro{Name: name, Steps: steps}, by == "sofia"); err != nil {
		w.t.Fatal(err)
	}
	all, err := w.store.Macros(w.t.Context(), w.team[by].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range all {
		if m.Name == name {
			return m.ID
		}
	}
	w.t.Fatalf("%s is not kept", name)
	return uuid.Nil
}

func TestMacro_AllOrNothing(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		err := w.desk.SaveCanned(ctx, w.team["sofia"], desk.CannedReply{Shortcut: "/Listo", Texts: desk.Words{"es": "Listo, soy {agent}. {isp_name}, {protocol}"}}, true)
		if err != nil {
			w.t.Fatal(err)
		}
		c := w.conversation("ana")
		k := w.ticket(c, desk.TicketOpen)
		done := w.keep("sofia", "listo", desk.Step{Do: desk.StepPriority, Priority: desk.PriorityHigh}, desk.Step{Do: desk.StepReply, Text: "/listo"},
			desk.Step{Do: desk.StepNote, Text: "cerrado por {agent}"}, desk.Step{Do: desk.StepResolve, Text: "quedó"})
		id := desk.NewID()
		for range 2 { // a repeated request is one run
			if _, err := w.desk.RunMacro(ctx, ana, c.ID, done, id); err != nil {
				w.t.Fatal(err)
			}
		}
		var said, noted []string
		for _, m := range w.thread(c.ID) {
			switch {
			case m.Direction == desk.Outbound:
				said = append(said, m.Text)
			case m.Kind == desk.KindNote:
				noted = append(noted, m.Text)
			}
		}
		if got, want := strings.Join(said, "|")+"/"+strings.Join(noted, "|"), "Listo, soy ana. Fibra, "+k.Protocol+"/cerrado por ana"; got != want {
			w.t.Errorf("said %q, want %q", got, want)
		}
		if now := w.now(c.ID); now.State != desk.ConversationClosed {
			w.t.Errorf("it is %s", now.State)
		}
		if got, err := w.store.Ticket(ctx, k.ID); err != nil || got.State != desk.TicketResolved || got.Priority != desk.PriorityHigh || got.Outcome != "quedó" {
			w.t.Errorf("the ticket is %+v, %v", got, err)
		}

		open := w.conversation("ana")
		_, err = w.desk.RunMacro(ctx, ana, open.ID, done, desk.NewID()) // there is no ticket to name
		var step *agents.StepError
		if !errors.As(err, &step) || step.At != 1 || code(err) != "no_value" {
			w.t.Errorf("got %v", err)
		}
		if now := w.now(open.ID); len(w.thread(open.ID)) != 1 || now.Priority == desk.PriorityHigh {
			w.t.Errorf("some of it was done: %d entries, %s", len(w.thread(open.ID)), now.Priority)
		}
		theirs := w.conversation("eva")
		if _, err := w.desk.RunMacro(ctx, ana, theirs.ID, done, desk.NewID()); code(err) != "not_holder" {
			w.t.Errorf("in another's conversation: %v", err)
		}
		own := w.keep("eva", "mía", desk.Step{Do: desk.StepGiveBack})
		if _, err := w.desk.RunMacro(ctx, ana, open.ID, own, desk.NewID()); code(err) != "not_found" {
			w.t.Errorf("another's macro: %v", err)
		}
	})
}

func TestKept_WhoMayChangeIt(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := w.t.Context()
		reply := desk.CannedReply{Shortcut: "hola", Texts: desk.Words{"pt": "Olá"}}
		for _, c := range []struct {
			who    string
			shared bool
			want   string
		}{
			{"ana", false, "ok"}, {"ana", false, "duplicate"}, {"ana", true, "forbidden"}, {"sofia", true, "ok"}, {"eva", false, "ok"}, {"otto", false, "forbidden"}, {"gone", false, "forbidden"},
		} {
			if err := w.desk.SaveCanned(ctx, w.team[c.who], reply, c.shared); code(err) != c.want {
				w.t.Errorf("%s, shared %t: %v, want %s", c.who, c.shared, err, c.want)
			}
		}
		all, err := w.store.CannedReplies(ctx, w.team["ana"].ID)
		if err != nil || len(all) != 2 {
			w.t.Fatalf("%+v, %v", all, err)
		}
		for i, want := range map[int]string{0: "forbidden", 1: "ok"} { // ana's own, the shared one
			changed := all[i]
			changed.Texts = desk.Words{"es": "Buenas"}
			if err := w.desk.SaveCanned(ctx, w.team["sofia"], changed, false); code(err) != want {
				w.t.Errorf("sofia changes %d: %v", i, err)
			}
			if err := w.desk.DeleteCanned(ctx, w.team["eva"], all[i].ID); code(err) != "forbidden" {
				w.t.Errorf("eva deletes %d: %v", i, err)
			}
		}
		for name, bad := range map[string]desk.CannedReply{
			"invalid": {Shortcut: "dos palabras", Texts: desk.Words{"es": "a"}}, "empty_text": {Shortcut: "nada"},
			"text_too_long": {Shortcut: "largo", Texts: desk.Words{"es": strings.Repeat("x", desk.MaxText+1)}},
		} {
			if err := w.desk.SaveCanned(ctx, w.team["ana"], bad, false); code(err) != name {
				w.t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestMarkWrong_GoesToTheArticle(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, c := w.t.Context(), w.conversation("ana")
		turn := desk.Turn{ID: desk.NewID(), ConversationID: c.ID, Decision: desk.Decision{Article: &desk.ArticleRef{ID: "hours", Language: "es", Version: 2}}, CreatedAt: noon}
		article := desk.Article{ID: "hours", Language: "es", Version: 2, Title: "Horas", Body: "De 9 a 13", Status: desk.ArticlePublished, CreatedAt: noon, UpdatedAt: noon}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddTurn(ctx, &turn), tx.SaveArticle(ctx, &article))
		})
		said := w.say(c, func(m *desk.Message) { m.TurnID = &turn.ID })
		plain := w.say(c, nil)
		for range 2 {
			if err := w.desk.MarkWrong(ctx, w.team["ana"], said.ID, "cambió el horario"); err != nil {
				w.t.Fatal(err)
			}
		}
		if err := w.desk.MarkWrong(ctx, w.team["ana"], plain.ID, ""); code(err) != "transition" {
			w.t.Errorf("an answer from no article: %v", err)
		}
		if err := w.desk.MarkWrong(ctx, w.team["otto"], said.ID, ""); code(err) != "forbidden" {
			w.t.Errorf("an auditor: %v", err)
		}
		counts, err := w.store.WrongCounts(ctx)
		if err != nil || counts["hours/es"] != 1 {
			w.t.Errorf("counts %v, %v", counts, err)
		}
		all, err := w.store.Articles(ctx)
		if err != nil || all[0].ThumbsDown != 1 {
			w.t.Errorf("thumbs down %d, %v", all[0].ThumbsDown, err)
		}
		alerts, err := w.store.Alerts(ctx)
		if err != nil || len(alerts) != 1 || alerts[0].Kind != desk.AlertAnswer || alerts[0].Subject != "hours/es" {
			w.t.Errorf("alerts %+v, %v", alerts, err)
		}
		if err := w.desk.SettleWrong(ctx, w.team["ana"], "hours", "es"); code(err) != "forbidden" {
			w.t.Errorf("an agent settles: %v", err)
		}
		if err := w.desk.SettleWrong(ctx, w.team["sofia"], "hours", "es"); err != nil {
			w.t.Fatal(err)
		}
		if counts, err := w.store.WrongCounts(ctx); err != nil || len(counts) != 0 {
			w.t.Errorf("counts %v, %v", counts, err)
		}
	})
}
