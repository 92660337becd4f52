package emulator

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	maxUpload  = 100 << 20
	maxStored  = 128 << 20       // bytes of all files together; the oldest go first
	urlLife    = 5 * time.Minute // of a media URL, as at Meta
	filePrefix = "/emulated-media/"
)

// File is a stored media file.
type File struct {
	Content                []byte
	MIME, Filename, SHA256 string // SHA256 in base64
}

// mediaStore keeps files in memory.
type mediaStore struct {
	mu    sync.Mutex
	files map[string]File
	order []string
	bytes int
}

func (s *mediaStore) add(f File) (id string) {
	number, err := rand.Int(rand.Reader, big.NewInt(1e15))
	if err != nil {
		panic(err) // the system has no randomness
	}
	id = strconv.FormatInt(1e15+number.Int64(), 10)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string]File{}
	}
	s.files[id] = f
	s.order = append(s.order, id)
	s.bytes += len(f.Content)
	for s.bytes > maxStored && len(s.order) > 1 {
		s.bytes -= len(s.files[s.order[0]].Content)
		delete(s.files, s.order[0])
		s.order = s.order[1:]
	}
	return id
}

// drop forgets a file and reports whether there was one.
func (s *mediaStore) drop(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[id]
	if ok {
		s.bytes -= len(f.Content)
		delete(s.files, id)
		s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
	}
	return ok
}

// Media returns a stored file by media id, whether a customer sent it or the business uploaded it.
func (em *Emulator) Media(id string) (File, bool) {
	em.media.mu.Lock()
	defer em.media.mu.Unlock()
	f, ok := em.media.files[id]
	return f, ok
}

func (em *Emulator) postMedia(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("id") != em.cfg.PhoneNumberID {
		refuse(w, &graphError{http.StatusBadRequest, 33, "Unsupported post request. Object does not exist"})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	file, header, err := r.FormFile("file")
	if err != nil || r.FormValue("messaging_product") != "whatsapp" {
		refuse(w, badParameter(100, "The parameters messaging_product and file are required."))
		return
	}
	defer r.MultipartForm.RemoveAll()
	content, err := io.ReadAll(file)
	if err != nil || len(content) == 0 {
		refuse(w, badParameter(131053, "The file could not be read."))
		return
	}
	mime := cmp.Or(header.Header.Get("Content-Type"), "application/octet-stream")
	kind, ok := takesAny(mime)
	if !ok {
		refuse(w, badParameter(100, "Param file must be a file with one of the supported types, and not "+mime))
		return
	}
	if most, _ := fileLimits(kind); len(content) > most {
		refuse(w, badParameter(131053, "The file is larger than "+itoa(most)+" bytes, which is the most for "+kind))
		return
	}
	id := em.Upload(File{Content: content, MIME: mime, Filename: header.Filename})
	answer(w, http.StatusOK, map[string]string{"id": id})
}

// getObject answers GET /{id}: our number's fields, or where a file is.
func (em *Emulator) getObject(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	switch id {
	case em.cfg.PhoneNumberID:
		answer(w, http.StatusOK, em.numberFields())
		return
	case "me":
		em.getMe(w, r)
		return
	case "debug_token":
		em.getToken(w, r)
		return
	}
	f, ok := em.Media(id)
	if !ok {
		refuse(w, badParameter(100, "Unsupported get request. Object does not exist"))
		return
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	expires := em.Now().Add(urlLife).UnixMilli()
	answer(w, http.StatusOK, map[string]any{
		"messaging_product": "whatsapp",
		"id":                id,
		"url":               scheme + "://" + r.Host + filePrefix + id + "?expires=" + strconv.FormatInt(expires, 10),
		"mime_type":         f.MIME,
		"sha256":            f.SHA256,
		"file_size":         itoa(len(f.Content)),
	})
}

// deleteObject deletes an uploaded file.
func (em *Emulator) deleteObject(w http.ResponseWriter, r *http.Request) {
	if !em.media.drop(r.PathValue("id")) {
		refuse(w, badParameter(100, "Unsupported delete request. Object does not exist"))
		return
	}
	answer(w, http.StatusOK, map[string]bool{"success": true})
}

var errExpired = errors.New("the media URL has expired")

func (em *Emulator) getFile(w http.ResponseWriter, r *http.Request) {
	expires, err := strconv.ParseInt(r.URL.Query().Get("expires"), 10, 64)
	f, ok := em.Media(r.PathValue("file"))
	if err != nil || !ok || em.Now().UnixMilli() > expires {
		http.Error(w, errExpired.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.MIME)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.Content))
}
