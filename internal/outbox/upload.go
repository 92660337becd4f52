package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Files hands the file of a message to the provider and returns its id there. A
// failure is a *desk.SendError, or one of ours that is worth another try.
type Files interface {
	Upload(ctx context.Context, m *desk.Message) (mediaID string, err error)
}

// Upload hands over the file of a message, once, and then has the message sent. It
// has a job of its own because it may take minutes. A positive wait means that the
// provider asks for a pause: call again after it.
func (o *Outbox) Upload(ctx context.Context, message uuid.UUID) (wait time.Duration, err error) {
	m, err := o.withFile(ctx, message)
	if err != nil || m == nil {
		return 0, err
	}
	mediaID := m.Attachment.MediaID
	if mediaID == "" {
		mediaID, err = o.Files.Upload(ctx, m)
	}
	var e *desk.SendError
	if err != nil && !errors.As(err, &e) || ctx.Err() != nil {
		return 0, errors.Join(fmt.Errorf("upload the file of %s", message), err, ctx.Err())
	}
	keep := context.WithoutCancel(ctx)
	err = o.Store.InTx(keep, func(tx Tx) error {
		wait = 0
		m, err := tx.LockMessage(keep, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Status != desk.StatusQueued || m.Attachment == nil {
			return nil // dropped meanwhile
		}
		if e != nil {
			m.Attempts++
			wait, err = o.refuse(keep, tx, m, e, o.Now())
			return err
		}
		m.Attachment.MediaID, m.Attempts = mediaID, 0
		if err := tx.SaveMessage(keep, m); err != nil {
			return err
		}
		return tx.Enqueue(keep, desk.SendJob{Message: message, Rank: m.Rank()})
	})
	if err != nil {
		return 0, fmt.Errorf("keep what came of uploading the file of %s: %w", message, err)
	}
	return wait, nil
}

// withFile returns a message whose file is to be handed over; nil when there is
// nothing to do. One that may no longer go is dropped here, before its file leaves.
func (o *Outbox) withFile(ctx context.Context, message uuid.UUID) (found *desk.Message, err error) {
	err = o.Store.InTx(ctx, func(tx Tx) error {
		found = nil
		s, err := tx.Sending(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		m := &s.Message
		if m.Status != desk.StatusQueued || m.Attachment == nil {
			return nil
		}
		why, err := o.drop(ctx, tx, m, &s.Conversation, o.Now())
		if err != nil {
			return err
		}
		if why != "" {
			m.Status, m.FailureDetail = desk.StatusDropped, why
			return tx.SaveMessage(ctx, m)
		}
		found = m
		return nil
	})
	return found, err
}
