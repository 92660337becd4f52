package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/media"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type adapter struct{ *store.Store }

func (s adapter) InTx(ctx context.Context, fn func(media.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// shelf is a disk that can be full.
type shelf struct {
	*media.Disk
	mu   sync.Mutex
	full int // how many files find no room
}

func (s *shelf) Put(ctx context.Context, path string, content *os.File, size int64) error {
	s.mu.Lock()
	full := s.full > 0
	s.full--
	s.mu.Unlock()
	if full {
		return syscall.ENOSPC
	}
	return s.Disk.Put(ctx, path, content, size)
}

// world is a library on a real store with a provider behind real HTTP.
type world struct {
	t     *testing.T
	dir   string
	now   time.Time
	store *store.Store
	graph *graph
	shelf *shelf
	lib   *media.Library
	ana   desk.Agent
	conv  *desk.Conversation
}

func newWorld(t *testing.T, dialect string) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), now: noon, graph: newGraph(t)}
	w.store = storetest.Open(t, dialect, w.clock)
	w.shelf = &shelf{Disk: media.NewDisk(w.dir)}
	w.open()
	w.do(func(ctx context.Context, tx *store.Tx) error {
		w.ana = desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: noon, UpdatedAt: noon}
		if err := tx.AddAgent(ctx, &w.ana); err != nil {
			return err
		}
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: "5491155550100"}, noon)
		if err != nil {
			return err
		}
		w.conv, err = tx.ConversationFor(ctx, contact.ID, "100", noon)
		return err
	})
	return w
}

// open makes the library anew, as a restart does.
func (w *world) open() {
	w.t.Helper()
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: w.graph.URL, Token: token})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(client.Close)
	w.lib = media.New(media.Deps{Shelf: w.shelf, Spool: filepath.Join(w.dir, "spool"), Line: channel.New(client), Store: adapter{w.store}, Now: w.clock, Log: slog.New(slog.DiscardHandler)})
}

func (w *world) clock() time.Time { return w.now }

func (w *world) do(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// arrives adds a contact's message with a file.
func (w *world) arrives(kind desk.MessageKind, a desk.Attachment) desk.Message {
	w.t.Helper()
	a.MediaID = "4001"
	m := desk.Message{ID: desk.NewID(), ConversationID: w.conv.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: kind, Attachment: &a, SentAt: &w.now, CreatedAt: w.now}
	w.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
	return m
}

func (w *world) attachment(m desk.Message) desk.Attachment {
	w.t.Helper()
	got, err := w.store.Message(w.t.Context(), m.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return *got.Attachment
}

// kept lists the files on the shelf, and what is on its way.
func (w *world) kept() (files, spooled []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
		case strings.Contains(path, "spool"):
			spooled = append(spooled, path)
		default:
			files = append(files, strings.TrimPrefix(path, w.dir+"/"))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return files, spooled
}

// photo is a JPEG, red on its left half, with an EXIF orientation if turn is not zero.
func photo(t testing.TB, width, height, turn int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{B: 255, A: 255})
			if x < width/2 {
				img.Set(x, y, color.RGBA{R: 255, A: 255})
			}
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	if turn == 0 {
		return out.Bytes()
	}
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), byte(turn), 0, 0, 0, 0, 0, 0)
	exif = append(exif, "GPS: -34.6, -58.4"...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append([]byte{0xff, 0xd8}, segment...), exif...), out.Bytes()[2:]...)
}

// bomb is a PNG of a few bytes that claims to be 60,000 pixels wide and high.
func bomb(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	raw := out.Bytes()
	binary.BigEndian.PutUint32(raw[16:], 60_000)
	binary.BigEndian.PutUint32(raw[20:], 60_000)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

// film begins as an MP4 and is of a size.
func film(size int) []byte {
	content := make([]byte, size)
	copy(content, "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
	return content
}

// report is a PDF of a size with three pages.
func report(size int) []byte {
	content := bytes.Repeat([]byte{'\n'}, size)
	copy(content, "%PDF-1.7\n1 0 obj << /Type /Pages /Kids [2 0 R] /Count 3 >> endobj\n")
	return content
}
