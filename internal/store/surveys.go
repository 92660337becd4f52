package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// AddSurvey adds a survey that is asked, and reports whether it is new.
func (t *Tx) AddSurvey(ctx context.Context, s *desk.Survey) (fresh bool, err error) {
	result := t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(s)
	return result.RowsAffected > 0, t.fail("adding a survey", result.Error)
}

// LockSurvey returns a survey of a conversation, or with uuid.Nil the one asked last,
// and holds it; desk.ErrNotFound when it was asked before a time or never.
func (t *Tx) LockSurvey(ctx context.Context, conversation, survey uuid.UUID, since time.Time) (*desk.Survey, error) {
	var s desk.Survey
	find := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Order("asked_at desc, id desc").Where("conversation_id = ? and asked_at >= ?", conversation, since)
	if survey != uuid.Nil {
		find = find.Where("id = ?", survey)
	}
	if err := find.Take(&s).Error; err != nil {
		return nil, t.fail("locking a survey", err)
	}
	return &s, nil
}

// SaveSurvey writes a survey's answer.
func (t *Tx) SaveSurvey(ctx context.Context, s *desk.Survey) error {
	return save(ctx, t, "a survey", s)
}

// SurveyedSince reports whether a conversation was asked since a time; a question that
// was never sent does not count.
func (t *Tx) SurveyedSince(ctx context.Context, conversation uuid.UUID, since time.Time) (bool, error) {
	var n int
	err := t.in(ctx).Raw(`select count(*) from surveys left join messages on messages.id = surveys.message_id
		where surveys.conversation_id = ? and surveys.asked_at >= ? and coalesce(messages.status, '') <> 'dropped'`, conversation, since).Row().Scan(&n)
	return n > 0, t.fail("looking for a survey", err)
}

// TemplatesNamed returns the templates of a name that are not deleted, in every language.
func (t *Tx) TemplatesNamed(ctx context.Context, name string) ([]desk.Template, error) {
	var all []desk.Template
	err := t.in(ctx).Where("name = ? and deleted_at is null", name).Order("language, id").Find(&all).Error
	return all, t.fail("looking for templates", err)
}
