package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// LockArticle returns one language of an article and holds it.
func (t *Tx) LockArticle(ctx context.Context, id, language string) (*desk.Article, error) {
	var a desk.Article
	err := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ? and language = ?", id, language).Take(&a).Error
	if err != nil {
		return nil, t.fail("locking article "+language+"/"+id, err)
	}
	return &a, nil
}

// AddArticleVersion keeps an article as it is now.
func (t *Tx) AddArticleVersion(ctx context.Context, v *desk.ArticleVersion) error {
	return t.fail("keeping a version of an article", t.in(ctx).Create(v).Error)
}

// DeleteArticle removes one language of an article. Its versions stay.
func (t *Tx) DeleteArticle(ctx context.Context, id, language string) error {
	t.touch(desk.TopicArticle, uuid.Nil)
	return t.fail("removing an article", t.in(ctx).Where("id = ? and language = ?", id, language).Delete(&desk.Article{}).Error)
}

// ArticleVersions returns the versions of one language of an article, newest first.
func (s *Store) ArticleVersions(ctx context.Context, id, language string) ([]desk.ArticleVersion, error) {
	var all []desk.ArticleVersion
	err := s.reading(ctx).Where("id = ? and language = ?", id, language).Order("version desc").Find(&all).Error
	return all, wrap("reading versions of an article", err)
}

// AddPhrase keeps an example phrase; one that is there already stays.
func (t *Tx) AddPhrase(ctx context.Context, p *desk.IntentPhrase) error {
	t.touch(desk.TopicArticle, uuid.Nil)
	return t.fail("keeping an example phrase", t.in(ctx).Exec(`insert into intent_phrases (intent, language, text, author, created_at)
		values (?, ?, ?, ?, ?) on conflict do nothing`, p.Intent, p.Language, p.Text, p.Author, p.CreatedAt).Error)
}

// DeletePhrase removes an example phrase.
func (t *Tx) DeletePhrase(ctx context.Context, intent, language, text string) error {
	t.touch(desk.TopicArticle, uuid.Nil)
	return t.fail("removing an example phrase", t.in(ctx).Where("intent = ? and language = ? and text = ?", intent, language, text).Delete(&desk.IntentPhrase{}).Error)
}

// Phrases returns every example phrase added at the desk.
func (s *Store) Phrases(ctx context.Context) ([]desk.IntentPhrase, error) {
	var all []desk.IntentPhrase
	return all, wrap("reading example phrases", s.reading(ctx).Order("intent, language, text").Find(&all).Error)
}
