package pgtmp

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// keeper starts the server, obeys the orders on its input, and cleans up when the
// input ends. $1 is the directory of the programs, $2 ours, $3 more settings.
const keeper = `
start() {
	# shellcheck disable=SC2086
	"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= $3 \
		-c max_connections=200 -c shared_buffers=64MB >>"$2/log" 2>&1 </dev/null &
	pid=$!
}
start "$1" "$2" "$3"
while read -r order; do
	case $order in
	stop) kill -INT "$pid"; wait "$pid" ;;
	start) start "$1" "$2" "$3" ;;
	esac
done
kill -QUIT "$pid"
wait "$pid"
rm -rf "$2"
`

// forgetful makes a server fast that need not outlive a power cut.
const forgetful = "-c fsync=off -c full_page_writes=off"

func start(settings string) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "antena-pg-") // short: the path of a socket has at most 107 bytes
	if err != nil {
		return nil, err
	}
	as, err := servant(dir)
	if err != nil {
		return nil, err
	}
	create := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres",
		"--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
	create.SysProcAttr, create.Dir = as, dir
	if out, err := create.CombinedOutput(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	orders, err := keep(bin, dir, settings, as)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	s := &Server{dir: dir, orders: orders}
	if err := s.until(func(err error) bool { return err == nil }); err != nil {
		_ = orders.Close()
		return nil, err
	}
	return s, nil
}

// keep starts the keeper in a process group of its own, so that an interrupt from
// the keyboard does not reach it before it has cleaned up.
func keep(bin, dir, settings string, as *syscall.SysProcAttr) (orders *os.File, err error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	shell := exec.Command("/bin/sh", "-c", keeper, "keeper", bin, dir, settings)
	shell.Stdin, shell.Dir = read, "/"
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if as != nil {
		shell.SysProcAttr.Credential = as.Credential
	}
	if err := shell.Start(); err != nil {
		_ = write.Close()
		return nil, err
	}
	go func() { _ = shell.Wait() }() // ends with the process at the latest
	return write, nil
}

// servant is whom the server runs as: PostgreSQL refuses root.
func servant(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		if account, err = user.Lookup("nobody"); err != nil {
			return nil, fmt.Errorf("finding a user to run PostgreSQL as: %w", err)
		}
	}
	uid, errU := strconv.ParseUint(account.Uid, 10, 32)
	gid, errG := strconv.ParseUint(account.Gid, 10, 32)
	if errU != nil || errG != nil {
		return nil, fmt.Errorf("the user %s has no number", account.Username)
	}
	if err := os.Chown(dir, int(uid), int(gid)); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
