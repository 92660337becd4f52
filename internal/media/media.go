// Package media keeps the files contacts send: fetched once from the provider,
// stored by their content, opened for agents.
//
// It does not decide who may see a file (the console does) and does not show it.
//
// # How it fails
//
// A file that cannot be fetched now is tried again by its job; one that can never
// be (too large, gone, wrong content) is marked so in its message, where the agent
// sees it. A file is written whole or not at all: first beside, then renamed.
package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// MaxFile is the largest file kept: 100 MB, the provider's own limit for documents.
const MaxFile = 100 << 20

// Line is where files come from. A failure is a *desk.SendError.
type Line interface {
	Fetch(ctx context.Context, channel, mediaID string, w io.Writer, limit int64) (desk.Attachment, error)
}

// Store keeps what became of a file in its message.
type Store interface {
	Message(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what marking a message needs of a transaction.
type Tx interface {
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
}

// Library keeps files under a folder.
type Library struct {
	dir   string
	line  Line
	store Store
}

// New returns a library that keeps its files under dir.
func New(dir string, line Line, store Store) *Library {
	return &Library{dir: dir, line: line, store: store}
}

// Fetch downloads the file of an inbound message. Fetching twice does nothing.
func (l *Library) Fetch(ctx context.Context, message uuid.UUID) error {
	m, err := l.store.Message(ctx, message)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.Attachment == nil || m.Attachment.MediaID == "" || m.Attachment.Path != "" || m.Attachment.Error != "" {
		return nil
	}
	got, path, err := l.download(ctx, m)
	if err != nil {
		var e *desk.SendError
		if errors.As(err, &e) && e.Remedy == desk.RemedyPark {
			return l.mark(ctx, message, func(a *desk.Attachment) { a.Error = "the file could not be fetched" })
		}
		return fmt.Errorf("fetch the file of %s: %w", message, err)
	}
	return l.mark(ctx, message, func(a *desk.Attachment) {
		a.Path, a.Size = path, got.Size
		if a.MIME == "" {
			a.MIME = got.MIME
		}
	})
}

// download writes the file beside its place and renames it there by its content.
func (l *Library) download(ctx context.Context, m *desk.Message) (desk.Attachment, string, error) {
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return desk.Attachment{}, "", err
	}
	tmp, err := os.CreateTemp(l.dir, ".fetch-*")
	if err != nil {
		return desk.Attachment{}, "", err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // fails when it was renamed, as it should
	sum := sha256.New()
	got, err := l.line.Fetch(ctx, m.Channel, m.Attachment.MediaID, io.MultiWriter(tmp, sum), MaxFile)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return desk.Attachment{}, "", err
	}
	name := hex.EncodeToString(sum.Sum(nil))
	path := filepath.Join(name[:2], name)
	if err := os.MkdirAll(filepath.Join(l.dir, name[:2]), 0o700); err != nil {
		return desk.Attachment{}, "", err
	}
	if info, err := os.Stat(tmp.Name()); err == nil {
		got.Size = info.Size()
	}
	return got, path, os.Rename(tmp.Name(), filepath.Join(l.dir, path))
}

func (l *Library) mark(ctx context.Context, message uuid.UUID, change func(*desk.Attachment)) error {
	return l.store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Attachment == nil {
			return nil
		}
		change(m.Attachment)
		return tx.SaveMessage(ctx, m)
	})
}

// Media opens the file of a message. The type is the sender's claim. The caller closes it.
func (l *Library) Media(ctx context.Context, message uuid.UUID) (file io.ReadCloser, mime string, size int64, err error) {
	m, err := l.store.Message(ctx, message)
	if err != nil {
		return nil, "", 0, err
	}
	if m.Attachment == nil || m.Attachment.Path == "" {
		return nil, "", 0, desk.ErrNotFound
	}
	f, err := os.OpenInRoot(l.dir, m.Attachment.Path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", 0, desk.ErrNotFound
	}
	if err != nil {
		return nil, "", 0, err
	}
	return f, m.Attachment.MIME, m.Attachment.Size, nil
}
