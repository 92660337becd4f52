package agents_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// history writes a ticket's lines: what, from and to, words, by whom.
func (w *world) history(id uuid.UUID) string {
	w.t.Helper()
	events, err := w.store.TicketEvents(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, e := range events {
		line := e.Kind
		if e.From+e.To != "" {
			line += " " + e.From + ">" + e.To
		}
		if e.Note != "" {
			line += " " + e.Note
		}
		for _, a := range w.team {
			if e.AgentID != nil && *e.AgentID == a.ID && e.Author == desk.ByAgent {
				line += " by " + a.Name
			}
			line = strings.ReplaceAll(line, a.ID.String(), a.Name)
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestTicketVerbs(t *testing.T) {
	t.Parallel()
	type verb func(w *world, by desk.Agent, k uuid.UUID) error
	verbs := map[string]struct {
		do    verb
		from  desk.TicketState
		want  string // the history
		wrong desk.TicketState
	}{
		"start": {func(w *world, by desk.Agent, k uuid.UUID) error { return w.desk.TicketStart(w.t.Context(), by, k) },
			desk.TicketNew, "state new>open by ana", desk.TicketOpen},
		"wait for the customer": {func(w *world, by desk.Agent, k uuid.UUID) error {
			return w.desk.TicketWait(w.t.Context(), by, k, false)
		},
			desk.TicketOpen, "state open>waiting_customer by ana", desk.TicketClosed},
		"wait for a third": {func(w *world, by desk.Agent, k uuid.UUID) error { return w.desk.TicketWait(w.t.Context(), by, k, true) },
			desk.TicketOpen, "state open>waiting_third_party by ana", desk.TicketResolved},
		"resolve": {func(w *world, by desk.Agent, k uuid.UUID) error {
			return w.desk.TicketResolve(w.t.Context(), by, k, "lis\x00to")
		}, desk.TicketOpen, "state open>resolved listo by ana", desk.TicketResolved},
		"reopen": {func(w *world, by desk.Agent, k uuid.UUID) error { return w.desk.TicketReopen(w.t.Context(), by, k) },
			desk.TicketResolved, "state resolved>open by ana", desk.TicketOpen},
		"close": {func(w *world, by desk.Agent, k uuid.UUID) error { return w.desk.TicketClose(w.t.Context(), by, k) },
			desk.TicketResolved, "state resolved>closed by ana", desk.TicketNew},
		"assign": {func(w *world, by desk.Agent, k uuid.UUID) error {
			to := w.team["eva"].ID
			return w.desk.TicketAssign(w.t.Context(), by, k, &to)
		}, desk.TicketOpen, "assigned >eva by ana", desk.TicketClosed},
		"priority": {func(w *world, by desk.Agent, k uuid.UUID) error {
			return w.desk.TicketPriority(w.t.Context(), by, k, desk.PriorityUrgent)
		}, desk.TicketOpen, "priority normal>urgent by ana", desk.TicketResolved},
	}
	each(t, func(w *world) {
		conv := w.conversation("assistant")
		for name, c := range verbs {
			k := w.ticket(conv, c.from)
			for who, want := range map[string]string{"otto": "forbidden", "gone": "forbidden", "ana": "ok"} {
				if got := code(c.do(w, w.team[who], k.ID)); got != want {
					w.t.Errorf("%s by %s: %s", name, who, got)
				}
			}
			if got := w.history(k.ID); got != c.want {
				w.t.Errorf("%s: got %s, want %s", name, got, c.want)
			}
			other := w.ticket(conv, c.wrong)
			if got := code(c.do(w, w.team["ana"], other.ID)); got != "transition" || w.history(other.ID) != "" {
				w.t.Errorf("%s when %s: %s and %q", name, c.wrong, got, w.history(other.ID))
			}
			if got := code(c.do(w, w.team["ana"], desk.NewID())); got != "not_found" {
				w.t.Errorf("%s of no ticket: %s", name, got)
			}
		}
	})
}

func TestTicketNoteAndLimits(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		k := w.ticket(w.conversation("assistant"), desk.TicketClosed)
		ctx, ana, otto := w.t.Context(), w.team["ana"], w.team["otto"].ID
		for i, c := range []struct {
			err  error
			want string
		}{
			{w.desk.TicketNote(ctx, ana, k.ID, " ojo "), "ok"},
			{w.desk.TicketNote(ctx, ana, k.ID, ""), "empty_text"},
			{w.desk.TicketNote(ctx, ana, k.ID, strings.Repeat("a", 4001)), "text_too_long"},
			{w.desk.TicketResolve(ctx, ana, k.ID, strings.Repeat("a", 1001)), "text_too_long"},
			{w.desk.TicketPriority(ctx, ana, k.ID, "no such"), "invalid"},
			{w.desk.TicketAssign(ctx, ana, k.ID, &otto), "invalid"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("step %d: %s, want %s", i, got, c.want)
			}
		}
		if got := w.history(k.ID); got != "note ojo by ana" {
			w.t.Errorf("got %s", got)
		}
		if after, err := w.store.Ticket(ctx, k.ID); err != nil || fmt.Sprint(after.State) != "closed" {
			w.t.Errorf("%v: %v", after, err)
		}
	})
}
