package apptest

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"antena/internal/whatsapp/emulator"
)

// The emulated account.
const (
	Secret      = "test-app-secret" // signs the webhooks
	Number      = "100000000000001"
	account0    = "200000000000001"
	verifyToken = "test-verify-token"
	accessToken = "test-access-token"
)

// Graph is the emulated WhatsApp and its API on a port of its own. It outlives
// desks, so that they can stop and start again.
type Graph struct {
	*emulator.Emulator
	URL string

	mu    sync.Mutex
	gate  chan struct{} // closed: calls pass
	calls atomic.Int64  // that are not answered yet
}

// NewGraph starts an emulated WhatsApp without limits, whose statuses follow at once.
func NewGraph(t testing.TB) *Graph {
	t.Helper()
	g := &Graph{gate: make(chan struct{}), Emulator: emulator.New(emulator.Config{
		AppSecret: Secret, VerifyToken: verifyToken, AccessToken: accessToken, PhoneNumberID: Number, WABAID: account0,
		StatusDelay: time.Millisecond, ReadDelay: time.Millisecond, RetryDelay: 50 * time.Millisecond, RetryMax: 500 * time.Millisecond,
		Limits: emulator.NoLimits(),
	})}
	close(g.gate)
	server := httptest.NewServer(g.gated(g.Handler()))
	g.URL = server.URL
	t.Cleanup(func() {
		g.Resume()
		g.Close()
		server.Close()
	})
	return g
}

// Stall lets every call to the API wait until Resume. What its caller gives up
// meanwhile never arrives.
func (g *Graph) Stall() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.gate = make(chan struct{})
}

// Resume lets waiting calls and all later ones pass.
func (g *Graph) Resume() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.gate:
	default:
		close(g.gate)
	}
}

// AwaitQuiet waits until no call to the API is open: those it hangs last until
// their caller gives up.
func (g *Graph) AwaitQuiet(t testing.TB) {
	t.Helper()
	Eventually(t, "no call to the API is open", func() bool { return g.calls.Load() == 0 })
}

func (g *Graph) gated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.calls.Add(1)
		defer g.calls.Add(-1)
		g.mu.Lock()
		gate := g.gate
		g.mu.Unlock()
		select {
		case <-gate:
			next.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}

// Customer is a customer with this phone, who may be answered even when the
// webhook is posted by hand.
func (g *Graph) Customer(phone string) *emulator.Phone {
	p := g.Emulator.Customer(emulator.CustomerProfile{Name: "Customer " + phone, Phone: phone})
	p.Wrote(time.Now())
	return p
}

// Answers tells how many messages each customer was sent.
func (g *Graph) Answers() map[string]int { return g.Counters().ByRecipient }
