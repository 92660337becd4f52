package console

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/tokens"
)

// Tokens is what admins do with the tokens of other programs.
type Tokens interface {
	Create(ctx context.Context, by desk.Agent, want tokens.Wanted) (token desk.Token, text string, err error)
	List(ctx context.Context, by desk.Agent) ([]desk.Token, error)
	Revoke(ctx context.Context, by desk.Agent, id uuid.UUID) error
}

// tokensPage lists the tokens and makes new ones.
type tokensPage struct {
	shell
	Rows   []tokenRow
	Scopes []choice
	Days   []choice
	Name   string // what was typed when making one failed
	Source string
	Fresh  string // a token just made: shown on this page and never again
	For    string
}

type tokenRow struct {
	ID, Name, Source, Prefix, By, Made, Used, State string
	Scopes                                          []string
	InForce                                         bool
}

// tokenDays are the lives of tokens that are offered; 0 is until it is revoked.
func tokenDays() []int { return []int{30, 90, 365, 0} }

func (p *Console) tokens(v *visit) error { return p.showTokens(v, http.StatusOK, "", "") }

// showTokens shows the list, with a fresh token on top when there is one. It is part of
// the answer to the form that made it and kept nowhere.
func (p *Console) showTokens(v *visit, status int, fresh, name string) error {
	ctx := v.gin.Request.Context()
	page := &tokensPage{shell: p.shell(v, "tokens", v.T("nav.tokens")), Fresh: fresh, For: name}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	all, err := p.Tokens.List(ctx, v.who)
	if err != nil {
		return fmt.Errorf("listing tokens: %w", err)
	}
	now := p.now()
	for i := range all {
		page.Rows = append(page.Rows, tokenOf(v, &all[i], now))
	}
	if v.problem != "" {
		page.Name, page.Source = v.form("name"), v.form("source")
	}
	for _, s := range desk.Scopes {
		page.Scopes = append(page.Scopes, choice{Value: string(s), Label: string(s), Current: ticked(v, "scopes", string(s))})
	}
	for _, days := range tokenDays() {
		label := v.T("tokens.never_ends")
		if days > 0 {
			label = v.N("tokens.days", days)
		}
		page.Days = append(page.Days, choice{Value: fmt.Sprint(days), Label: label, Current: days == 365})
	}
	return p.show(v, status, "tokens", page)
}

// ticked reports whether a box was ticked in the form that was refused.
func ticked(v *visit, name, value string) bool {
	if v.problem == "" {
		return false
	}
	for _, box := range v.gin.PostFormArray(name) {
		if box == value {
			return true
		}
	}
	return false
}

func tokenOf(v *visit, t *desk.Token, now time.Time) tokenRow {
	row := tokenRow{
		ID: t.ID.String(), Name: t.Name, Source: t.Source, Prefix: t.Prefix, By: t.CreatedBy, Made: v.Stamp(t.CreatedAt), Used: v.T("tokens.unused"),
		State: v.T("tokens.in_force"), InForce: t.InForce(now),
	}
	for _, s := range t.Scopes {
		row.Scopes = append(row.Scopes, string(s))
	}
	if t.LastUsedAt != nil {
		row.Used = v.Stamp(*t.LastUsedAt)
	}
	switch {
	case t.RevokedAt != nil:
		row.State = v.T("tokens.revoked_at", v.DayTime(*t.RevokedAt))
	case !row.InForce:
		row.State = v.T("tokens.ended_at", v.DayTime(*t.ExpiresAt))
	case t.ExpiresAt != nil:
		row.State = v.T("tokens.until", v.DayTime(*t.ExpiresAt))
	}
	return row
}

func (p *Console) addToken(v *visit) error {
	want := tokens.Wanted{Name: v.form("name"), Source: v.form("source")}
	for _, s := range v.gin.PostFormArray("scopes") {
		want.Scopes = append(want.Scopes, desk.Scope(s))
	}
	for _, days := range tokenDays() {
		if days > 0 && v.form("days") == fmt.Sprint(days) {
			at := p.now().AddDate(0, 0, days)
			want.ExpiresAt = &at
		}
	}
	token, text, err := p.Tokens.Create(v.gin.Request.Context(), v.who, want)
	if err != nil {
		return p.failedTokens(v, err)
	}
	return p.showTokens(v, http.StatusOK, text, token.Name)
}

func (p *Console) revokeToken(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := p.Tokens.Revoke(v.gin.Request.Context(), v.who, id); err != nil {
		return p.failedTokens(v, err)
	}
	return v.done("/tokens", "token_revoked")
}

func (p *Console) failedTokens(v *visit, err error) error {
	return p.failed(v, err, func(status int, words string) error {
		v.problem = words
		return p.showTokens(v, status, "", "")
	})
}
