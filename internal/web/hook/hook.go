// Package hook is the webhook WhatsApp calls: it proves who calls, takes the body
// apart and has the events stored. It answers 200 only after they are committed;
// everything else happens later.
//
// It does not read what the events mean.
//
// # How it fails
//
// A missing or wrong signature is 401 and leaves nothing behind. A body over
// MaxBody is 413, one that is no JSON object 422: Meta sends neither. When the events
// cannot be stored the answer is 503, and Meta sends the whole again for days.
package hook

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
	"antena/internal/whatsapp"
)

// Path is where the provider calls.
const Path = "/webhooks/whatsapp"

// MaxBody is the largest body accepted: 3 MiB (Meta).
const MaxBody = 3 << 20

// Accepter returns when the events are committed.
type Accepter interface {
	Accept(ctx context.Context, events []desk.Event) error
}

// Counter counts answered calls by status, and the time they took.
type Counter interface {
	Webhook(status int, events int, took time.Duration)
}

// Deps are what a Hook is made of.
type Deps struct {
	Accepter    Accepter
	Secrets     []string // of the app; several while one is being replaced
	VerifyToken string
	Counter     Counter
	Log         *slog.Logger
}

// Hook answers the provider's calls.
type Hook struct{ Deps }

// New returns a hook.
func New(d Deps) *Hook { return &Hook{Deps: d} }

// Register adds the hook's routes.
func (h *Hook) Register(r gin.IRouter) {
	r.GET(Path, h.verify)
	r.POST(Path, web.Handle(h.Log, web.JSON, h.receive))
}

// verify answers the challenge sent when the callback URL is saved.
func (h *Hook) verify(c *gin.Context) {
	given, want := sha256.Sum256([]byte(c.Query("hub.verify_token"))), sha256.Sum256([]byte(h.VerifyToken))
	if h.VerifyToken == "" || c.Query("hub.mode") != "subscribe" || subtle.ConstantTimeCompare(given[:], want[:]) != 1 {
		c.String(http.StatusForbidden, "")
		return
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(c.Query("hub.challenge")))
}

var (
	errSignature = &desk.Error{Kind: desk.Unauthenticated, Code: "bad_signature", Msg: "the signature does not fit the body"}
	errBody      = &desk.Error{Kind: desk.Invalid, Code: "bad_body", Msg: "the body is not a webhook"}
)

func (h *Hook) receive(c *gin.Context) error {
	started := time.Now()
	events, err := h.events(c)
	if err == nil {
		err = h.Accepter.Accept(c.Request.Context(), events)
		if err != nil && !errors.Is(err, context.Canceled) {
			h.Log.ErrorContext(c.Request.Context(), "webhook not stored", "events", len(events), "error", err)
			err = desk.ErrUnavailable
		}
	}
	status := http.StatusOK
	if err != nil {
		status = web.ProblemOf(err).Status
	}
	h.Counter.Webhook(status, len(events), time.Since(started))
	if err != nil {
		return err
	}
	c.Status(http.StatusOK)
	c.Writer.WriteHeaderNow()
	return nil
}

// events reads, proves and takes apart one call.
func (h *Hook) events(c *gin.Context) ([]desk.Event, error) {
	body, err := read(c)
	if err != nil {
		return nil, err
	}
	if !whatsapp.Verify(h.Secrets, body, c.GetHeader("X-Hub-Signature-256")) {
		h.Log.WarnContext(c.Request.Context(), "webhook with a bad signature", "bytes", len(body))
		return nil, errSignature
	}
	items, err := whatsapp.Split(body)
	if err != nil {
		return nil, errBody
	}
	events := make([]desk.Event, len(items))
	for i := range items {
		events[i] = desk.Event{Key: items[i].Key, Kind: items[i].Kind, Channel: items[i].PhoneNumberID, Raw: items[i].Raw}
	}
	return events, nil
}

func read(c *gin.Context) ([]byte, error) {
	r := http.MaxBytesReader(c.Writer, c.Request.Body, MaxBody)
	if length, err := strconv.ParseInt(c.GetHeader("Content-Length"), 10, 64); err == nil && length > 0 && length <= MaxBody {
		body := make([]byte, length)
		_, err := io.ReadFull(r, body)
		return body, err
	}
	return io.ReadAll(r)
}
