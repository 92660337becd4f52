package media_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/media"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, dialect))
		})
	}
}

func (w *world) take(name, claimed string, content []byte) (*desk.Upload, error) {
	return w.lib.Take(w.t.Context(), w.ana, w.conv.ID, media.Given{Filename: name, Claimed: claimed, Content: bytes.NewReader(content)})
}

func TestTake_ChecksBeforeWhatTheProviderWould(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite)
	for _, c := range []struct {
		name, file, claimed string
		content             []byte
		kind                desk.MessageKind
		mime                string
		want                error
	}{
		{"a photo", "a.jpg", "image/jpeg", photo(t, 40, 30, 6), desk.KindImage, "image/jpeg", nil},
		{"a photo of 5 MB and more", "a.jpg", "image/jpeg", append(photo(t, 40, 30, 0), make([]byte, 5*mib)...), "", "", desk.ErrFileTooLarge},
		{"a film", "a.mp4", "video/mp4", film(mib), desk.KindVideo, "video/mp4", nil},
		{"a film of 16 MB and more", "a.mp4", "video/mp4", film(16*mib + 1), "", "", desk.ErrFileTooLarge},
		{"sound in MP4", "a.m4a", "audio/mp4", film(1000), desk.KindAudio, "audio/mp4", nil},
		{"a PDF", "../a.pdf", "application/pdf", report(2000), desk.KindDocument, "application/pdf", nil},
		{"a PDF of 100 MB and more", "a.pdf", "application/pdf", report(100*mib + 1), "", "", desk.ErrFileTooLarge},
		{"text", "a.txt", "text/plain", []byte("hola"), desk.KindDocument, "text/plain", nil},
		{"a table", "a.csv", "text/csv", []byte("a;b"), desk.KindDocument, "text/plain", nil},
		{"an empty file", "a.txt", "text/plain", nil, "", "", desk.ErrFileEmpty},
		{"a program", "a.jpg", "image/jpeg", []byte("MZ\x90"), "", "", desk.ErrFileType},
		{"a page", "a.jpg", "image/jpeg", []byte("<html>"), "", "", desk.ErrFileType},
		{"a drawing", "a.svg", "image/svg+xml", []byte("<svg>"), "", "", desk.ErrFileType},
		{"an archive", "a.zip", "application/zip", []byte("PK\x03\x04"), "", "", desk.ErrFileType},
		{"an archive called a photo", "a.jpg", "image/jpeg", []byte("PK\x03\x04"), "", "", desk.ErrFileType},
		{"a GIF", "a.gif", "image/gif", []byte("GIF89a"), "", "", desk.ErrFileType},
		{"a WebP", "a.webp", "image/webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "", "", desk.ErrFileType},
	} {
		u, err := w.take(c.file, c.claimed, c.content)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
			continue
		}
		if err == nil && (u.Kind != c.kind || u.Attachment.MIME != c.mime || u.Attachment.Size != int64(len(c.content)) || u.Attachment.Suspect) {
			t.Errorf("%s: %s %+v", c.name, u.Kind, u.Attachment)
		}
	}
	if _, spooled := w.kept(); len(spooled) != 0 {
		t.Errorf("left on its way: %v", spooled)
	}
	reader := desk.Agent{ID: desk.NewID(), Active: true, Role: desk.RoleAuditor}
	if _, err := w.lib.Take(t.Context(), reader, w.conv.ID, media.Given{Content: bytes.NewReader([]byte("x"))}); !errors.Is(err, desk.ErrForbidden) {
		t.Errorf("an auditor: %v", err)
	}
	w.shelf.full = 9
	if _, err := w.take("a.txt", "text/plain", []byte("nuevo")); !errors.Is(err, desk.ErrStorage) {
		t.Errorf("a full disk: %v", err)
	}
}

