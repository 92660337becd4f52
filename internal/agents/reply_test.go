package agents_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
)

func (w *world) change(id uuid.UUID, change func(*desk.Conversation)) {
	w.t.Helper()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		change(c)
		return tx.SaveConversation(ctx, c)
	})
}

func (w *world) message(id uuid.UUID) *desk.Message {
	w.t.Helper()
	m, err := w.store.Message(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func TestClaim_OneOfEightWins(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("queue")
		results := make([]string, 8)
		start := make(chan struct{})
		var all sync.WaitGroup
		for i := range results {
			a := desk.Agent{ID: desk.NewID(), Name: fmt.Sprint(i), Email: fmt.Sprint(i), Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: noon, UpdatedAt: noon}
			w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddAgent(ctx, &a) })
			all.Go(func() {
				<-start
				results[i] = code(w.desk.Claim(w.t.Context(), a, c.ID, false))
			})
		}
		close(start)
		all.Wait()
		line := strings.Join(results, " ")
		if strings.Count(line, "ok") != 1 || strings.Count(line, "taken") != 7 {
			w.t.Errorf("got %s", line)
		}
		if n := len(w.notices(c.ID)); n != 1 || w.now(c.ID).Version != c.Version+1 {
			w.t.Errorf("%d notices, version from %d to %d", n, c.Version, w.now(c.ID).Version)
		}
	})
}

func TestClaim_StopsTheAssistantMidWord(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("assistant")
		w.change(c.ID, func(c *desk.Conversation) { c.WantTurn(noon, time.Second, time.Second) })
		queued := w.say(c, nil)
		sending := w.say(c, func(m *desk.Message) { m.Status = desk.StatusSending })
		person := w.say(c, func(m *desk.Message) { m.Author = desk.ByAgent })
		if err := w.desk.Claim(w.t.Context(), w.team["ana"], c.ID, false); err != nil {
			w.t.Fatal(err)
		}
		for id, want := range map[uuid.UUID]desk.Status{queued.ID: desk.StatusDropped, sending.ID: desk.StatusSending, person.ID: desk.StatusQueued} {
			if m := w.message(id); m.Status != want {
				w.t.Errorf("by %s: %s, want %s", m.Author, m.Status, want)
			}
		}
		if now := w.now(c.ID); now.TurnDueAt != nil || now.Unread != 0 {
			w.t.Errorf("got %+v", now)
		}
	})
}

func TestReply_OnceForEachDraft(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c, ana := w.conversation("ana"), w.team["ana"]
		draft := agents.Draft{ID: uuid.New(), Text: "  Hola 👋  ", QuotedID: "wamid.1"}
		var ids []uuid.UUID
		for range 2 {
			m, err := w.desk.Reply(w.t.Context(), ana, c.ID, draft)
			if err != nil {
				w.t.Fatal(err)
			}
			ids = append(ids, m.ID)
		}
		var sent []desk.Message
		for _, m := range w.thread(c.ID) {
			if m.Direction == desk.Outbound {
				sent = append(sent, m)
			}
		}
		if len(sent) != 1 || w.jobs("send") != 1 {
			w.t.Fatalf("%d messages and %d jobs", len(sent), w.jobs("send"))
		}
		m := sent[0]
		if m.Text != "Hola 👋" || m.QuotedID != "wamid.1" || m.Author != desk.ByAgent || *m.AgentID != ana.ID || m.Status != desk.StatusQueued || m.Kind != desk.KindText {
			w.t.Errorf("got %+v", m)
		}
		if ids[0] != m.ID {
			w.t.Errorf("answered %s, the message is %s", ids[0], m.ID)
		}
		if now := w.now(c.ID); now.Preview != "Hola 👋" || now.PreviewBy != desk.ByAgent || now.Unread != 0 {
			w.t.Errorf("got %+v", now)
		}
		if _, err := w.desk.Reply(w.t.Context(), ana, c.ID, agents.Draft{ID: uuid.New(), Text: "otra"}); err != nil || w.jobs("send") != 2 {
			w.t.Errorf("another draft: %v, %d jobs", err, w.jobs("send"))
		}
	})
}

