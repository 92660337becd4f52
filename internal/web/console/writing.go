package console

import (
	"context"
	"fmt"
	"net/url"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Writing is what helps agents to write and to take back. Every method checks the
// role of the one who acts.
type Writing interface {
	SaveDraft(ctx context.Context, by desk.Agent, draft desk.Draft) error
	Unsay(ctx context.Context, by desk.Agent, conversation, message uuid.UUID) (text string, err error)
	Undo(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	RunMacro(ctx context.Context, by desk.Agent, conversation, macro, id uuid.UUID) (*desk.Macro, error)
	SaveCanned(ctx context.Context, by desk.Agent, r desk.CannedReply, shared bool) error
	DeleteCanned(ctx context.Context, by desk.Agent, id uuid.UUID) error
	SaveMacro(ctx context.Context, by desk.Agent, m desk.Macro, shared bool) error
	DeleteMacro(ctx context.Context, by desk.Agent, id uuid.UUID) error
	MarkWrong(ctx context.Context, by desk.Agent, message uuid.UUID, reason string) error
	SettleWrong(ctx context.Context, by desk.Agent, article, language string) error
}

// Written is what has been kept of it; the store satisfies it.
type Written interface {
	Drafts(ctx context.Context, conversation, agent uuid.UUID) ([]desk.Draft, error)
	CannedReplies(ctx context.Context, agent uuid.UUID) ([]desk.CannedReply, error)
	Macros(ctx context.Context, agent uuid.UUID) ([]desk.Macro, error)
	WrongAnswers(ctx context.Context, article, language string, limit int) ([]desk.WrongAnswer, error)
	WrongCounts(ctx context.Context) (map[string]int, error)
	WrongAmong(ctx context.Context, messages []uuid.UUID) (map[uuid.UUID]bool, error)
	Unread(ctx context.Context, agent uuid.UUID) (int, error)
}

// keptView is a reply that was refused, with why.
type keptView struct {
	Words string
	Text  string // of a reply that cannot be given now; where it can, the composer holds it
}

// fillDrafts shows what the agent has written in a conversation and not sent.
func (p *Console) fillDrafts(ctx context.Context, v *visit, c *desk.Conversation, view *composerView) error {
	if view.ReadOnly != "" {
		return nil
	}
	view.Agent = v.who.ID.String()
	drafts, err := p.Written.Drafts(ctx, c.ID, v.who.ID)
	if err != nil {
		return fmt.Errorf("reading drafts: %w", err)
	}
	for _, d := range drafts {
		if d.Mode == desk.DraftNote {
			view.NoteDraft = d.Text
			continue
		}
		view.ReplyDraft = d.Text
		if d.Refused == "" && view.Reply {
			continue
		}
		kept := &keptView{Words: v.T("kept.waits")}
		if key := "kept." + d.Refused; v.Has(key) {
			kept.Words = v.T(key)
		}
		if d.Holder != "" {
			kept.Words = v.T("kept.holder", d.Holder)
		}
		if !view.Reply {
			kept.Text = d.Text
		}
		view.Kept = kept
		view.Key += " " + d.Refused
	}
	if view.Text == "" && view.Mode == string(desk.DraftReply) {
		view.Text = view.ReplyDraft
	}
	if view.Text == "" && view.Mode == string(desk.DraftNote) {
		view.Text = view.NoteDraft
	}
	return nil
}

// saveDraft keeps what is being written.
func (p *Console) saveDraft(v *visit) error {
	return p.onConversation(v, "draft_kept", func(id uuid.UUID) error {
		return p.Writing.SaveDraft(v.gin.Request.Context(), v.who, desk.Draft{
			ConversationID: id, Mode: desk.DraftMode(v.form("mode")), Text: v.gin.PostForm("text"), QuotedID: v.form("quoted"), DraftID: v.form("id"),
		})
	})
}

// unsay takes a reply back; a script gets its words.
func (p *Console) unsay(v *visit) error {
	return p.onMessage(v, "unsaid", func(id uuid.UUID) error {
		ctx := v.gin.Request.Context()
		m, err := p.Reader.Message(ctx, id)
		if err != nil {
			return err
		}
		text, err := p.Writing.Unsay(ctx, v.who, m.ConversationID, id)
		v.answer = text
		return err
	})
}

func (p *Console) undo(v *visit) error {
	return p.onConversation(v, "undone", func(id uuid.UUID) error { return p.Writing.Undo(v.gin.Request.Context(), v.who, id) })
}

// undoable tells a script that what was done can be taken back.
func undoable(v *visit, id uuid.UUID) { v.gin.Header("X-Undo", "/conversations/"+id.String()+"/undo") }

// wrong marks an answer of the assistant as wrong.
func (p *Console) wrong(v *visit) error {
	return p.onMessage(v, "wrong", func(id uuid.UUID) error {
		return p.Writing.MarkWrong(v.gin.Request.Context(), v.who, id, v.form("reason"))
	})
}

// mayBeWrong offers to mark the answer of a turn, if it came from an article.
func (p *Console) mayBeWrong(ctx context.Context, v *visit, turn *desk.Turn, why *whyView) error {
	message, err := uuid.Parse(v.gin.Query("of"))
	if err != nil || turn.Decision.Article == nil || !v.who.Role.May(desk.MayAnswer) {
		return nil //nolint:nilerr // an address that names no message offers nothing
	}
	known, err := p.Written.WrongAmong(ctx, []uuid.UUID{message})
	if err != nil {
		return fmt.Errorf("looking whether an answer was wrong: %w", err)
	}
	if known[message] {
		why.Told = v.T("wrong.told")
		return nil
	}
	why.Wrong = "/messages/" + message.String() + "/wrong"
	return nil
}

// settleWrong says that what was wrong with an article was dealt with.
func (p *Console) settleWrong(v *visit) error {
	id, language := v.gin.Param("id"), v.form("lang")
	if err := p.Writing.SettleWrong(v.gin.Request.Context(), v.who, id, language); err != nil {
		return err
	}
	return v.done("/articles/"+url.PathEscape(id)+"?lang="+language, "settled")
}

// wrongView lists the answers from an article that were found wrong.
type wrongView struct {
	Count  int
	Rows   []wrongRow
	Settle string // address that says it was dealt with; empty: not for this person
	Lang   string
}

type wrongRow struct{ Reason, By, When, URL string }

// mostWrong is how many wrong answers a page of an article lists.
const mostWrong = 20

func (p *Console) wrongOf(ctx context.Context, v *visit, a *desk.Article, people people) (*wrongView, error) {
	all, err := p.Written.WrongAnswers(ctx, a.ID, a.Language, mostWrong+1)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	view := &wrongView{Count: len(all), Lang: a.Language}
	if v.who.Role.May(desk.MayReassign) {
		view.Settle = "/articles/" + url.PathEscape(a.ID) + "/settle"
	}
	for _, w := range all[:min(len(all), mostWrong)] {
		row := wrongRow{Reason: w.Reason, By: people.name(&w.AgentID), When: v.DayTime(w.CreatedAt), URL: "/conversations/" + w.ConversationID.String() + "?view=all#m-" + w.MessageID.String()}
		if row.Reason == "" {
			row.Reason = v.T("wrong.no_reason")
		}
		view.Rows = append(view.Rows, row)
	}
	return view, nil
}
