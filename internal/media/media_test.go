package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/media"
)

// sum is the SHA-256 of "contents".
const sum = "d1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8"

// world is a library with one message and a provider that answers as told.
type world struct {
	dir     string
	lib     *media.Library
	message *desk.Message
	fetch   func(w io.Writer) (desk.Attachment, error)
	fetches int
	limit   int64
}

func newWorld(t *testing.T, a *desk.Attachment) *world {
	t.Helper()
	w := &world{dir: filepath.Join(t.TempDir(), "media"), message: &desk.Message{ID: desk.NewID(), Channel: "100", Attachment: a}}
	w.fetch = func(to io.Writer) (desk.Attachment, error) {
		_, err := io.WriteString(to, "contents")
		return desk.Attachment{MIME: "image/png", Size: 99}, err
	}
	w.lib = media.New(w.dir, w, w)
	return w
}

func (w *world) Fetch(_ context.Context, channel, id string, to io.Writer, limit int64) (desk.Attachment, error) {
	w.fetches++
	w.limit = limit
	if channel != "100" || id != "4001" {
		return desk.Attachment{}, errors.New("asked for the wrong file")
	}
	return w.fetch(to)
}

func (w *world) Message(_ context.Context, id uuid.UUID) (*desk.Message, error) {
	if w.message == nil || w.message.ID != id {
		return nil, desk.ErrNotFound
	}
	m := *w.message
	if m.Attachment != nil {
		a := *m.Attachment
		m.Attachment = &a
	}
	return &m, nil
}

func (w *world) InTx(_ context.Context, fn func(media.Tx) error) error { return fn(w) }
func (w *world) LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error) {
	return w.Message(ctx, id)
}
func (w *world) SaveMessage(_ context.Context, m *desk.Message) error { w.message = m; return nil }

// files lists what is kept.
func (w *world) files(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !d.IsDir() {
			out = append(out, strings.TrimPrefix(path, w.dir+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFetch_KeepsByContent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, &desk.Attachment{MediaID: "4001", Filename: "../../evil.sh", SHA256: "whatever was announced"})
	for range 2 {
		if err := w.lib.Fetch(t.Context(), w.message.ID); err != nil {
			t.Fatal(err)
		}
	}
	a := w.message.Attachment
	if a.Path != sum[:2]+"/"+sum || a.Size != 8 || a.MIME != "image/png" || a.Error != "" || w.fetches != 1 || w.limit != media.MaxFile {
		t.Errorf("%+v after %d fetches of at most %d bytes", a, w.fetches, w.limit)
	}
	if got := w.files(t); len(got) != 1 || got[0] != a.Path {
		t.Errorf("kept %q", got)
	}
	info, err := os.Stat(filepath.Join(w.dir, a.Path))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
	file, mime, size, err := w.lib.Media(t.Context(), w.message.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := io.ReadAll(file)
	if err != nil || !bytes.Equal(got, []byte("contents")) || mime != "image/png" || size != 8 {
		t.Errorf("%q, %s, %d: %v", got, mime, size, err)
	}
}

func TestFetch_KeepsTheTypeTheSenderClaims(t *testing.T) {
	t.Parallel()
	hostile := "text/html\r\nX: <script>"
	w := newWorld(t, &desk.Attachment{MediaID: "4001", MIME: hostile})
	if err := w.lib.Fetch(t.Context(), w.message.ID); err != nil || w.message.Attachment.MIME != hostile {
		t.Errorf("%+v: %v", w.message.Attachment, err)
	}
	if w.message.Attachment.Path != sum[:2]+"/"+sum {
		t.Errorf("the claim moved the file to %s", w.message.Attachment.Path)
	}
}

func TestFetch_Failures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		give  error
		marks bool // in the message, for the agent; else the job tries again
	}{
		{"too large", &desk.SendError{Remedy: desk.RemedyPark, Err: errors.New("too large")}, true},
		{"gone", &desk.SendError{Remedy: desk.RemedyPark, Code: 100, Err: errors.New("gone")}, true},
		{"away", &desk.SendError{Remedy: desk.RemedyRetry, Err: errors.New("away")}, false},
		{"token", &desk.SendError{Remedy: desk.RemedyStopAll, Err: errors.New("token")}, false},
		{"cut off", io.ErrUnexpectedEOF, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, &desk.Attachment{MediaID: "4001"})
			w.fetch = func(to io.Writer) (desk.Attachment, error) {
				_, err := io.WriteString(to, "half a fi")
				return desk.Attachment{}, errors.Join(err, c.give)
			}
			err := w.lib.Fetch(t.Context(), w.message.ID)
			if (err == nil) != c.marks || (w.message.Attachment.Error != "") != c.marks || w.message.Attachment.Path != "" {
				t.Errorf("%+v: %v", w.message.Attachment, err)
			}
			if got := w.files(t); len(got) != 0 {
				t.Errorf("left behind: %q", got)
			}
			if _, _, _, err := w.lib.Media(t.Context(), w.message.ID); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("opened: %v", err)
			}
		})
	}
}

func TestFetch_NothingToDo(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]*desk.Attachment{
		"no file": nil, "no id": {}, "fetched": {MediaID: "4001", Path: "aa/b"}, "given up": {MediaID: "4001", Error: "gone"},
	} {
		w := newWorld(t, a)
		if err := w.lib.Fetch(t.Context(), w.message.ID); err != nil || w.fetches != 0 {
			t.Errorf("%s: %d fetches, %v", name, w.fetches, err)
		}
	}
	w := newWorld(t, nil)
	if err := w.lib.Fetch(t.Context(), desk.NewID()); err != nil {
		t.Errorf("a message that was erased: %v", err)
	}
}

func TestFetch_ErasedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, &desk.Attachment{MediaID: "4001"})
	id := w.message.ID
	w.fetch = func(io.Writer) (desk.Attachment, error) { w.message = nil; return desk.Attachment{}, nil }
	if err := w.lib.Fetch(t.Context(), id); err != nil || w.message != nil {
		t.Errorf("%+v: %v", w.message, err)
	}
}

func TestMedia_StaysInItsFolder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, &desk.Attachment{})
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(filepath.Dir(w.dir), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(w.dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"../secret", outside, "a/../../secret", "link", ".", "no/such"} {
		w.message.Attachment.Path = path
		file, _, _, err := w.lib.Media(t.Context(), w.message.ID)
		if err == nil {
			got, _ := io.ReadAll(file)
			_ = file.Close()
			if string(got) == "secret" {
				t.Errorf("%s was opened", path)
			}
		}
	}
	w.message.Attachment.Path = "no/such"
	if _, _, _, err := w.lib.Media(t.Context(), w.message.ID); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("a file that is gone: %v", err)
	}
	if _, _, _, err := w.lib.Media(t.Context(), desk.NewID()); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("no message: %v", err)
	}
}
