package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const testToken = "EAAsecret"

func newTestClient(t *testing.T, handler http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c, err := NewClient(ClientConfig{BaseURL: server.URL, Token: testToken, Timeout: 2 * time.Second, MaxResponse: 2000})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, server
}

func hello() Outbound {
	return Outbound{To: Recipient{Phone: "5493515550101"}, Text: &Text{Body: "private words"}}
}

func TestNewClient_Refuses(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]ClientConfig{
		"no token":   {},
		"no scheme":  {BaseURL: "graph.example", Token: "t"},
		"bad scheme": {BaseURL: "ftp://graph.example", Token: "t"},
		"not a URL":  {BaseURL: "http://%", Token: "t"},
	} {
		if _, err := NewClient(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSend_Request(t *testing.T) {
	t.Parallel()
	var path, auth, body string
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		path, auth, body = r.URL.Path, r.Header.Get("Authorization"), string(raw)
		io.WriteString(w, `{"contacts":[{"input":"+5493515550101","wa_id":"5493515550101","user_id":"AR.1"}],"messages":[{"id":"wamid.1","message_status":"accepted"}]}`)
	})
	m := hello()
	m.To.BSUID, m.ReplyTo, m.CallbackData = "AR.1", "wamid.0", "msg:1"
	sent, err := c.Send(t.Context(), "77", m)
	if err != nil {
		t.Fatal(err)
	}
	if sent != (Sent{ID: "wamid.1", Input: "+5493515550101", WaID: "5493515550101", BSUID: "AR.1", State: "accepted"}) {
		t.Errorf("sent %+v", sent)
	}
	want := `{"biz_opaque_callback_data":"msg:1","context":{"message_id":"wamid.0"},"messaging_product":"whatsapp","recipient":"AR.1","recipient_type":"individual","text":{"body":"private words","preview_url":false},"to":"+5493515550101","type":"text"}`
	if path != "/v25.0/77/messages" || auth != "Bearer "+testToken || body != want {
		t.Errorf("path %s, auth %s, body\n%s\nwant\n%s", path, auth, body, want)
	}
}

func TestSend_Answers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status  int
		header  string // Retry-After
		body    string
		action  Action
		outcome Outcome
		delay   time.Duration
	}{
		"graph error":                  {400, "", `{"error":{"code":131047,"message":"m","error_data":{"details":"d"}}}`, WindowClosed, NotSent, 0},
		"error data as text":           {400, "", `{"error":{"code":"131056","error_data":"plain"}}`, Retry, NotSent, 4 * time.Second},
		"asked to wait longer":         {400, "30", `{"error":{"code":130429}}`, Retry, NotSent, 30 * time.Second},
		"error without code":           {500, "", `{"error":{"message":"?"}}`, RetryUnproven, Unknown, 5 * time.Second},
		"code that is no number":       {503, "", `{"error":{"code":""}}`, RetryUnproven, Unknown, 5 * time.Second},
		"code zero of a broken server": {500, "", `{"error":{"code":0}}`, RetryUnproven, Unknown, 5 * time.Second},
		"code zero, refused":           {401, "", `{"error":{"code":0}}`, StopAll, NotSent, 0},
		"error with 200":               {200, "", `{"error":{"code":131000}}`, RetryUnproven, Unknown, 5 * time.Second},
		"bare 503":                     {503, "", `<html>`, RetryUnproven, Unknown, 5 * time.Second},
		"bare 503 with pause":          {503, "60", ``, RetryUnproven, Unknown, time.Minute},
		"bare 401":                     {401, "", ``, StopAll, NotSent, 0},
		"bare 404":                     {404, "", `nothing here`, Park, NotSent, 0},
		"bare 429":                     {429, "", ``, Retry, NotSent, 2 * time.Second},
		"redirect":                     {302, "", ``, RetryUnproven, Unknown, 5 * time.Second},
		"200 without an id":            {200, "", `{"messages":[]}`, RetryUnproven, Unknown, 5 * time.Second},
		"200 with no JSON":             {200, "", `ok`, RetryUnproven, Unknown, 5 * time.Second},
		"200 with an empty body":       {200, "", ``, RetryUnproven, Unknown, 5 * time.Second},
		"200 too large":                {200, "", `{"messages":[{"id":"` + strings.Repeat("x", 3000) + `"}]}`, RetryUnproven, Unknown, 5 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Retry-After", test.header)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(test.status)
				io.WriteString(w, test.body)
			})
			_, err := c.Send(t.Context(), "77", hello())
			e := AsError(err)
			if e == nil || e.Action != test.action || e.Outcome != test.outcome || e.Delay(1) != test.delay || e.HTTPStatus != test.status {
				t.Errorf("got %v with delay %v, want %s, %s, %v", err, e.Delay(1), test.action, test.outcome, test.delay)
			}
		})
	}
}

func TestSend_ErrorsKeepSecrets(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		io.WriteString(w, `{"error":{"code":190,"message":"Malformed access token `+testToken+`","error_data":{"details":"private words `+testToken+`"},"fbtrace_id":"AbC"}}`)
	})
	_, err := c.Send(t.Context(), "77", hello())
	e := AsError(err)
	for _, secret := range []string{testToken, "private", "549351"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q is in %q", secret, err)
		}
	}
	if strings.Contains(e.Message+e.Details, testToken) || !strings.Contains(e.Details, "[token]") || e.TraceID != "AbC" {
		t.Errorf("error %+v", e)
	}
}

