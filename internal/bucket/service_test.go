package bucket_test

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// service speaks as much of S3 as a shelf needs.
type service struct {
	*httptest.Server
	mu      sync.Mutex
	objects map[string][]byte
	parts   map[string]map[int][]byte // by upload
	calls   []string
	fail    func(r *http.Request) (status int, code string) // zero: none
	wait    chan struct{}                                   // answers wait for its end; nil: they do not
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{objects: map[string][]byte{}, parts: map[string]map[int][]byte{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := s.body(r)
	s.mu.Lock()
	s.calls = append(s.calls, strings.TrimSpace(r.Method+" "+r.URL.Path))
	fail, wait := s.fail, s.wait
	s.mu.Unlock()
	if wait != nil {
		<-wait
	}
	if fail != nil {
		if status, code := fail(r); status != 0 {
			refuse(w, r, status, code)
			return
		}
	}
	sign := r.Header.Get("Authorization")
	if !strings.HasPrefix(sign, "AWS4-HMAC-SHA256 Credential=KEY/") || !strings.Contains(sign, "/here/s3/aws4_request") || !strings.Contains(sign, "Signature=") {
		refuse(w, r, http.StatusForbidden, "InvalidAccessKeyId")
		return
	}
	if err != nil {
		refuse(w, r, http.StatusBadRequest, "IncompleteBody")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.do(w, r, strings.TrimPrefix(r.URL.Path, "/files/"), body)
}

func (s *service) do(w http.ResponseWriter, r *http.Request, key string, body []byte) {
	q := r.URL.Query()
	upload := q.Get("uploadId")
	switch {
	case r.Method == http.MethodHead && key == "": // is there such a bucket?
	case r.Method == http.MethodPost && q.Has("uploads"):
		id := fmt.Sprint("upload", len(s.parts))
		s.parts[id] = map[int][]byte{}
		answer(w, "InitiateMultipartUploadResult", "<Bucket>files</Bucket><Key>"+key+"</Key><UploadId>"+id+"</UploadId>")
	case r.Method == http.MethodPut && upload != "":
		number, _ := strconv.Atoi(q.Get("partNumber"))
		s.parts[upload][number] = body
		w.Header().Set("ETag", etag(body))
	case r.Method == http.MethodPost && upload != "":
		var whole []byte
		var numbers []int
		for n := range s.parts[upload] {
			numbers = append(numbers, n)
		}
		sort.Ints(numbers)
		for _, n := range numbers {
			whole = append(whole, s.parts[upload][n]...)
		}
		s.objects[key] = whole
		delete(s.parts, upload)
		answer(w, "CompleteMultipartUploadResult", "<Bucket>files</Bucket><Key>"+key+"</Key><ETag>"+etag(whole)+"</ETag>")
	case r.Method == http.MethodDelete && upload != "":
		delete(s.parts, upload)
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodPut:
		s.objects[key] = body
		w.Header().Set("ETag", etag(body))
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	default:
		content, ok := s.objects[key]
		if !ok {
			refuse(w, r, http.StatusNotFound, "NoSuchKey")
			return
		}
		w.Header().Set("ETag", etag(content))
		http.ServeContent(w, r, "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), bytes.NewReader(content))
	}
}

// body reads a request, also in the chunks of a signed stream.
func (s *service) body(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return io.ReadAll(r.Body)
	}
	var out []byte
	in := bufio.NewReader(r.Body)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		size, err := strconv.ParseInt(strings.Split(strings.TrimSpace(line), ";")[0], 16, 64)
		if err != nil {
			return nil, err
		}
		if size == 0 {
			_, err := io.Copy(io.Discard, in)
			return out, err
		}
		chunk := make([]byte, size+2)
		if _, err := io.ReadFull(in, chunk); err != nil {
			return nil, err
		}
		out = append(out, chunk[:size]...)
	}
}

func etag(b []byte) string { sum := md5.Sum(b); return `"` + hex.EncodeToString(sum[:]) + `"` }

func answer(w http.ResponseWriter, name, inside string) {
	w.Header().Set("Content-Type", "application/xml")
	fmt.Fprintf(w, "%s<%s>%s</%s>", xml.Header, name, inside, name)
}

func refuse(w http.ResponseWriter, r *http.Request, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		fmt.Fprintf(w, "%s<Error><Code>%s</Code><Message>no</Message></Error>", xml.Header, code)
	}
}

func (s *service) set(fail func(*http.Request) (int, string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail, s.calls = fail, nil
}

func (s *service) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

func (s *service) holds() (objects, uploads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.objects), len(s.parts)
}
