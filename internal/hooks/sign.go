package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
)

// headers are those of a delivery: its id, which stays the same however often the event
// comes, when it was signed, and the signature of each secret that counts.
func headers(w *desk.Webhook, e *desk.WebhookEvent, now time.Time) map[string]string {
	id, at := e.ID.String(), strconv.FormatInt(now.Unix(), 10)
	signature := sign(w.Secret, id, at, e.Body)
	if w.FormerSecret != "" && w.FormerUntil != nil && now.Before(*w.FormerUntil) {
		signature += " " + sign(w.FormerSecret, id, at, e.Body)
	}
	return map[string]string{"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature}
}

func sign(secret, id, at string, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretMark))
	if err != nil {
		key = []byte(secret) // not one of ours; whoever wrote it knows it as it is
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + at + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