func TestFiles_OfOneContentAreKeptOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		content := photo(t, 60, 40, 0)
		w.graph.holds(content, "image/jpeg")
		m := w.arrives(desk.KindImage, desk.Attachment{MIME: "image/jpeg"})
		if err := w.lib.Fetch(t.Context(), m.ID); err != nil {
			t.Fatal(err)
		}
		u, err := w.take("otra.jpg", "image/jpeg", content)
		if err != nil {
			t.Fatal(err)
		}
		if files, _ := w.kept(); len(files) != 2 || u.Attachment.Path != w.attachment(m).Path {
			t.Fatalf("kept %v", files)
		}
		if err := w.lib.Drop(t.Context(), desk.Agent{ID: desk.NewID(), Active: true, Role: desk.RoleAdmin}, u.ID); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("somebody else dropped it: %v", err)
		}
		if err := w.lib.Drop(t.Context(), w.ana, u.ID); err != nil {
			t.Fatal(err)
		}
		w.sweep(2) // the message still uses it
		w.do(func(ctx context.Context, tx *store.Tx) error { return media.Forget(ctx, tx, m.ID) })
		w.sweep(0)
		if _, err := w.lib.Open(t.Context(), m.ID, false); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("an erased file is %v", err)
		}
	})
}

// sweep sweeps and compares how many files are left.
func (w *world) sweep(want int) {
	w.t.Helper()
	if err := w.lib.Sweep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	if files, _ := w.kept(); len(files) != want {
		w.t.Fatalf("%v are kept, want %d", files, want)
	}
}

func TestSweep_RemovesWhatNobodySent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if _, err := w.take("a.txt", "text/plain", []byte("hola")); err != nil {
			t.Fatal(err)
		}
		left := filepath.Join(w.dir, "spool", ".spool-1") // by a killed process
		if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(left, noon, noon); err != nil {
			t.Fatal(err)
		}
		w.sweep(1)
		if _, err := os.Stat(left); err != nil {
			t.Errorf("what is on its way is gone: %v", err)
		}
		w.now = noon.Add(6 * 24 * time.Hour)
		w.sweep(1)
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("what was left on its way is still there: %v", err)
		}
		w.now = noon.Add(8 * 24 * time.Hour)
		w.sweep(0)
	})
}

// A process that dies between keeping a file and naming it leaves no message with a
// wrong word, and no file for ever.
func TestFetch_KilledBeforeTheFileIsNamed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.graph.holds([]byte("hola"), "text/plain")
		m := w.arrives(desk.KindDocument, desk.Attachment{MIME: "text/plain"})
		ctx, cancel := context.WithCancel(t.Context())
		dying := media.New(media.Deps{Shelf: lastAct{w.shelf, cancel}, Spool: w.lib.Spool, Line: w.lib.Line, Store: w.lib.Store, Now: w.clock, Log: w.lib.Log})
		if err := dying.Fetch(ctx, m.ID); !errors.Is(err, context.Canceled) {
			t.Fatalf("the dying fetch: %v", err)
		}
		if a := w.attachment(m); a.Path != "" || a.Error != "" || a.Tries != 0 {
			t.Errorf("the message says %+v", a)
		}
		if files, _ := w.kept(); len(files) != 1 {
			t.Fatalf("kept %v", files)
		}
		w.now = noon.Add(48 * time.Hour)
		w.sweep(0)
		if err := w.lib.Fetch(t.Context(), m.ID); err != nil || w.attachment(m).Path == "" {
			t.Errorf("after the restart: %+v, %v", w.attachment(m), err)
		}
		w.now = noon.Add(96 * time.Hour)
		w.sweep(1)
	})
}

// lastAct is a shelf on which a file is put just before the process dies.
type lastAct struct {
	*shelf
	die context.CancelFunc
}

func (s lastAct) Put(ctx context.Context, path string, content *os.File, size int64) error {
	defer s.die()
	return s.shelf.Put(ctx, path, content, size)
}

