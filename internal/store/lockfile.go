package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// fileLock keeps a second process away from a SQLite directory. The system lets
// go of it when the process ends, however it ends.
type fileLock struct{ file *os.File }

func lockDirectory(dir string) (*fileLock, error) {
	path := filepath.Join(dir, "antena.lock")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the lock of the data directory: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("the data directory %s is in use by another antena process%s: stop it first, or use PostgreSQL to run several", dir, holder(path))
		}
		return nil, fmt.Errorf("locking the data directory %s: %w", dir, err)
	}
	if err := file.Truncate(0); err == nil {
		_, _ = fmt.Fprintf(file, "%d\n", os.Getpid()) // only to name the holder in the message above
	}
	return &fileLock{file}, nil
}

func holder(path string) string {
	raw, err := os.ReadFile(path)
	if pid := strings.TrimSpace(string(raw)); err == nil && pid != "" {
		return " (process " + pid + ")"
	}
	return ""
}

func (l *fileLock) release() error { return l.file.Close() }
