package console

import (
	"cmp"
	"fmt"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// mediaView is a file in the thread.
type mediaView struct {
	URL     string
	Thumb   string // address of the small picture
	Save    string // address that saves the file
	Show    string // image, sticker, audio, video, pdf or file
	Icon    string
	Name    string
	Facts   string // type, length, size: what is known, in words
	Width   string // of the small picture as it is shown, so that the page does not jump
	Height  string
	Missing string       // why it is not here
	Retry   string       // address that fetches it again
	Warning string       // what to beware of
	Close   string       // words for the viewer
	Reading *readingView // what a machine made of it
}

// shown are the only types a browser is told of, and how pages show them. All of
// them are seen in the bytes, none can run anything.
var shown = map[string]string{
	"image/jpeg": "image", "image/png": "image", "image/webp": "image",
	"audio/aac": "audio", "audio/amr": "audio", "audio/mpeg": "audio", "audio/mp4": "audio", "audio/ogg": "audio", "audio/opus": "audio",
	"video/mp4": "video", "video/3gpp": "video",
	"application/pdf": "pdf",
}

// showAs says how a page shows a type of file.
func showAs(kind string) string { return cmp.Or(shown[desk.BareType(kind)], "file") }

func (b *entryBuilder) attachment(m *desk.Message) *mediaView {
	view := &mediaView{Icon: kindIcon(m.Kind), Show: "file", Name: b.T("kind." + string(m.Kind))}
	a := m.Attachment
	if a == nil {
		view.Missing = b.T("media.gone")
		return view
	}
	describe(b.visit, view, a)
	view.Reading = reading(b.visit, a, m.Kind)
	switch {
	case a.Error != "":
		view.Missing = b.missing(a)
		if a.FetchAgain() && b.who.Role.May(desk.MayAnswer) {
			view.Retry = "/messages/" + m.ID.String() + "/fetch"
		}
	case a.Path == "" && a.Tries > 0:
		view.Missing = b.T("media.trying")
	case a.Path == "":
		view.Missing = b.T("media.coming")
	default:
		view.fill(b.visit, m.ID, m.Kind, a)
	}
	return view
}

// missing says why a file is not here. What was refused in words of old versions
// is said in general.
func (b *entryBuilder) missing(a *desk.Attachment) string {
	if key := "media.failed." + a.Error; b.Has(key) {
		return b.T(key)
	}
	return b.T("media.failed")
}

// describe names a file and says what is known of it.
func describe(v *visit, view *mediaView, a *desk.Attachment) {
	if name := desk.SafeFilename(a.Filename); name != "" {
		view.Name = name
	}
	if a.Voice {
		view.Name = v.T("kind.voice")
	}
	var facts []string
	if label := typeLabel(a.MIME); label != "" && !a.Voice {
		facts = append(facts, label)
	}
	if a.Pages > 0 {
		facts = append(facts, v.N("media.pages", a.Pages))
	}
	if a.Duration > 0 {
		facts = append(facts, playTime(a.Duration))
	}
	if a.Size > 0 {
		facts = append(facts, v.Bytes(a.Size))
	}
	view.Facts = strings.Join(facts, " · ")
}

// fill says how a file that is here is shown.
func (view *mediaView) fill(v *visit, id uuid.UUID, kind desk.MessageKind, a *desk.Attachment) {
	view.URL = "/media/" + id.String()
	view.Save = view.URL + "?save=1"
	view.Show = showAs(a.MIME)
	view.Close = v.T("media.close")
	if a.Suspect {
		view.Show, view.Warning = "file", v.T("media.suspect")
	}
	if view.Show == "image" && (!a.Thumb || kind == desk.KindDocument) {
		view.Show = "file" // nothing small to show, or sent as a document on purpose
	}
	if view.Show == "image" && kind == desk.KindSticker {
		view.Show = "sticker"
	}
	if view.Show == "file" {
		view.URL = view.Save
	}
	if a.Thumb && view.Show != "file" {
		view.Thumb = view.URL + "/thumb"
		view.Width, view.Height = fit(a.Width, a.Height)
	}
}

// fit is the size a picture has in the thread: at most 320 by 288, as its style says.
func fit(width, height int) (w, h string) {
	if width <= 0 || height <= 0 {
		return "", ""
	}
	scale := min(1, 320/float64(width), 288/float64(height))
	return strconv.Itoa(max(1, int(math.Round(float64(width)*scale)))), strconv.Itoa(max(1, int(math.Round(float64(height)*scale))))
}

// labels are what people call types of files.
var labels = map[string]string{
	"application/pdf": "PDF", "text/plain": "TXT", "application/msword": "Word", "application/vnd.ms-excel": "Excel", "application/vnd.ms-powerpoint": "PowerPoint",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "Word",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "Excel",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
	"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "video/mp4": "MP4", "video/3gpp": "3GP", "audio/mpeg": "MP3", "audio/aac": "AAC",
	"audio/ogg": "Ogg", "audio/mp4": "M4A", "audio/amr": "AMR", "application/zip": "ZIP", "text/html": "HTML", "image/svg+xml": "SVG", "text/csv": "CSV",
}

func typeLabel(kind string) string { return labels[desk.BareType(kind)] }

// playTime is a length as players write it.
func playTime(d time.Duration) string {
	seconds := int(d.Round(time.Second) / time.Second)
	if seconds >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// fileMax is how long a file may take to travel over a slow line.
const fileMax = 10 * time.Minute

// media serves the file of a message or of an upload, thumb its small picture.
// Files come from strangers: only pictures, sound, video and PDF are shown by the
// browser, under the type their bytes have, and in a sandbox; everything else is
// only ever saved.
func (p *Console) media(v *visit) error { return p.serveFile(v, false) }

func (p *Console) thumb(v *visit) error { return p.serveFile(v, true) }

func (p *Console) serveFile(v *visit, thumb bool) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	file, err := p.Media.Open(v.gin.Request.Context(), id, thumb)
	if err != nil {
		return fmt.Errorf("opening a file: %w", err)
	}
	defer func() { _ = file.Close() }()
	a := file.Attachment
	kind := desk.BareType(a.MIME)
	if thumb {
		kind = "image/jpeg"
	}
	inline := thumb || shown[kind] != "" && !a.Suspect && v.gin.Query("save") == ""
	header := v.gin.Writer.Header()
	policy, framing := filePolicy(kind, inline)
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Frame-Options", framing)
	header.Set("Cache-Control", "private, max-age=86400, immutable")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Content-Disposition", disposition(inline, desk.SafeFilename(a.Filename), id))
	header.Set("Content-Type", "application/octet-stream")
	if inline {
		header.Set("Content-Type", kind)
	}
	_ = http.NewResponseController(v.gin.Writer).SetWriteDeadline(time.Now().Add(fileMax)) // a test's writer has none
	http.ServeContent(v.gin.Writer, v.gin.Request, "", time.Time{}, file)
	return nil
}

// filePolicy keeps a file from doing anything. Browsers do not open their viewer of
// PDF in a sandbox; it runs nothing of ours, and the rest of the policy holds. Our
// own pages alone may frame it, and nothing else of what people send.
func filePolicy(kind string, inline bool) (policy, framing string) {
	const nothing = "default-src 'none'; style-src 'unsafe-inline'; "
	if inline && kind == "application/pdf" {
		return nothing + "object-src 'self'; frame-ancestors 'self'", "SAMEORIGIN"
	}
	return nothing + "img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'", "DENY"
}

func disposition(inline bool, name string, id uuid.UUID) string {
	how := "attachment"
	if inline {
		how = "inline"
	}
	if name == "" {
		name = id.String()
	}
	if value := mime.FormatMediaType(how, map[string]string{"filename": name}); value != "" {
		return value
	}
	return how
}
