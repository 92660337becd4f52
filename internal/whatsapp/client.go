package whatsapp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Defaults of ClientConfig.
const (
	DefaultBaseURL      = "https://graph.facebook.com"
	DefaultVersion      = "v25.0"
	DefaultTimeout      = 15 * time.Second
	DefaultMediaTimeout = 5 * time.Minute
	DefaultMaxResponse  = 4 << 20
)

// ClientConfig says where the Graph API is and who we are. Only Token has no default.
type ClientConfig struct {
	BaseURL      string // scheme, host and perhaps a path; no version
	Version      string // "v25.0"
	Token        string // system-user token with both WhatsApp permissions
	Timeout      time.Duration
	MediaTimeout time.Duration // for uploads and downloads
	MaxResponse  int64         // bytes of a JSON answer we are willing to read
	// Transport is for tests and proxies; nil means an own pool of connections. It must not repeat a POST by itself.
	Transport http.RoundTripper
}

// Client calls the Graph API. It is safe for concurrent use, keeps no state but its connections and what Meta
// said of its limit on management calls (see budget), and never repeats a request: whoever calls it decides that by the Error.
type Client struct {
	base         *url.URL
	version      string
	token        string
	timeout      time.Duration
	mediaTimeout time.Duration
	maxResponse  int64
	http         *http.Client
	budget       *budget
}

// NewClient checks the configuration.
func NewClient(cfg ClientConfig) (*Client, error) {
	base, err := url.Parse(strings.TrimRight(cmp.Or(cfg.BaseURL, DefaultBaseURL), "/"))
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, errors.New("whatsapp: the base URL must be http(s)://host")
	}
	if cfg.Token == "" {
		return nil, errors.New("whatsapp: the access token is missing")
	}
	c := &Client{
		base:         base,
		version:      cmp.Or(cfg.Version, DefaultVersion),
		token:        cfg.Token,
		timeout:      cmp.Or(cfg.Timeout, DefaultTimeout),
		mediaTimeout: cmp.Or(cfg.MediaTimeout, DefaultMediaTimeout),
		maxResponse:  cmp.Or(cfg.MaxResponse, DefaultMaxResponse),
		budget:       &budget{},
	}
	transport := cfg.Transport
	if transport == nil {
		transport = newTransport()
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: c.checkRedirect}
	return c, nil
}

// newTransport keeps enough idle connections for the busiest number (80 messages a second) and two more calls each.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = 256
	t.MaxIdleConnsPerHost = 128
	return t
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Send posts one message. The error is always an *Error (see AsError): a message that Outbound.Validate refuses is not sent
// and parked. A nil error means accepted, not delivered.
func (c *Client) Send(ctx context.Context, phoneNumberID string, m Outbound) (Sent, error) {
	const op = "send message"
	if err := m.Validate(); err != nil {
		return Sent{}, invalid(op, err)
	}
	var answer struct {
		Contacts []struct {
			Input  string `json:"input"`
			WaID   string `json:"wa_id"`
			UserID string `json:"user_id"`
		} `json:"contacts"`
		Messages []struct {
			ID     string `json:"id"`
			Status string `json:"message_status"`
		} `json:"messages"`
	}
	if err := c.postJSON(ctx, op, c.path(phoneNumberID, "messages"), m.payload(), &answer); err != nil {
		return Sent{}, err
	}
	if len(answer.Messages) == 0 || answer.Messages[0].ID == "" {
		return Sent{}, bareStatus(op, http.StatusOK)
	}
	sent := Sent{ID: answer.Messages[0].ID, State: answer.Messages[0].Status}
	if len(answer.Contacts) > 0 {
		who := answer.Contacts[0]
		sent.Input, sent.WaID, sent.BSUID = who.Input, who.WaID, who.UserID
	}
	return sent, nil
}

