package bucket_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"antena/internal/bucket"
	"antena/internal/desk"
)

func open(t *testing.T, s *service) *bucket.Bucket {
	t.Helper()
	b, err := bucket.Open("s3://KEY:s%2Fcret@" + strings.TrimPrefix(s.URL, "http://") + "/files/desk?region=here&tls=no")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// temp is a file with its offset at the end, as a spool has it.
func temp(t *testing.T, size int) (*os.File, []byte) {
	t.Helper()
	content := make([]byte, size)
	if _, err := rand.Read(content); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	return f, content
}

func TestBucket_KeepsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	s := newService(t)
	b := open(t, s)
	for _, size := range []int{0, 1, 1 << 20, 33 << 20} { // the last comes in three parts
		f, want := temp(t, size)
		if err := b.Put(t.Context(), "ab/abc", f, int64(size)); err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		got, err := b.Open(t.Context(), "ab/abc")
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(got)
		if err != nil || !bytes.Equal(all, want) {
			t.Fatalf("%d bytes came back as %d: %v", size, len(all), err)
		}
		if size > 100 {
			if _, err := got.Seek(-50, io.SeekEnd); err != nil {
				t.Fatal(err)
			}
			if tail, err := io.ReadAll(got); err != nil || !bytes.Equal(tail, want[size-50:]) {
				t.Errorf("the tail of %d bytes: %d bytes, %v", size, len(tail), err)
			}
		}
		if err := got.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, call := range s.asked() {
		if !strings.HasPrefix(strings.Fields(call)[1], "/files/desk/ab/abc") {
			t.Errorf("asked for %s", call)
		}
	}
	for range 2 {
		if err := b.Delete(t.Context(), "ab/abc"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Open(t.Context(), "ab/abc"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("what was deleted is %v", err)
	}
}

func TestBucket_AShortOutageIsRiddenOut(t *testing.T) {
	t.Parallel()
	s := newService(t)
	b := open(t, s)
	var failed atomic.Int32
	s.set(func(*http.Request) (int, string) {
		if failed.Add(1) <= 2 {
			return http.StatusServiceUnavailable, "SlowDown"
		}
		return 0, ""
	})
	f, _ := temp(t, 100)
	if err := b.Put(t.Context(), "a", f, 100); err != nil {
		t.Fatal(err)
	}
	if objects, _ := s.holds(); objects != 1 || failed.Load() != 3 {
		t.Errorf("%d objects after %d requests", objects, failed.Load())
	}
}

func TestBucket_WhatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	always := func(status int, code string) func(*http.Request) (int, string) {
		return func(*http.Request) (int, string) { return status, code }
	}
	second := func(r *http.Request) (int, string) {
		if r.URL.Query().Get("partNumber") == "2" {
			return http.StatusInsufficientStorage, "XMinioStorageFull"
		}
		return 0, ""
	}
	for name, fail := range map[string]func(*http.Request) (int, string){
		"away": always(http.StatusServiceUnavailable, "SlowDown"), "full": always(http.StatusInsufficientStorage, "XMinioStorageFull"),
		"no such bucket": always(http.StatusNotFound, "NoSuchBucket"), "wrong key": always(http.StatusForbidden, "SignatureDoesNotMatch"), "full at the second part": second,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t)
			b := open(t, s)
			s.set(fail)
			f, _ := temp(t, 20<<20)
			err := b.Put(t.Context(), "a", f, 20<<20)
			if err == nil || errors.Is(err, desk.ErrNotFound) || strings.Contains(err.Error(), "s/cret") {
				t.Errorf("put: %v", err)
			}
			if objects, uploads := s.holds(); objects != 0 || uploads != 0 {
				t.Errorf("%d objects and %d uploads are left", objects, uploads)
			}
			if _, err := b.Open(t.Context(), "a"); name != "full at the second part" && (err == nil || errors.Is(err, desk.ErrNotFound)) {
				t.Errorf("open: %v", err)
			}
		})
	}
}

func TestBucket_WaitsNoLongerThanItsCaller(t *testing.T) {
	t.Parallel()
	s := newService(t)
	b := open(t, s)
	s.wait = make(chan struct{})
	defer close(s.wait)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	f, _ := temp(t, 10)
	if err := b.Put(ctx, "a", f, 10); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("put: %v", err)
	}
	if _, err := b.Open(ctx, "a"); err == nil {
		t.Error("opened what never answered")
	}
}

func TestOpen_SaysWhatIsWrongAndNoSecret(t *testing.T) {
	t.Parallel()
	for _, give := range []string{"", "https://KEY:hush@host/files", "s3://host/files", "s3://KEY:hush@/files", "s3://KEY:hush@host", "s3://KEY:hush@host/", "s3://KEY:hush@ho st/files"} {
		if _, err := bucket.Open(give); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: %v", give, err)
		}
	}
}
