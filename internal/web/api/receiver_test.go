package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"antena/internal/hooks"
)

// receiver is another system that is told of changes.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	status  int
	events  []hooks.Event
	headers []http.Header
	bodies  [][]byte
}

func newReceiver(t *testing.T, status int) *receiver {
	t.Helper()
	r := &receiver{status: status}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		raw, err := io.ReadAll(req.Body)
		var e hooks.Event
		if err == nil {
			err = json.Unmarshal(raw, &e)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if err != nil {
			t.Errorf("a body that cannot be read: %v", err)
		}
		r.events, r.headers, r.bodies = append(r.events, e), append(r.headers, req.Header.Clone()), append(r.bodies, raw)
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) got() ([]hooks.Event, []http.Header, [][]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]hooks.Event(nil), r.events...), append([]http.Header(nil), r.headers...), append([][]byte(nil), r.bodies...)
}

func (r *receiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}
