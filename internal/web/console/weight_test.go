package console_test

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFirstPage_IsLight adds up all that a browser loads for the inbox the first
// time, as it comes over the wire: the files compressed, the page as it is. What is
// loaded when it is first used (static/js/lazy) is no part of it.
func TestFirstPage_IsLight(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	page := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"?view=mine", session(t, h, f, ana), nil)
	address := regexp.MustCompile(`/static/[0-9a-f]{16}/`).FindString(page.Body.String())
	sum := page.Body.Len()
	for _, pattern := range []string{"static/*.svg", "static/css/*.css", "static/js/*.js"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %d files", pattern, err, len(names))
		}
		for _, name := range names {
			file := do(h, http.MethodGet, address+strings.TrimPrefix(name, "static/"), "", nil, "Accept-Encoding", "gzip")
			if file.Code != http.StatusOK || file.Header().Get("Content-Encoding") != "gzip" {
				t.Errorf("%s came with %d %v", name, file.Code, file.Header())
			}
			sum += file.Body.Len()
		}
	}
	t.Logf("the first page weighs %d bytes, %d of them HTML", sum, page.Body.Len())
	if sum > 150_000 {
		t.Errorf("the first page weighs %d bytes", sum)
	}
}

func BenchmarkNew(b *testing.B) {
	f := golden(b)
	for b.Loop() {
		engine(b, f)
	}
}

func BenchmarkInbox(b *testing.B) {
	f := golden(b)
	h := serve(b, f)
	cookie, path := session(b, h, f, ana), "/conversations/"+f.conversations[0].ID.String()+"?view=mine"
	for b.Loop() {
		if w := do(h, http.MethodGet, path, cookie, nil); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
