package emulator

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// maxRequest bounds what a caller may post as JSON.
const maxRequest = 1 << 20

// Handler serves the Graph API at /{version}/... and media files at /emulated-media/. It knows what Antena's client uses:
// sends, mark-read, media, template list, subscribed apps and the number's own fields.
func (em *Emulator) Handler() http.Handler {
	mux := http.NewServeMux()
	routes := map[string]http.HandlerFunc{
		"POST /{version}/{id}/messages":            em.postMessages,
		"POST /{version}/{id}/media":               em.postMedia,
		"GET /{version}/{id}/message_templates":    em.getTemplates,
		"POST /{version}/{id}/message_templates":   em.postTemplates,
		"DELETE /{version}/{id}/message_templates": em.deleteTemplates,
		"POST /{version}/{id}":                     em.editTemplate,
		"GET /{version}/{id}/phone_numbers":        em.getNumbers,
		"GET /{version}/{id}/subscribed_apps":      em.getApps,
		"POST /{version}/{id}/subscribed_apps":     em.postApps,
		"DELETE /{version}/{id}/subscribed_apps":   em.deleteApps,
		"GET /{version}/{id}":                      em.getObject,
		"DELETE /{version}/{id}":                   em.deleteObject,
		"GET /emulated-media/{file}":               em.getFile,
	}
	for pattern, handle := range routes {
		mux.HandleFunc(pattern, em.versioned(em.guard(handle)))
	}
	mux.HandleFunc("GET /{version}/{id}/subscriptions", em.getSubscriptions)
	return mux
}

// guard checks what every call needs: a living emulator, a version and the token.
func (em *Emulator) guard(next http.HandlerFunc) http.HandlerFunc {
	version := regexp.MustCompile(`^v\d+\.\d+$`)
	return func(w http.ResponseWriter, r *http.Request) {
		if em.ctx.Err() != nil {
			http.Error(w, "closed", http.StatusServiceUnavailable)
			return
		}
		if v := r.PathValue("version"); v != "" && !version.MatchString(v) {
			refuse(w, &graphError{http.StatusNotFound, 2500, "Unknown path components"})
			return
		}
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if token != em.cfg.AccessToken {
			refuse(w, &graphError{http.StatusUnauthorized, 190, "Invalid OAuth access token - Cannot parse access token"})
			return
		}
		next(w, r)
	}
}

// graphError is a refusal in Meta's form.
type graphError struct {
	status, code int
	details      string
}

func refuse(w http.ResponseWriter, e *graphError) {
	answer(w, e.status, map[string]any{"error": map[string]any{
		"message":    "(#" + itoa(e.code) + ") " + e.details,
		"type":       "OAuthException",
		"code":       e.code,
		"error_data": map[string]string{"messaging_product": "whatsapp", "details": e.details},
		"fbtrace_id": rand.Text()[:22],
	}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	w.Write(wire(body)) // the caller may be gone
}

// readJSON reads a request; it answers a broken one itself.
func readJSON(w http.ResponseWriter, r *http.Request, into any) bool {
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest)).Decode(into)
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return true
	case errors.As(err, &tooLarge):
		refuse(w, badParameter(100, "the request is too large"))
	default:
		refuse(w, badParameter(100, "the request is not the JSON of a message"))
	}
	return false
}

// reset cuts the connection with RST, so that the caller sees a broken connection rather than an end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2: abort the stream
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0) // best effort: without it the caller sees EOF
	}
	conn.Close()
}

func itoa(n int) string { return strconv.Itoa(n) }
