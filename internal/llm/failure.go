package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"antena/internal/desk"
)

// failure is a ModelError on its way out, with what the breaker must know.
type failure struct {
	reason     desk.ModelReason
	detail     string
	server     bool          // the server said so, not we
	retryAfter time.Duration // as the server asked; 0: it did not
}

func (f *failure) Error() string { return string(f.reason) }

// public returns what callers see; nil for nil.
func (f *failure) public() error {
	if f == nil {
		return nil
	}
	return &desk.ModelError{Reason: f.reason, Detail: f.detail}
}

// ended says why a context is over.
func ended(ctx context.Context) *failure {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &failure{reason: desk.ModelSlow, detail: "the deadline passed"}
	}
	return &failure{reason: desk.ModelStopped}
}

func nonsense(detail string) *failure { return &failure{reason: desk.ModelNonsense, detail: detail} }

// classify finds a failure in an exchange; err is the library's, of which nothing is
// kept: it quotes what the server wrote.
func classify(ctx context.Context, x *exchanged, err error) *failure {
	var timeout net.Error
	switch {
	case x.tooLarge:
		return &failure{reason: desk.ModelTooLong, detail: "the answer is past the limit"}
	case x.status >= 400 || x.status >= 300 && x.status < 400:
		return x.refusal()
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ended(ctx)
	case errors.As(err, &timeout) && timeout.Timeout():
		return &failure{reason: desk.ModelSlow, detail: "the connection timed out"}
	case x.status == 0 && x.sent:
		return &failure{reason: desk.ModelDown, detail: "the connection broke"}
	case x.status == 0:
		return &failure{reason: desk.ModelDown, detail: "cannot be reached"}
	case x.broken:
		return &failure{reason: desk.ModelDown, detail: "the connection broke"}
	}
	return nonsense("the answer is not the expected JSON")
}

// complaint is what a server says about a request it did not serve. The message is
// read to see what it is about, and goes nowhere.
type complaint struct {
	Code    string
	Type    string
	Param   string
	Message string
}

func (x *exchanged) complaint() (c complaint) {
	var top struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(x.body, &top) != nil || len(top.Error) == 0 {
		return complaint{Message: string(x.body)}
	}
	if json.Unmarshal(top.Error, &c.Message) == nil {
		return c
	}
	var fields map[string]any
	_ = json.Unmarshal(top.Error, &fields) // what is no object has no fields
	c.Code, _ = fields["code"].(string)
	c.Type, _ = fields["type"].(string)
	c.Param, _ = fields["param"].(string)
	c.Message, _ = fields["message"].(string)
	return c
}

// refusal classifies a status that is not a success.
func (x *exchanged) refusal() *failure {
	c := x.complaint()
	about := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return c.Code == w || c.Type == w })
	}
	f := &failure{reason: desk.ModelRejected, detail: fmt.Sprintf("HTTP %d", x.status), server: true, retryAfter: x.retryAfter}
	if word := c.Code; plainWord(word) {
		f.detail += " " + word
	}
	switch status := x.status; {
	case status == http.StatusUnauthorized || status == http.StatusForbidden || about("invalid_api_key"):
		f.reason = desk.ModelKeyRefused
	case status == http.StatusPaymentRequired || about("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"):
		f.reason = desk.ModelUnpaid
	case status == http.StatusNotFound || about("model_not_found"):
		f.reason = desk.ModelUnknown
	case status == http.StatusTooManyRequests || status == 529: // some servers' word for overloaded
		f.reason = desk.ModelBusy
	case status == http.StatusRequestTimeout || status == http.StatusGatewayTimeout:
		f.reason = desk.ModelSlow
	case status == http.StatusRequestEntityTooLarge || about("context_length_exceeded", "string_above_max_length") || c.ofContext():
		f.reason = desk.ModelTooLong
	case about("content_filter", "content_policy_violation"):
		f.reason = desk.ModelRefused
	case status >= 500 || status < 400:
		f.reason = desk.ModelDown
	}
	return f
}

// ofContext reports whether the question did not fit, in the words of servers that
// have no code for it.
func (c complaint) ofContext() bool {
	text := strings.ToLower(c.Message)
	return strings.Contains(text, "context length") || strings.Contains(text, "context size") || strings.Contains(text, "context window")
}

const longestWord = 40

// plainWord reports whether a code is one, and not a sentence or a key.
func plainWord(s string) bool {
	return s != "" && len(s) <= longestWord && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}
