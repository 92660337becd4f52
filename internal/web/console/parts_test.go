package console_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
)

func TestStatic_IsKeptUnderItsHash(t *testing.T) {
	t.Parallel()
	h := serve(t, golden(t))
	page := do(h, http.MethodGet, "/signin", "", nil).Body.String()
	_, rest, _ := strings.Cut(page, `rel="stylesheet" href="`)
	address, _, _ := strings.Cut(rest, `"`)
	w := do(h, http.MethodGet, address, "", nil)
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%s: %d %v", address, w.Code, w.Header())
	}
	if w := do(h, http.MethodGet, "/static/old/css/tokens.css", "", nil); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("an old hash: %d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/static/x/../../console.go", "/static/x/%2e%2e/console.go", "/static/x/nothing.css", "/static/x/css"} {
		if w := do(h, http.MethodGet, path, "", nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answered %d", path, w.Code)
		}
	}
}

func TestEvents_TellOfChanges(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	server := httptest.NewServer(h)
	defer server.Close()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Cookie", cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("X-Accel-Buffering") != "no" {
		t.Errorf("headers %v", res.Header)
	}
	<-f.subscribed
	f.changes <- desk.Change{Topic: desk.TopicConversation, ID: f.conversations[0].ID}
	lines := bufio.NewScanner(res.Body)
	want := []string{"retry: 2000", "", "event: change", `data: {"topic":"conversation","id":"` + f.conversations[0].ID.String() + `"}`}
	for _, line := range want {
		if !lines.Scan() || lines.Text() != line {
			t.Fatalf("got %q, want %q", lines.Text(), line)
		}
	}
}
