package media_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"antena/internal/media"
)

// relaxed is a store whose transactions return before the disk has them.
type relaxed struct {
	adapter
	loose bool // something is not on disk
}

func (s *relaxed) InTx(ctx context.Context, fn func(media.Tx) error) error {
	s.loose = true
	return s.adapter.InTx(ctx, fn)
}

func (s *relaxed) Flush(ctx context.Context) error {
	s.loose = false
	return s.adapter.Flush(ctx)
}

// strict is a shelf that looks whether the disk knows of what it is told to do.
type strict struct {
	*shelf
	t     *testing.T
	store *relaxed
	did   []string
}

func (s *strict) Put(ctx context.Context, path string, content *os.File, size int64) error {
	s.look("put " + path)
	return s.shelf.Put(ctx, path, content, size)
}

func (s *strict) Delete(ctx context.Context, path string) error {
	s.look("delete " + path)
	return s.shelf.Delete(ctx, path)
}

func (s *strict) look(deed string) {
	s.did = append(s.did, deed)
	if s.store.loose {
		s.t.Errorf("%s before the disk has the row", deed)
	}
}

// A database that loses its last moments must not leave bytes nobody knows of, nor
// take back the mark of a file that is being deleted.
func TestShelf_IsTouchedWhenTheDiskHasTheRow(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		db := &relaxed{adapter: adapter{w.store}}
		on := &strict{shelf: w.shelf, t: t, store: db}
		lib := media.New(media.Deps{Shelf: on, Spool: w.lib.Spool, Line: w.lib.Line, Store: db, Now: w.clock, Log: w.lib.Log})
		u, err := lib.Take(t.Context(), w.ana, w.conv.ID, media.Given{Filename: "a.txt", Claimed: "text/plain", Content: strings.NewReader("hola")})
		if err != nil {
			t.Fatal(err)
		}
		if err := lib.Drop(t.Context(), w.ana, u.ID); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(8 * 24 * time.Hour)
		if err := lib.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(on.did) != 3 || on.did[0] != "put "+u.Attachment.Path || on.did[2] != "delete "+u.Attachment.Path {
			t.Errorf("the shelf did %v", on.did)
		}
	})
}
