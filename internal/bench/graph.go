package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// graph plays the Graph API as cheaply as it can, and counts answers by customer.
type graph struct {
	url      string
	hook     string
	server   *http.Server
	receipts chan receipt
	client   *http.Client
	done     sync.WaitGroup

	mu      sync.Mutex
	asked   map[string]time.Time
	took    []time.Duration
	answers map[string]int
	serial  atomic.Int64
}

type receipt struct{ wamid, to, callback string }

func newGraph(receipts bool) (*graph, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &graph{url: "http://" + ln.Addr().String(), asked: map[string]time.Time{}, answers: map[string]int{}, client: newClient(32)}
	g.server = &http.Server{Handler: http.HandlerFunc(g.serve), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = g.server.Serve(ln) }()
	if receipts {
		g.receipts = make(chan receipt, 1<<20)
		for range 16 {
			g.done.Go(g.report)
		}
	}
	return g, nil
}

func (g *graph) close() {
	_ = g.server.Close()
	if g.receipts != nil {
		close(g.receipts)
	}
	g.done.Wait()
}

func (g *graph) serve(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil || !strings.HasSuffix(r.URL.Path, "/messages") {
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	var m struct {
		To       string `json:"to"`
		Status   string `json:"status"`
		Callback string `json:"biz_opaque_callback_data"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if m.Status == "read" {
		_, _ = io.WriteString(w, `{"success":true}`)
		return
	}
	to := strings.TrimPrefix(m.To, "+")
	wamid := fmt.Sprintf("wamid.BENCHOUT%d", g.serial.Add(1))
	g.count(to)
	_, _ = fmt.Fprintf(w, `{"messaging_product":"whatsapp","contacts":[{"input":%q,"wa_id":%q}],"messages":[{"id":%q}]}`, to, to, wamid)
	if g.receipts != nil {
		g.receipts <- receipt{wamid, to, m.Callback}
	}
}

func (g *graph) count(to string) {
	now := time.Now()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answers[to]++
	if at, ok := g.asked[to]; ok && g.answers[to] == 1 {
		g.took = append(g.took, now.Sub(at))
	}
}

func (g *graph) ask(from string) {
	g.mu.Lock()
	g.asked[from] = time.Now()
	g.mu.Unlock()
}

// forget starts a new phase.
func (g *graph) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked, g.answers, g.took = map[string]time.Time{}, map[string]int{}, nil
}

// tally tells how many customers were answered, and how many more than once.
func (g *graph) tally() (answered, doubled int, took []time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range g.answers {
		answered++
		if n > 1 {
			doubled++
		}
	}
	return answered, doubled, append([]time.Duration(nil), g.took...)
}

// report sends the statuses of an answer, one post each.
func (g *graph) report() {
	for r := range g.receipts {
		for _, state := range []string{"sent", "delivered", "read"} {
			body := envelope(fmt.Sprintf(`"statuses":[{"id":%q,"status":%q,"timestamp":"%d","recipient_id":%q,"biz_opaque_callback_data":%q}]`,
				r.wamid, state, time.Now().Unix(), r.to, r.callback))
			_, _ = post(g.client, g.hook, body)
		}
	}
}
