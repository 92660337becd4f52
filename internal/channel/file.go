package channel

import (
	"context"
	"errors"
	"io"
	"net/http"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Fetch downloads a contact's file, at most limit bytes. What can never succeed is
// desk.ErrFileTooLarge, desk.ErrFileAltered or desk.ErrNotFound.
func (l *Line) Fetch(ctx context.Context, channel, mediaID string, w io.Writer, limit int64) (desk.Attachment, error) {
	info, err := l.client.Fetch(ctx, channel, mediaID, w, limit)
	switch {
	case err == nil:
		return desk.Attachment{MediaID: mediaID, MIME: info.MIME, SHA256: info.SHA256, Size: info.Size}, nil
	case errors.Is(err, whatsapp.ErrTooLarge):
		err = errors.Join(desk.ErrFileTooLarge, err)
	case errors.Is(err, whatsapp.ErrDigest):
		err = errors.Join(desk.ErrFileAltered, err)
	case fileGone(whatsapp.AsError(err)):
		err = errors.Join(desk.ErrNotFound, err)
	default:
		err = remedy(err, 1)
	}
	return desk.Attachment{}, err
}

// codeNoObject is Meta's for an id that is not, or no longer, one of ours.
const codeNoObject = 100

func fileGone(e *whatsapp.Error) bool {
	return e != nil && (e.Code == codeNoObject || e.HTTPStatus == http.StatusNotFound || e.HTTPStatus == http.StatusGone)
}

// Upload hands a file to WhatsApp, which keeps it for thirty days. Repeating it is
// harmless, so a failure nobody knows the outcome of may be tried again.
func (l *Line) Upload(ctx context.Context, channel string, a desk.Attachment, content io.Reader) (string, error) {
	id, err := l.client.UploadMedia(ctx, channel, uploadType(a), uploadName(a), content, a.Size)
	if err == nil {
		return id, nil
	}
	var e *desk.SendError
	err = remedy(err, 1)
	if errors.As(err, &e) && e.Remedy == desk.RemedyWait {
		e.Remedy = desk.RemedyRetry
	}
	return "", err
}

func uploadType(a desk.Attachment) string {
	if a.Voice {
		return "audio/ogg; codecs=opus"
	}
	return a.MIME
}

func uploadName(a desk.Attachment) string {
	if a.Filename == "" {
		return "file"
	}
	return a.Filename
}

var outKinds = map[desk.MessageKind]string{
	desk.KindImage: whatsapp.TypeImage, desk.KindAudio: whatsapp.TypeAudio, desk.KindVideo: whatsapp.TypeVideo,
	desk.KindDocument: whatsapp.TypeDocument, desk.KindSticker: whatsapp.TypeSticker,
}

// file is a message that carries an uploaded file, its text as the caption.
func file(m *desk.Message) *whatsapp.OutMedia {
	out := &whatsapp.OutMedia{Type: outKinds[m.Kind], ID: m.Attachment.MediaID, Caption: m.Text, Voice: m.Attachment.Voice && m.Kind == desk.KindAudio}
	if m.Kind == desk.KindDocument {
		out.Filename = uploadName(*m.Attachment)
	}
	return out
}
