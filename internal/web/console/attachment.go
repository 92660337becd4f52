package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/media"
)

// uploadLimit is the most bytes of a form with a file: the largest document and
// the form round it.
const uploadLimit = 101 << 20

// attachPath is the one address that takes large forms.
const attachPath = "/conversations/:id/attach"

// limitOf is the most bytes of a form sent to a route.
func limitOf(r route) int64 {
	if r.path == attachPath {
		return uploadLimit
	}
	return formLimit
}

// uploadsView is what an agent has chosen to send with the next reply.
type uploadsView struct {
	Act   string // where files are added
	Back  string
	Files []uploadView
	Types string // what a picker offers
	Full  bool   // there is no room for another
}

type uploadView struct {
	mediaView
	ID   string
	Drop string // address that removes it
	Say  string // what a screen reader says of the button that does
}

// acceptTypes is the list a picker offers; the bytes are looked at all the same.
func acceptTypes() string {
	var all []string
	for _, t := range desk.FileTypes() {
		if t.Kind != desk.KindSticker {
			all = append(all, t.MIME)
		}
	}
	return strings.Join(all, ",")
}

// uploads shows what is chosen, where this person may reply.
func (p *Console) uploads(ctx context.Context, v *visit, at place, c *desk.Conversation) (*uploadsView, error) {
	if !v.who.Role.May(desk.MayAnswer) || !c.HeldBy(v.who.Actor()) || !c.WindowOpen(v.now) {
		return nil, nil //nolint:nilnil // a region that is not shown
	}
	chosen, err := p.Reader.Uploads(ctx, c.ID, v.who.ID)
	if err != nil {
		return nil, fmt.Errorf("reading uploads: %w", err)
	}
	view := &uploadsView{Act: "/conversations/" + c.ID.String() + "/attach", Back: at.url(c.ID), Types: acceptTypes(), Full: len(chosen) >= desk.MaxUploads}
	for i := range chosen {
		u := &chosen[i]
		one := uploadView{mediaView: mediaView{Icon: kindIcon(u.Kind), Name: v.T("kind." + string(u.Kind))}, ID: u.ID.String(), Drop: "/uploads/" + u.ID.String() + "/drop"}
		if u.Attachment != nil {
			describe(v, &one.mediaView, u.Attachment)
			one.fill(v, u.ID, u.Kind, u.Attachment)
		}
		one.Say = v.T("attach.drop", one.Name)
		view.Files = append(view.Files, one)
	}
	return view, nil
}

// attach keeps the files of a form until they are sent. They are stored as they
// arrive, one after the other; those before a refused one stay.
func (p *Console) attach(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx := v.gin.Request.Context()
	_ = http.NewResponseController(v.gin.Writer).SetReadDeadline(time.Now().Add(fileMax)) // a test's writer has none
	_ = http.NewResponseController(v.gin.Writer).SetWriteDeadline(time.Now().Add(fileMax))
	conversation, err := p.Reader.Conversation(ctx, id)
	if err != nil {
		return err
	}
	if !conversation.HeldBy(v.who.Actor()) {
		return desk.ErrNotHolder
	}
	chosen, err := p.Reader.Uploads(ctx, id, v.who.ID)
	if err != nil {
		return err
	}
	back, err := p.takeFiles(v, id, desk.MaxUploads-len(chosen))
	if err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, id) })
	}
	if !local(back) {
		back = "/conversations/" + id.String()
	}
	return v.done(back, "attached")
}

// takeFiles reads a form part by part, so that no file is held in memory.
func (p *Console) takeFiles(v *visit, conversation uuid.UUID, room int) (back string, err error) {
	form, err := v.gin.Request.MultipartReader()
	if err != nil {
		return "", desk.ErrInvalid.For("file")
	}
	for taken := 0; ; {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) && taken == 0 {
			return back, desk.ErrInvalid.For("file")
		}
		if errors.Is(err, io.EOF) {
			return back, nil
		}
		if err != nil {
			return back, broken(err)
		}
		switch {
		case part.FormName() == "back":
			raw, err := io.ReadAll(io.LimitReader(part, 4096))
			if err != nil {
				return back, broken(err)
			}
			back = string(raw)
		case part.FormName() != "file" || rawName(part.Header.Get("Content-Disposition")) == "":
		case taken >= room:
			return back, desk.ErrTooManyFiles
		default:
			taken++
			given := media.Given{Filename: rawName(part.Header.Get("Content-Disposition")), Claimed: part.Header.Get("Content-Type"), Content: part}
			if _, err := p.Media.Take(v.gin.Request.Context(), v.who, conversation, given); err != nil {
				return back, broken(err)
			}
		}
	}
}

// rawName is the file name a browser sends; the use case makes it safe.
func rawName(header string) string {
	_, params, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	return params["filename"]
}

// broken tells a form that ends in the middle from failures of ours.
func broken(err error) error {
	var known *desk.Error
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return desk.ErrFileTooLarge
	case errors.As(err, &known):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "multipart"):
		return errors.Join(desk.ErrInvalid.For("file"), err)
	}
	return err
}

// dropUpload removes a file that was chosen.
func (p *Console) dropUpload(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := p.Media.Drop(v.gin.Request.Context(), v.who, id); err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	return v.done(v.back("/"), "detached")
}

// fetchAgain has a contact's file that could not be had fetched again.
func (p *Console) fetchAgain(v *visit) error {
	return p.onMessage(v, "fetching", func(id uuid.UUID) error { return p.Media.FetchAgain(v.gin.Request.Context(), v.who, id) })
}

// uploadIDs are the files that go with a reply.
func uploadIDs(v *visit) ([]uuid.UUID, error) {
	var all []uuid.UUID
	for _, raw := range v.gin.PostFormArray("upload") {
		id, err := uuid.Parse(raw)
		if err != nil {
			return nil, desk.ErrInvalid.For("file")
		}
		all = append(all, id)
	}
	return all, nil
}
