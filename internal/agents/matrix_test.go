package agents_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

// TestVerbs_ByRoleAndOwner holds what each role may do with a conversation of
// each owner: the assistant's, in the queue, one's own, another's, closed.
func TestVerbs_ByRoleAndOwner(t *testing.T) {
	t.Parallel()
	type verb = func(w *world, by desk.Agent, c uuid.UUID) error
	every := func(code string) string { return strings.TrimSpace(strings.Repeat(code+" ", 5)) }
	forbidden, ok := every("forbidden"), every("ok")
	verbs := map[string]struct {
		do                         verb
		agent, supervisor, auditor string
	}{
		"claim": {func(w *world, by desk.Agent, c uuid.UUID) error { return w.desk.Claim(w.t.Context(), by, c, false) },
			"ok ok ok taken ok", "ok ok ok taken ok", forbidden},
		"take over": {func(w *world, by desk.Agent, c uuid.UUID) error { return w.desk.Claim(w.t.Context(), by, c, true) },
			forbidden, ok, forbidden},
		"assign": {func(w *world, by desk.Agent, c uuid.UUID) error {
			return w.desk.Assign(w.t.Context(), by, c, w.team["eva"].ID)
		}, "forbidden forbidden ok forbidden forbidden", ok, forbidden},
		"reply": {func(w *world, by desk.Agent, c uuid.UUID) error {
			_, err := w.desk.Reply(w.t.Context(), by, c, agents.Draft{ID: uuid.New(), Text: "hola"})
			return err
		}, "not_holder not_holder ok not_holder not_holder", "not_holder not_holder ok not_holder not_holder", forbidden},
		"note": {func(w *world, by desk.Agent, c uuid.UUID) error {
			return w.desk.Note(w.t.Context(), by, c, uuid.New(), "nota")
		}, ok, ok, forbidden},
		"give back": {func(w *world, by desk.Agent, c uuid.UUID) error { return w.desk.GiveBack(w.t.Context(), by, c) },
			"transition ok ok not_holder transition", "transition ok ok ok transition", forbidden},
		"enqueue": {func(w *world, by desk.Agent, c uuid.UUID) error {
			return w.desk.Enqueue(w.t.Context(), by, c, desk.TeamSales, "")
		}, "ok ok ok not_holder transition", "ok ok ok ok transition", forbidden},
		"snooze": {func(w *world, by desk.Agent, c uuid.UUID) error {
			return w.desk.Snooze(w.t.Context(), by, c, noon.Add(time.Hour))
		}, "not_holder not_holder ok not_holder not_holder", "not_holder not_holder ok not_holder not_holder", forbidden},
		"resolve": {func(w *world, by desk.Agent, c uuid.UUID) error { return w.desk.Resolve(w.t.Context(), by, c, "listo") },
			"ok ok ok not_holder transition", "ok ok ok ok transition", forbidden},
		"seen": {func(w *world, by desk.Agent, c uuid.UUID) error { return w.desk.Seen(w.t.Context(), by, c) }, ok, ok, ok},
	}
	each(t, func(w *world) {
		for name, c := range verbs {
			for who, want := range map[string]string{"ana": c.agent, "sofia": c.supervisor, "adam": c.supervisor, "otto": c.auditor, "gone": forbidden} {
				var got []string
				for _, owner := range []string{"assistant", "queue", who, "eva", "closed"} {
					got = append(got, w.try(name, who, owner, c.do))
				}
				if line := strings.Join(got, " "); line != want {
					w.t.Errorf("%s by %s: %s\nwant %s", name, who, line, want)
				}
			}
			if got := code(c.do(w, w.team["adam"], desk.NewID())); got != "not_found" {
				w.t.Errorf("%s of a conversation that is not there: %s", name, got)
			}
		}
	})
}

// try does a verb on a new conversation, and sees to it that a refusal changes nothing.
func (w *world) try(name, who, owner string, do func(*world, desk.Agent, uuid.UUID) error) string {
	conv := w.conversation(owner)
	result := code(do(w, w.team[who], conv.ID))
	after := w.now(conv.ID)
	if result != "ok" && (len(w.thread(conv.ID)) > 1 || after.Version != conv.Version || after.Owner != conv.Owner || after.State != conv.State) {
		w.t.Errorf("%s by %s was refused, and yet changed something", name, who)
	}
	return result
}

