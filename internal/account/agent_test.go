package account_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/desk"
)

func TestCreateAgent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		admin := w.add(t, "admin@example.net", desk.RoleAdmin)
		agent, token, err := w.CreateAgent(t.Context(), admin, account.NewAgent{
			Name: "  Ana   López ", Email: " Ana.Lopez@Example.NET ", Role: desk.RoleAgent, Language: "pt",
		})
		if err != nil {
			t.Fatal(err)
		}
		got := w.again(t, agent)
		if got.Name != "Ana López" || got.Email != "ana.lopez@example.net" || got.Role != desk.RoleAgent || got.Language != "pt" {
			t.Errorf("stored %+v", got)
		}
		if !got.Active || got.PasswordHash != "" || !got.CreatedAt.Equal(w.now()) {
			t.Errorf("a new agent is active and has no password; stored %+v", got)
		}
		if len(token) != 43 {
			t.Errorf("token %q is not 32 bytes in base64", token)
		}
		_, _, err = w.CreateAgent(t.Context(), admin, account.NewAgent{Name: "Ana", Email: "ANA.LOPEZ@example.net", Role: desk.RoleAgent})
		var e *desk.Error
		if !errors.As(err, &e) || e.Code != desk.ErrDuplicate.Code || e.Field != "email" {
			t.Errorf("a second account of one address: %v", err)
		}
	})
}

func TestCreateAgent_Refuses(t *testing.T) {
	t.Parallel()
	w := newWorld(newMemory())
	good := account.NewAgent{Name: "Ana", Email: "ana@example.net", Role: desk.RoleAgent, Language: "es"}
	for _, c := range []struct {
		field string
		spoil func(*account.NewAgent)
	}{
		{"name", func(n *account.NewAgent) { n.Name = " \t " }},
		{"name", func(n *account.NewAgent) { n.Name = strings.Repeat("ñ", 81) }},
		{"name", func(n *account.NewAgent) { n.Name = "A\x00na" }},
		{"email", func(n *account.NewAgent) { n.Email = "" }},
		{"email", func(n *account.NewAgent) { n.Email = "ana" }},
		{"email", func(n *account.NewAgent) { n.Email = "Ana <ana@example.net>" }},
		{"email", func(n *account.NewAgent) { n.Email = "ana@example.net\r\nBcc: x@example.net" }},
		{"email", func(n *account.NewAgent) { n.Email = strings.Repeat("a", 250) + "@example.net" }},
		{"role", func(n *account.NewAgent) { n.Role = "" }},
		{"role", func(n *account.NewAgent) { n.Role = "owner" }},
		{"language", func(n *account.NewAgent) { n.Language = "fr" }},
	} {
		bad := good
		c.spoil(&bad)
		_, token, err := w.CreateAgent(t.Context(), account.Operator(), bad)
		var e *desk.Error
		if !errors.As(err, &e) || e.Kind != desk.Invalid || e.Field != c.field || token != "" {
			t.Errorf("%+v: %v, want it to be about the %s", bad, err, c.field)
		}
	}
	if _, _, err := w.CreateAgent(t.Context(), account.Operator(), good); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

// Every verb looks at who asks: the table is every verb times everybody.
func TestRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(newMemory())
	w.add(t, "first@example.net", desk.RoleAdmin)
	other := w.add(t, "other@example.net", desk.RoleAgent)
	verbs := map[string]func(by desk.Agent) error{
		"CreateAgent": func(by desk.Agent) error {
			email := fmt.Sprintf("%s@example.net", uuid.NewString())
			_, _, err := w.CreateAgent(t.Context(), by, account.NewAgent{Name: "N", Email: email, Role: desk.RoleAgent})
			return err
		},
		"NewLink":     func(by desk.Agent) error { _, err := w.NewLink(t.Context(), by, other.ID); return err },
		"SetPassword": func(by desk.Agent) error { return w.SetPassword(t.Context(), by, other.ID, "", password) },
		"SetLanguage": func(by desk.Agent) error { return w.SetLanguage(t.Context(), by, other.ID, "en") },
		"ChangeRole":  func(by desk.Agent) error { return w.ChangeRole(t.Context(), by, other.ID, desk.RoleSupervisor) },
		"Deactivate":  func(by desk.Agent) error { return w.Deactivate(t.Context(), by, other.ID) },
		"Reactivate":  func(by desk.Agent) error { return w.Reactivate(t.Context(), by, other.ID) },
	}
	demoted := w.add(t, "demoted@example.net", desk.RoleAdmin)
	if err := w.ChangeRole(t.Context(), account.Operator(), demoted.ID, desk.RoleAgent); err != nil {
		t.Fatal(err)
	}
	dismissed := w.add(t, "dismissed@example.net", desk.RoleAdmin)
	if err := w.Deactivate(t.Context(), account.Operator(), dismissed.ID); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		by   desk.Agent
		may  bool
	}{
		{"admin", w.add(t, "admin@example.net", desk.RoleAdmin), true},
		{"command line", account.Operator(), true},
		{"supervisor", w.add(t, "supervisor@example.net", desk.RoleSupervisor), false},
		{"agent", w.add(t, "agent@example.net", desk.RoleAgent), false},
		{"auditor", w.add(t, "auditor@example.net", desk.RoleAuditor), false},
		{"nobody", desk.Agent{}, false},
		{"admin until a moment ago", demoted, false},
		{"admin deactivated a moment ago", dismissed, false},
	} {
		for verb, do := range verbs {
			err := do(c.by)
			if c.may && err != nil || !c.may && !errors.Is(err, desk.ErrForbidden) {
				t.Errorf("%s by %s: %v, allowed should be %v", verb, c.name, err, c.may)
			}
			// What one caller did must not change what the next may do.
			if err := w.Reactivate(t.Context(), account.Operator(), other.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestOwnAccount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.add(t, "ana@example.net", desk.RoleAuditor)
		if err := w.SetLanguage(t.Context(), agent, agent.ID, "pt"); err != nil {
			t.Error(err)
		}
		if got := w.again(t, agent).Language; got != "pt" {
			t.Errorf("language is %q", got)
		}
		if err := w.SetLanguage(t.Context(), agent, agent.ID, "fr"); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("a language the desk does not speak: %v", err)
		}
		if err := w.ChangeRole(t.Context(), agent, agent.ID, desk.RoleAdmin); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("an auditor made themselves admin: %v", err)
		}
		w.add(t, "admin@example.net", desk.RoleAdmin)
		if err := w.Deactivate(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.SetLanguage(t.Context(), agent, agent.ID, "en"); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("a deactivated agent changed their account: %v", err)
		}
	})
}

