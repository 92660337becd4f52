// Package apptest starts the whole of Antena for tests: the real server on a free
// port, on either database, with the emulated WhatsApp on the other end of real
// HTTP in both directions. New runs it inside the test; Serve runs the built
// program as a process of its own, which may be killed.
//
// It is for stories that cross the whole desk. What one package promises is
// tested there, and faster.
//
// Everything it starts ends with the test. A desk that does not stop as promised
// fails it.
package apptest

import (
	"context"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/understand"
)

// Options of a desk. The zero value is a fresh desk on SQLite.
type Options struct {
	Dialect  string         // storetest.SQLite or storetest.Postgres
	Database *store.Options // instead of a fresh one of the dialect
	Graph    *Graph         // the WhatsApp at the other end; nil: one of its own
	Quiet    time.Duration  // 0: 30 ms
	Longest  time.Duration  // 0: 5 s
	PerSec   int            // messages a second; 0: 1000
	Models   config.OpenAI  // zero: no language model is asked
}

func (o Options) withDefaults(t testing.TB) Options {
	if o.Graph == nil {
		o.Graph = NewGraph(t)
	}
	if o.Database == nil {
		database := storetest.Options(t, o.Dialect)
		o.Database = &database
	}
	if o.Quiet == 0 {
		o.Quiet = 30 * time.Millisecond
	}
	if o.Longest == 0 {
		o.Longest = 5 * time.Second
	}
	if o.PerSec == 0 {
		o.PerSec = 1000
	}
	return o
}

// Desk is a running Antena inside the test.
type Desk struct {
	Server
	Graph    *Graph
	Store    *store.Store
	Accounts *account.Accounts
	Database store.Options

	stop context.CancelFunc
	done chan error
}

// stopMax is how long a test waits for the end. Ten seconds are promised; slowStop
// leaves room for a machine that is busy with other tests.
const (
	stopMax  = 20 * time.Second
	slowStop = 15 * time.Second
)

// New starts Antena and waits until it is ready. It stops when the test ends.
func New(t testing.TB, o Options) *Desk {
	t.Helper()
	o = o.withDefaults(t)
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + ln.Addr().String()
	a, err := app.New(t.Context(), app.Options{
		Config: o.settings(t, url), Log: slog.New(slog.NewTextHandler(logTo(t), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Version: "test", Profile: profile(t), Brain: brain(),
	})
	if err != nil {
		_ = ln.Close()
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	d := &Desk{Server: Server{URL: url}, Graph: o.Graph, Store: a.Store, Accounts: a.Accounts, Database: *o.Database, stop: stop, done: make(chan error, 1)}
	go func() { d.done <- a.Run(ctx, ln) }()
	t.Cleanup(func() { d.Stop(t) })
	d.AwaitReady(t)
	o.Graph.SetWebhookURL(d.Hook())
	return d
}

// Stop stops the desk as a signal would. Stopping twice does nothing.
func (d *Desk) Stop(t testing.TB) {
	t.Helper()
	if d.done == nil {
		return
	}
	asked := time.Now()
	d.stop()
	select {
	case err := <-d.done:
		if err != nil {
			t.Errorf("the desk stopped badly: %v", err)
		}
	case <-time.After(stopMax):
		t.Errorf("the desk did not stop within %s", stopMax)
	}
	if took := time.Since(asked); took > slowStop {
		t.Errorf("stopping took %s; ten seconds are promised", took)
	}
	d.done = nil
}

// Person makes somebody who may sign in, and signs them in.
func (d *Desk) Person(t testing.TB, name string, role desk.Role) *Browser {
	t.Helper()
	return SignIn(t, d.URL, Invite(t, d.Accounts, name, role))
}

func (o Options) settings(t testing.TB, url string) config.Config {
	dir := o.Database.DataDir
	if dir == "" {
		dir = t.TempDir()
	}
	return config.Config{
		DataDir: dir, DatabaseURL: config.Secret(o.Database.URL), PublicURL: url, Languages: desk.Languages, TimeZone: "UTC",
		QuietTime: o.Quiet, LongestWait: o.Longest, OpenAI: o.Models,
		WhatsApp: config.WhatsApp{
			AppSecrets: []config.Secret{Secret}, VerifyToken: verifyToken, AccessToken: accessToken, PhoneNumberIDs: []string{Number},
			WABAID: account0, APIBaseURL: o.Graph.URL, APIVersion: "v25.0", MessagesPerSecond: o.PerSec,
		},
	}
}

// profile is the demo's: every article can be sent.
func profile(t testing.TB) *desk.Profile {
	t.Helper()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	return knowledge.DemoProfile(lib)
}

// brain is shared: learning takes far longer under the race detector than
// everything else a story does.
var brain = sync.OnceValue(func() *understand.Brain { return understand.New(nil) })

// logTo shows the desk's log with the test's. What a desk that did not stop says
// after the end is dropped.
func logTo(t testing.TB) io.Writer {
	w := &testLog{out: t.Output()}
	t.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.out = io.Discard
	})
	return w
}

type testLog struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *testLog) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}
