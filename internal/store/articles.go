package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// SaveArticle writes an article, new or known by its id and language.
func (t *Tx) SaveArticle(ctx context.Context, a *desk.Article) error {
	t.touch(desk.TopicArticle, uuid.Nil)
	err := t.in(ctx).Clauses(clause.OnConflict{
		Columns: columns("id", "language"),
		DoUpdates: clause.AssignmentColumns([]string{"version", "title", "questions", "keywords", "body", "owner", "status", "zones",
			"plans", "valid_from", "valid_until", "hash", "uses", "thumbs_down", "origin", "updated_at"}),
	}).Create(a).Error
	return t.fail("saving an article", err)
}

// Articles returns every article in every language.
func (s *Store) Articles(ctx context.Context) ([]desk.Article, error) {
	var articles []desk.Article
	return articles, wrap("reading articles", s.reading(ctx).Order("id, language").Find(&articles).Error)
}
