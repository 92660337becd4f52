package media_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

const token = "EAAG-token"

// graph is a provider that does with a file what a case says.
type graph struct {
	*httptest.Server
	elsewhere *httptest.Server // a host the token must not reach
	mu        sync.Mutex
	lookups   int
	downloads int
	leaked    bool // the token came to the other host
	uploads   []string
	serve     func(w http.ResponseWriter, download int)
	lookup    func(w http.ResponseWriter, lookup int) bool // true: answered
	info      map[string]any
}

func newGraph(t *testing.T) *graph {
	t.Helper()
	g := &graph{info: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v25.0/{id}", g.look)
	mux.HandleFunc("GET /file", g.file)
	mux.HandleFunc("POST /v25.0/{number}/media", g.upload)
	g.Server = httptest.NewServer(mux)
	g.elsewhere = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.leaked = g.leaked || strings.Contains(r.Header.Get("Authorization"), token)
		fmt.Fprint(w, "hello")
	}))
	t.Cleanup(func() { g.Close(); g.elsewhere.Close() })
	return g
}

// holds makes the provider announce and serve content.
func (g *graph) holds(content []byte, mime string) {
	sum := sha256.Sum256(content)
	g.info = map[string]any{"sha256": base64.StdEncoding.EncodeToString(sum[:]), "mime_type": mime, "file_size": fmt.Sprint(len(content))}
	g.serve = func(w http.ResponseWriter, _ int) { _, _ = w.Write(content) }
}

func (g *graph) look(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.lookups++
	n := g.lookups
	g.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if g.lookup != nil && g.lookup(w, n) {
		return
	}
	answer := map[string]any{"messaging_product": "whatsapp", "id": r.PathValue("id"), "url": g.URL + "/file"}
	for k, v := range g.info {
		answer[k] = v
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (g *graph) file(w http.ResponseWriter, _ *http.Request) {
	g.mu.Lock()
	g.downloads++
	n := g.downloads
	g.mu.Unlock()
	g.serve(w, n)
}

func (g *graph) upload(w http.ResponseWriter, r *http.Request) {
	file, header, err := r.FormFile("file")
	if err != nil || r.ContentLength <= 0 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	content, _ := io.ReadAll(file)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.uploads = append(g.uploads, fmt.Sprintf("%s %s %d", header.Filename, header.Header.Get("Content-Type"), len(content)))
	fmt.Fprintf(w, `{"id":"up%d"}`, len(g.uploads))
}

func graphError(w http.ResponseWriter, status, code int) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":{"message":"no","type":"OAuthException","code":%d}}`, code)
}

// endless writes until the other side has enough.
func endless(w http.ResponseWriter, _ int) {
	block := bytes.Repeat([]byte("x"), 1<<16)
	for {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}