func TestSend_InvalidIsNotSent(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	m := hello()
	m.Text.Body = strings.Repeat("private ", 1000)
	_, err := c.Send(t.Context(), "77", m)
	var invalid *InvalidError
	if e := AsError(err); e == nil || e.Action != Park || e.Outcome != NotSent || !errors.As(err, &invalid) || strings.Contains(err.Error(), "private") {
		t.Errorf("got %v", err)
	}
}

func TestNetwork_BeforeAndAfterTheRequest(t *testing.T) {
	t.Parallel()
	closedPort := func() string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return "http://" + l.Addr().String()
	}()
	hanging := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then does the server notice that the client is gone
		<-r.Context().Done()
	}))
	defer hanging.Close()
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }))
	defer broken.Close()
	half := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, `{"messages"`)
	}))
	defer half.Close()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := map[string]struct {
		ctx     context.Context
		url     string
		outcome Outcome
		action  Action
	}{
		"nobody listens":       {t.Context(), closedPort, NotSent, Retry},
		"no such host":         {t.Context(), "http://host.invalid", NotSent, Retry},
		"cancelled before":     {cancelled, hanging.URL, NotSent, Retry},
		"no answer in time":    {t.Context(), hanging.URL, Unknown, RetryUnproven},
		"broken after sending": {t.Context(), broken.URL, Unknown, RetryUnproven},
		"half an answer":       {t.Context(), half.URL, Unknown, RetryUnproven},
	}
	for name, test := range tests {
		c, err := NewClient(ClientConfig{BaseURL: test.url, Token: testToken, Timeout: 300 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Send(test.ctx, "77", hello())
		c.Close()
		e := AsError(err)
		if e == nil || e.Outcome != test.outcome || e.Action != test.action {
			t.Errorf("%s: %v, want %s, %s", name, err, test.action, test.outcome)
		}
		if strings.Contains(err.Error(), "/v25.0/") || strings.Contains(err.Error(), testToken) {
			t.Errorf("%s: the error names the address: %v", name, err)
		}
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("content"))
	c, server := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testToken {
			t.Error("no token")
		}
		switch r.URL.Path {
		case "/file":
			io.WriteString(w, "content")
		case "/away":
			http.Redirect(w, r, "http://elsewhere.invalid/", http.StatusFound)
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	})
	tests := map[string]struct {
		give  MediaInfo
		limit int64
		want  error
	}{
		"base64 digest":            {MediaInfo{URL: server.URL + "/file", SHA256: base64.StdEncoding.EncodeToString(sum[:])}, 7, nil},
		"hex digest":               {MediaInfo{URL: server.URL + "/file", SHA256: hex.EncodeToString(sum[:])}, 7, nil},
		"digest cut short":         {MediaInfo{URL: server.URL + "/file", SHA256: "mDpvoR/N1eU="}, 7, nil},
		"other digest":             {MediaInfo{URL: server.URL + "/file", SHA256: strings.Repeat("00", 32)}, 7, ErrDigest},
		"one byte too large":       {MediaInfo{URL: server.URL + "/file"}, 6, ErrTooLarge},
		"announced as too large":   {MediaInfo{URL: server.URL + "/never", Size: 8}, 7, ErrTooLarge},
		"foreign host":             {MediaInfo{URL: "https://evil.example/file"}, 7, ErrForeignHost},
		"foreign host by userinfo": {MediaInfo{URL: "https://lookaside.fbsbx.com@evil.example/file"}, 7, ErrForeignHost},
		"foreign host by suffix":   {MediaInfo{URL: "https://lookaside.fbsbx.com.evil.example/file"}, 7, ErrForeignHost},
		"Meta without TLS":         {MediaInfo{URL: "http://lookaside.fbsbx.com/file"}, 7, ErrForeignHost},
		"no URL":                   {MediaInfo{}, 7, ErrForeignHost},
	}
	for name, test := range tests {
		var got strings.Builder
		_, err := c.Download(t.Context(), test.give, &got, test.limit)
		if !errors.Is(err, test.want) || (test.want == nil && got.String() != "content") {
			t.Errorf("%s: %q, %v; want %v", name, got.String(), err, test.want)
		}
	}
	for _, path := range []string{"/stale?sig=secret", "/away?sig=secret"} {
		_, err := c.Download(t.Context(), MediaInfo{URL: server.URL + path}, io.Discard, 7)
		if e := AsError(err); e == nil || e.Outcome != NotSent || e.Action == StopAll || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestFetch_LooksUpOnceMore(t *testing.T) {
	t.Parallel()
	lookups := 0
	c, server := newTestClient(t, nil)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/v25.0/9":
			lookups++
			url := server.URL + "/stale"
			if lookups > 1 {
				url = server.URL + "/file"
			}
			io.WriteString(w, `{"id":"9","mime_type":"image/png","file_size":7,"url":"`+url+`"}`)
		case r.URL.Path == "/file":
			io.WriteString(w, "content")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	var got strings.Builder
	info, err := c.Fetch(t.Context(), "77", "9", &got, 100)
	if err != nil || got.String() != "content" || lookups != 2 || info.Size != 7 {
		t.Errorf("%q, %+v, %v after %d look-ups", got.String(), info, err, lookups)
	}
}
