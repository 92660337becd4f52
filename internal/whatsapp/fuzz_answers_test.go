package whatsapp

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// roundTrip answers every request with the same bytes.
type roundTrip func(*http.Request) *http.Response

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	return f(r), nil
}

func answering(t testing.TB, status int, header http.Header, body []byte) *Client {
	t.Helper()
	c, err := NewClient(ClientConfig{Token: testToken, MaxResponse: 1 << 16, Transport: roundTrip(func(r *http.Request) *http.Response {
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Request: r}
	})})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// FuzzErrorBody feeds any refusal. It always becomes an instruction, with a pause that ends and no token in any text.
func FuzzErrorBody(f *testing.F) {
	for _, row := range fates() {
		f.Add(400, "", []byte(`{"error":{"code":`+itoa(row.code)+`,"message":"m","error_data":{"details":"d"},"fbtrace_id":"A"}}`))
	}
	f.Add(500, "30", []byte(`{"error":{"code":"131000","error_data":"plain `+testToken+`","error_subcode":1}}`))
	f.Add(200, "-1", []byte(`{"error":{"message":"`+testToken+`"}}`))
	f.Add(503, "99999999999", []byte(`<html>`))
	f.Add(302, "x", []byte(`{"error":null}`))
	f.Add(400, "", []byte(`{"error":[{"code":1}]}`))
	f.Add(400, "", []byte(`{"error":{"code":1e300,"error_data":{"details":{"a":[null]}}}}`))
	f.Fuzz(func(t *testing.T, status int, retryAfter string, body []byte) {
		if status < 200 || status > 599 {
			return
		}
		c := answering(t, status, http.Header{"Retry-After": {retryAfter}}, body)
		_, err := c.Send(t.Context(), "77", hello())
		if err == nil {
			return
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("not an *Error: %v", err)
		}
		if e.Action == "" || e.Outcome == "" {
			t.Errorf("no instruction in %+v", e)
		}
		if status >= 500 && e.Code == 0 && e.Outcome != Unknown {
			t.Errorf("HTTP %d is taken for proof that nothing was sent", status)
		}
		for attempt := range 40 {
			if d := e.Delay(attempt); d < 0 || d > max(maxDelay, e.base) || d > RegisterPause {
				t.Errorf("try %d waits %v", attempt, d)
			}
		}
		if strings.Contains(err.Error()+e.Message+e.Details, testToken) {
			t.Errorf("the token is in %q", err)
		}
		if !utf8.ValidString(e.Message + e.Details + e.TraceID) {
			t.Errorf("not clean: %+v", e)
		}
	})
}

