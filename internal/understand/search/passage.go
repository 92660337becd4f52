package search

import "time"

// Kind says which part of an article a passage is.
type Kind string

// Kinds of passage. A question is one way a customer may ask for the article; an article may have many.
const (
	Question Kind = "question"
	Title    Kind = "title"
	Body     Kind = "body"
)

// Passage is one searchable piece of an article in one language.
type Passage struct {
	ID        string
	ArticleID string
	Version   int
	Language  string // "es", "pt", "en"
	Kind      Kind
	Text      string
	Scope     Scope
}

// Scope limits whom and when a passage is for. An empty list or a zero time is no limit.
type Scope struct {
	Zones []string
	Plans []string
	From  time.Time // first instant
	Until time.Time // first instant no longer
}

// Query is a question to the index. A passage with a limit the query says nothing about (an unknown zone or plan) does not apply.
type Query struct {
	Text     string
	Language string   // preferred; empty searches all
	Zone     []string // the contact's zone and the zones around it
	Plan     string
	Now      time.Time // zero ignores From and Until
	Limit    int       // articles returned; 5 when zero
}

// Hit is an article that may answer the query.
type Hit struct {
	ArticleID  string
	PassageID  string // the passage that matched best
	Version    int
	Language   string
	Score      float64  // only comparable within one result
	Confidence float64  // probability, 0 to 1, that this article answers the question
	Why        []string // words of the query found in the article, most telling first
}
