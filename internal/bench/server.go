package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	appSecret     = "bench-app-secret"
	accessToken   = "bench-access-token"
	phoneNumberID = "100000000000001"
)

func build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "antena")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "./cmd/antena")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	if info, err := os.Stat(path); err == nil {
		fmt.Printf("binary %s\n", megabytes(info.Size()))
	}
	return path, nil
}

// server is a running antena.
type server struct {
	url   string
	cmd   *exec.Cmd
	log   *bytes.Buffer
	ready time.Duration
}

func start(ctx context.Context, s settings, dir, name, database, graphURL string) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	v := &server{url: "http://127.0.0.1:" + port, log: &bytes.Buffer{}}
	v.cmd = exec.CommandContext(ctx, s.binary, "serve")
	v.cmd.Dir, v.cmd.Stderr, v.cmd.Stdout = dir, v.log, v.log
	env := append(os.Environ(),
		"LISTEN_ADDR=127.0.0.1:"+port, "PUBLIC_URL="+v.url, "DATA_DIR="+filepath.Join(dir, name), "DATABASE_URL="+database,
		"WHATSAPP_APP_SECRET="+appSecret, "WHATSAPP_VERIFY_TOKEN=bench-verify-token", "WHATSAPP_ACCESS_TOKEN="+accessToken,
		"WHATSAPP_PHONE_NUMBER_ID="+phoneNumberID, "WHATSAPP_API_BASE_URL="+graphURL, "WHATSAPP_MESSAGES_PER_SECOND=1000",
		"ANTENA_QUIET_TIME="+s.quiet.String(), "ANTENA_LOG_LEVEL=warn",
	)
	v.cmd.Env = env
	if err := introduce(ctx, s.binary, dir, env); err != nil {
		return nil, err
	}
	v.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	began := time.Now()
	if err := v.cmd.Start(); err != nil {
		return nil, err
	}
	for deadline := began.Add(30 * time.Second); ; {
		if res, err := http.Get(v.url + "/readyz"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				v.ready = time.Since(began)
				return v, nil
			}
		}
		if time.Now().After(deadline) {
			return nil, errors.Join(fmt.Errorf("the server does not get ready:\n%s", v.log), v.stop())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// unset is a word of the profile that has no text yet.
var unset = regexp.MustCompile(`(?m)^ *\w+: ""`)

// fillIn gives a word a text of the right shape.
func fillIn(line []byte) []byte {
	name, _, _ := strings.Cut(string(line), ":")
	switch {
	case name == "country":
		return []byte(name + `: "BR"`)
	case strings.HasSuffix(name, "_phone"), strings.HasSuffix(name, "whatsapp_number"):
		return []byte(name + `: "+15550783881"`)
	case strings.HasSuffix(name, "_url"), strings.HasSuffix(name, "portal"), strings.HasSuffix(name, "_page"), strings.HasSuffix(name, "website"):
		return []byte(name + `: "https://example.net"`)
	}
	return []byte(name + `: "42"`)
}

// introduce fills in everything the articles mention, so that questions are
// answered and not handed to people.
func introduce(ctx context.Context, binary, dir string, env []string) error {
	antena := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, binary, args...)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("antena %s: %w", strings.Join(args, " "), err)
		}
		return out, nil
	}
	form, err := antena("profile", "show")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "profile.yaml")
	if err := os.WriteFile(path, unset.ReplaceAllFunc(form, fillIn), 0o600); err != nil {
		return err
	}
	_, err = antena("profile", "import", path)
	return err
}

// stop ends the server as a supervisor would.
func (v *server) stop() error {
	_ = v.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	err := v.cmd.Wait()
	if err != nil {
		return fmt.Errorf("the server ended badly: %w\n%s", err, v.log)
	}
	return nil
}

// cpu is the processor time the server has used.
func (v *server) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", v.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // 100 ticks a second on Linux
}

func (v *server) memory() int64 { return v.status("VmRSS:") }
func (v *server) peak() int64   { return v.status("VmHWM:") }

func (v *server) status(key string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", v.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, key); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

func freePort() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer ln.Close()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	return port, err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