func TestReply_Words(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		for _, step := range []struct{ text, want, kept string }{
			{"", "empty_text", ""}, {" \n\t ", "empty_text", ""}, {"\x00", "empty_text", ""},
			{"a\x00b", "ok", "ab"}, {"a\xffb", "ok", "a\ufffdb"},
			{strings.Repeat("á", desk.MaxText), "ok", strings.Repeat("á", desk.MaxText)}, {strings.Repeat("á", desk.MaxText+1), "text_too_long", ""},
			{strings.Repeat("😀", desk.MaxText/2), "ok", strings.Repeat("😀", desk.MaxText/2)}, {strings.Repeat("😀", desk.MaxText/2) + "a", "text_too_long", ""},
		} {
			m, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: uuid.New(), Text: step.text})
			if got := code(err); got != step.want {
				w.t.Errorf("%.20q: %s, want %s", step.text, got, step.want)
				continue
			}
			if m != nil && w.message(m.ID).Text != step.kept {
				w.t.Errorf("%.20q is kept as %.20q", step.text, w.message(m.ID).Text)
			}
		}
	})
}

func TestReply_Window(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for left, want := range map[time.Duration]string{desk.WindowMargin: "window_closed", desk.WindowMargin + time.Second: "ok", -time.Hour: "window_closed"} {
			c := w.conversation("ana")
			end := noon.Add(left)
			w.change(c.ID, func(c *desk.Conversation) { c.WindowEndsAt = &end })
			_, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: uuid.New(), Text: "hola"})
			if got := code(err); got != want {
				w.t.Errorf("%v before the end: %s, want %s", left, got, want)
			}
		}
	})
}

// TestGiveBack_SettlesWhatWasSaid: what people heard is never answered by the assistant.
func TestGiveBack_SettlesWhatWasSaid(t *testing.T) {
	t.Parallel()
	ends := map[string]func(w *world, c uuid.UUID) error{
		"give back": func(w *world, c uuid.UUID) error { return w.desk.GiveBack(w.t.Context(), w.team["ana"], c) },
		"resolve":   func(w *world, c uuid.UUID) error { return w.desk.Resolve(w.t.Context(), w.team["ana"], c, "") },
	}
	each(t, func(w *world) {
		for name, end := range ends {
			c := w.conversation("ana")
			inbound := func(m *desk.Message) { m.Direction, m.Author, m.Status = desk.Inbound, desk.ByContact, "" }
			w.say(c, inbound)
			if err := end(w, c.ID); err != nil {
				w.t.Fatal(err)
			}
			later := w.say(c, inbound)
			scene, err := w.store.Scene(w.t.Context(), c.ID)
			if err != nil {
				w.t.Fatal(err)
			}
			if len(scene.New) != 1 || scene.New[0].ID != later.ID {
				w.t.Errorf("%s: %d messages would be answered, want only what came after", name, len(scene.New))
			}
		}
	})
}

func TestResolve_EndsItsTickets(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		live, done := w.ticket(c, desk.TicketWaitingCustomer), w.ticket(c, desk.TicketClosed)
		if err := w.desk.Resolve(w.t.Context(), w.team["ana"], c.ID, "a\x00b\xff"); err != nil {
			w.t.Fatal(err)
		}
		k, err := w.store.Ticket(w.t.Context(), live.ID)
		if err != nil || k.State != desk.TicketResolved || k.Outcome != "ab\ufffd" {
			w.t.Errorf("%+v: %v", k, err)
		}
		if k, err := w.store.Ticket(w.t.Context(), done.ID); err != nil || k.State != desk.TicketClosed {
			w.t.Errorf("a closed ticket is %s: %v", k.State, err)
		}
		if got := w.history(live.ID); got != "state waiting_customer>resolved ab\ufffd by ana" {
			w.t.Errorf("got %s", got)
		}
		if got := code(w.desk.Resolve(w.t.Context(), w.team["ana"], c.ID, strings.Repeat("a", 1001))); got != "text_too_long" {
			w.t.Errorf("an outcome too long: %s", got)
		}
	})
}

