package agents_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
)

// draft returns what an agent has written and not sent, one a test.
func (w *world) draft(conversation uuid.UUID, agent string) desk.Draft {
	w.t.Helper()
	all, err := w.store.Drafts(w.t.Context(), conversation, w.team[agent].ID)
	if err != nil || len(all) > 1 {
		w.t.Fatalf("%d drafts, %v", len(all), err)
	}
	if len(all) == 0 {
		return desk.Draft{}
	}
	return all[0]
}

func (w *world) save(c desk.Conversation, agent, text string, id uuid.UUID) error {
	return w.desk.SaveDraft(w.t.Context(), w.team[agent], desk.Draft{ConversationID: c.ID, Mode: desk.DraftReply, Text: text, DraftID: id.String()})
}

func TestDraft_LivesUntilItIsSent(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c, id := w.conversation("ana"), desk.NewID()
		if err := errors.Join(w.save(c, "ana", "hola", id), w.save(c, "eva", "de eva", desk.NewID()), w.save(c, "ana", "hola, voy", id)); err != nil {
			w.t.Fatal(err)
		}
		if got := w.draft(c.ID, "ana").Text; got != "hola, voy" {
			w.t.Errorf("kept %q", got)
		}
		if _, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: id, Text: "hola, voy"}); err != nil {
			w.t.Fatal(err)
		}
		if err := w.save(c, "ana", "hola, vo", id); err != nil { // was on its way while it was sent
			w.t.Fatal(err)
		}
		if got := w.draft(c.ID, "ana"); got.Text != "" {
			w.t.Errorf("what was sent is a draft again: %+v", got)
		}
		if got := w.draft(c.ID, "eva").Text; got != "de eva" {
			w.t.Errorf("eva's is %q", got)
		}
		if err := w.save(c, "eva", " ", desk.NewID()); err != nil || w.draft(c.ID, "eva").Text != "" {
			w.t.Errorf("an empty draft stays: %v", err)
		}
		for name, err := range map[string]error{
			"forbidden": w.save(c, "otto", "x", desk.NewID()),
			"not_found": w.save(desk.Conversation{ID: desk.NewID()}, "ana", "x", desk.NewID()),
			"invalid":   w.desk.SaveDraft(w.t.Context(), w.team["ana"], desk.Draft{ConversationID: c.ID, Mode: "shout", Text: "x"}),
		} {
			if code(err) != name {
				w.t.Errorf("got %s, want %s", code(err), name)
			}
		}
	})
}

// A reply that came too late is kept, with why, whatever the reason.
func TestReply_RefusedIsKeptWithTheReason(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for _, c := range []struct {
			name, holder string
			owner        string
			change       func(*desk.Conversation) desk.Draft
		}{
			{"not_holder", "eva", "eva", nil},
			{"window_closed", "", "ana", func(c *desk.Conversation) desk.Draft {
				w.change(c.ID, func(c *desk.Conversation) { past := noon.Add(-time.Hour); c.WindowEndsAt = &past })
				return desk.Draft{}
			}},
			{"answered", "", "ana", func(c *desk.Conversation) desk.Draft {
				w.say(*c, func(m *desk.Message) { m.Author, m.Status = desk.ByAgent, desk.StatusSent })
				return desk.Draft{}
			}},
		} {
			conv := w.conversation(c.owner)
			seen := w.thread(conv.ID)[0].ID
			if c.change != nil {
				c.change(&conv)
			}
			_, err := w.desk.Reply(w.t.Context(), w.team["ana"], conv.ID, agents.Draft{ID: desk.NewID(), Text: "tarde", Seen: seen})
			kept := w.draft(conv.ID, "ana")
			if code(err) != c.name || kept.Text != "tarde" || kept.Refused != c.name || kept.Holder != c.holder {
				w.t.Errorf("%s: %v, kept %+v", c.name, err, kept)
			}
		}
	})
}

// Having seen what the other one said, the agent may send.
func TestReply_AfterLooking(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		other := w.say(c, func(m *desk.Message) { m.Author, m.Status = desk.ByAgent, desk.StatusSent })
		if _, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: desk.NewID(), Text: "y yo", Seen: other.ID}); err != nil {
			w.t.Error(err)
		}
	})
}

func TestUnsay_NothingIsSentAndTheWordsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		m, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: desk.NewID(), Text: "mal", Hold: desk.UndoTime})
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.desk.Unsay(w.t.Context(), w.team["eva"], c.ID, m.ID); code(err) != "too_late" {
			w.t.Errorf("eva takes back what ana said: %v", err)
		}
		text, err := w.desk.Unsay(w.t.Context(), w.team["ana"], c.ID, m.ID)
		if err != nil || text != "mal" || w.draft(c.ID, "ana").Text != "mal" {
			w.t.Errorf("took back %q, %v; draft %+v", text, err, w.draft(c.ID, "ana"))
		}
		if m := w.message(m.ID); !m.Undone() {
			w.t.Errorf("it is %s", m.Status)
		}
		if now := w.now(c.ID); now.Preview != "hola" || now.PreviewBy != desk.ByContact {
			w.t.Errorf("the list shows %q by %s", now.Preview, now.PreviewBy)
		}
		if _, err := w.desk.Unsay(w.t.Context(), w.team["ana"], c.ID, m.ID); code(err) != "too_late" {
			w.t.Errorf("twice: %v", err)
		}
		sent := w.say(c, func(m *desk.Message) {
			m.Author, m.Status, m.CreatedAt = desk.ByAgent, desk.StatusSending, noon.Add(time.Second)
			m.AgentID = w.team["ana"].Actor().AgentID()
		})
		if _, err := w.desk.Unsay(w.t.Context(), w.team["ana"], c.ID, sent.ID); code(err) != "too_late" {
			w.t.Errorf("what is on its way: %v", err)
		}
	})
}

// Somebody who takes over stops what the former holder may still take back, and that
// one finds it as a draft.
func TestTakeOver_StopsALateAnswer(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		late, err := w.desk.Reply(w.t.Context(), w.team["ana"], c.ID, agents.Draft{ID: desk.NewID(), Text: "ya va", Hold: desk.UndoTime})
		if err != nil {
			w.t.Fatal(err)
		}
		decided := w.say(c, func(m *desk.Message) {
			m.Author, m.CreatedAt, m.AgentID = desk.ByAgent, noon.Add(-time.Minute), w.team["ana"].Actor().AgentID()
		})
		if err := w.desk.Claim(w.t.Context(), w.team["sofia"], c.ID, true); err != nil {
			w.t.Fatal(err)
		}
		if m := w.message(late.ID); m.Status != desk.StatusDropped {
			w.t.Errorf("it is %s", m.Status)
		}
		if m := w.message(decided.ID); m.Status != desk.StatusQueued {
			w.t.Errorf("what was decided a minute ago is %s", m.Status)
		}
		if d := w.draft(c.ID, "ana"); d.Text != "ya va" || d.Refused != "taken" || d.Holder != "sofia" {
			w.t.Errorf("kept %+v", d)
		}
	})
}

func TestUndo_OfWhatWasDoneLast(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		for name, act := range map[string]func(uuid.UUID) error{
			"resolve":   func(id uuid.UUID) error { return w.desk.Resolve(ctx, ana, id, "listo") },
			"give back": func(id uuid.UUID) error { return w.desk.GiveBack(ctx, ana, id) },
			"enqueue":   func(id uuid.UUID) error { return w.desk.Enqueue(ctx, ana, id, desk.TeamSales, "") },
			"snooze":    func(id uuid.UUID) error { return w.desk.Snooze(ctx, ana, id, noon.Add(time.Hour)) },
		} {
			c := w.conversation("ana")
			k := w.ticket(c, desk.TicketOpen)
			before := w.now(c.ID)
			if err := errors.Join(act(c.ID), w.desk.Undo(ctx, ana, c.ID)); err != nil {
				w.t.Errorf("%s: %v", name, err)
				continue
			}
			after := w.now(c.ID)
			if after.Owner != desk.OwnerAgent || *after.AgentID != ana.ID || after.State != before.State || after.Version <= before.Version {
				w.t.Errorf("%s: %s %s, version from %d to %d", name, after.Owner, after.State, before.Version, after.Version)
			}
			if got, err := w.store.Ticket(ctx, k.ID); err != nil || got.State != desk.TicketOpen {
				w.t.Errorf("%s: the ticket is %s, %v", name, got.State, err)
			}
			if err := w.desk.Undo(ctx, ana, c.ID); code(err) != "too_late" {
				w.t.Errorf("%s twice: %v", name, err)
			}
		}
	})
}

// What has happened since is not undone.
func TestUndo_TooLate(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		for name, since := range map[string]func(c desk.Conversation){
			"taken by another": func(c desk.Conversation) {
				if err := w.desk.Claim(ctx, w.team["eva"], c.ID, false); err != nil {
					w.t.Fatal(err)
				}
			},
			"the contact wrote": func(c desk.Conversation) {
				m := w.say(c, func(m *desk.Message) { m.Direction, m.Author, m.Status = desk.Inbound, desk.ByContact, "" })
				w.change(c.ID, func(c *desk.Conversation) { c.Arrive(&m, noon.Add(time.Second)) })
			},
			"long ago": func(c desk.Conversation) {
				w.do(func(ctx context.Context, tx *store.Tx) error {
					u, err := tx.TakeUndo(ctx, c.ID)
					if err != nil {
						return err
					}
					u.At = noon.Add(-time.Minute)
					return tx.SaveUndo(ctx, u)
				})
			},
		} {
			c := w.conversation("ana")
			if err := w.desk.Resolve(ctx, ana, c.ID, ""); err != nil {
				w.t.Fatal(err)
			}
			since(c)
			if err := w.desk.Undo(ctx, ana, c.ID); code(err) != "too_late" {
				w.t.Errorf("%s: %v", name, err)
			}
		}
	})
}
