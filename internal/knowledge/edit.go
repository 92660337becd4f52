package knowledge

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"antena/internal/desk"
)

// EditStore runs a function in one transaction.
type EditStore interface {
	InTx(ctx context.Context, fn func(EditTx) error) error
}

// EditTx is what editing needs of a transaction. Whatever changes is told to every
// replica, which then learns it.
type EditTx interface {
	LockArticle(ctx context.Context, id, language string) (*desk.Article, error)
	SaveArticle(ctx context.Context, a *desk.Article) error
	AddArticleVersion(ctx context.Context, v *desk.ArticleVersion) error
	DeleteArticle(ctx context.Context, id, language string) error
	AddPhrase(ctx context.Context, p *desk.IntentPhrase) error
	DeletePhrase(ctx context.Context, intent, language, text string) error
}

// Editor changes articles and example phrases at the desk. Only admins may; every
// change of words keeps the version before it.
type Editor struct {
	Store   EditStore
	Library *Library // whose placeholders articles may mention
	Now     func() time.Time
}

// Limits of what is edited.
const (
	maxArticleTitle = 120
	maxQuestion     = 200
	maxQuestions    = 40
	maxPhrase       = 300
	maxDraft        = 2000 // characters of a draft, which an editor may still shorten
)

// blank stands in drafts where something personal was taken out.
const blank = "[…]"

// AddDraft stores a new article as a draft, under an id of its own.
func (e *Editor) AddDraft(ctx context.Context, by desk.Agent, a desk.Article) (string, error) {
	if err := may(by); err != nil {
		return "", err
	}
	a.ID, a.Status, a.Version = newID(a.Title), desk.ArticleDraft, 1
	a.CreatedAt, a.UpdatedAt = e.Now(), e.Now()
	tidy(&a)
	if err := e.check(&a); err != nil {
		return "", err
	}
	a.Hash = Hash(&a)
	err := e.Store.InTx(ctx, func(tx EditTx) error {
		if _, err := tx.LockArticle(ctx, a.ID, a.Language); !errors.Is(err, desk.ErrNotFound) {
			return errors.Join(err, desk.ErrDuplicate)
		}
		return tx.SaveArticle(ctx, &a)
	})
	if err != nil {
		return "", fmt.Errorf("keep a draft: %w", err)
	}
	return a.ID, nil
}

// Edit changes an article's words. It returns desk.ErrStale when somebody else
// changed it meanwhile.
func (e *Editor) Edit(ctx context.Context, by desk.Agent, id, language string, edit desk.ArticleEdit) error {
	return e.change(ctx, by, id, language, edit.Version, func(a *desk.Article) error {
		a.Title, a.Body, a.Questions = edit.Title, edit.Body, edit.Questions
		return nil
	})
}

// Publish puts an article in force. What is still a blank in it must be filled first.
func (e *Editor) Publish(ctx context.Context, by desk.Agent, id, language string, version int) error {
	return e.change(ctx, by, id, language, version, func(a *desk.Article) error {
		if a.Status == desk.ArticlePublished {
			return desk.ErrTransition
		}
		a.Status = desk.ArticlePublished
		return nil
	})
}

// Withdraw takes a published article out of force; it can be published again.
func (e *Editor) Withdraw(ctx context.Context, by desk.Agent, id, language string, version int) error {
	return e.change(ctx, by, id, language, version, func(a *desk.Article) error {
		if a.Status != desk.ArticlePublished {
			return desk.ErrTransition
		}
		a.Status = desk.ArticleArchived
		return nil
	})
}

// Discard removes a draft.
func (e *Editor) Discard(ctx context.Context, by desk.Agent, id, language string) error {
	if err := may(by); err != nil {
		return err
	}
	err := e.Store.InTx(ctx, func(tx EditTx) error {
		a, err := tx.LockArticle(ctx, id, language)
		if err != nil {
			return err
		}
		if a.Status != desk.ArticleDraft {
			return desk.ErrTransition
		}
		return tx.DeleteArticle(ctx, id, language)
	})
	if err != nil {
		return fmt.Errorf("discard %s/%s: %w", language, id, err)
	}
	return nil
}