// FuzzAnswers feeds any answer to every call that reads one. An error is always an *Error, and never an endless list.
func FuzzAnswers(f *testing.F) {
	for _, seed := range answers() {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c := answering(t, http.StatusOK, http.Header{"Date": {string(body)}}, body)
		for name, call := range reads(t, c) {
			var e *Error
			if err := call(); err != nil && !errors.As(err, &e) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// reads is every call of the client whose answer is read.
func reads(t testing.TB, c *Client) map[string]func() error {
	ctx := t.Context()
	return map[string]func() error{
		"send":      func() error { _, err := c.Send(ctx, "1", hello()); return err },
		"mark read": func() error { return c.MarkRead(ctx, "1", "wamid.1", true) },
		"upload": func() error {
			_, err := c.UploadMedia(ctx, "1", "text/plain", "a", strings.NewReader("a"), 1)
			return err
		},
		"sample":       func() error { _, err := c.UploadSample(ctx, "1", "image/png", "a", []byte("a")); return err },
		"media":        func() error { _, err := c.MediaInfo(ctx, "1", "2"); return err },
		"delete media": func() error { return c.DeleteMedia(ctx, "1", "2") },
		"templates":    func() error { _, err := c.Templates(ctx, "1"); return err },
		"template": func() error {
			found, err := c.Template(ctx, "1")
			found.Draft()
			return err
		},
		"create":       func() error { _, err := c.CreateTemplate(ctx, "1", visit()); return err },
		"number":       func() error { _, err := c.NumberInfo(ctx, "1"); return err },
		"numbers":      func() error { _, err := c.Numbers(ctx, "1"); return err },
		"account":      func() error { _, err := c.AccountInfo(ctx, "1"); return err },
		"apps":         func() error { _, err := c.Apps(ctx, "1"); return err },
		"subscribe":    func() error { return c.Subscribe(ctx, "1") },
		"subscription": func() error { _, err := c.AppSubscription(ctx, "1", "s"); return err },
		"token":        func() error { _, err := c.TokenInfo(ctx); return err },
		"probe":        func() error { _, err := c.Probe(ctx, time.Now); return err },
	}
}

// FuzzVerify feeds any header. Only the very signature of the very bytes is taken.
func FuzzVerify(f *testing.F) {
	f.Add("sha256=c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc", []byte(`{"object":"whatsapp_business_account","entry":[]}`))
	f.Add("sha256=", []byte(nil))
	f.Add("sha1=00", []byte("x"))
	f.Add("SHA256="+strings.Repeat("0", 64), []byte("x"))
	f.Add(Sign("other", []byte("x")), []byte("x"))
	f.Fuzz(func(t *testing.T, header string, body []byte) {
		right := Sign("secret", body)
		if Verify([]string{"", "old", "secret"}, body, header) != strings.EqualFold(header, right) && strings.HasPrefix(header, "sha256=") {
			t.Errorf("header %q for %q", header, body)
		}
		if !Verify([]string{"old", "secret"}, body, right) {
			t.Errorf("the right signature of %q is refused", body)
		}
		if Verify(nil, body, right) || Verify([]string{""}, body, Sign("", body)) {
			t.Error("no secret verifies")
		}
		if Verify([]string{"secret"}, append([]byte{0}, body...), right) {
			t.Error("other bytes verify")
		}
	})
}

// FuzzDecodeKind feeds any element as an item of each kind.
func FuzzDecodeKind(f *testing.F) {
	kinds := []string{KindMessage, KindStatus, KindFailure, KindEcho, KindPreference, KindCall, KindTemplate, KindAccount, KindHandover, KindHistory, KindStandby, KindOther}
	for _, body := range webhooks(f) {
		items, err := Split(body)
		if err != nil {
			f.Fatal(err)
		}
		for _, item := range items {
			f.Add([]byte(memberOf(item.Raw, "item")), []byte(memberOf(item.Raw, "contact")))
		}
	}
	f.Fuzz(func(t *testing.T, item, contact []byte) {
		for _, kind := range kinds {
			row := `{"kind":"` + kind + `","part":"messages","field":"f","thread":"5493515550101","contact":` + string(contact) + `,"item":` + string(item) + `}`
			event, err := Decode([]byte(row))
			if err != nil {
				continue
			}
			checkEvent(t, event)
			if what := event.Strange(); len(what) > 60 {
				t.Errorf("counted as %q", what)
			}
		}
	})
}

// FuzzStatus feeds any element of a list of statuses: it never costs its neighbours and keeps what they say.
func FuzzStatus(f *testing.F) {
	for _, name := range []string{"statuses", "status_group", "status_played"} {
		items, err := Split(webhooks(f)[name])
		if err != nil {
			f.Fatal(err)
		}
		for _, item := range items {
			f.Add([]byte(memberOf(item.Raw, "item")))
		}
	}
	f.Add([]byte(`null`))
	f.Add([]byte(`"rot"`))
	const good = `{"id":"wamid.GOOD","status":"read","timestamp":"1795000700","recipient_id":"5493515550101"}`
	f.Fuzz(func(t *testing.T, status []byte) {
		body := `{"entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"statuses":[` + good + `,` + string(status) + `,` + good + `]}}]}]}`
		items, err := Split([]byte(body))
		if err != nil {
			return
		}
		found := 0
		for _, item := range items {
			checkItem(t, item)
			event, err := Decode(item.Raw)
			if err != nil {
				t.Fatal(err)
			}
			checkEvent(t, event)
			if event.Status != nil && event.Status.ID == "wamid.GOOD" && event.Status.State == StateRead && event.Number.ID == "2" {
				found++
			}
		}
		if found < 2 && !bytes.ContainsAny(status, "]}") {
			t.Errorf("%d of 2 neighbours survive %s", found, status)
		}
	})
}

// FuzzWebP feeds any file as a sticker.
func FuzzWebP(f *testing.F) {
	f.Add(sticker("VP8X", 512, 512, true))
	f.Add(sticker("VP8L", 512, 512, false))
	f.Add(sticker("VP8 ", 512, 512, false))
	f.Fuzz(func(t *testing.T, content []byte) {
		w, ok := readWebP(content)
		if ok && (w.width < 0 || w.height < 0 || w.width > 1<<24 || w.height > 1<<24) {
			t.Errorf("read %+v", w)
		}
		if err := CheckMedia("image/webp", int64(len(content)), content); err == nil && (len(content) > MaxAnimatedSticker || w.width != StickerSide) {
			t.Errorf("taken: %+v with %d bytes", w, len(content))
		}
	})
}

// FuzzDraft feeds any text as the body of a template: what is valid makes a payload that reads back as the same.
func FuzzDraft(f *testing.F) {
	f.Add("Hola {{1}}, tu visita es el {{2}} a las 10.", "Ana", false)
	f.Add("Hola {{nombre}}, ya hay internet.", "Ana", true)
	f.Add("{{1}}{{2}}", "\n", false)
	f.Add("a {{ 1 }} b }} {{", "{{1}}", false)
	f.Fuzz(func(t *testing.T, body, example string, named bool) {
		d := TemplateDraft{Name: "n", Language: "es", Category: "UTILITY", Named: named, Body: body, Examples: map[string]string{}}
		for _, name := range Variables(body) {
			d.Examples[name] = example
		}
		Fill(body, d.Examples)
		if d.Validate() != nil || !utf8.ValidString(body) {
			return
		}
		stored := Template{Name: d.Name, Language: d.Language, Category: d.Category, Named: named, Components: encode(d.payload()["components"])}
		back := stored.Draft()
		if back.Body != strings.ReplaceAll(body, "\x00", "") {
			t.Errorf("body %q came back as %q", body, back.Body)
		}
	})
}