func TestUnknownAgent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := desk.NewID()
		_, err := w.NewLink(t.Context(), account.Operator(), id)
		for verb, err := range map[string]error{
			"NewLink":     err,
			"SetPassword": w.SetPassword(t.Context(), account.Operator(), id, "", password),
			"ChangeRole":  w.ChangeRole(t.Context(), account.Operator(), id, desk.RoleAdmin),
			"Deactivate":  w.Deactivate(t.Context(), account.Operator(), id),
		} {
			if !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("%s of nobody: %v", verb, err)
			}
		}
	})
}

func TestLastAdmin(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		admin := w.add(t, "one@example.net", desk.RoleAdmin)
		inactive := w.add(t, "two@example.net", desk.RoleAdmin)
		if err := w.Deactivate(t.Context(), admin, inactive.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.ChangeRole(t.Context(), admin, admin.ID, desk.RoleAgent); !errors.Is(err, desk.ErrLastAdmin) {
			t.Errorf("the last admin was demoted: %v", err)
		}
		if err := w.Deactivate(t.Context(), account.Operator(), admin.ID); !errors.Is(err, desk.ErrLastAdmin) {
			t.Errorf("the last admin was deactivated: %v", err)
		}
		if got := w.again(t, admin); !got.Active || got.Role != desk.RoleAdmin {
			t.Errorf("the refused change was stored: %+v", got)
		}
		if err := w.Reactivate(t.Context(), admin, inactive.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.ChangeRole(t.Context(), admin, admin.ID, desk.RoleAgent); err != nil {
			t.Errorf("one admin of two: %v", err)
		}
	})
}

func TestLastAdmin_EachDemotesTheNextAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		var admins []desk.Agent
		for i := range 6 {
			admins = append(admins, w.add(t, fmt.Sprintf("admin%d@example.net", i), desk.RoleAdmin))
		}
		_, failures := race(t.Context(), len(admins), func(ctx context.Context, i int) error {
			victim := admins[(i+1)%len(admins)]
			if i%2 == 0 {
				return w.Deactivate(ctx, admins[i], victim.ID)
			}
			return w.ChangeRole(ctx, admins[i], victim.ID, desk.RoleAgent)
		})
		for _, err := range failures {
			if !errors.Is(err, desk.ErrLastAdmin) && !errors.Is(err, desk.ErrForbidden) {
				t.Errorf("failed with %v", err)
			}
		}
		left := 0
		for _, a := range admins {
			if now := w.again(t, a); now.Active && now.Role == desk.RoleAdmin {
				left++
			}
		}
		if left == 0 {
			t.Error("nobody can administer the desk any more")
		}
	})
}
