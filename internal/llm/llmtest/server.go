package llmtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Any stands for every prompt that has nothing of its own.
const Any = ""

// Names that scripts and faults know beside those of prompts.
const (
	Embed      = "embed"
	Transcribe = "transcribe"
)

// Server is an emulated model. It is safe for concurrent use.
type Server struct {
	http     *http.Server
	listener net.Listener
	stopping chan struct{}
	stop     sync.Once

	mu       sync.Mutex
	scripts  map[string]*script
	faults   map[string]*Fault
	requests []Request
}

// script is what a prompt is answered with: each text once, the last one for ever;
// or what a function makes of the request.
type script struct {
	texts []string
	reply func(Request) string
}

// Start serves on an address; "" is a free port of this machine.
func Start(address string) (*Server, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("starting the emulated model: %w", err)
	}
	s := &Server{listener: listener, stopping: make(chan struct{}), scripts: map[string]*script{}, faults: map[string]*Fault{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.serve(readChat, s.chat))
	mux.HandleFunc("POST /v1/embeddings", s.serve(readEmbeddings, s.embed))
	mux.HandleFunc("POST /v1/audio/transcriptions", s.serve(readAudio, s.transcribe))
	mux.HandleFunc("GET /v1/models", s.models)
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// URL returns the base URL for clients, with its version.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + "/v1" }

// Close ends the server and everything that waits in it.
func (s *Server) Close() error {
	s.stop.Do(func() { close(s.stopping) })
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("stopping the emulated model: %w", err), s.http.Close())
	}
	return nil
}

// Answer scripts a prompt: each call gets the next text, and the last one is said
// from then on. A text need not be JSON, or true.
func (s *Server) Answer(prompt string, texts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts[prompt] = &script{texts: slices.Clone(texts)}
}

// AnswerWith scripts a prompt with a function of the request.
func (s *Server) AnswerWith(prompt string, reply func(Request) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts[prompt] = &script{reply: reply}
}

// Requests returns what was asked so far, oldest first, failed requests included.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Reset forgets scripts, faults and requests.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.scripts)
	clear(s.faults)
	s.requests = nil
}

// serve records a request, fails it when it is to fail, and else answers it.
func (s *Server) serve(read func(*http.Request) (Request, error), answer func(http.ResponseWriter, Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<20)
		req, err := read(r)
		if err != nil {
			refuse(w, http.StatusBadRequest, "invalid_request_error", "", err.Error())
			return
		}
		req.Authorization = r.Header.Get("Authorization")
		s.mu.Lock()
		s.requests = append(s.requests, req)
		fault := s.fault(req)
		s.mu.Unlock()
		if fault != nil && s.fail(w, r, req, *fault) {
			return
		}
		answer(w, req)
	}
}

// scripted returns the next text for a prompt.
func (s *Server) scripted(req Request) (string, bool) {
	s.mu.Lock()
	found := s.scripts[req.Prompt]
	if found == nil {
		found = s.scripts[Any]
	}
	if found == nil || found.reply == nil && len(found.texts) == 0 {
		s.mu.Unlock()
		return "", false
	}
	if found.reply != nil {
		s.mu.Unlock() // the function may take its time
		return found.reply(req), true
	}
	defer s.mu.Unlock()
	text := found.texts[0]
	if len(found.texts) > 1 {
		found.texts = found.texts[1:]
	}
	return text, true
}

func (s *Server) models(w http.ResponseWriter, _ *http.Request) {
	reply(w, map[string]any{"object": "list", "data": []map[string]any{{"id": "emulated", "object": "model", "owned_by": "llmtest"}}})
}

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // who is not there to read it does not miss it
}

func refuse(w http.ResponseWriter, status int, code, param, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	body := map[string]any{"message": message, "type": "invalid_request_error", "code": code}
	if param != "" {
		body["param"] = param
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"error": body})
}
