package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// SaveDraft keeps what an agent is writing, in place of what was kept before.
func (t *Tx) SaveDraft(ctx context.Context, d *desk.Draft) error {
	err := t.in(ctx).Clauses(clause.OnConflict{Columns: columns("conversation_id", "agent_id", "mode"), UpdateAll: true}).Create(d).Error
	return t.fail("keeping a draft", err)
}

// DeleteDraft forgets what an agent was writing.
func (t *Tx) DeleteDraft(ctx context.Context, conversation, agent uuid.UUID, mode desk.DraftMode) error {
	err := t.in(ctx).Exec("delete from drafts where conversation_id = ? and agent_id = ? and mode = ?", conversation, agent, mode).Error
	return t.fail("deleting a draft", err)
}

// Drafts returns what an agent has written and not sent in a conversation: at most
// one of each mode.
func (s *Store) Drafts(ctx context.Context, conversation, agent uuid.UUID) ([]desk.Draft, error) {
	var all []desk.Draft
	err := s.reading(ctx).Where("conversation_id = ? and agent_id = ?", conversation, agent).Order("mode").Find(&all).Error
	return all, wrap("reading drafts", err)
}

// OthersSaid reports whether another person than an agent wrote to the contact after
// a message.
func (t *Tx) OthersSaid(ctx context.Context, conversation, after, agent uuid.UUID) (bool, error) {
	found, err := ids(t.in(ctx).Raw(`select id from messages where conversation_id = ? and id > ? and direction = 'out' and author = 'agent'
		and (agent_id is null or agent_id <> ?) and status <> 'dropped' order by id limit 1`, conversation, after, agent))
	return len(found) > 0, t.fail("looking for other people's answers", err)
}

// Waiting returns the messages of a conversation that agents wrote and nobody has
// begun to send, oldest first.
func (t *Tx) Waiting(ctx context.Context, conversation uuid.UUID) ([]desk.Message, error) {
	all, err := hold[desk.Message](ctx, t, t.s.shapes.message,
		t.locked("conversation_id = ? and status = 'queued' and author = 'agent' and attempts = 0 order by id"), conversation.String())
	return all, t.fail("reading what waits to be sent", err)
}

// Breath returns all that an agent said in one reply, of which a message is part,
// oldest first.
func (t *Tx) Breath(ctx context.Context, conversation, agent, message uuid.UUID) ([]desk.Message, error) {
	all, err := hold[desk.Message](ctx, t, t.s.shapes.message,
		t.locked(`conversation_id = ? and agent_id = ? and direction = 'out' and template is null
			and created_at = (select created_at from messages where id = ?) order by id`), conversation.String(), agent.String(), message.String())
	return all, t.fail("reading a reply", err)
}

// LastSaid returns the newest message of a conversation that people see and that was
// not given up, nil when there is none.
func (t *Tx) LastSaid(ctx context.Context, conversation uuid.UUID) (*desk.Message, error) {
	all, err := hold[desk.Message](ctx, t, t.s.shapes.message, `conversation_id = ? and direction <> 'internal' and kind <> 'reaction'
		and status <> 'dropped' order by id desc limit 1`, conversation.String())
	if err != nil || len(all) == 0 {
		return nil, t.fail("reading what was said last", err)
	}
	return &all[0], nil
}

// SaveUndo keeps what was done last with a conversation.
func (t *Tx) SaveUndo(ctx context.Context, u *desk.Undo) error {
	err := t.in(ctx).Clauses(clause.OnConflict{Columns: columns("conversation_id"), UpdateAll: true}).Create(u).Error
	return t.fail("keeping what may be undone", err)
}

