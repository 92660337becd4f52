package hook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web/hook"
	"antena/internal/whatsapp"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode) // it talks too much otherwise
	os.Exit(m.Run())
}

const body = `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",` +
	`"metadata":{"display_phone_number":"15559870001","phone_number_id":"100"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"549351"}],` +
	`"messages":[{"from":"549351","id":"wamid.1","timestamp":"1795000000","type":"text","text":{"body":"hola"}},` +
	`{"from":"549351","id":"wamid.2","timestamp":"1795000001","type":"text","text":{"body":"\u00bfhay alguien?"}}]}}]}]}`

// world is a hook behind a real listener, with what it accepted and counted.
type world struct {
	url     string
	mu      sync.Mutex
	events  []desk.Event
	calls   int
	counted []int
	fail    error
}

func (w *world) Accept(_ context.Context, events []desk.Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls++
	if w.fail != nil {
		return w.fail
	}
	w.events = append(w.events, events...)
	return nil
}

func (w *world) Webhook(status, _ int, _ time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counted = append(w.counted, status)
}

func newWorld(t *testing.T, verify string) *world {
	t.Helper()
	w := &world{}
	r := gin.New()
	hook.New(hook.Deps{Accepter: w, Secrets: []string{"new", "old"}, VerifyToken: verify, Counter: w, Log: slog.New(slog.DiscardHandler)}).Register(r)
	srv := httptest.NewServer(r)
	t.Cleanup(srv.Close)
	w.url = srv.URL + hook.Path
	return w
}

// post sends a body; chunked hides its length.
func (w *world) post(t *testing.T, content []byte, signature string, chunked bool) (status int, answer string) {
	t.Helper()
	var r io.Reader = bytes.NewReader(content)
	if chunked {
		r = io.MultiReader(r)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url, r)
	if err != nil {
		t.Fatal(err)
	}
	if signature != "" {
		req.Header.Set("X-Hub-Signature-256", signature)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(got)
}

func TestReceive_Signatures(t *testing.T) {
	t.Parallel()
	good := whatsapp.Sign("new", []byte(body))
	reformed, err := json.Marshal(json.RawMessage(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, signature, body string
		want                  int
	}{
		{"right", good, body, 200},
		{"of the secret being replaced", whatsapp.Sign("old", []byte(body)), body, 200},
		{"none", "", body, 401},
		{"of another secret", whatsapp.Sign("stolen", []byte(body)), body, 401},
		{"of no secret", whatsapp.Sign("", []byte(body)), body, 401},
		{"of another body", good, body + " ", 401},
		{"of the body written anew", good, strings.Replace(string(reformed), "\\u00bf", "¿", 1), 401},
		{"cut short", good[:len(good)-2], body, 401},
		{"without its name", strings.TrimPrefix(good, "sha256="), body, 401},
		{"of the old kind", "sha1=" + strings.TrimPrefix(good, "sha256="), body, 401},
		{"not hex", "sha256=" + strings.Repeat("z", 64), body, 401},
		{"in capitals", "sha256=" + strings.ToUpper(strings.TrimPrefix(good, "sha256=")), body, 200},
		{"of nothing", whatsapp.Sign("new", nil), "", 422},
		{"of no JSON", whatsapp.Sign("new", []byte("hello")), "hello", 422},
		{"of a list", whatsapp.Sign("new", []byte("[]")), "[]", 422},
		{"of an empty object", whatsapp.Sign("new", []byte("{}")), "{}", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "v")
			status, answer := w.post(t, []byte(c.body), c.signature, false)
			if status != c.want || len(w.counted) != 1 || w.counted[0] != c.want {
				t.Errorf("got %d and counted %v: %s", status, w.counted, answer)
			}
			if c.want == 200 && answer != "" || c.want != 200 && w.calls != 0 {
				t.Errorf("%d calls, answered %q", w.calls, answer)
			}
		})
	}
}

func TestReceive_KeepsEachEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "v")
	if status, answer := w.post(t, []byte(body), whatsapp.Sign("new", []byte(body)), true); status != 200 {
		t.Fatal(status, answer)
	}
	if len(w.events) != 2 || w.calls != 1 {
		t.Fatalf("%d events in %d calls", len(w.events), w.calls)
	}
	for i, e := range w.events {
		if e.Channel != "100" || e.Kind != "message" || !strings.Contains(e.Key, fmt.Sprint("wamid.", i+1)) || !json.Valid(e.Raw) {
			t.Errorf("got %+v", e)
		}
	}
}

func TestReceive_Size(t *testing.T) {
	t.Parallel()
	padded := func(size int) []byte { return append([]byte(body), bytes.Repeat([]byte(" "), size-len(body))...) }
	for _, chunked := range []bool{false, true} {
		for size, want := range map[int]int{hook.MaxBody: 200, hook.MaxBody + 1: 413} {
			t.Run(fmt.Sprintf("%d, chunked %v", size, chunked), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, "v")
				content := padded(size)
				status, answer := w.post(t, content, whatsapp.Sign("new", content), chunked)
				if status != want || want == 413 && w.calls != 0 {
					t.Errorf("got %d after %d calls: %s", status, w.calls, answer)
				}
			})
		}
	}
}

// TestReceive_StoreAway: whatever keeps the events from being stored, the provider is asked to come again.
func TestReceive_StoreAway(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{desk.ErrUnavailable, context.DeadlineExceeded, errors.New("disk full with secrets in it"), desk.ErrInvalid} {
		w := newWorld(t, "v")
		w.fail = fmt.Errorf("store: %w", cause)
		status, answer := w.post(t, []byte(body), whatsapp.Sign("new", []byte(body)), false)
		if status != 503 || strings.Contains(answer, "secrets") || len(w.counted) != 1 || w.counted[0] != 503 {
			t.Errorf("%v: %d, counted %v: %s", cause, status, w.counted, answer)
		}
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, token, mode, given string
		want                     int
	}{
		{"right", "v", "subscribe", "v", 200}, {"wrong token", "v", "subscribe", "w", 403}, {"longer token", "v", "subscribe", "vv", 403},
		{"no token", "v", "subscribe", "", 403}, {"wrong mode", "v", "unsubscribe", "v", 403}, {"no mode", "v", "", "v", 403},
		{"no token set", "", "subscribe", "", 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.token)
			q := url.Values{"hub.mode": {c.mode}, "hub.verify_token": {c.given}, "hub.challenge": {"<b>11587&x</b>"}}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"?"+q.Encode(), nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			got, err := io.ReadAll(resp.Body)
			want := map[int]string{200: "<b>11587&x</b>", 403: ""}[c.want]
			if err != nil || resp.StatusCode != c.want || string(got) != want || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain") {
				t.Errorf("%d %q as %s: %v", resp.StatusCode, got, resp.Header.Get("Content-Type"), err)
			}
		})
	}
}