func TestVerbs_LeaveATrace(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, sofia := w.t.Context(), w.team["ana"], w.team["sofia"]
		c := w.conversation("queue")
		for i, err := range []error{
			w.desk.Claim(ctx, ana, c.ID, false), w.desk.Claim(ctx, ana, c.ID, false), w.desk.Claim(ctx, sofia, c.ID, true),
			w.desk.Assign(ctx, sofia, c.ID, ana.ID), w.desk.Snooze(ctx, ana, c.ID, noon.Add(time.Hour)), w.desk.Enqueue(ctx, ana, c.ID, desk.TeamSales, "ojo"),
			w.desk.GiveBack(ctx, ana, c.ID), w.desk.Claim(ctx, ana, c.ID, false), w.desk.Resolve(ctx, ana, c.ID, "listo"),
		} {
			if err != nil {
				w.t.Fatalf("step %d: %v", i, err)
			}
		}
		want := "taken by ana, taken by sofia, assigned by sofia, snoozed by ana, queued by ana, given_back by ana, taken by ana, resolved by ana"
		if got := strings.Join(w.notices(c.ID), ", "); got != want {
			w.t.Errorf("got  %s\nwant %s", got, want)
		}
		for _, m := range w.thread(c.ID)[1:] {
			if m.Direction != desk.Private {
				w.t.Errorf("%+v is not private", m)
			}
		}
	})
}

func TestEnqueue_KeepsWhatIsKnownAndTheNote(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("queue")
		if err := w.desk.Enqueue(w.t.Context(), w.team["ana"], c.ID, desk.TeamSales, "  quiere otro plan "); err != nil {
			w.t.Fatal(err)
		}
		now := w.now(c.ID)
		if now.Team != desk.TeamSales || now.Priority != desk.PriorityHigh || now.Handoff.Reason != desk.ReasonAgentEnqueued || now.Handoff.Language != "es" {
			w.t.Errorf("got %+v", now.Handoff)
		}
		thread := w.thread(c.ID)
		if last := thread[len(thread)-1]; last.Kind != desk.KindNote || last.Text != "quiere otro plan" {
			w.t.Errorf("the note is %+v", last)
		}
		long := strings.Repeat("a", 4001)
		if got := code(w.desk.Enqueue(w.t.Context(), w.team["ana"], c.ID, desk.TeamBilling, long)); got != "text_too_long" || w.now(c.ID).Team != desk.TeamSales {
			w.t.Errorf("a note too long: %s, now with %s", got, w.now(c.ID).Team)
		}
		if got := code(w.desk.Enqueue(w.t.Context(), w.team["ana"], c.ID, "no such", "")); got != "invalid" {
			w.t.Errorf("no such team: %s", got)
		}
	})
}

func TestEnqueue_EndsTheAssistantsTurn(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("assistant")
		w.change(c.ID, func(c *desk.Conversation) { c.WantTurn(noon, time.Second, time.Second) })
		queued := w.say(c, nil)
		if err := w.desk.Enqueue(w.t.Context(), w.team["ana"], c.ID, desk.TeamSales, ""); err != nil {
			w.t.Fatal(err)
		}
		if due := w.now(c.ID).TurnDueAt; due != nil {
			w.t.Errorf("a turn is still due at %v; upkeep would revive it for ever", due)
		}
		if m := w.message(queued.ID); m.Status != desk.StatusDropped {
			w.t.Errorf("the assistant's answer is %s", m.Status)
		}
	})
}

func TestSnooze_Times(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		for _, step := range []struct {
			until time.Time
			want  string
		}{
			{noon, "invalid"}, {noon.Add(-time.Hour), "invalid"}, {noon.Add(90*24*time.Hour + time.Second), "invalid"},
			{noon.Add(time.Second), "ok"}, {noon.Add(90 * 24 * time.Hour), "ok"},
		} {
			if got := code(w.desk.Snooze(w.t.Context(), w.team["ana"], c.ID, step.until)); got != step.want {
				w.t.Errorf("until %v: %s, want %s", step.until, got, step.want)
			}
		}
	})
}

func TestAssign_OnlyToWhoCanAnswer(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("queue")
		for who, want := range map[string]string{"otto": "invalid", "gone": "invalid", "eva": "ok"} {
			if got := code(w.desk.Assign(w.t.Context(), w.team["sofia"], c.ID, w.team[who].ID)); got != want {
				w.t.Errorf("to %s: %s, want %s", who, got, want)
			}
		}
		if got := code(w.desk.Assign(w.t.Context(), w.team["sofia"], c.ID, desk.NewID())); got != "not_found" {
			w.t.Errorf("to nobody: %s", got)
		}
		if now := w.now(c.ID); now.AgentID == nil || *now.AgentID != w.team["eva"].ID {
			w.t.Errorf("held by %v", now.AgentID)
		}
	})
}
