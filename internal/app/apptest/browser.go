package apptest

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"antena/internal/account"
	"antena/internal/desk"
)

// Browser is somebody signed in to the console, as plain HTTP.
type Browser struct {
	Agent desk.Agent
	base  string
	http  *http.Client
}

// Invitation is somebody new with their one-time link.
type Invitation struct {
	Agent desk.Agent
	Token string
}

// Invite makes somebody who may sign in.
func Invite(t testing.TB, accounts *account.Accounts, name string, role desk.Role) Invitation {
	t.Helper()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.net"
	agent, token, err := accounts.CreateAgent(t.Context(), account.Operator(), account.NewAgent{Name: name, Email: email, Role: role, Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	return Invitation{Agent: agent, Token: token}
}

// SignIn uses a one-time link.
func SignIn(t testing.TB, base string, who Invitation) *Browser {
	t.Helper()
	b := newBrowser(t, base)
	b.Agent = who.Agent
	if status, body := b.Do(t, "/signin/link", url.Values{"token": {who.Token}}); status != http.StatusSeeOther {
		t.Fatalf("signing in answered %d\n%s", status, body)
	}
	return b
}

// TrySignIn uses a link that may not open, and returns the status.
func TrySignIn(t testing.TB, base, token string) int {
	t.Helper()
	status, _ := newBrowser(t, base).Do(t, "/signin/link", url.Values{"token": {token}})
	return status
}

func newBrowser(t testing.TB, base string) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{base: base, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Do posts a form, or gets a page when the form is nil. Redirects are not followed.
func (b *Browser) Do(t testing.TB, path string, form url.Values) (status int, body string) {
	t.Helper()
	res := b.open(t, t.Context(), path, form)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Errorf("reading %s: %v", path, err)
	}
	return res.StatusCode, string(raw)
}

// Act posts a form that must succeed.
func (b *Browser) Act(t testing.TB, path string, form url.Values) {
	t.Helper()
	if form == nil {
		form = url.Values{}
	}
	if status, body := b.Do(t, path, form); status != http.StatusSeeOther {
		t.Fatalf("%s answered %d\n%s", path, status, body)
	}
}

func (b *Browser) open(t testing.TB, ctx context.Context, path string, form url.Values) *http.Response { //nolint:revive // t stands first everywhere in tests
	t.Helper()
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, b.base+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := b.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// Events follows the live stream until the test ends. Each value is the data of
// one event.
func (b *Browser) Events(t testing.TB) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	res := b.open(t, ctx, "/events", nil)
	if res.StatusCode != http.StatusOK {
		cancel()
		_ = res.Body.Close()
		t.Fatalf("/events answered %d", res.StatusCode)
	}
	events, done := make(chan string, 1000), make(chan struct{})
	go func() {
		defer close(done)
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				select {
				case events <- data:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	return events
}
