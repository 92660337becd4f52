package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Languages the desk speaks, in the order of its defaults.
var Languages = []string{"es", "pt", "en"}

// KnownLanguage reports whether the desk speaks the language.
func KnownLanguage(l string) bool { return slices.Contains(Languages, l) }

// ArticleStatus is where an article stands; only published ones are answered from.
type ArticleStatus string

// The statuses of an article.
const (
	ArticleDraft     ArticleStatus = "draft"
	ArticleReview    ArticleStatus = "review"
	ArticlePublished ArticleStatus = "published"
	ArticleArchived  ArticleStatus = "archived"
)

// Article is one answer in one language. ID is the same in all languages.
type Article struct {
	ID         string `gorm:"primaryKey"`
	Language   string `gorm:"primaryKey"`
	Version    int    // rises by one with every change of content
	Title      string
	Questions  []string `gorm:"serializer:json"` // how people ask for it
	Keywords   []string `gorm:"serializer:json"`
	Body       string   // WhatsApp text with {placeholders}
	Owner      Team
	Status     ArticleStatus
	Zones      []string `gorm:"serializer:json"` // empty: everywhere
	Plans      []string `gorm:"serializer:json"` // empty: all
	ValidFrom  *time.Time
	ValidUntil *time.Time
	Hash       string  // of the content; import changes only what differs
	Origin     *Origin `gorm:"serializer:json"` // of an article that a model drafted
	Uses       int
	ThumbsDown int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Origin says where a draft came from.
type Origin struct {
	Conversation uuid.UUID `json:"conversation"`
	By           string    `json:"by"` // name of the admin who asked for it
	Model        string    `json:"model"`
	At           time.Time `json:"at"`
}

// ArticleVersion is an article as it was once.
type ArticleVersion struct {
	ID        string   `gorm:"primaryKey"`
	Language  string   `gorm:"primaryKey"`
	Version   int      `gorm:"primaryKey"`
	Content   *Article `gorm:"serializer:json"`
	Author    string   // name of the one who made it
	CreatedAt time.Time
}

// IntentPhrase is an example phrase of an intent that was added at the desk, beside
// those of the files.
type IntentPhrase struct {
	Intent    string `gorm:"primaryKey"`
	Language  string `gorm:"primaryKey"`
	Text      string `gorm:"primaryKey"`
	Author    string // name of the one who added it
	CreatedAt time.Time
}

// InForce reports whether the article may be answered from at the time of now.
func (a *Article) InForce(now time.Time) bool {
	return a.Status == ArticlePublished &&
		(a.ValidFrom == nil || !now.Before(*a.ValidFrom)) &&
		(a.ValidUntil == nil || now.Before(*a.ValidUntil))
}

// ArticleRef names the exact words an answer came from.
type ArticleRef struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Version  int    `json:"version"`
	Title    string `json:"title,omitempty"`
}

// Ref returns the article's reference.
func (a *Article) Ref() ArticleRef {
	return ArticleRef{ID: a.ID, Language: a.Language, Version: a.Version, Title: a.Title}
}

// Words holds a text in several languages.
type Words map[string]string

// In returns the words in a language, else in the first language that has some.
func (w Words) In(language string) string {
	if s := w[language]; s != "" {
		return s
	}
	for _, l := range Languages {
		if s := w[l]; s != "" {
			return s
		}
	}
	return ""
}

// Placeholders returns the names between braces in a text, each once, in order.
func Placeholders(text string) []string {
	var names []string
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			return names
		}
		text = text[i+1:]
		j := strings.IndexByte(text, '}')
		if j < 0 {
			return names
		}
		if name := text[:j]; placeholderName(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
}

func placeholderName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
