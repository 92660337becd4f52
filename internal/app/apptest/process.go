package apptest

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"antena/internal/knowledge"
	"antena/internal/store"
)

// atOnce is how many stories run at once: they mostly wait.
const atOnce = 4

// Main runs the tests of a package that uses Serve, and removes the program it
// built.
func Main(m *testing.M) int {
	flag.Parse()
	if flag.Lookup("test.parallel").Value.String() == flag.Lookup("test.parallel").DefValue {
		_ = flag.Set("test.parallel", strconv.Itoa(atOnce))
	}
	code := m.Run()
	if dir, err := workshop(); err == nil {
		_ = os.RemoveAll(dir)
	}
	return code
}

// workshop is where the program is built.
var workshop = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "antena-apptest-") })

// program is the built antena, as it is shipped.
var program = sync.OnceValues(func() (string, error) {
	dir, err := workshop()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "antena")
	build := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-o", path, "antena/cmd/antena")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building antena: %w\n%s", err, out)
	}
	return path, nil
})

// Process is `antena serve` as a process of its own.
type Process struct {
	Server
	Graph *Graph

	cmd  *exec.Cmd
	log  *tail
	gone chan struct{} // closed when it ended
	err  error         // how, once gone is closed
}

// Prepare gives a fresh database the demo's profile, as an admin who filled in
// the settings would.
func Prepare(t testing.TB, o store.Options) {
	t.Helper()
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	}()
	err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SetSetting(t.Context(), knowledge.ProfileSetting, profile(t)) })
	if err != nil {
		t.Fatal(err)
	}
}

var readyLine = regexp.MustCompile(`msg=ready address=(\S+)`)

// Serve starts `antena serve` and waits until it is ready. The Graph posts its
// webhooks there from then on. It is killed when the test ends, if it still runs.
func Serve(t testing.TB, o Options) *Process {
	t.Helper()
	o = o.withDefaults(t)
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	dir := o.Database.DataDir
	if dir == "" {
		dir = t.TempDir()
	}
	p := &Process{Graph: o.Graph, log: &tail{}, gone: make(chan struct{})}
	p.cmd = exec.Command(path, "serve") //nolint:noctx // it is ended by Kill, Terminate or the cleanup, never by a context
	p.cmd.Dir = t.TempDir()             // where no .env lies
	p.cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.cmd.Dir, "LISTEN_ADDR=127.0.0.1:0", "DATA_DIR=" + dir, "DATABASE_URL=" + o.Database.URL,
		"WHATSAPP_APP_SECRET=" + Secret, "WHATSAPP_VERIFY_TOKEN=" + verifyToken, "WHATSAPP_ACCESS_TOKEN=" + accessToken,
		"WHATSAPP_PHONE_NUMBER_ID=" + Number, "WHATSAPP_API_BASE_URL=" + o.Graph.URL, "WHATSAPP_MESSAGES_PER_SECOND=" + strconv.Itoa(o.PerSec),
		"ANTENA_QUIET_TIME=" + o.Quiet.String(), "ANTENA_LONGEST_WAIT=" + o.Longest.String(), "ANTENA_LOG_LEVEL=info",
	}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	output, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	go p.follow(output, address)
	t.Cleanup(func() { p.Kill(t) })
	select {
	case a := <-address:
		p.URL = "http://" + a
	case <-p.gone:
		t.Fatalf("antena ended (%v):\n%s", p.err, p.log)
	case <-time.After(Patience):
		t.Fatalf("antena did not get ready:\n%s", p.log)
	}
	p.AwaitReady(t)
	o.Graph.SetWebhookURL(p.Hook())
	return p
}

// follow keeps the end of the log, finds the address in it and waits for the end.
func (p *Process) follow(output io.Reader, address chan<- string) {
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.log.add(lines.Text())
		if found := readyLine.FindSubmatch(lines.Bytes()); found != nil {
			select {
			case address <- string(found[1]):
			default:
			}
		}
	}
	p.err = p.cmd.Wait()
	close(p.gone)
}

// Kill ends the process as a power cut would.
func (p *Process) Kill(t testing.TB) {
	t.Helper()
	_ = p.cmd.Process.Kill() // it may have ended already
	p.await(t)
}

// Terminate ends the process as a supervisor does; it must end well in time.
func (p *Process) Terminate(t testing.TB) {
	t.Helper()
	asked := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.await(t)
	if p.err != nil {
		t.Errorf("antena ended badly: %v\n%s", p.err, p.log)
	}
	if took := time.Since(asked); took > 10*time.Second {
		t.Errorf("stopping took %s; ten seconds are promised", took)
	}
}

func (p *Process) await(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), stopMax)
	defer cancel()
	select {
	case <-p.gone:
	case <-ctx.Done():
		t.Fatalf("antena does not end:\n%s", p.log)
	}
}

// Log is the end of what the process logged.
func (p *Process) Log() string { return p.log.String() }

// tail keeps the last lines of a log.
type tail struct {
	mu    sync.Mutex
	lines []string
}

const tailLines = 60

func (l *tail) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines = append(l.lines, line); len(l.lines) > tailLines {
		l.lines = l.lines[1:]
	}
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b bytes.Buffer
	for _, line := range l.lines {
		b.WriteString(line + "\n")
	}
	return b.String()
}
