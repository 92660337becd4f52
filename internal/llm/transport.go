package llm

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Limits of answers, in bytes.
const (
	maxAnswer  = 1 << 20
	maxVectors = 16 << 20
)

// leastTime is what must be left of the deadline after waiting out a Retry-After.
const leastTime = time.Second

// exchanged is what is to be known of an exchange beyond what the library gives.
type exchanged struct {
	limit      int64         // bytes of the answer that are read; 0: maxAnswer
	status     int           // 0: no answer came
	sent       bool          // the server may have taken the request
	tooLarge   bool          // the answer was cut at the limit
	broken     bool          // the answer stopped before its end
	retryAfter time.Duration // as the server asked
	body       []byte        // of the answer
}

type exchangedKey struct{}

// watched returns a context in which a request fills in x.
func watched(ctx context.Context, x *exchanged) context.Context {
	return context.WithValue(ctx, exchangedKey{}, x)
}

// exchange reads every answer to its end, up to the limit, and waits once for a
// server that says when to come back.
type exchange struct{ base http.RoundTripper }

func newExchange(base http.RoundTripper) *exchange {
	if base == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 32
		base = t
	}
	return &exchange{base}
}

// CloseIdleConnections drops idle connections.
func (e *exchange) CloseIdleConnections() {
	if base, ok := e.base.(interface{ CloseIdleConnections() }); ok {
		base.CloseIdleConnections()
	}
}

// RoundTrip implements http.RoundTripper.
func (e *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangedKey{}).(*exchanged)
	if !ok {
		x = &exchanged{}
	}
	resp, err := e.once(req, x)
	if err != nil || !again(req, x) {
		return resp, err
	}
	timer := time.NewTimer(x.retryAfter)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-req.Context().Done():
		return resp, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return resp, nil
	}
	second := req.Clone(req.Context())
	second.Body = body
	return e.once(second, x)
}

// again reports whether the server named a time to come back within the deadline.
func again(req *http.Request, x *exchanged) bool {
	if x.status != http.StatusTooManyRequests && x.status != http.StatusServiceUnavailable || x.retryAfter == 0 || req.GetBody == nil {
		return false
	}
	deadline, ok := req.Context().Deadline()
	return ok && time.Until(deadline) > x.retryAfter+leastTime
}

// once does one exchange and reads the answer, so that what is too long or never
// ends is known here.
func (e *exchange) once(req *http.Request, x *exchanged) (*http.Response, error) {
	*x = exchanged{limit: x.limit}
	resp, err := e.base.RoundTrip(req)
	x.sent = err == nil || !dialing(err)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	limit := x.limit
	if limit == 0 {
		limit = maxAnswer
	}
	x.status, x.retryAfter = resp.StatusCode, retryAfter(resp.Header)
	x.body, err = io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if int64(len(x.body)) > limit {
		x.tooLarge, x.body = true, nil
		return nil, errors.New("the answer is past the limit")
	}
	if err != nil {
		x.broken = true
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(x.body))
	return resp, nil
}

// dialing reports whether a connection was never made.
func dialing(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// retryAfter reads the header: a number of seconds or a date.
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds < 1e6 {
		return time.Duration(seconds * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

// stay keeps requests where they were sent: a redirect would take the words of
// customers elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
