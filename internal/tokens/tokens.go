package tokens

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store is what tokens need of the database.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Tokens(ctx context.Context) ([]desk.Token, error)
	TokenByHash(ctx context.Context, hash string) (*desk.Token, error)
	TokenUsed(ctx context.Context, id uuid.UUID, now, since time.Time) error
}

// Tx is one transaction.
type Tx interface {
	AddAgent(ctx context.Context, a *desk.Agent) error
	LockAgent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	SaveAgent(ctx context.Context, a *desk.Agent) error
	AddToken(ctx context.Context, t *desk.Token) error
	LockToken(ctx context.Context, id uuid.UUID) (*desk.Token, error)
	SaveToken(ctx context.Context, t *desk.Token) error
}

// Deps is what New needs.
type Deps struct {
	Store Store
	// Release puts what an agent holds into the queue; nil: revoked tokens keep it.
	Release func(ctx context.Context, by desk.Agent, agent uuid.UUID) error
	Now     func() time.Time
	Log     *slog.Logger
}

// Tokens makes, checks and revokes tokens. It is safe for concurrent use.
type Tokens struct{ Deps }

// New returns the tokens of a store.
func New(d Deps) *Tokens {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Tokens{Deps: d}
}

const (
	tokenBytes    = 32
	mark          = "antena_" // so that scanners for leaked secrets know one when they see it
	shown         = 6         // characters of the secret by which people tell tokens apart
	longestName   = 60        // characters
	longestSource = 40
	longestLife   = 5 * 365 * 24 * time.Hour
	usedEvery     = time.Minute
)

// Wanted is what is said of a token when it is made.
type Wanted struct {
	Name      string
	Source    string // lower-case letters, digits, - and _; empty: made of the name
	Scopes    []desk.Scope
	ExpiresAt *time.Time // nil: never
}

// Create makes a token for an admin and returns its text, which is kept nowhere.
func (t *Tokens) Create(ctx context.Context, by desk.Agent, w Wanted) (token desk.Token, text string, err error) {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return token, "", desk.ErrForbidden
	}
	now := t.Now()
	if w, err = check(w, now); err != nil {
		return token, "", err
	}
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw) // never fails: the runtime ends the program instead
	secret := base64.RawURLEncoding.EncodeToString(raw)
	text = mark + secret
	program := desk.Agent{
		ID: desk.NewID(), Name: desk.ProgramName(w.Name), Role: roleOf(w.Scopes), Language: desk.Languages[0],
		Active: true, Program: true, CreatedAt: now, UpdatedAt: now,
	}
	program.Email = program.ID.String() + "@program.invalid" // RFC 2606: no mail ever goes there
	token = desk.Token{
		ID: desk.NewID(), AgentID: program.ID, Name: w.Name, Source: w.Source, Prefix: mark + secret[:shown], Hash: hashOf(text),
		Scopes: w.Scopes, CreatedBy: by.Name, ExpiresAt: w.ExpiresAt, CreatedAt: now,
	}
	err = t.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.AddAgent(ctx, &program); err != nil {
			return err
		}
		return tx.AddToken(ctx, &token)
	})
	if err != nil {
		return desk.Token{}, "", fmt.Errorf("making a token: %w", err)
	}
	t.Log.InfoContext(ctx, "token made", "token_id", token.ID, "by_agent_id", by.ID)
	return token, text, nil
}