// change makes a new version of an article and keeps the one before it.
func (e *Editor) change(ctx context.Context, by desk.Agent, id, language string, seen int, change func(*desk.Article) error) error {
	if err := may(by); err != nil {
		return err
	}
	err := e.Store.InTx(ctx, func(tx EditTx) error {
		a, err := tx.LockArticle(ctx, id, language)
		if err != nil {
			return err
		}
		if a.Version != seen {
			return desk.ErrStale
		}
		before := *a
		if err := change(a); err != nil {
			return err
		}
		tidy(a)
		if err := e.check(a); err != nil {
			return err
		}
		if a.Hash = Hash(a); a.Hash == before.Hash {
			return nil
		}
		a.Version, a.UpdatedAt = a.Version+1, e.Now()
		if err := tx.AddArticleVersion(ctx, &desk.ArticleVersion{ID: id, Language: language, Version: before.Version, Content: &before, Author: by.Name, CreatedAt: e.Now()}); err != nil {
			return err
		}
		return tx.SaveArticle(ctx, a)
	})
	if err != nil {
		return fmt.Errorf("change %s/%s: %w", language, id, err)
	}
	return nil
}

// AddPhrase teaches an intent an example phrase.
func (e *Editor) AddPhrase(ctx context.Context, by desk.Agent, intent, language, text string) error {
	if err := may(by); err != nil {
		return err
	}
	text = strings.Join(strings.Fields(text), " ")
	switch n := len([]rune(text)); {
	case n < 2 || n > maxPhrase:
		return desk.ErrInvalid.For("phrase")
	case e.Library.Intents[intent] == nil:
		return desk.ErrInvalid.For("intent")
	case !desk.KnownLanguage(language):
		return desk.ErrInvalid.For("language")
	}
	p := &desk.IntentPhrase{Intent: intent, Language: language, Text: text, Author: by.Name, CreatedAt: e.Now()}
	return e.Store.InTx(ctx, func(tx EditTx) error { return tx.AddPhrase(ctx, p) })
}

// RemovePhrase takes back an example phrase that was added at the desk.
func (e *Editor) RemovePhrase(ctx context.Context, by desk.Agent, intent, language, text string) error {
	if err := may(by); err != nil {
		return err
	}
	return e.Store.InTx(ctx, func(tx EditTx) error { return tx.DeletePhrase(ctx, intent, language, text) })
}

func may(by desk.Agent) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	return nil
}

// tidy takes away blanks that nobody meant.
func tidy(a *desk.Article) {
	a.Title, a.Body = strings.Join(strings.Fields(a.Title), " "), strings.TrimSpace(strings.ReplaceAll(a.Body, "\r\n", "\n"))
	var asked []string
	for _, q := range a.Questions {
		if q = strings.Join(strings.Fields(q), " "); q != "" {
			asked = append(asked, q)
		}
	}
	a.Questions = asked
}

// check says which field of an article is wrong, with the rules of its file. A
// draft may still hold blanks.
func (e *Editor) check(a *desk.Article) error {
	n, most := len([]rune(a.Title)), maxBody
	if a.Status == desk.ArticleDraft {
		most = maxDraft
	}
	switch {
	case !desk.KnownLanguage(a.Language):
		return desk.ErrInvalid.For("language")
	case n == 0 || n > maxArticleTitle:
		return desk.ErrInvalid.For("title")
	case a.Body == "" || len([]rune(a.Body)) > most:
		return desk.ErrInvalid.For("body")
	case len(a.Questions) == 0 || len(a.Questions) > maxQuestions:
		return desk.ErrInvalid.For("questions")
	case a.Status == desk.ArticlePublished && strings.Contains(a.Title+a.Body+strings.Join(a.Questions, ""), blank):
		return desk.ErrInvalid.For("blank")
	}
	for _, q := range a.Questions {
		if len([]rune(q)) > maxQuestion {
			return desk.ErrInvalid.For("questions")
		}
	}
	for _, name := range desk.Placeholders(a.Body) {
		if _, ok := e.Library.Placeholders[name]; !ok {
			return desk.ErrInvalid.For("placeholder")
		}
	}
	return nil
}

// newID makes an id of a title: its words, and eight digits so that it is new.
func newID(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	var raw [4]byte
	_, _ = rand.Read(raw[:]) // never fails
	return strings.Trim(strings.Trim(b.String(), "-")+"-"+hex.EncodeToString(raw[:]), "-")
}
