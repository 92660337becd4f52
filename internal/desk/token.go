package desk

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Scope is one thing a token may do through the API.
type Scope string

// The scopes. Each names the least an operation needs; none includes another.
const (
	ScopeReadConversations   Scope = "read:conversations"   // and their messages
	ScopeWriteConversations  Scope = "write:conversations"  // take, give back, queue, snooze, resolve what the token holds
	ScopeManageConversations Scope = "manage:conversations" // also what people hold
	ScopeWriteMessages       Scope = "write:messages"       // replies and notes
	ScopeReadTickets         Scope = "read:tickets"
	ScopeWriteTickets        Scope = "write:tickets"
	ScopeReadContacts        Scope = "read:contacts"
	ScopeWriteContacts       Scope = "write:contacts" // external ids
	ScopeReadArticles        Scope = "read:articles"
	ScopeWriteArticles       Scope = "write:articles"
	ScopeReadAgents          Scope = "read:agents"
	ScopeManageWebhooks      Scope = "manage:webhooks"
)

// Scopes lists the scopes in the order they are offered.
var Scopes = []Scope{
	ScopeReadConversations, ScopeWriteConversations, ScopeManageConversations, ScopeWriteMessages, ScopeReadTickets, ScopeWriteTickets,
	ScopeReadContacts, ScopeWriteContacts, ScopeReadArticles, ScopeWriteArticles, ScopeReadAgents, ScopeManageWebhooks,
}

// Valid reports whether s is one of the scopes.
func (s Scope) Valid() bool { return slices.Contains(Scopes, s) }

// Token is what a program shows to act at the desk. Only a hash of it is kept.
// Prefix are its first characters, by which people tell tokens apart. AgentID is the
// row by which history names the program; nobody signs in with it.
type Token struct {
	ID         uuid.UUID
	AgentID    uuid.UUID
	Name       string
	Source     string // the system behind it: external ids and the mark of its changes belong to that
	Prefix     string
	Hash       string  // hex of SHA-256
	Scopes     []Scope `gorm:"serializer:json"`
	CreatedBy  string  // name of the one who made it
	ExpiresAt  *time.Time
	LastUsedAt *time.Time // at most a minute behind
	RevokedAt  *time.Time
	CreatedAt  time.Time
}

// Allows reports whether the token has a scope.
func (t *Token) Allows(s Scope) bool { return slices.Contains(t.Scopes, s) }

// InForce reports whether the token opens anything at the time of now.
func (t *Token) InForce(now time.Time) bool {
	return t.RevokedAt == nil && (t.ExpiresAt == nil || now.Before(*t.ExpiresAt))
}

// ProgramName is how history names the program behind a token.
func ProgramName(token string) string { return "API: " + token }

// KeptAnswer is what a request with an idempotency key was answered, for a day.
// Status is 0 while the first request with the key is being answered.
type KeptAnswer struct {
	TokenID     uuid.UUID `gorm:"primaryKey"`
	Key         string    `gorm:"primaryKey"`
	RequestHash string
	Status      int
	Headers     map[string]string `gorm:"serializer:json"`
	Body        []byte
	TakenAt     time.Time // when the request that holds the key began
	CreatedAt   time.Time
}

// AnswerKeep is how long an answer to a request with an idempotency key is kept.
const AnswerKeep = 24 * time.Hour

// Failures of requests of programs.
var (
	ErrKeyReused  = &Error{Kind: Invalid, Code: "idempotency_mismatch", Field: "Idempotency-Key", Msg: "this key was used for another request"}
	ErrKeyBusy    = &Error{Kind: Conflict, Code: "idempotency_busy", Field: "Idempotency-Key", Msg: "the first request with this key is still being answered"}
	ErrScope      = &Error{Kind: Forbidden, Code: "scope_missing", Msg: "the token does not have the scope this takes"}
	ErrBadToken   = &Error{Kind: Unauthenticated, Code: "bad_token", Msg: "there is no such token, or it has expired or was revoked"}
	ErrWebhookURL = &Error{Kind: Invalid, Code: "webhook_address", Field: "url", Msg: "webhooks go to https addresses of the public internet"}
)