// check puts what was said into form.
func check(w Wanted, now time.Time) (Wanted, error) {
	w.Name = strings.Join(strings.Fields(w.Name), " ")
	if w.Name == "" || utf8.RuneCountInString(w.Name) > longestName || strings.ContainsFunc(w.Name, unicode.IsControl) || !utf8.ValidString(w.Name) {
		return w, desk.ErrInvalid.For("name")
	}
	if w.Source == "" {
		w.Source = sourceOf(w.Name)
	}
	if w.Source == "" || len(w.Source) > longestSource || strings.Trim(w.Source, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return w, desk.ErrInvalid.For("source")
	}
	if len(w.Scopes) == 0 {
		return w, desk.ErrInvalid.For("scopes")
	}
	var scopes []desk.Scope
	for _, s := range desk.Scopes {
		if slices.Contains(w.Scopes, s) {
			scopes = append(scopes, s)
		}
	}
	for _, s := range w.Scopes {
		if !s.Valid() {
			return w, desk.ErrInvalid.For("scopes")
		}
	}
	w.Scopes = scopes
	if at := w.ExpiresAt; at != nil {
		if !at.After(now) || at.Sub(now) > longestLife {
			return w, desk.ErrInvalid.For("expires_at")
		}
		cut := desk.Instant(*at)
		w.ExpiresAt = &cut
	}
	return w, nil
}

// sourceOf makes a source of a name.
func sourceOf(name string) string {
	source := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, name)
	source = strings.Join(strings.FieldsFunc(source, func(r rune) bool { return r == '-' }), "-")
	return source[:min(len(source), longestSource)]
}

// roleOf is what the program's row may do where only that is asked: to be given a
// conversation it must be able to answer.
func roleOf(scopes []desk.Scope) desk.Role {
	if slices.Contains(scopes, desk.ScopeWriteConversations) && slices.Contains(scopes, desk.ScopeWriteMessages) {
		return desk.RoleAgent
	}
	return desk.RoleAuditor
}

// List returns every token, revoked ones too, newest first.
func (t *Tokens) List(ctx context.Context, by desk.Agent) ([]desk.Token, error) {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return nil, desk.ErrForbidden
	}
	return t.Store.Tokens(ctx)
}

// Revoke ends a token, at once and everywhere. What its program held goes into the queue.
func (t *Tokens) Revoke(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	var program uuid.UUID
	err := t.Store.InTx(ctx, func(tx Tx) error {
		token, err := tx.LockToken(ctx, id)
		if err != nil {
			return err
		}
		program = token.AgentID
		if token.RevokedAt != nil {
			return nil
		}
		now := t.Now()
		token.RevokedAt = &now
		if err := tx.SaveToken(ctx, token); err != nil {
			return err
		}
		agent, err := tx.LockAgent(ctx, token.AgentID)
		if err != nil {
			return err
		}
		agent.Active, agent.UpdatedAt = false, now
		return tx.SaveAgent(ctx, agent)
	})
	if err == nil && t.Release != nil {
		err = t.Release(ctx, by, program)
	}
	if err != nil {
		return fmt.Errorf("revoking token %s: %w", id, err)
	}
	t.Log.InfoContext(ctx, "token revoked", "token_id", id, "by_agent_id", by.ID)
	return nil
}

// Authenticate returns the token with a text. Fails with desk.ErrBadToken.
func (t *Tokens) Authenticate(ctx context.Context, text string) (*desk.Token, error) {
	if !strings.HasPrefix(text, mark) || len(text) != len(mark)+base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return nil, desk.ErrBadToken
	}
	hash := hashOf(text)
	token, err := t.Store.TokenByHash(ctx, hash)
	if errors.Is(err, desk.ErrNotFound) {
		return nil, desk.ErrBadToken
	}
	if err != nil {
		return nil, fmt.Errorf("checking a token: %w", err)
	}
	now := t.Now()
	if subtle.ConstantTimeCompare([]byte(token.Hash), []byte(hash)) != 1 || !token.InForce(now) {
		return nil, desk.ErrBadToken
	}
	t.note(ctx, token, now)
	return token, nil
}

// note writes down when a token was used, at most once a minute.
func (t *Tokens) note(ctx context.Context, token *desk.Token, now time.Time) {
	since := now.Add(-usedEvery)
	if token.LastUsedAt != nil && token.LastUsedAt.After(since) {
		return
	}
	if err := t.Store.TokenUsed(ctx, token.ID, now, since); err != nil && ctx.Err() == nil {
		t.Log.WarnContext(ctx, "the use of a token could not be noted", "token_id", token.ID, "error", err)
	}
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
