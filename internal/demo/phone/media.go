package phone

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// media serves a file of this customer's chat. What browsers could run is only
// ever downloaded, and nothing is executed even then.
func (p *Phone) media(c *gin.Context, who *person) error {
	id := c.Param("media")
	inChat := slices.ContainsFunc(who.phone.Thread(), func(m emulator.Message) bool { return m.MediaID == id })
	file, ok := p.Emulator.Media(id)
	if !inChat || !ok {
		return desk.ErrNotFound
	}
	h := c.Writer.Header()
	kind, _, err := mime.ParseMediaType(file.MIME)
	if err != nil || !harmless(kind) {
		kind = "application/octet-stream"
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": filename(file.Filename)}))
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(file.Content))
	return nil
}

// harmless reports whether browsers only show or play it.
func harmless(kind string) bool {
	switch kind {
	case "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp":
		return true
	}
	return strings.HasPrefix(kind, "audio/")
}