// MarkRead shows the customer that we read wamid and everything before it, up to 30 days back; with typing it also shows
// "typing..." for 25 seconds or until we send. Ask for typing only when an answer will follow.
func (c *Client) MarkRead(ctx context.Context, phoneNumberID, wamid string, typing bool) error {
	body := map[string]any{"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
	if typing {
		body["typing_indicator"] = map[string]string{"type": "text"}
	}
	return c.postJSON(ctx, "mark read", c.path(phoneNumberID, "messages"), body, nil)
}

func (c *Client) path(parts ...string) string {
	var path strings.Builder
	path.WriteString(c.base.String() + "/" + c.version)
	for _, part := range parts {
		path.WriteString("/" + url.PathEscape(part))
	}
	return path.String()
}

func (c *Client) postJSON(ctx context.Context, op, address string, body, answer any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return &Error{Op: op, Action: Park, Outcome: NotSent, Err: fmt.Errorf("encoding: %w", err)}
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.call(ctx, op, http.MethodPost, address, "application/json", bytes.NewReader(raw), answer)
}

func (c *Client) getJSON(ctx context.Context, op, address string, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.call(ctx, op, http.MethodGet, address, "", nil, answer)
}

// call does one request with the token and decodes a 200 into answer (nil to ignore it).
func (c *Client) call(ctx context.Context, op, method, address, contentType string, body io.Reader, answer any) error {
	return c.callAs(ctx, op, method, address, c.header(contentType), body, answer)
}

// header is what every call carries.
func (c *Client) header(contentType string) http.Header {
	h := http.Header{"Authorization": {"Bearer " + c.token}}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	return h
}

// callAs is call with a header of its own.
func (c *Client) callAs(ctx context.Context, op, method, address string, header http.Header, body io.Reader, answer any) error {
	if err := c.budget.rest(op, time.Now()); err != nil {
		return err
	}
	resp, err := c.do(ctx, op, method, address, header, body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, c.maxResponse+1))
	if err != nil {
		return networkError(op, true, cleanURL(err))
	}
	if int64(len(raw)) > c.maxResponse {
		e := bareStatus(op, resp.StatusCode)
		e.Err = errors.New("the answer is too large")
		return e
	}
	failure := c.graphError(op, resp, raw)
	c.budget.heed(op, resp.Header, failure, time.Now())
	if failure != nil {
		return failure
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		e := bareStatus(op, resp.StatusCode)
		e.Err = errors.New("the answer is not the expected JSON")
		return e
	}
	return nil
}

// do sends one request. Its error is an *Error whose Outcome is true to whether bytes may have left: they
// may once the headers were handed to the connection, unless the transport itself reports that writing failed.
func (c *Client) do(ctx context.Context, op, method, address string, header http.Header, body io.Reader) (*http.Response, error) {
	var begun, broken atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { begun.Store(true) },
		WroteRequest: func(info httptrace.WroteRequestInfo) { broken.Store(info.Err != nil) },
	})
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, &Error{Op: op, Action: Park, Outcome: NotSent, Err: errors.New("bad address")}
	}
	req.Header = header
	if form, ok := body.(*upload); ok {
		req.ContentLength = form.size
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, networkError(op, begun.Load() && !broken.Load(), cleanURL(err))
	}
	return resp, nil
}

// cleanURL drops the URL that net/http puts into its errors: media URLs are secrets for as long as they live.
func cleanURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// graphError returns what the answer complains about, or nil.
func (c *Client) graphError(op string, resp *http.Response, raw []byte) error {
	ok := resp.StatusCode >= 200 && resp.StatusCode < 300
	top, _ := parseNode(raw)
	told := top.obj("error")
	if ok && told == nil {
		return nil
	}
	code, numbered := told.number("code")
	if !numbered || (code == 0 && resp.StatusCode >= http.StatusInternalServerError) { // a broken server proves nothing about the token
		return withRetryAfter(bareStatus(op, resp.StatusCode), resp.Header)
	}
	e := Fate(op, resp.StatusCode, int(code))
	e.Subcode = int(told.integer("error_subcode"))
	e.TraceID = told.str("fbtrace_id")
	e.Message = c.redact(told.str("message"))
	e.Details = c.redact(cmp.Or(told.obj("error_data").str("details"), told.str("error_data")))
	return withRetryAfter(e, resp.Header)
}

// redact removes the token, which Meta quotes when it is malformed.
func (c *Client) redact(s string) string { return strings.ReplaceAll(s, c.token, "[token]") }

// withRetryAfter takes the server's word when it asks for a longer pause than the table.
func withRetryAfter(e *Error, h http.Header) *Error {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err == nil && seconds > 0 && (e.Action == Retry || e.Action == RetryUnproven) {
		e.base = max(e.base, min(time.Duration(seconds)*time.Second, maxDelay))
	}
	return e
}
