package console_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"antena/internal/desk"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	right := url.Values{"email": {f.agents[ana].Email}, "password": {password}, "next": {"/tickets"}}
	w := do(h, http.MethodPost, "/signin", "", right)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/tickets" {
		t.Fatalf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
	var cookie *http.Cookie
	for _, c := range w.Result().Cookies() {
		if c.Name == "antena_session" {
			cookie = c
		}
	}
	if cookie == nil || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge < 11*3600 || cookie.MaxAge > 12*3600+1 {
		t.Errorf("the cookie is %+v", cookie)
	}
	if _, plain := f.sessions[cookie.Value]; plain {
		t.Error("the store holds the token itself")
	}
}

func TestSignIn_Refusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		refuse error
		status int
		words  string
	}{
		{"wrong password", desk.ErrBadCredentials, 401, "no coinciden"},
		{"too often", fmt.Errorf("signing in: %w", desk.ErrTooMany), 429, "Demasiados intentos"},
		{"a failure of ours", errors.New("disk on fire"), 500, "Algo falló"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := golden(t)
			h := serve(t, f)
			f.refuse = test.refuse
			w := do(h, http.MethodPost, "/signin", "", url.Values{"email": {"ana@fibra.example"}, "password": {"secret words"}})
			page := w.Body.String()
			if w.Code != test.status || !strings.Contains(page, test.words) {
				t.Errorf("got %d: %s", w.Code, page)
			}
			if strings.Contains(page, "secret words") || strings.Contains(page, "disk on fire") {
				t.Error("the page shows what it must not")
			}
			if len(f.sessions) != 0 {
				t.Error("a session was kept")
			}
		})
	}
}

func TestSignIn_NextStaysHere(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	for _, next := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n//evil.example"} {
		w := do(h, http.MethodPost, "/signin", "", url.Values{"email": {f.agents[ana].Email}, "password": {password}, "next": {next}})
		if got := w.Header().Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", next, got)
		}
	}
}

// A program that fetches the address of a link to preview it must not spend it.
func TestLink_OnlyTheButtonSpendsIt(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	w := do(h, http.MethodGet, "/signin/link?token=golden-link", "", nil)
	if w.Code != http.StatusOK || len(f.did()) != 0 || w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("looking answered %d and did %v", w.Code, f.did())
	}
	if w := do(h, http.MethodPost, "/signin/link", "", url.Values{"token": {"golden-link"}}); w.Code != http.StatusSeeOther || len(f.sessions) != 1 {
		t.Errorf("the button answered %d", w.Code)
	}
	if w := do(h, http.MethodPost, "/signin/link", "", url.Values{"token": {"golden-link"}}); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "ya se usó") {
		t.Errorf("the second time answered %d", w.Code)
	}
}

func TestSession_EndsWithSignOutPasswordAndDeactivation(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	inside := func(cookie string) bool { return do(h, http.MethodGet, "/", cookie, nil).Code == http.StatusOK }
	first, second := session(t, h, f, ana), session(t, h, f, ana)
	if !inside(first) || !inside(second) {
		t.Fatal("not inside after signing in")
	}
	if w := do(h, http.MethodPost, "/signout", first, nil); w.Code != http.StatusSeeOther || inside(first) || !inside(second) {
		t.Errorf("after signing out (%d) of the first: %t, %t", w.Code, inside(first), inside(second))
	}
	third := session(t, h, f, ana)
	w := do(h, http.MethodPost, "/settings/password", third, url.Values{"current": {password}, "password": {"new words here"}, "again": {"new words here"}})
	if w.Code != http.StatusSeeOther || inside(second) || inside(third) {
		t.Errorf("after a new password (%d) old sessions live: %t, %t", w.Code, inside(second), inside(third))
	}
	fresh := w.Result().Cookies()[0]
	if !inside(fresh.Name + "=" + fresh.Value) {
		t.Error("whoever changed the password is out")
	}
	f.agents[ana].Active = false
	if inside(fresh.Name + "=" + fresh.Value) {
		t.Error("a deactivated agent is inside")
	}
}

func TestPassword_Differs(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	w := do(h, http.MethodPost, "/settings/password", session(t, h, f, ana), url.Values{"password": {"one one one one"}, "again": {"two two two two"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "no son iguales") || f.agents[ana].PasswordHash != "argon2idAna Pereira" {
		t.Errorf("got %d", w.Code)
	}
}

func TestTheme_IsKept(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	w := do(h, http.MethodPost, "/theme", "", url.Values{"theme": {"dark"}, "back": {"/signin"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/signin" || !strings.Contains(w.Header().Get("Set-Cookie"), "antena_theme=dark") {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	if page := do(h, http.MethodGet, "/signin", "antena_theme=dark", nil).Body.String(); !strings.Contains(page, `data-theme="dark"`) {
		t.Error("the page is not dark")
	}
	if page := do(h, http.MethodGet, "/signin", `antena_theme=x"><script>`, nil).Body.String(); strings.Contains(page, "data-theme") {
		t.Error("an unknown theme is shown")
	}
}

func TestLanguage_OfStrangers(t *testing.T) {
	t.Parallel()
	h := serve(t, golden(t))
	for header, want := range map[string]string{"pt-BR,pt;q=0.9": "pt", "en-US": "en", "fr": "es", "": "es", "de,en;q=0.5": "en"} {
		if page := do(h, http.MethodGet, "/signin", "", nil, "Accept-Language", header).Body.String(); !strings.Contains(page, `<html lang="`+want+`"`) {
			t.Errorf("%q is not answered in %s", header, want)
		}
	}
}
