package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
)

func TestProblemOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		give   error
		status int
		code   string
	}{
		{"a meaning, wrapped", fmt.Errorf("claim: %w", desk.ErrTaken), 409, "taken"},
		{"not there", desk.ErrNotFound, 404, "not_found"},
		{"bad input", desk.ErrEmptyText, 422, "empty_text"},
		{"not allowed", desk.ErrForbidden, 403, "forbidden"},
		{"not signed in", desk.ErrBadCredentials, 401, "bad_credentials"},
		{"too often", desk.ErrTooMany, 429, "too_many"},
		{"database away", desk.ErrUnavailable, 503, "unavailable"},
		{"body too large", fmt.Errorf("form: %w", &http.MaxBytesError{Limit: 1}), 413, "too_large"},
		{"no meaning", errors.New("dial tcp 10.0.0.1: refused"), 500, "internal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := web.ProblemOf(test.give)
			if p.Status != test.status || p.Code != test.code {
				t.Errorf("got %d %s, want %d %s", p.Status, p.Code, test.status, test.code)
			}
			if strings.Contains(p.Message, "10.0.0.1") {
				t.Errorf("an internal detail is shown: %q", p.Message)
			}
		})
	}
}

func engine(log io.Writer, handler func(*gin.Context) error) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	logger := slog.New(slog.NewTextHandler(log, nil))
	r.Use(web.RequestID(), web.Headers("default-src 'none'", true), web.Recover(logger, web.JSON), web.Limit(8))
	r.POST("/x", web.Handle(logger, web.JSON, handler))
	return r
}

func post(h http.Handler, body string, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodPost, "http://desk.test/x", strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

func TestHandle_InternalFailureIsLoggedWithTheShownID(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := post(engine(&log, func(*gin.Context) error { return errors.New("secret cause") }), "")
	var body struct {
		Error     web.Problem `json:"error"`
		RequestID string      `json:"request_id"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret cause") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if id := w.Header().Get(web.RequestIDHeader); id == "" || id != body.RequestID || !strings.Contains(log.String(), id) {
		t.Errorf("id %q, body %q, log %s", id, body.RequestID, &log)
	}
	if !strings.Contains(log.String(), "secret cause") {
		t.Errorf("the cause is not in the log: %s", &log)
	}
}

func TestHandle_ClientFailureIsNotLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	if w := post(engine(&log, func(*gin.Context) error { return desk.ErrTaken }), ""); w.Code != 409 {
		t.Errorf("got %d", w.Code)
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", &log)
	}
}

func TestRecover_AnswersAndLogs(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := post(engine(&log, func(*gin.Context) error { panic("broken") }), "")
	if w.Code != 500 || !strings.Contains(log.String(), "broken") {
		t.Errorf("got %d, log %s", w.Code, &log)
	}
}

func TestLimit_Answers413(t *testing.T) {
	t.Parallel()
	read := func(c *gin.Context) error {
		_, err := io.ReadAll(c.Request.Body)
		return err
	}
	if w := post(engine(io.Discard, read), "more than eight"); w.Code != 413 {
		t.Errorf("got %d", w.Code)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	w := post(engine(io.Discard, func(c *gin.Context) error { c.Status(204); return nil }), "")
	for name, want := range map[string]string{
		"Content-Security-Policy":   "default-src 'none'",
		"X-Content-Type-Options":    "nosniff",
		"X-Frame-Options":           "DENY",
		"Strict-Transport-Security": "max-age=15552000",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestProtect(t *testing.T) {
	t.Parallel()
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	tests := []struct {
		name   string
		bypass []string
		header []string
		want   int
	}{
		{"same origin", nil, []string{"Sec-Fetch-Site", "same-origin"}, 204},
		{"another site", nil, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sister site", nil, []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another origin in an old browser", nil, []string{"Origin", "https://evil.test"}, 403},
		{"our public address", nil, []string{"Origin", "https://desk.example"}, 204},
		{"no browser", nil, nil, 204},
		{"bypassed", []string{"POST /x"}, []string{"Sec-Fetch-Site", "cross-site"}, 204},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h, err := web.Protect(ok, "https://desk.example/", test.bypass...)
			if err != nil {
				t.Fatal(err)
			}
			if w := post(h, "", test.header...); w.Code != test.want {
				t.Errorf("got %d, want %d", w.Code, test.want)
			}
		})
	}
}

func TestProtect_RefusesABadAddress(t *testing.T) {
	t.Parallel()
	if _, err := web.Protect(http.NotFoundHandler(), "://"); err == nil {
		t.Error("accepted")
	}
}
