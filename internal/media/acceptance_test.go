package media_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store/storetest"
)

const mib = 1 << 20

// arrival is a file a contact sends, and what is to become of it.
type arrival struct {
	name    string
	kind    desk.MessageKind
	claimed string
	set     func(w *world)
	tries   int    // how often its job runs; the last one settles it
	want    string // what the message says in the end
	traffic string // lookups and downloads
}

func arrivals(t *testing.T) []arrival {
	picture := photo(t, 900, 600, 0)
	holds := func(content []byte, mime string) func(*world) {
		return func(w *world) { w.graph.holds(content, mime) }
	}
	html, svg := []byte("<!DOCTYPE html><script>alert(1)</script>"), []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	return []arrival{
		{"a photo", desk.KindImage, "image/jpeg", holds(picture, "image/jpeg"), 1, "kept image/jpeg 900x600 thumb", "1+1"},
		{"video of 16 MB", desk.KindVideo, "video/mp4", holds(film(16*mib), "video/mp4"), 1, "kept video/mp4", "1+1"},
		{"video over 16 MB", desk.KindVideo, "video/mp4", holds(film(16*mib+1), "video/mp4"), 1, "given up: too_large", "1+0"},
		{"document of 100 MB", desk.KindDocument, "application/pdf", holds(report(100*mib), "application/pdf"), 1, "kept application/pdf 3 pages", "1+1"},
		{"document over 100 MB", desk.KindDocument, "application/pdf", holds(report(100*mib+1), "application/pdf"), 1, "given up: too_large", "1+0"},
		{"wrong sha256", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds([]byte("something else"), "image/jpeg")
			w.graph.serve = func(rw http.ResponseWriter, _ int) { _, _ = rw.Write(picture[:14]) }
		}, 1, "given up: altered", "1+1"},
		{"shorter than announced", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds(picture, "image/jpeg")
			delete(w.graph.info, "sha256")
			w.graph.serve = func(rw http.ResponseWriter, _ int) { _, _ = rw.Write(picture[:100]) }
		}, 1, "given up: altered", "1+1"},
		{"wrong MIME type", desk.KindDocument, "application/pdf", holds(picture, "application/pdf"), 1, "kept image/jpeg suspect", "1+1"},
		{"endless body", desk.KindVideo, "video/mp4", func(w *world) { w.graph.serve = endless }, 1, "given up: too_large", "1+1"},
		{"redirect to another host", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.serve = func(rw http.ResponseWriter, _ int) {
				rw.Header().Set("Location", w.graph.elsewhere.URL+"/file")
				rw.WriteHeader(http.StatusFound)
			}
		}, 1, "given up: refused", "1+1"},
		{"URL on another host", desk.KindImage, "image/jpeg", func(w *world) { w.graph.info["url"] = w.graph.elsewhere.URL + "/file" }, 1, "given up: refused", "1+0"},
		{"SVG with a script", desk.KindImage, "image/svg+xml", holds(svg, "image/svg+xml"), 1, "kept image/svg+xml suspect", "1+1"},
		{"SVG as a document", desk.KindDocument, "image/svg+xml", holds(svg, "image/svg+xml"), 1, "kept image/svg+xml", "1+1"},
		{"HTML renamed .jpg", desk.KindImage, "image/jpeg", holds(html, "image/jpeg"), 1, "kept text/html suspect", "1+1"},
		{"PNG of huge dimensions", desk.KindImage, "image/png", holds(bomb(t), "image/png"), 1, "kept image/png", "1+1"},
		{"expired URL, then fine", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds(picture, "image/jpeg")
			w.graph.serve = func(rw http.ResponseWriter, n int) {
				if n == 1 {
					rw.WriteHeader(http.StatusNotFound)
					return
				}
				_, _ = rw.Write(picture)
			}
		}, 1, "kept image/jpeg 900x600 thumb", "2+2"},
		{"404 for ever", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.serve = func(rw http.ResponseWriter, _ int) { rw.WriteHeader(http.StatusNotFound) }
		}, 1, "given up: gone", "2+2"},
		{"id nobody knows", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.lookup = func(rw http.ResponseWriter, _ int) bool { graphError(rw, http.StatusBadRequest, 100); return true }
		}, 1, "given up: gone", "1+0"},
		{"provider fails twice", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds(picture, "image/jpeg")
			w.graph.lookup = func(rw http.ResponseWriter, n int) bool {
				if n <= 2 {
					graphError(rw, http.StatusServiceUnavailable, 2)
				}
				return n <= 2
			}
		}, 3, "kept image/jpeg 900x600 thumb", "3+1"},
		{"provider fails for ever", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.serve = func(rw http.ResponseWriter, _ int) { rw.WriteHeader(http.StatusBadGateway) }
		}, 3, "trying, 3 failures; then given up: gave_up", "3+3"},
		{"disk full once", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds(picture, "image/jpeg")
			w.shelf.full = 1
		}, 2, "kept image/jpeg 900x600 thumb", "2+2"},
		{"no disk for the spool", desk.KindImage, "image/jpeg", func(w *world) {
			w.graph.holds(picture, "image/jpeg")
			if err := os.WriteFile(filepath.Join(w.dir, "spool"), nil, 0o600); err != nil {
				w.t.Fatal(err)
			}
		}, 2, "trying, 2 failures; then given up: gave_up", "0+0"},
		{"killed in the middle", desk.KindVideo, "video/mp4", func(w *world) {
			content := film(2 * mib)
			w.graph.holds(content, "video/mp4")
			w.graph.serve = func(rw http.ResponseWriter, n int) {
				if n == 1 {
					_, _ = rw.Write(content[:mib])
					panic(http.ErrAbortHandler)
				}
				_, _ = rw.Write(content)
			}
		}, 2, "kept video/mp4", "2+2"},
		{"after seven days", desk.KindImage, "image/jpeg", func(w *world) { w.now = w.now.Add(desk.FileKeep + time.Hour) }, 1, "given up: late", "0+0"},
	}
}