// TakeUndo returns what was done last with a conversation, which cannot be taken
// twice; desk.ErrTooLate when there is nothing.
func (t *Tx) TakeUndo(ctx context.Context, conversation uuid.UUID) (*desk.Undo, error) {
	var all []desk.Undo
	err := t.in(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("conversation_id = ?", conversation).Find(&all).Error
	if err == nil && len(all) == 0 {
		err = desk.ErrTooLate
	}
	if err == nil {
		err = t.in(ctx).Exec("delete from undos where conversation_id = ?", conversation).Error
	}
	if err != nil {
		return nil, t.fail("undoing", err)
	}
	return &all[0], nil
}

// mergeDrafts moves what agents were writing into the conversation that took theirs
// in; where they wrote in both, the words follow each other.
func mergeDrafts(into, from uuid.UUID) []statement {
	const both = "conversation_id = ? and exists (select 1 from drafts o where o.conversation_id = ? and o.agent_id = drafts.agent_id and o.mode = drafts.mode)"
	return []statement{
		{`update drafts set text = text || ? || (select o.text from drafts o where o.conversation_id = ? and o.agent_id = drafts.agent_id and o.mode = drafts.mode)
			where ` + both, []any{"\n\n", from, into, from}},
		{"delete from drafts where " + both, []any{from, into}},
		{"update drafts set conversation_id = ? where conversation_id = ?", []any{into, from}},
		{"delete from undos where conversation_id in (?, ?)", []any{into, from}},
		{"update wrong_answers set conversation_id = ? where conversation_id = ?", []any{into, from}},
	}
}

// AddWrong keeps that an answer was found wrong, and reports whether it is news.
func (t *Tx) AddWrong(ctx context.Context, w *desk.WrongAnswer) (bool, error) {
	result := t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(w)
	if result.Error != nil || result.RowsAffected == 0 {
		return false, t.fail("keeping a wrong answer", result.Error)
	}
	err := t.in(ctx).Exec("update articles set thumbs_down = thumbs_down + 1 where id = ? and language = ?", w.ArticleID, w.Language).Error
	t.touch(desk.TopicConversation, w.ConversationID)
	return true, t.fail("counting a wrong answer", err)
}

// SettleWrong marks the wrong answers of an article as dealt with, and returns how
// many there were.
func (t *Tx) SettleWrong(ctx context.Context, article, language string, by uuid.UUID, now time.Time) (int, error) {
	result := t.in(ctx).Exec("update wrong_answers set settled_at = ?, settled_by = ? where article_id = ? and language = ? and settled_at is null", now, by, article, language)
	return int(result.RowsAffected), t.fail("settling wrong answers", result.Error)
}

// WrongAnswers returns the answers from an article that were found wrong and are not
// dealt with, newest first, at most limit.
func (s *Store) WrongAnswers(ctx context.Context, article, language string, limit int) ([]desk.WrongAnswer, error) {
	var all []desk.WrongAnswer
	err := s.reading(ctx).Where("article_id = ? and language = ? and settled_at is null", article, language).Order("created_at desc, message_id").Limit(limit).Find(&all).Error
	return all, wrap("reading wrong answers", err)
}

// WrongCounts counts the answers that were found wrong and are not dealt with, by
// article ("id/language").
func (s *Store) WrongCounts(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		ArticleID, Language string
		N                   int
	}
	err := s.reading(ctx).Raw("select article_id, language, count(*) as n from wrong_answers where settled_at is null group by article_id, language").Scan(&rows).Error
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.ArticleID+"/"+r.Language] = r.N
	}
	return counts, wrap("counting wrong answers", err)
}

// WrongAmong returns which of some messages were found wrong.
func (s *Store) WrongAmong(ctx context.Context, messages []uuid.UUID) (map[uuid.UUID]bool, error) {
	found := map[uuid.UUID]bool{}
	if len(messages) == 0 {
		return found, nil
	}
	all, err := ids(s.reading(ctx).Raw("select message_id from wrong_answers where ?", among("message_id", s.sqlite(), messages)))
	for _, id := range all {
		found[id] = true
	}
	return found, wrap("looking for wrong answers", err)
}

// Unread counts what contacts wrote in an agent's open conversations that nobody has
// looked at.
func (s *Store) Unread(ctx context.Context, agent uuid.UUID) (n int, err error) {
	err = s.reading(ctx).Raw("select coalesce(sum(unread), 0) from conversations where agent_id = ? and owner = 'agent' and state = 'open'", agent).Row().Scan(&n)
	return n, wrap("counting what is unread", err)
}

// mine are the rows of an agent and the shared ones.
func mine(db *gorm.DB, agent uuid.UUID) *gorm.DB {
	return db.Where("agent_id = ? or agent_id is null", agent)
}
