package media

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Given is a file an agent hands over.
type Given struct {
	Filename string
	Claimed  string // MIME type, the browser's guess
	Content  io.Reader
}

// Take stores a file an agent is about to send, checked against what the provider
// carries: the type by its bytes, the size by its type. An agent chooses at most
// desk.MaxUploads in a conversation, however many requests bring them.
func (l *Library) Take(ctx context.Context, by desk.Agent, conversation uuid.UUID, g Given) (*desk.Upload, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return nil, desk.ErrForbidden
	}
	s, err := l.newSpool()
	if err != nil {
		return nil, errors.Join(desk.ErrStorage, err)
	}
	defer s.drop()
	if err := receive(s, g.Content); err != nil {
		return nil, err
	}
	kind, a, err := accept(s, g)
	if err != nil {
		return nil, err
	}
	u := &desk.Upload{ID: desk.NewID(), ConversationID: conversation, AgentID: by.ID, Kind: kind, Attachment: a, CreatedAt: l.Now()}
	if err := l.keep(ctx, s, kind, a); err != nil {
		return nil, errors.Join(desk.ErrStorage, err)
	}
	a.SHA256 = ""
	err = l.Store.InTx(ctx, func(tx Tx) error {
		chosen, err := tx.CountUploads(ctx, conversation, by.ID)
		if err != nil {
			return err
		}
		if chosen >= desk.MaxUploads {
			return desk.ErrTooManyFiles
		}
		if err := tx.UseFile(ctx, u.ID, a.Path, l.Now()); err != nil {
			return err
		}
		return tx.AddUpload(ctx, u)
	})
	if err != nil {
		return nil, fmt.Errorf("keep an upload: %w", err)
	}
	return u, nil
}

// receive copies at most the largest file of any type.
func receive(s *spool, from io.Reader) error {
	most := desk.MostOf(desk.KindDocument)
	n, err := io.Copy(s, io.LimitReader(from, most+1))
	switch {
	case s.err != nil:
		return errors.Join(desk.ErrStorage, s.err)
	case err != nil:
		return fmt.Errorf("receive a file: %w", err)
	case n > most:
		return desk.ErrFileTooLarge
	case n == 0:
		return desk.ErrFileEmpty
	}
	return nil
}

// accept finds the kind of message a file makes. Pictures and films that are too
// large for their own kind are refused, not sent as documents: the customer would
// not see them in the chat.
func accept(s *spool, g Given) (desk.MessageKind, *desk.Attachment, error) {
	real := Sniff(s.head)
	kind, known := desk.TypeOf(real)
	if kin(desk.BareType(g.Claimed), real) || real == typeZip {
		if claimed, ok := desk.TypeOf(g.Claimed); ok && (real != typeZip || claimed.Kind == desk.KindDocument) {
			kind, known = claimed, true
		}
	}
	switch {
	case !known, kind.Kind == desk.KindSticker:
		return "", nil, desk.ErrFileType
	case s.size > kind.Most:
		return "", nil, desk.ErrFileTooLarge
	}
	a := &desk.Attachment{MIME: kind.MIME, Filename: g.Filename}
	if kind.MIME == "audio/ogg" {
		a.Voice = opusLength(s.file, s.size) > 0
	}
	return kind.Kind, a, nil
}

// Drop removes a file an agent has chosen and does not want to send.
func (l *Library) Drop(ctx context.Context, by desk.Agent, upload uuid.UUID) error {
	return l.Store.InTx(ctx, func(tx Tx) error {
		u, err := tx.LockUpload(ctx, upload)
		if err != nil {
			return err
		}
		if u.AgentID != by.ID || !by.Active {
			return desk.ErrForbidden
		}
		return dropUpload(ctx, tx, u.ID)
	})
}

func dropUpload(ctx context.Context, tx Tx, id uuid.UUID) error {
	if err := tx.LeaveFiles(ctx, id); err != nil {
		return err
	}
	return tx.DeleteUpload(ctx, id)
}

// Upload hands the file of an outbound message to the provider and returns its id
// there. A failure is a *desk.SendError, or one of ours.
func (l *Library) Upload(ctx context.Context, m *desk.Message) (mediaID string, err error) {
	content, err := l.Shelf.Open(ctx, m.Attachment.Path)
	if errors.Is(err, desk.ErrNotFound) {
		return "", &desk.SendError{Remedy: desk.RemedyPark, Detail: "file_lost", Err: err}
	}
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }()
	return l.Line.Upload(ctx, m.Channel, *m.Attachment, content)
}
