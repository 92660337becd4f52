package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// errSpool marks failures of our own disk, so that they are not taken for the sender's.
var errSpool = errors.New("the disk for files on their way")

// spool is a file on its way to the shelf.
type spool struct {
	file *os.File
	sum  hash.Hash
	size int64
	head []byte // the first sniffLen bytes
	err  error  // of writing
}

func (l *Library) newSpool() (*spool, error) {
	if err := os.MkdirAll(l.Spool, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpool, err)
	}
	f, err := os.CreateTemp(l.Spool, spoolPattern)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSpool, err)
	}
	return &spool{file: f, sum: sha256.New()}, nil
}

// spoolPattern names files on their way; a shelf on the same disk ignores them.
const spoolPattern = ".spool-*"

// Write appends; its failure is remembered apart from the sender's.
func (s *spool) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.sum.Write(p[:n])
	if room := sniffLen - len(s.head); room > 0 {
		s.head = append(s.head, p[:min(n, room)]...)
	}
	s.size += int64(n)
	if err != nil {
		s.err = fmt.Errorf("%w: %w", errSpool, err)
		return n, s.err
	}
	return n, nil
}

// drop removes what was not put on the shelf.
func (s *spool) drop() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name()) // gone when a shelf has moved it
}

// path is where a file lies: by its content.
func (s *spool) path() string {
	name := hex.EncodeToString(s.sum.Sum(nil))
	return name[:2] + "/" + name
}

// examine tells what a spooled file is.
func (l *Library) examine(ctx context.Context, s *spool, kind desk.MessageKind, a *desk.Attachment) error {
	a.Path, a.Size, a.SHA256 = s.path(), s.size, hex.EncodeToString(s.sum.Sum(nil))
	a.Filename = desk.SafeFilename(a.Filename)
	a.MIME, a.Suspect = settle(kind, a.MIME, s.head)
	switch {
	case a.Suspect:
	case a.MIME == "audio/ogg" || a.MIME == "audio/opus":
		a.Duration = opusLength(s.file, s.size)
	case a.MIME == "application/pdf":
		a.Pages = pdfPages(s.file, s.size)
	case kind == desk.KindImage || kind == desk.KindSticker:
		return l.examinePicture(ctx, s, a)
	}
	return nil
}

func (l *Library) examinePicture(ctx context.Context, s *spool, a *desk.Attachment) error {
	select {
	case l.pictures <- struct{}{}:
		defer func() { <-l.pictures }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("%w: %w", errSpool, err)
	}
	small, width, height, err := look(s.file)
	if err != nil {
		return nil //nolint:nilerr // a picture that cannot be made small is shown as a file
	}
	if err := l.put(ctx, thumbPath(a.Path), bytes.NewReader(small)); err != nil {
		return err
	}
	a.Thumb, a.Width, a.Height = true, width, height
	return nil
}

// put keeps bytes made here.
func (l *Library) put(ctx context.Context, path string, r io.Reader) error {
	s, err := l.newSpool()
	if err != nil {
		return err
	}
	defer s.drop()
	if _, err := io.Copy(s, r); err != nil {
		return err
	}
	return l.Shelf.Put(ctx, path, s.file, s.size)
}

// keep enters a spooled file, examines it and puts it on the shelf. Its user is
// added by the caller, in the transaction that names the file.
func (l *Library) keep(ctx context.Context, s *spool, kind desk.MessageKind, a *desk.Attachment) error {
	err := l.Store.InTx(ctx, func(tx Tx) error { return tx.TouchFile(ctx, s.path(), s.size, l.Now()) })
	if err == nil {
		err = l.Store.Flush(ctx) // or a power cut would leave bytes that no row tells of
	}
	if err != nil {
		return fmt.Errorf("enter a file: %w", err)
	}
	if err := l.examine(ctx, s, kind, a); err != nil {
		return err
	}
	if err := l.Shelf.Put(ctx, a.Path, s.file, s.size); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return nil
}

// Forget ends every use of files by a message or an upload, for erasure; files
// nobody else uses are removed by the next sweep.
func Forget(ctx context.Context, tx FileTx, owner uuid.UUID) error { return tx.LeaveFiles(ctx, owner) }
