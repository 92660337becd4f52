package agents_test

import (
	"strings"
	"testing"

	"antena/internal/desk"
)

// A note goes along with a conversation to a team or an agent, stays on top until it
// is passed on again, and in the thread for good.
func TestPass(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx := t.Context()
		ana, eva, sofia := w.team["ana"], w.team["eva"], w.team["sofia"]
		c := w.conversation("queue")
		note := func() string {
			if h := w.now(c.ID).Handoff; h != nil && h.Note != nil {
				return h.Note.By + ": " + h.Note.Text
			}
			return ""
		}
		for _, step := range []struct {
			name string
			act  func() error
			want string
			note string
		}{
			{"to an agent, by who does not have it", func() error { return w.desk.Pass(ctx, ana, c.ID, eva.ID, "mía") }, "forbidden", ""},
			{"taken", func() error { return w.desk.Claim(ctx, ana, c.ID, false) }, "ok", ""},
			{"to an agent with a note", func() error { return w.desk.Pass(ctx, ana, c.ID, eva.ID, "  quiere otra fecha ") }, "ok", "ana: quiere otra fecha"},
			{"to an agent without", func() error { return w.desk.Pass(ctx, eva, c.ID, ana.ID, "") }, "ok", ""},
			{"to a team with a note", func() error { return w.desk.Enqueue(ctx, ana, c.ID, desk.TeamTechnical, "hay que medir") }, "ok", "ana: hay que medir"},
			{"taken from there", func() error { return w.desk.Claim(ctx, eva, c.ID, false) }, "ok", "ana: hay que medir"},
			{"by a supervisor", func() error { return w.desk.Pass(ctx, sofia, c.ID, ana.ID, "es tuya") }, "ok", "sofia: es tuya"},
			{"with more than fits", func() error { return w.desk.Pass(ctx, ana, c.ID, eva.ID, strings.Repeat("x", 4001)) }, "text_too_long", "sofia: es tuya"},
			{"to a team that is none", func() error { return w.desk.Enqueue(ctx, ana, c.ID, "moon", "") }, "invalid", "sofia: es tuya"},
			{"to who may not answer", func() error { return w.desk.Pass(ctx, ana, c.ID, w.team["otto"].ID, "x") }, "invalid", "sofia: es tuya"},
		} {
			if got := code(step.act()); got != step.want {
				t.Fatalf("%s: %s, want %s", step.name, got, step.want)
			}
			if got := note(); got != step.note {
				t.Fatalf("%s: the note is %q, want %q", step.name, got, step.note)
			}
		}
		var kept []string
		for _, m := range w.thread(c.ID) {
			if m.Kind == desk.KindNote {
				kept = append(kept, m.Text)
			}
		}
		if got := strings.Join(kept, "|"); got != "quiere otra fecha|hay que medir|es tuya" {
			t.Errorf("the thread keeps %q", got)
		}
		fresh := w.conversation("ana") // of which the desk knows no handoff
		if err := w.desk.Pass(ctx, ana, fresh.ID, eva.ID, "ojo"); err != nil {
			t.Fatal(err)
		}
		if h := w.now(fresh.ID).Handoff; h == nil || h.Note == nil || h.Note.Text != "ojo" {
			t.Errorf("the note of one nobody handed over: %+v", h)
		}
	})
}

// A note in a conversation that somebody else holds is told to its holder; one's own,
// and one in a conversation nobody holds, to nobody.
func TestNote_WhispersToTheHolder(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, sofia := w.t.Context(), w.team["ana"], w.team["sofia"]
		held, queued := w.conversation("ana"), w.conversation("queue")
		for _, note := range []struct {
			by   desk.Agent
			c    desk.Conversation
			text string
		}{{sofia, held, "ofrécele el plan nuevo"}, {ana, held, "ya lo vi"}, {sofia, queued, "nadie la tiene"}} {
			if err := w.desk.Note(ctx, note.by, note.c.ID, desk.NewID(), note.text); err != nil {
				w.t.Fatal(err)
			}
		}
		for _, who := range []desk.Agent{ana, sofia} {
			page, err := w.store.Notifications(ctx, who.ID, "", 10)
			if err != nil {
				w.t.Fatal(err)
			}
			var got []string
			for _, n := range page.Rows {
				got = append(got, string(n.Kind)+": "+n.Text)
			}
			want := map[string]string{"ana": "whisper: ofrécele el plan nuevo"}[who.Name]
			if strings.Join(got, "|") != want {
				w.t.Errorf("%s was told %q, want %q", who.Name, got, want)
			}
		}
	})
}