func TestSeen(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		w.change(c.ID, func(c *desk.Conversation) { c.Unread = 3 })
		if err := w.desk.Seen(w.t.Context(), w.team["eva"], c.ID); err != nil || w.now(c.ID).Unread != 3 {
			w.t.Errorf("another looked: %v, %d unread", err, w.now(c.ID).Unread)
		}
		jobs := w.jobs("read")
		for range 2 {
			if err := w.desk.Seen(w.t.Context(), w.team["ana"], c.ID); err != nil || w.now(c.ID).Unread != 0 {
				w.t.Errorf("the holder looked: %v, %d unread", err, w.now(c.ID).Unread)
			}
		}
		if n := w.jobs("read") - jobs; n != 1 {
			w.t.Errorf("%d times marked read", n)
		}
	})
}

func TestDecideUnknown(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c, ctx := w.conversation("ana"), w.t.Context()
		unknown := func(m *desk.Message) {
			m.Status, m.FailureDetail, m.FailureCode, m.Attempts, m.Notice = desk.StatusUnknown, "interrupted", 1, 1, "doubt_told"
		}
		for _, step := range []struct {
			name   string
			resend bool
			want   desk.Status
			jobs   int
		}{{"it went out", false, desk.StatusSent, 0}, {"again", true, desk.StatusQueued, 1}} {
			m := w.say(c, unknown)
			if got := code(w.desk.DecideUnknown(ctx, w.team["otto"], m.ID, step.resend)); got != "forbidden" {
				w.t.Errorf("by the auditor: %s", got)
			}
			if err := w.desk.DecideUnknown(ctx, w.team["ana"], m.ID, step.resend); err != nil {
				w.t.Fatal(err)
			}
			if got := w.message(m.ID); got.Status != step.want || w.jobs("send") != step.jobs {
				w.t.Errorf("%s: %s with %d jobs", step.name, got.Status, w.jobs("send"))
			}
			if got := w.message(m.ID); step.resend && (got.Notice != "" || got.FailureDetail != "" || got.AgentID == nil || got.Author != desk.ByAssistant) {
				w.t.Errorf("%s: %+v", step.name, got)
			}
			if got := code(w.desk.DecideUnknown(ctx, w.team["ana"], m.ID, true)); got != "transition" {
				w.t.Errorf("%s, decided twice: %s", step.name, got)
			}
		}
	})
}

// TestDecideUnknown_SendsARefusedOneAgain: only when it certainly never went out.
func TestDecideUnknown_SendsARefusedOneAgain(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c, ctx := w.conversation("ana"), w.t.Context()
		for _, row := range []struct {
			name   string
			change func(*desk.Message)
			resend bool
			want   string
		}{
			{"refused", nil, true, "ok"},
			{"refused, and said to have arrived", nil, false, "transition"},
			{"taken, and given up later", func(m *desk.Message) { m.ProviderID = "wamid.1" }, true, "transition"},
			{"dropped", func(m *desk.Message) { m.Status = desk.StatusDropped }, true, "transition"},
		} {
			m := w.say(c, func(m *desk.Message) {
				m.Status, m.FailureCode, m.Attempts, m.ProviderID = desk.StatusFailed, 131042, 3, ""
				if row.change != nil {
					row.change(m)
				}
			})
			if got := code(w.desk.DecideUnknown(ctx, w.team["ana"], m.ID, row.resend)); got != row.want {
				w.t.Errorf("%s: %q", row.name, got)
			}
			if got := w.message(m.ID); row.want == "ok" && (got.Status != desk.StatusQueued || got.Attempts != 0 || got.FailureCode != 0) {
				w.t.Errorf("%s: %+v", row.name, got)
			}
		}
	})
}
