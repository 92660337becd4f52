package outbox_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp/emulator"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fault is a row of the matrix: what goes wrong at the first try, and what happens
// before the second.
type fault struct {
	name    string
	inject  *emulator.Fault
	between middleman // of the API
	dies    point     // the process is killed there
	receipt bool      // a status of the message comes before the second try
	away    bool      // nobody listens at the API
}

// middleman stands before the API at the first try.
type middleman func(w http.ResponseWriter, r *http.Request, api http.Handler)

// point is where a process dies.
type point string

const (
	inBegin    point = "while it begins"
	beforeDisk point = "before the disk has it"
	beforeSend point = "before the request"
	whileSent  point = "during the request, not taken"
	afterSend  point = "after the provider took it"
	afterEnd   point = "after its end"
)

func faultRows() []fault {
	rows := []fault{{name: "nothing"}}
	for _, c := range emulator.Codes() {
		rows = append(rows, fault{name: fmt.Sprintf("code %d (%d)", c.Code, c.Status), inject: &emulator.Fault{Kind: emulator.FaultRefuse, Code: c.Code, Count: 1}})
	}
	swallow := func(answer func(w http.ResponseWriter)) middleman {
		return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			api.ServeHTTP(discard{http.Header{}}, r)
			answer(w)
		}
	}
	instead := func(answer func(w http.ResponseWriter)) middleman {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { answer(w) }
	}
	html := func(w http.ResponseWriter) { fmt.Fprint(w, "<html>hello</html>") }
	empty := func(w http.ResponseWriter) { fmt.Fprint(w, "{}") }
	half := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "500")
		fmt.Fprint(w, `{"messages":[{"id":"wam`)
	}
	rows = append(rows,
		fault{name: "an unknown code (400)", inject: &emulator.Fault{Kind: emulator.FaultRefuse, Code: 999999, HTTPStatus: 400, Count: 1}},
		fault{name: "an unknown code (500)", inject: &emulator.Fault{Kind: emulator.FaultRefuse, Code: 999999, HTTPStatus: 500, Count: 1}},
	)
	for _, status := range []int{400, 401, 403, 404, 408, 429, 500, 502, 503, 504} {
		rows = append(rows, fault{name: fmt.Sprintf("bare %d, not taken", status), inject: &emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: status, Count: 1}})
	}
	for _, status := range []int{500, 502, 503} {
		rows = append(rows, fault{name: fmt.Sprintf("bare %d, taken", status), inject: &emulator.Fault{Kind: emulator.FaultErrorAfter, HTTPStatus: status, Count: 1}})
	}
	rows = append(rows,
		fault{name: "connection refused", away: true},
		fault{name: "connection reset, not taken", inject: &emulator.Fault{Kind: emulator.FaultResetBefore, Count: 1}},
		fault{name: "connection reset, taken", inject: &emulator.Fault{Kind: emulator.FaultResetAfter, Count: 1}},
		fault{name: "connection reset, taken, then a receipt", inject: &emulator.Fault{Kind: emulator.FaultResetAfter, Count: 1}, receipt: true},
		fault{name: "no answer, not taken", between: func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
			_, _ = io.Copy(io.Discard, r.Body) // only then is it seen that nobody waits any more
			<-r.Context().Done()
		}},
		fault{name: "no answer, taken", inject: &emulator.Fault{Kind: emulator.FaultHang, Count: 1}},
		fault{name: "no answer, taken, then a receipt", inject: &emulator.Fault{Kind: emulator.FaultHang, Count: 1}, receipt: true},
		fault{name: "a yes that is no JSON, taken", between: swallow(html)},
		fault{name: "a yes that is no JSON, not taken", between: instead(html)},
		fault{name: "a yes without an id, taken", between: swallow(empty)},
		fault{name: "a yes without an id, not taken", between: instead(empty)},
		fault{name: "half a yes, taken", between: swallow(half)},
	)
	for _, p := range []point{inBegin, beforeDisk, beforeSend, whileSent, afterSend, afterEnd} {
		rows = append(rows, fault{name: "killed " + string(p), dies: p})
	}
	return append(rows, fault{name: "killed " + string(afterSend) + ", then a receipt", dies: afterSend, receipt: true})
}

// discard is an answer that nobody reads.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

