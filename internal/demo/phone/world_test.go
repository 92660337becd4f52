package phone_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/demo/phone"
	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

const (
	secret = "emulated-secret"
	token  = "emulated-token"
	number = "770900800700600"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	m.Run()
}

// hook is the desk's webhook: it verifies what is posted, keeps it and answers 200.
type hook struct {
	mu     sync.Mutex
	bad    int
	events []whatsapp.Event
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil || !whatsapp.Verify([]string{secret}, body, r.Header.Get("X-Hub-Signature-256")) {
		h.bad++
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	items, err := whatsapp.Split(body)
	if err != nil {
		h.bad++
	}
	for _, item := range items {
		event, err := whatsapp.Decode(item.Raw)
		if err != nil {
			h.bad++
		}
		h.events = append(h.events, event)
	}
}

// messages are those that arrived so far, oldest first.
func (h *hook) messages() []*whatsapp.Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*whatsapp.Message
	for _, e := range h.events {
		if e.Message != nil {
			list = append(list, e.Message)
		}
	}
	return list
}

// world is a phone on a real listener, an emulator, a client that sends as the desk does, and the desk's webhook.
type world struct {
	t    testing.TB
	em   *emulator.Emulator
	desk *whatsapp.Client
	hook *hook
	url  string
	http *http.Client
}

func newWorld(t testing.TB, change func(*phone.Deps)) *world {
	t.Helper()
	w := &world{t: t, hook: &hook{}, http: &http.Client{
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	w.em = emulator.New(emulator.Config{
		AppSecret: secret, VerifyToken: "verify", AccessToken: token, PhoneNumberID: number, WABAID: "1",
		RetryDelay: time.Millisecond, RetryMax: 5 * time.Millisecond, Limits: emulator.NoLimits(),
	})
	api, hooks := httptest.NewServer(w.em.Handler()), httptest.NewServer(w.hook)
	w.em.SetWebhookURL(hooks.URL)
	var err error
	if w.desk, err = whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: token, Timeout: 5 * time.Second}); err != nil {
		t.Fatal(err)
	}
	closing := make(chan struct{})
	deps := phone.Deps{Emulator: w.em, Customers: phone.Seeded(), ConsoleURL: "http://console.example/", Zone: time.UTC, Closing: closing}
	if change != nil {
		change(&deps)
	}
	pages := httptest.NewServer(phone.New(deps).Handler())
	w.url = pages.URL
	t.Cleanup(func() {
		close(closing)
		w.em.Close()
		w.desk.Close()
		w.http.CloseIdleConnections()
		pages.Close()
		hooks.Close()
		api.Close()
		if w.hook.bad != 0 {
			t.Errorf("%d webhooks were wrongly signed or unreadable", w.hook.bad)
		}
	})
	return w
}

// settle waits until everything the customers did has reached the webhook.
func (w *world) settle() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	if err := w.em.Settle(ctx); err != nil {
		w.t.Fatalf("webhooks do not settle: %v", err)
	}
}

// arrived waits for all webhooks and returns the messages.
func (w *world) arrived() []*whatsapp.Message {
	w.t.Helper()
	w.settle()
	return w.hook.messages()
}

// say lets the desk send to a customer's phone.
func (w *world) say(to string, m whatsapp.Outbound) string {
	w.t.Helper()
	m.To.Phone = to
	sent, err := w.desk.Send(w.t.Context(), number, m)
	if err != nil {
		w.t.Fatalf("the desk sending: %v", err)
	}
	return sent.ID
}

func (w *world) do(req *http.Request) (*http.Response, string) {
	w.t.Helper()
	resp, err := w.http.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp, string(body)
}

func (w *world) request(method, path, contentType string, body io.Reader, header ...string) *http.Request {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

// get returns a page, which must be there.
func (w *world) get(path string) string {
	w.t.Helper()
	resp, body := w.do(w.request("GET", path, "", nil))
	if resp.StatusCode != http.StatusOK {
		w.t.Fatalf("GET %s: %d %s", path, resp.StatusCode, body)
	}
	return body
}

// post sends a plain form, as without JavaScript.
func (w *world) post(path string, form url.Values, header ...string) (*http.Response, string) {
	w.t.Helper()
	return w.do(w.request("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), header...))
}

// must posts a form that has to be taken.
func (w *world) must(path string, pairs ...string) {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	if resp, body := w.post(path, form); resp.StatusCode != http.StatusSeeOther {
		w.t.Fatalf("POST %s: %d %s", path, resp.StatusCode, body)
	}
}

// file uploads one, asking for JSON.
func (w *world) file(path, name string, content []byte, caption string) (*http.Response, string) {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		w.t.Fatal(err)
	}
	part.Write(content)
	form.WriteField("caption", caption)
	form.Close()
	return w.do(w.request("POST", path, form.FormDataContentType(), &body, "Accept", "application/json"))
}
