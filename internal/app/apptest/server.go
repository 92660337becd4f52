package apptest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/web/hook"
	"antena/internal/whatsapp"
)

// Patience is how long a story waits for what must come. Machines are busy.
const Patience = 90 * time.Second

// pollEvery is short against a person's patience and long against what a question
// costs a watched server.
const pollEvery = 60 * time.Millisecond

// Eventually polls until a condition holds.
func Eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	Within(t, Patience, what, holds)
}

// Within is Eventually with its own patience.
func Within(t testing.TB, patience time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline, tick := time.After(patience), time.NewTicker(pollEvery)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("it never came about within %s that %s", patience, what)
		}
	}
}

// Server is a running Antena as the world sees it.
type Server struct{ URL string }

// Hook is the address of the webhook.
func (s Server) Hook() string { return s.URL + hook.Path }

// AwaitReady waits until it says that it is ready.
func (s Server) AwaitReady(t testing.TB) {
	t.Helper()
	Eventually(t, s.URL+" is ready", func() bool { status, _ := s.get(t, "/readyz"); return status == http.StatusOK })
}

// Post posts a body to the webhook with a signature header, none when it is
// empty. The status is 0 when no answer came.
func (s Server) Post(ctx context.Context, body []byte, signature string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Hook(), bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	if signature != "" {
		req.Header.Set("X-Hub-Signature-256", signature)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// Deliver posts a signed body once.
func (s Server) Deliver(ctx context.Context, body []byte) int {
	return s.Post(ctx, body, whatsapp.Sign(Secret, body))
}

// client has room for many posts at once.
var client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256}}

// Metrics reads the figures the server shows, by name with labels. It returns
// nothing while the server does not answer.
func (s Server) Metrics(t testing.TB) map[string]float64 {
	t.Helper()
	status, body := s.get(t, "/metrics")
	if status != http.StatusOK {
		return nil
	}
	found := map[string]float64{}
	lines := bufio.NewScanner(strings.NewReader(body))
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), " ")
		if n, err := strconv.ParseFloat(value, 64); ok && err == nil && !strings.HasPrefix(name, "#") {
			found[name] = n
		}
	}
	return found
}

// Idle reports whether no job waits or runs and nothing is left to send.
func (s Server) Idle(t testing.TB) bool {
	t.Helper()
	now := s.Metrics(t)
	if _, known := now["antena_unsent_messages"]; !known || now["antena_unsent_messages"] > 0 {
		return false
	}
	for name, n := range now {
		if strings.HasPrefix(name, "antena_jobs_") && n > 0 && !strings.Contains(name, (desk.SweepJob{}).Kind()) {
			return false
		}
	}
	return true
}

// AwaitIdle waits until everything there is to do is done.
func (s Server) AwaitIdle(t testing.TB) {
	t.Helper()
	Eventually(t, s.URL+" has nothing left to do", func() bool { return s.Idle(t) })
}

func (s Server) get(t testing.TB, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, ""
	}
	return res.StatusCode, string(body)
}
