package phone_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"antena/internal/whatsapp"
)

func TestSamples_ArriveAndAreShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, name := range []string{"router", "receipt", "voice", "document"} {
		w.must("/c/rafael/samples", "name", name)
	}
	w.must("/c/rafael/location")
	got := w.arrived()
	if len(got) != 5 {
		t.Fatalf("%d arrived", len(got))
	}
	for i, want := range []string{"image/png", "image/png", "audio/ogg; codecs=opus", "application/pdf"} {
		if got[i].Media == nil || got[i].Media.MIME != want {
			t.Errorf("file %d: %+v, want %s", i, got[i].Media, want)
		}
	}
	var file bytes.Buffer
	if _, err := w.desk.Fetch(t.Context(), number, got[0].Media.ID, &file, 5<<20); err != nil {
		t.Fatal(err)
	}
	if size, err := png.DecodeConfig(&file); err != nil || size.Width != 720 || size.Height != 960 {
		t.Errorf("the picture: %+v %v", size, err)
	}
	page := w.get("/c/rafael/thread")
	files := regexp.MustCompile(`(?:src|href)="(/c/rafael/media/\d+)"`).FindAllStringSubmatch(page, -1)
	if len(files) < 4 {
		t.Fatalf("%d files on the page:\n%s", len(files), page)
	}
	for _, f := range files {
		resp, body := w.do(w.request("GET", f[1], "", nil))
		if resp.StatusCode != http.StatusOK || len(body) < 400 || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d, %d bytes", f[1], resp.StatusCode, len(body))
		}
		if strings.HasPrefix(body, "%PDF") && !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment") {
			t.Error("the document opens in the page's own origin")
		}
	}
	if resp, _ := w.do(w.request("GET", "/c/lucia/media/"+got[0].Media.ID, "", nil)); resp.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else sees the file: %d", resp.StatusCode)
	}
}

func TestUpload_IsWhatItsBytesSay(t *testing.T) {
	t.Parallel()
	jpeg := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), make([]byte, 64)...)
	tests := []struct {
		name, file string
		give       []byte
		status     int
		mime       string
	}{
		{"picture with a wrong name", "notes.txt", jpeg, 204, "image/jpeg"},
		{"document", `..\..\C:bill "x".pdf`, []byte("%PDF-1.4 x"), 204, "application/pdf"},
		{"recording", "voice", []byte("OggS\x00rest of it"), 204, "audio/ogg; codecs=opus"},
		{"browser's recording", "voice", []byte("\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1f\x42\x86webm"), 204, "audio/webm"},
		{"another browser's recording", "voice", []byte("\x00\x00\x00\x1cftypisom\x00\x00\x02\x00isomiso6"), 204, "audio/mp4"},
		{"a phone's picture in the same form", "x.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), 422, ""},
		{"page", "x.png", []byte("<html><script>alert(1)</script>"), 422, ""},
		{"drawing that can run, as text", "x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), 204, "text/plain"},
		{"program", "x.exe", []byte("MZ\x90\x00\x03\x00"), 422, ""},
		{"empty", "x.png", nil, 422, ""},
		{"16 MB", "x.jpg", append(jpeg, make([]byte, 16<<20-len(jpeg))...), 204, "image/jpeg"},
		{"16 MB and a byte", "x.jpg", append(jpeg, make([]byte, 16<<20+1-len(jpeg))...), 422, ""},
		{"24 MB", "x.jpg", append(jpeg, make([]byte, 24<<20)...), 422, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			resp, body := w.file("/c/tom/files", test.file, test.give, "look *here*")
			if resp.StatusCode != test.status {
				t.Fatalf("%d %s", resp.StatusCode, body)
			}
			got := w.arrived()
			if test.mime == "" {
				if len(got) != 0 {
					t.Errorf("arrived %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Media.MIME != test.mime || strings.ContainsAny(got[0].Media.Filename, `/\"`) {
				t.Fatalf("arrived %+v", got)
			}
			if test.mime == "image/jpeg" && !strings.Contains(w.get("/c/tom"), "look <strong>here</strong>") {
				t.Error("no caption")
			}
		})
	}
}

func TestLocate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/location", "latitude", "-31.41", "longitude", "-64.18", "name", "Home")
	for _, bad := range []url.Values{
		{"latitude": {"91"}, "longitude": {"0"}}, {"latitude": {"NaN"}, "longitude": {"0"}}, {"latitude": {"1"}},
		{"latitude": {"x"}, "longitude": {"0"}}, {"latitude": {"1"}, "longitude": {"1"}, "name": {strings.Repeat("x", 101)}},
	} {
		if resp, _ := w.post("/c/tom/location", bad); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", bad, resp.StatusCode)
		}
	}
	got := w.arrived()
	if len(got) != 1 || got[0].Location.Latitude != -31.41 || got[0].Location.Name != "Home" {
		t.Fatalf("arrived %+v", got)
	}
	if page := w.get("/c/tom"); !strings.Contains(page, "-31.41000, -64.18000") {
		t.Error("the place is not shown")
	}
}

func TestMedia_TheDesksOwnFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	id, err := w.desk.UploadMedia(t.Context(), number, "text/plain", "x.html", strings.NewReader("<script>alert(1)</script>"), 25)
	if err != nil {
		t.Fatal(err)
	}
	w.say("12125550178", whatsapp.Outbound{Media: &whatsapp.OutMedia{Type: "document", ID: id, Filename: "x.html"}})
	resp, _ := w.do(w.request("GET", "/c/tom/media/"+id, "", nil))
	if resp.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a page is shown: %v", resp.Header)
	}
}
