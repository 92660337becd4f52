package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// What helps agents to write comes back as it was kept.
func TestRoundTrip_Composer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent, c := anAgent(t, s), aConversation(t, s)
		m := say(t, s, c, desk.Outbound, "a")
		draft, reply, macro, undo, wrong := filled[desk.Draft](t), filled[desk.CannedReply](t), filled[desk.Macro](t), filled[desk.Undo](t), filled[desk.WrongAnswer](t)
		draft.ConversationID, draft.AgentID, draft.Mode = c.ID, agent.ID, desk.DraftReply
		reply.AgentID, macro.AgentID = &agent.ID, nil
		undo.ConversationID, undo.AgentID = c.ID, agent.ID
		wrong.MessageID, wrong.ConversationID, wrong.AgentID, wrong.SettledAt, wrong.SettledBy = m.ID, c.ID, agent.ID, nil, nil
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			fresh, err := tx.AddWrong(ctx, &wrong)
			if err != nil || !fresh {
				t.Errorf("a new wrong answer: %t, %v", fresh, err)
			}
			again, err := tx.AddWrong(ctx, &wrong)
			if err != nil || again {
				t.Errorf("the same wrong answer: %t, %v", again, err)
			}
			return errors.Join(tx.SaveDraft(ctx, &draft), tx.AddCanned(ctx, &reply), tx.AddMacro(ctx, &macro), tx.SaveUndo(ctx, &undo))
		})
		same(t, "drafts", must[[]desk.Draft](t)(s.Drafts(t.Context(), c.ID, agent.ID)), []desk.Draft{draft})
		same(t, "canned replies", must[[]desk.CannedReply](t)(s.CannedReplies(t.Context(), agent.ID)), []desk.CannedReply{reply})
		same(t, "nobody else's", len(must[[]desk.CannedReply](t)(s.CannedReplies(t.Context(), desk.NewID()))), 0)
		same(t, "shared macros", must[[]desk.Macro](t)(s.Macros(t.Context(), desk.NewID())), []desk.Macro{macro})
		same(t, "wrong answers", must[[]desk.WrongAnswer](t)(s.WrongAnswers(t.Context(), wrong.ArticleID, wrong.Language, 10)), []desk.WrongAnswer{wrong})
		same(t, "wrong counts", must[map[string]int](t)(s.WrongCounts(t.Context())), map[string]int{wrong.ArticleID + "/" + wrong.Language: 1})
		same(t, "wrong among", must[map[uuid.UUID]bool](t)(s.WrongAmong(t.Context(), []uuid.UUID{m.ID, desk.NewID()})), map[uuid.UUID]bool{m.ID: true})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.TakeUndo(ctx, c.ID)
			same(t, "undo", *got, undo)
			if n, err := tx.SettleWrong(ctx, wrong.ArticleID, wrong.Language, agent.ID, noon); n != 1 || err != nil {
				t.Errorf("settled %d, %v", n, err)
			}
			return errors.Join(err, tx.DeleteDraft(ctx, c.ID, agent.ID, desk.DraftReply), tx.DeleteCanned(ctx, reply.ID), tx.DeleteMacro(ctx, macro.ID))
		})
		err := s.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.TakeUndo(t.Context(), c.ID); return err })
		if !errors.Is(err, desk.ErrTooLate) {
			t.Errorf("undone twice: %v", err)
		}
		if left := len(must[[]desk.Draft](t)(s.Drafts(t.Context(), c.ID, agent.ID))) + len(must[map[string]int](t)(s.WrongCounts(t.Context()))); left != 0 {
			t.Errorf("%d left", left)
		}
	})
}

// Of what agents keep under a name there is one each, and one that all share.
func TestCanned_OneOfEachName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ana, eva := anAgent(t, s), anAgent(t, s)
		for _, c := range []struct {
			whose *uuid.UUID
			taken bool
		}{{&ana.ID, false}, {&eva.ID, false}, {nil, false}, {&ana.ID, true}, {nil, true}} {
			reply := desk.CannedReply{ID: desk.NewID(), AgentID: c.whose, Shortcut: "hola", Texts: desk.Words{"es": "Hola"}, CreatedAt: noon, UpdatedAt: noon}
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddCanned(t.Context(), &reply) })
			if errors.Is(err, desk.ErrDuplicate) != c.taken || err != nil && !c.taken {
				t.Errorf("%+v: %v", c, err)
			}
		}
		got := must[[]desk.CannedReply](t)(s.CannedReplies(t.Context(), ana.ID))
		if len(got) != 2 || got[0].AgentID == nil || got[1].AgentID != nil {
			t.Errorf("ana sees %+v", got)
		}
	})
}

// Only what another person said after a message counts.
func TestOthersSaid(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ana, c := anAgent(t, s), aConversation(t, s)
		first := say(t, s, c, desk.Inbound, "hola")
		add := func(change func(*desk.Message)) {
			m := aMessage(c, desk.Outbound, "x")
			m.Status, m.CreatedAt = desk.StatusSent, noon.Add(time.Second)
			change(&m)
			do(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
		}
		ask := func() (said bool) {
			do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				said, err = tx.OthersSaid(ctx, c.ID, first.ID, ana.ID)
				return err
			})
			return said
		}
		add(func(m *desk.Message) { m.Author, m.AgentID = desk.ByAgent, &ana.ID })
		add(func(m *desk.Message) { m.Author = desk.ByAssistant })
		add(func(m *desk.Message) { m.Author, m.Status = desk.ByAgent, desk.StatusDropped })
		if ask() {
			t.Error("what ana, the assistant and nobody said counts")
		}
		add(func(m *desk.Message) { m.Author = desk.ByAgent })
		if !ask() {
			t.Error("what was said in the phone app does not count")
		}
	})
}
