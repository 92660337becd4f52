package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"antena/internal/desk"
)

// Disk is a shelf in a folder, which several processes may share. Give it a spool
// on the same disk: files are moved, not copied.
type Disk struct{ dir string }

// NewDisk returns the shelf in a folder; the folder is made when it is needed.
func NewDisk(dir string) *Disk { return &Disk{dir: dir} }

// Put moves a file to its place. It is on the disk, name and all, when Put returns.
func (d *Disk) Put(_ context.Context, path string, content *os.File, _ int64) error {
	to := filepath.Join(d.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := content.Sync(); err != nil {
		return err
	}
	if err := os.Rename(content.Name(), to); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(to)), syncDir(d.dir))
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	return errors.Join(err, f.Close())
}

// Open opens a file. No path leads out of the folder.
func (d *Disk) Open(_ context.Context, path string) (io.ReadSeekCloser, error) {
	f, err := os.OpenInRoot(d.dir, filepath.FromSlash(path))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("open %s: %w", path, desk.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Delete removes a file.
func (d *Disk) Delete(_ context.Context, path string) error {
	root, err := os.OpenRoot(d.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	if err := root.Remove(filepath.FromSlash(path)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
