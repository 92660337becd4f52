package whatsapp

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestUploadSample(t *testing.T) {
	t.Parallel()
	c, seen := graph(t)
	handle, err := c.UploadSample(t.Context(), "55", "image/png", "a b.png", []byte("content"))
	if err != nil || handle != "4::aW" {
		t.Fatalf("%q, %v", handle, err)
	}
	first, second := (*seen)[0], (*seen)[1]
	if first.query != "file_length=7&file_name=a+b.png&file_type=image%2Fpng" || second.query != "sig=AB" || second.body != "content" || second.auth != "OAuth "+testToken {
		t.Errorf("calls %+v and %+v", first, second)
	}
}

func TestUploadSample_GoesOn(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	broken := false
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		switch {
		case strings.HasSuffix(r.URL.Path, "/uploads"):
			io.WriteString(w, `{"id":"upload:X"}`)
		case r.Method == http.MethodGet:
			io.WriteString(w, `{"id":"upload:X","file_offset":3}`)
		case !broken:
			broken = true
			got.Write(raw[:3])
			w.WriteHeader(http.StatusBadGateway)
		case r.Header.Get("File_offset") == "3":
			got.Write(raw)
			io.WriteString(w, `{"h":"H"}`)
		}
	})
	handle, err := c.UploadSample(t.Context(), "55", "image/png", "a.png", []byte("content"))
	if err != nil || handle != "H" || got.String() != "content" {
		t.Errorf("%q, %v with %q", handle, err, got.String())
	}
}

func TestUploadSample_StrangeSession(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "7", "http://evil.example/", "upload:x/../../y", "upload:a#b"} {
		asked := 0
		c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			asked++
			json.NewEncoder(w).Encode(map[string]string{"id": id})
		})
		if _, err := c.UploadSample(t.Context(), "55", "image/png", "a.png", []byte("x")); err == nil || asked != 1 {
			t.Errorf("session %q: %v after %d calls", id, err, asked)
		}
	}
}
