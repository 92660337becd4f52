package media

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// fetchMax bounds one try: 100 MB over a slow line.
const fetchMax = 5 * time.Minute

// Fetch downloads the file of an inbound message. Fetching twice does nothing. An
// error means that it may be tried again; what can never succeed is written into
// the message and is no error.
func (l *Library) Fetch(ctx context.Context, message uuid.UUID) error {
	m, err := l.Store.Message(ctx, message)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !wanted(m.Attachment) {
		return nil
	}
	if l.tooLate(m) {
		return l.giveUp(ctx, message, desk.FileLate)
	}
	got, err := l.download(ctx, m)
	if err == nil {
		return l.found(ctx, message, got)
	}
	if code := hopeless(err); code != "" {
		l.Log.WarnContext(ctx, "a contact's file is given up", "message_id", message, "reason", code, "error", err)
		return l.giveUp(ctx, message, code)
	}
	if ctx.Err() != nil {
		return fmt.Errorf("fetch the file of %s: %w", message, err) // stopping is no failed try
	}
	tried := l.mark(ctx, message, func(_ Tx, a *desk.Attachment) error { a.Tries++; return nil })
	return errors.Join(fmt.Errorf("fetch the file of %s: %w", message, err), tried)
}

func wanted(a *desk.Attachment) bool {
	return a != nil && a.MediaID != "" && a.Path == "" && a.Error == ""
}

// tooLate reports whether the provider has thrown the file away.
func (l *Library) tooLate(m *desk.Message) bool {
	sent := m.CreatedAt
	if m.SentAt != nil {
		sent = *m.SentAt
	}
	return l.Now().Sub(sent) > desk.FileKeep
}

// hopeless is the code of a failure that no further try would mend.
func hopeless(err error) string {
	var e *desk.SendError
	switch {
	case errors.Is(err, errSpool) || errors.Is(err, desk.ErrUnavailable):
		return ""
	case errors.Is(err, desk.ErrFileTooLarge):
		return desk.FileTooLarge
	case errors.Is(err, desk.ErrFileAltered):
		return desk.FileAltered
	case errors.Is(err, desk.ErrNotFound):
		return desk.FileGone
	case errors.As(err, &e) && e.Remedy == desk.RemedyPark:
		return desk.FileRefused
	}
	return ""
}

// download brings the file to the shelf.
func (l *Library) download(ctx context.Context, m *desk.Message) (*desk.Attachment, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchMax)
	defer cancel()
	s, err := l.newSpool()
	if err != nil {
		return nil, err
	}
	defer s.drop()
	told, err := l.Line.Fetch(ctx, m.Channel, m.Attachment.MediaID, s, MostOf(m))
	if s.err != nil {
		return nil, s.err
	}
	if err != nil {
		return nil, err
	}
	a := *m.Attachment
	if a.MIME == "" {
		a.MIME = told.MIME
	}
	if told.Size > 0 && told.Size != s.size || !sameDigest(a.SHA256, s.sum.Sum(nil)) {
		return nil, desk.ErrFileAltered
	}
	return &a, l.keep(ctx, s, m.Kind, &a)
}

// MostOf returns the most bytes the file of a message may have.
func MostOf(m *desk.Message) int64 { return desk.MostOf(m.Kind) }

// found names the file in its message.
func (l *Library) found(ctx context.Context, message uuid.UUID, got *desk.Attachment) error {
	return l.markMessage(ctx, message, func(tx Tx, m *desk.Message) error {
		a := m.Attachment
		if a.Path != "" {
			return nil
		}
		if err := tx.UseFile(ctx, message, got.Path, l.Now()); err != nil {
			return err
		}
		*a = *got
		a.Error = ""
		if l.Next == nil {
			return nil
		}
		if job := l.Next(m); job != nil {
			return tx.Enqueue(ctx, job)
		}
		return nil
	})
}

func (l *Library) giveUp(ctx context.Context, message uuid.UUID, code string) error {
	return l.mark(ctx, message, func(_ Tx, a *desk.Attachment) error {
		if a.Path == "" {
			a.Error = code
		}
		return nil
	})
}

// GiveUp writes into a message that its file could not be fetched in all its tries.
func (l *Library) GiveUp(ctx context.Context, message uuid.UUID) error {
	return l.giveUp(ctx, message, desk.FileGaveUp)
}

// FetchAgain has a file that was given up fetched again.
func (l *Library) FetchAgain(ctx context.Context, by desk.Agent, message uuid.UUID) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := l.Store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if err != nil {
			return err
		}
		if m.Attachment == nil || !m.Attachment.FetchAgain() {
			return desk.ErrTransition
		}
		if l.tooLate(m) {
			m.Attachment.Error = desk.FileLate
			return tx.SaveMessage(ctx, m)
		}
		m.Attachment.Error, m.Attachment.Tries = "", 0
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.FetchJob{Message: message})
	})
	if err != nil {
		return fmt.Errorf("fetch the file of %s again: %w", message, err)
	}
	return nil
}

// mark changes what a message says of its file.
func (l *Library) mark(ctx context.Context, message uuid.UUID, change func(Tx, *desk.Attachment) error) error {
	return l.markMessage(ctx, message, func(tx Tx, m *desk.Message) error { return change(tx, m.Attachment) })
}

// markMessage changes a message that has a file.
func (l *Library) markMessage(ctx context.Context, message uuid.UUID, change func(Tx, *desk.Message) error) error {
	return l.Store.InTx(ctx, func(tx Tx) error {
		m, err := tx.LockMessage(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Attachment == nil {
			return nil
		}
		if err := change(tx, m); err != nil {
			return err
		}
		return tx.SaveMessage(ctx, m)
	})
}

// sameDigest compares with a digest announced in base64 or hex. One that is not of
// 32 bytes in either form cannot be checked, and passes.
func sameDigest(announced string, sum []byte) bool {
	want, err := base64.StdEncoding.DecodeString(announced)
	if err != nil || len(want) != sha256.Size {
		want, err = hex.DecodeString(announced)
	}
	return err != nil || len(want) != sha256.Size || string(want) == string(sum)
}
