package media

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Line is where contacts' files come from and agents' go to. A failure is a
// *desk.SendError, or an error of the writer it was given.
type Line interface {
	// Fetch writes at most limit bytes and checks them against what was announced.
	Fetch(ctx context.Context, channel, mediaID string, w io.Writer, limit int64) (desk.Attachment, error)
	// Upload returns the id under which the provider keeps a file for thirty days.
	Upload(ctx context.Context, channel string, a desk.Attachment, content io.Reader) (mediaID string, err error)
}

// Shelf keeps files by path. Paths are ours and harmless.
type Shelf interface {
	// Put keeps a whole file or nothing. A file that is there already has the same content.
	Put(ctx context.Context, path string, content *os.File, size int64) error
	// Open returns desk.ErrNotFound for what is not there.
	Open(ctx context.Context, path string) (io.ReadSeekCloser, error)
	// Delete is content when there is nothing to delete.
	Delete(ctx context.Context, path string) error
}

// Store keeps what is known of files.
type Store interface {
	Message(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	Upload(ctx context.Context, id uuid.UUID) (*desk.Upload, error)
	OldUploads(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error)
	UnusedFiles(ctx context.Context, before time.Time) (bool, error)
	Transactions
}

// Transactions change what is known of files. One may return before the disk has
// it; Flush returns when the disk has all that returned before.
type Transactions interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Flush(ctx context.Context) error
}

// Tx is what keeping files needs of a transaction.
type Tx interface {
	MessageTx
	FileTx
	UploadTx
}

// MessageTx changes what messages say of their files.
type MessageTx interface {
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// FileTx counts the uses of files. See package store for what each promises.
type FileTx interface {
	TouchFile(ctx context.Context, path string, size int64, now time.Time) error
	UseFile(ctx context.Context, owner uuid.UUID, path string, now time.Time) error
	LeaveFiles(ctx context.Context, owner uuid.UUID) error
	MarkUnusedFiles(ctx context.Context, before, now time.Time, limit int) ([]string, error)
	RemoveFile(ctx context.Context, path string) error
}

// UploadTx keeps what agents have chosen.
type UploadTx interface {
	CountUploads(ctx context.Context, conversation, agent uuid.UUID) (int, error)
	AddUpload(ctx context.Context, u *desk.Upload) error
	LockUpload(ctx context.Context, id uuid.UUID) (*desk.Upload, error)
	DeleteUpload(ctx context.Context, id uuid.UUID) error
}

// Deps are what a Library is made of.
type Deps struct {
	Shelf Shelf
	Spool string // folder of files on their way, on a disk with room for a few of them
	Line  Line
	Store Store
	// Next is the job that follows the arrival of a message's file; nil, or a nil
	// job: none does.
	Next func(m *desk.Message) desk.Job
	Now  func() time.Time
	Log  *slog.Logger
}

// Library keeps files.
type Library struct {
	Deps
	pictures chan struct{} // held while a picture is decoded, which takes memory
}

// New returns a library.
func New(d Deps) *Library {
	d.Now = desk.Clock(d.Now)
	return &Library{Deps: d, pictures: make(chan struct{}, 1)}
}

// File is a file opened for reading; the caller closes it.
type File struct {
	io.ReadSeekCloser
	Attachment desk.Attachment
}

// thumbPath is where the small picture of a file lies.
func thumbPath(path string) string { return path + ".jpg" }

// Open opens the file of a message or an upload, or its small picture.
func (l *Library) Open(ctx context.Context, owner uuid.UUID, thumb bool) (*File, error) {
	a, err := l.attachment(ctx, owner)
	if err != nil {
		return nil, err
	}
	if a == nil || a.Path == "" || thumb && !a.Thumb {
		return nil, desk.ErrNotFound
	}
	path := a.Path
	if thumb {
		path = thumbPath(path)
	}
	content, err := l.Shelf.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return &File{ReadSeekCloser: content, Attachment: *a}, nil
}

func (l *Library) attachment(ctx context.Context, owner uuid.UUID) (*desk.Attachment, error) {
	m, err := l.Store.Message(ctx, owner)
	if err == nil {
		return m.Attachment, nil
	}
	if !errors.Is(err, desk.ErrNotFound) {
		return nil, err
	}
	u, err := l.Store.Upload(ctx, owner)
	if err != nil {
		return nil, err
	}
	return u.Attachment, nil
}