func TestFetchAgain_IsForAgentsWhileThereIsHope(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.graph.holds([]byte("hola"), "text/plain")
		m := w.arrives(desk.KindDocument, desk.Attachment{MIME: "text/plain", Error: desk.FileGaveUp, Tries: 12})
		if err := w.lib.FetchAgain(t.Context(), desk.Agent{Active: true, Role: desk.RoleAuditor}, m.ID); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("an auditor: %v", err)
		}
		if err := w.lib.FetchAgain(t.Context(), w.ana, m.ID); err != nil {
			t.Fatal(err)
		}
		if a := w.attachment(m); a.Error != "" || a.Tries != 0 {
			t.Errorf("before its job: %+v", a)
		}
		if load, err := w.store.Load(t.Context(), w.now); err != nil || load.Jobs["fetch"] != 1 {
			t.Errorf("jobs: %v, %v", load.Jobs, err)
		}
		if err := w.lib.FetchAgain(t.Context(), w.ana, m.ID); !errors.Is(err, desk.ErrTransition) {
			t.Errorf("while it is fetched: %v", err)
		}
		late := w.arrives(desk.KindDocument, desk.Attachment{Error: desk.FileGaveUp})
		w.now = noon.Add(desk.FileKeep + time.Minute)
		if err := w.lib.FetchAgain(t.Context(), w.ana, late.ID); err != nil || w.attachment(late).Error != desk.FileLate {
			t.Errorf("too late: %+v, %v", w.attachment(late), err)
		}
	})
}

func TestUpload_StreamsWhatIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite)
	u, err := w.take("contrato ñ.pdf", "application/pdf", report(3*mib))
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.lib.Upload(t.Context(), &desk.Message{Channel: "100", Attachment: u.Attachment})
	if err != nil || id != "up1" || len(w.graph.uploads) != 1 || w.graph.uploads[0] != "contrato ñ.pdf application/pdf 3145728" {
		t.Errorf("%s, %q: %v", id, w.graph.uploads, err)
	}
	if err := w.shelf.Delete(t.Context(), u.Attachment.Path); err != nil {
		t.Fatal(err)
	}
	var e *desk.SendError
	if _, err := w.lib.Upload(t.Context(), &desk.Message{Channel: "100", Attachment: u.Attachment}); !errors.As(err, &e) || e.Remedy != desk.RemedyPark {
		t.Errorf("a lost file: %v", err)
	}
}

// TestFiles_AreNotHeldInMemory is not parallel, since it counts what the whole
// process allocates.
func TestFiles_AreNotHeldInMemory(t *testing.T) {
	w := newWorld(t, storetest.SQLite)
	content := report(100 * mib)
	w.graph.holds(content, "application/pdf")
	m := w.arrives(desk.KindDocument, desk.Attachment{MIME: "application/pdf"})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := w.lib.Fetch(t.Context(), m.ID); err != nil {
		t.Fatal(err)
	}
	file, err := w.lib.Open(t.Context(), m.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.lib.Take(t.Context(), w.ana, w.conv.ID, media.Given{Filename: "a.pdf", Claimed: "application/pdf", Content: io.MultiReader(file)})
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 16*mib {
		t.Errorf("fetching and taking 100 MB allocated %d MB", spent/mib)
	} else {
		t.Logf("fetching and taking 100 MB allocated %d KB", spent>>10)
	}
}

// However many requests bring files at once, an agent chooses no more than may be sent.
func TestTake_LimitHoldsUnderRaces(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		const more = 5
		var all sync.WaitGroup
		failures := make(chan error, desk.MaxUploads+more)
		for i := range desk.MaxUploads + more {
			all.Go(func() {
				_, err := w.take("a.txt", "text/plain", fmt.Append(nil, "hola ", i))
				failures <- err
			})
		}
		all.Wait()
		close(failures)
		refused := 0
		for err := range failures {
			switch {
			case errors.Is(err, desk.ErrTooManyFiles):
				refused++
			case err != nil:
				t.Error(err)
			}
		}
		chosen, err := w.store.Uploads(t.Context(), w.conv.ID, w.ana.ID)
		if err != nil || len(chosen) != desk.MaxUploads || refused != more {
			t.Errorf("%d chosen, %d refused: %v", len(chosen), refused, err)
		}
	})
}