// TestFaults goes through everything that can go wrong with a send, on both
// databases: what becomes of the message, how often it was asked for, how often it
// was taken. Twice is never.
func TestFaults(t *testing.T) {
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			var between atomic.Pointer[middleman]
			o := newOffice(t, dialect, emulator.NoLimits(), func(api http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if m := between.Load(); m != nil {
						(*m)(w, r, api)
						return
					}
					api.ServeHTTP(w, r)
				})
			})
			rows := faultRows()
			threads := o.threads(len(rows))
			sum := map[string]int{}
			var table strings.Builder
			fmt.Fprintf(&table, "%-48s %-10s %-10s %5s %5s\n", "what went wrong", "then", "in the end", "asked", "taken")
			for i, row := range rows {
				if row.between != nil {
					between.Store(&row.between)
				}
				r := o.play(row, threads[i], func() { between.Store(nil) })
				fmt.Fprintf(&table, "%-48s %-10s %-10s %5d %5d\n", row.name, r.first, r.last, r.asked, r.taken)
				sum[string(r.last)]++
				sum["retried"] += max(r.asked-1, 0)
				sum["doubled"] += max(r.taken-1, 0)
			}
			fmt.Fprintf(&table, "\nsent %d, delivered %d, parked %d, left to people %d, asked for again %d, doubled %d\n",
				sum[string(desk.StatusSent)], sum[string(desk.StatusDelivered)], sum[string(desk.StatusFailed)], sum[string(desk.StatusUnknown)], sum["retried"], sum["doubled"])
			t.Log("\n" + table.String())
			if sum["doubled"] > 0 {
				t.Error("messages were doubled")
			}
			golden(t, filepath.Join("testdata", "faults.golden"), table.String())
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not so any more; look at it, then run with -update", path)
	}
}

type fate struct {
	first, last  desk.Status
	asked, taken int
}

// play lets a fault happen and then does what the queue does, with all waiting left
// out: another process tries again, as long as something is to be done.
func (o *office) play(row fault, c desk.Conversation, mend func()) (f fate) {
	o.t.Helper()
	o.graph.ClearFaults()
	if row.inject != nil {
		o.graph.Inject(*row.inject)
	}
	id := o.say(desk.ByAssistant, "x", c)[0]
	m := &mortal{Store: workStore{o.store}, dies: row.dies}
	address := o.api.URL
	if row.away {
		address = unused(o.t)
	}
	first := o.outboxAt(address, m, 250*time.Millisecond, func(d *outbox.Deps) { m.line, d.Line = d.Line, m })
	wait, err := first.Send(o.t.Context(), id)
	if (err != nil) != (row.dies != "" && row.dies != afterEnd) {
		o.t.Errorf("%s: %v", row.name, err)
	}
	f.first, f.asked = o.message(id).Status, m.asked
	mend()
	if row.receipt {
		o.receipt(id)
	}
	for tries := 0; (wait > 0 || row.dies != "") && tries < 3; tries++ {
		storetest.Exec(o.t, o.database, "update send_rates set held_until = null, bulk_until = null, shares = null")
		again := &mortal{Store: workStore{o.store}}
		next := o.outbox(again, time.Minute, func(d *outbox.Deps) { again.line, d.Line = d.Line, again })
		if wait, err = next.Send(o.t.Context(), id); err != nil {
			o.t.Errorf("%s, again: %v", row.name, err)
		}
		f.asked += again.asked
	}
	f.last, f.taken = o.message(id).Status, o.graph.Counters().ByCallback[id.String()]
	storetest.Exec(o.t, o.database, "update send_rates set held_until = null, bulk_until = null, shares = null")
	return f
}

func (o *office) message(id uuid.UUID) *desk.Message {
	o.t.Helper()
	m, err := o.store.Message(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return m
}

// receipt is what a status of the provider does.
func (o *office) receipt(id uuid.UUID) {
	o.t.Helper()
	err := o.store.InTx(o.t.Context(), func(tx *store.Tx) error {
		m, err := tx.LockMessage(o.t.Context(), id)
		if err != nil {
			return err
		}
		m.ProviderID = "wamid." + id.String()
		m.Advance(desk.StatusDelivered, time.Now())
		return tx.SaveMessage(o.t.Context(), m)
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

var errKilled = errors.New("the process was killed")

// mortal is the world of a process that is killed at a point: from then on nothing
// it does is kept or sent.
type mortal struct {
	outbox.Store
	line  outbox.Line
	dies  point
	dead  bool
	txs   int
	asked int
}

func (m *mortal) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	if m.dead {
		return errKilled
	}
	err := m.Store.InTx(ctx, func(tx outbox.Tx) error {
		err := fn(tx)
		if m.txs++; m.dies == inBegin && m.txs > 1 { // the first only finds that there is no share of the pace yet
			m.dead, err = true, errKilled
		}
		return err
	})
	return err
}

func (m *mortal) Flush(ctx context.Context) error {
	if m.dies == beforeDisk {
		m.dead = true
	}
	if m.dead {
		return errKilled
	}
	return m.Store.Flush(ctx)
}

func (m *mortal) ReplaceMessage(ctx context.Context, had, now *desk.Message) (bool, error) {
	if m.dead {
		return false, errKilled
	}
	return m.Store.ReplaceMessage(ctx, had, now)
}

func (m *mortal) Send(ctx context.Context, d desk.Dispatch) (desk.Accepted, error) {
	if m.dies == beforeSend {
		m.dead = true
		return desk.Accepted{}, errKilled
	}
	m.asked++
	if m.dies == whileSent {
		m.dead = true
		return desk.Accepted{}, errKilled
	}
	accepted, err := m.line.Send(ctx, d)
	m.dead = m.dies == afterSend
	return accepted, err
}

// unused is an address where nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}
