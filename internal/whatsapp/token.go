package whatsapp

import (
	"context"
	"net/url"
	"slices"
	"time"
)

// Permissions that the token must have: the first to send and to receive messages, the second for all else.
const (
	PermissionMessaging  = "whatsapp_business_messaging"
	PermissionManagement = "whatsapp_business_management"
)

// TokenInfo is what Meta says about an access token.
type TokenInfo struct {
	AppID, App string
	Kind       string // "SYSTEM_USER" for one that lasts; "USER" dies within hours
	Valid      bool
	IssuedAt   time.Time // zero when not told
	ExpiresAt  time.Time // zero when it never does
	// DataAccessUntil is when the app loses access to the data although the token lives; zero when never.
	DataAccessUntil time.Time
	Scopes          []string
	// Targets says which accounts a scope is limited to, by scope; a scope that is not in it is good for all.
	Targets map[string][]string
	// Problem is why the token is not valid, in Meta's words.
	Problem string
}

// Missing returns which of the two needed permissions the token lacks.
func (t TokenInfo) Missing() []string {
	var missing []string
	for _, scope := range []string{PermissionMessaging, PermissionManagement} {
		if !slices.Contains(t.Scopes, scope) {
			missing = append(missing, scope)
		}
	}
	return missing
}

// Reaches reports whether a scope is good for an account.
func (t TokenInfo) Reaches(scope, wabaID string) bool {
	targets, limited := t.Targets[scope]
	return slices.Contains(t.Scopes, scope) && (!limited || slices.Contains(targets, wabaID))
}

// TokenInfo asks about the client's own token. A token that is no good at all cannot ask and gives a StopAll error.
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	var answer rawObject
	if err := c.getJSON(ctx, "read token", c.path("debug_token")+"?input_token="+url.QueryEscape(c.token), &answer); err != nil {
		return TokenInfo{}, err
	}
	n := answer.obj("data")
	info := TokenInfo{
		AppID:           n.str("app_id"),
		App:             n.str("application"),
		Kind:            n.upper("type"),
		Valid:           n.flag("is_valid"),
		IssuedAt:        n.moment("issued_at"),
		ExpiresAt:       n.moment("expires_at"),
		DataAccessUntil: n.moment("data_access_expires_at"),
		Scopes:          n.texts("scopes"),
		Targets:         map[string][]string{},
		Problem:         c.redact(n.obj("error").str("message")),
	}
	for _, granted := range n.list("granular_scopes") {
		if targets := granted.texts("target_ids"); len(targets) > 0 {
			info.Targets[granted.str("scope")] = targets
		}
	}
	return info, nil
}
