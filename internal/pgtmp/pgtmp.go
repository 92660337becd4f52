// Package pgtmp runs a temporary PostgreSQL for tests. It is not for anything
// else: the server keeps nothing through a power cut and lets everyone in who can
// reach its socket.
//
// A server lives as long as the test binary. A small shell holds it and waits for
// the end of a pipe, which comes however the binary ends; then it stops the server
// and removes its files. So nothing is left behind, not even after a kill.
//
// Where PostgreSQL is not installed, tests are skipped, unless
// ANTENA_TEST_REQUIRE_POSTGRES=1 asks for them to fail.
package pgtmp

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	startTime = 60 * time.Second
	pollEvery = 20 * time.Millisecond
)

// errMissing means that PostgreSQL is not installed.
var errMissing = errors.New("PostgreSQL (initdb, postgres) is not installed")

// Server is a running PostgreSQL.
type Server struct {
	dir    string
	orders *os.File // to the shell that holds the server

	mu        sync.Mutex
	templates map[string]*template
}

type template struct {
	once sync.Once
	err  error
}

// shared starts the server that the tests of this binary have in common.
var shared = sync.OnceValues(func() (*Server, error) { return start(forgetful) })

// Shared returns the server of this test binary.
func Shared(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if err != nil {
		unavailable(t, err)
	}
	return s
}

// New starts a server for one test, which may stop it.
func New(t testing.TB) *Server {
	t.Helper()
	s, err := start(forgetful)
	if err != nil {
		unavailable(t, err)
	}
	t.Cleanup(func() { _ = s.orders.Close() })
	return s
}

func unavailable(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errMissing) && os.Getenv("ANTENA_TEST_REQUIRE_POSTGRES") != "1" {
		t.Skipf("%v; set ANTENA_TEST_REQUIRE_POSTGRES=1 to make this a failure", err)
	}
	t.Fatalf("starting a temporary PostgreSQL: %v", err)
}

// Database makes an empty database for one test and returns its URL.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	return s.create(t, "template0")
}

// Clone makes a copy of a database that prepare fills the first time its name is
// asked for. That is several times faster than filling each.
func (s *Server) Clone(t testing.TB, name string, prepare func(url string) error) string {
	t.Helper()
	s.mu.Lock()
	if s.templates == nil {
		s.templates = map[string]*template{}
	}
	origin := s.templates[name]
	if origin == nil {
		origin = &template{}
		s.templates[name] = origin
	}
	s.mu.Unlock()
	origin.once.Do(func() {
		if origin.err = s.run("create database " + name + " template template0"); origin.err == nil {
			origin.err = prepare(s.url(name))
		}
	})
	if origin.err != nil {
		t.Fatalf("preparing the database %s: %v", name, origin.err)
	}
	return s.create(t, name)
}

func (s *Server) create(t testing.TB, template string) string {
	t.Helper()
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	s.mu.Lock() // one copy at a time
	err := s.run("create database " + name + " template " + template)
	s.mu.Unlock()
	if err != nil {
		t.Fatalf("making a database: %v", err)
	}
	t.Cleanup(func() { _ = s.run("drop database if exists " + name + " with (force)") })
	return s.url(name)
}

// Stop shuts the server down as an administrator would; clients are cut off.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	s.order(t, "stop")
	s.await(t, func(err error) bool { return err != nil }, "stop")
}

// Start starts the server again after Stop.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	s.order(t, "start")
	s.await(t, func(err error) bool { return err == nil }, "start")
}

func (s *Server) order(t testing.TB, word string) {
	t.Helper()
	if _, err := fmt.Fprintln(s.orders, word); err != nil {
		t.Fatalf("telling PostgreSQL to %s: %v", word, err)
	}
}

func (s *Server) await(t testing.TB, done func(error) bool, what string) {
	t.Helper()
	if err := s.until(done); err != nil {
		t.Fatalf("PostgreSQL did not %s: %v", what, err)
	}
}

// until asks the server for a sign of life until the answer is as wished.
func (s *Server) until(done func(error) bool) error {
	deadline := time.NewTimer(startTime)
	defer deadline.Stop()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := s.run("select 1")
		if done(err) {
			return nil
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("no change after %s (last error: %w); its log:\n%s", startTime, err, log)
		}
	}
}

func (s *Server) url(database string) string {
	return "postgres://postgres@/" + database + "?host=" + url.QueryEscape(s.dir)
}

func (s *Server) run(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// binaries finds where the programs of PostgreSQL really are: what is on the path
// may be links.
func binaries() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil && exists(filepath.Join(filepath.Dir(real), "initdb")) {
			return filepath.Dir(real), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errMissing
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
