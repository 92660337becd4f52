package console

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// showAs says how a page shows a type of file.
func showAs(claimed string) string {
	kind, _, err := mime.ParseMediaType(claimed)
	switch {
	case err != nil:
		return "file"
	case kind == "image/jpeg", kind == "image/png", kind == "image/webp":
		return "image"
	case strings.HasPrefix(kind, "audio/"):
		return "audio"
	case strings.HasPrefix(kind, "video/"):
		return "video"
	}
	return "file"
}

// media serves the file of a message. Files come from strangers: only pictures,
// sound, video and PDF are shown by the browser, under their own type and in a
// sandbox; everything else is only ever saved.
func (p *Console) media(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	file, claimed, size, err := p.Media.Media(v.gin.Request.Context(), id)
	if err != nil {
		return fmt.Errorf("opening the file of a message: %w", err)
	}
	defer func() { _ = file.Close() }()
	kind, _, err := mime.ParseMediaType(claimed)
	if err != nil {
		kind = ""
	}
	header := v.gin.Writer.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	header.Set("Cache-Control", "private, max-age=86400, immutable")
	if showAs(kind) != "file" || kind == "application/pdf" {
		header.Set("Content-Type", kind)
		header.Set("Content-Disposition", "inline")
	} else {
		header.Set("Content-Type", "application/octet-stream")
		header.Set("Content-Disposition", `attachment; filename="`+id.String()+`"`)
	}
	if seeker, ok := file.(io.ReadSeeker); ok { // lets players jump
		http.ServeContent(v.gin.Writer, v.gin.Request, "", time.Time{}, seeker)
		return nil
	}
	if size > 0 {
		header.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	v.gin.Status(http.StatusOK)
	_, _ = io.Copy(v.gin.Writer, file) // the client has gone; there is nobody to tell
	return nil
}