// outcome is what a message says of its file.
func outcome(a desk.Attachment) string {
	if a.Path == "" && a.Error == "" {
		return fmt.Sprintf("trying, %d failures", a.Tries)
	}
	if a.Error != "" {
		return "given up: " + a.Error
	}
	words := []string{"kept", a.MIME}
	if a.Suspect {
		words = append(words, "suspect")
	}
	if a.Width > 0 {
		words = append(words, fmt.Sprintf("%dx%d", a.Width, a.Height))
	}
	if a.Thumb {
		words = append(words, "thumb")
	}
	if a.Pages > 0 {
		words = append(words, fmt.Sprint(a.Pages, " pages"))
	}
	return strings.Join(words, " ")
}

// TestAcceptance sends every kind of file through real HTTP to a library on both
// databases; -v prints the table.
func TestAcceptance(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			var table strings.Builder
			for _, c := range arrivals(t) {
				t.Run(c.name, func(t *testing.T) {
					got, traffic := c.run(t, newWorld(t, dialect))
					fmt.Fprintf(&table, "%-26s %-46s %s\n", c.name, got, traffic)
					if got != c.want || traffic != c.traffic {
						t.Errorf("%s after %s requests, want %s after %s", got, traffic, c.want, c.traffic)
					}
				})
			}
			t.Logf("what becomes of files on %s; look-ups + downloads\n%s", dialect, table.String())
		})
	}
}

func (c arrival) run(t *testing.T, w *world) (got, traffic string) {
	t.Helper()
	m := w.arrives(c.kind, desk.Attachment{MIME: c.claimed})
	c.set(w)
	for try := 1; try <= c.tries; try++ {
		err := w.lib.Fetch(t.Context(), m.ID)
		if again := try < c.tries || strings.HasPrefix(c.want, "trying"); again != (err != nil) {
			t.Errorf("try %d of %d: %v", try, c.tries, err)
		}
		if err != nil && (strings.Contains(err.Error(), token) || strings.Contains(err.Error(), "/file")) {
			t.Errorf("the failure tells secrets: %v", err)
		}
		w.open() // as if the process had died
	}
	a := w.attachment(m)
	got = outcome(a)
	if strings.HasPrefix(got, "trying") {
		if err := w.lib.GiveUp(t.Context(), m.ID); err != nil {
			t.Fatal(err)
		}
		a = w.attachment(m)
		got += "; then " + outcome(a)
	}
	c.check(t, w, a)
	w.graph.mu.Lock()
	defer w.graph.mu.Unlock()
	if w.graph.leaked {
		t.Error("the token reached another host")
	}
	return got, fmt.Sprintf("%d+%d", w.graph.lookups, w.graph.downloads)
}

// check looks at what is on the disk.
func (c arrival) check(t *testing.T, w *world, a desk.Attachment) {
	t.Helper()
	var want []string
	if a.Path != "" {
		want = append(want, a.Path)
	}
	if a.Thumb {
		want = append(want, a.Path+".jpg")
	}
	files, spooled := w.kept()
	spooled = slices.DeleteFunc(spooled, func(name string) bool { return strings.HasSuffix(name, "/spool") }) // that is in its way
	if len(want) != len(files) && a.Path != "" || len(spooled) != 0 {
		t.Errorf("on the disk: %v and on its way %v, want %v", files, spooled, want)
	}
}
