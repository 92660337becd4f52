package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Limits of keeping what came of a request while the database is away; with
// requestMax they stay below what a job may take.
const (
	keepMax   = 8 * time.Second
	keepPause = 200 * time.Millisecond
)

// kept commits what came of a request; a database that is away is waited for, since
// without it nobody will know.
func (o *Outbox) kept(ctx context.Context, d *desk.Dispatch, accepted desk.Accepted, sendErr error) (wait time.Duration, err error) {
	count := &counted{Counter: o.Store}
	for began := o.Now(); ; {
		wait, err = o.end(context.WithoutCancel(ctx), d, accepted, sendErr, count)
		if !errors.Is(err, desk.ErrUnavailable) || o.Now().Sub(began) > keepMax {
			return wait, err
		}
		pause := time.NewTimer(keepPause)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return wait, err
		}
	}
}

// end commits what came of a request. The row is locked anew: a receipt may have
// overtaken us, and then it counts more than our own error.
func (o *Outbox) end(ctx context.Context, d *desk.Dispatch, accepted desk.Accepted, sendErr error, count *counted) (wait time.Duration, err error) {
	if sendErr == nil {
		if done, err := o.accepted(ctx, d, accepted, count); done || err != nil {
			return 0, err
		}
	}
	err = o.Store.InTx(ctx, func(tx Tx) error {
		wait = 0
		m, err := tx.LockMessage(ctx, d.Message.ID)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		now := o.Now()
		if sendErr == nil {
			o.accept(m, accepted, now)
			if o.Price != nil {
				if err := o.Price(ctx, count, m, d, now); err != nil {
					return err
				}
			}
			return tx.SaveMessage(ctx, m)
		}
		if m.Status != desk.StatusSending {
			return nil // a receipt proved that it went out
		}
		wait, err = o.refuse(ctx, tx, m, sendErr, now)
		return err
	})
	return wait, err
}

// accepted is the short way of a send that went well and that nothing overtook. The
// free replies of a month are counted on their own: in a transaction all sends of a
// number would wait for each other.
func (o *Outbox) accepted(ctx context.Context, d *desk.Dispatch, accepted desk.Accepted, count *counted) (done bool, err error) {
	m, now := d.Message, o.Now()
	o.accept(&m, accepted, now)
	if o.Price != nil {
		if err := o.Price(ctx, count, &m, d, now); err != nil {
			return false, err
		}
	}
	return o.Store.ReplaceMessage(ctx, &d.Message, &m)
}

// counted counts one message once, however often it is priced. What is priced in a
// transaction was priced before, so nothing is counted there any more.
type counted struct {
	Counter
	used int
	done bool
}

// CountService implements Counter.
func (c *counted) CountService(ctx context.Context, channel, month string) (used int, err error) {
	if !c.done {
		if c.used, err = c.Counter.CountService(ctx, channel, month); err != nil {
			return 0, err
		}
		c.done = true
	}
	return c.used, nil
}

func (o *Outbox) accept(m *desk.Message, a desk.Accepted, now time.Time) {
	if m.ProviderID == "" {
		m.ProviderID = a.ProviderID
	}
	m.AcceptedAt, m.FailureCode, m.FailureDetail = &now, 0, ""
	m.Advance(desk.StatusSent, now)
}

// refuse obeys the remedy of a failed send.
func (o *Outbox) refuse(ctx context.Context, tx Tx, m *desk.Message, sendErr error, now time.Time) (time.Duration, error) {
	var e *desk.SendError
	if !errors.As(sendErr, &e) {
		e = &desk.SendError{Remedy: desk.RemedyWait, Err: sendErr}
	}
	m.FailureCode, m.FailureDetail = e.Code, e.Detail
	wait := time.Duration(0)
	switch {
	case e.Remedy == desk.RemedyRetry && m.Attempts < retryTries:
		m.Status, wait = desk.StatusQueued, max(e.After, time.Second)
	case e.Remedy == desk.RemedyStopAll:
		m.Status, wait = desk.StatusQueued, stopPause
	case e.Remedy == desk.RemedyWait:
		return 0, o.doubt(ctx, tx, m, e.Detail)
	case e.Bulk && m.Rank() == desk.RankBulk && m.Attempts < retryTries:
		m.Status, wait = desk.StatusQueued, max(e.After, time.Second)
	default:
		m.Status = desk.StatusFailed
	}
	o.Log.WarnContext(ctx, "send refused", "message_id", m.ID, "code", e.Code, "remedy", e.Remedy, "attempt", m.Attempts)
	if err := tx.SaveMessage(ctx, m); err != nil {
		return 0, err
	}
	if e.Remedy == desk.RemedyWindow {
		if err := tx.CloseWindow(ctx, m.ConversationID, m.Tried(), now); err != nil {
			return 0, err
		}
	}
	if e.Stale {
		if err := tx.Enqueue(ctx, desk.TemplatesJob{}); err != nil {
			return 0, err
		}
	}
	kind := e.Alert
	if kind == "" && m.Status == desk.StatusFailed {
		kind = desk.AlertSendRefused
	}
	if kind == "" {
		return wait, nil
	}
	return wait, tx.RaiseAlert(ctx, desk.Alert{Kind: kind, Subject: m.Channel, Severity: desk.SeverityError, Detail: e.Detail, LastAt: now})
}

// doubt leaves a message whose fate nobody knows to a receipt or a person.
func (o *Outbox) doubt(ctx context.Context, tx Tx, m *desk.Message, detail string) error {
	m.Status, m.FailureDetail = desk.StatusUnknown, detail
	o.Log.WarnContext(ctx, "send of unknown outcome", "message_id", m.ID, "attempt", m.Attempts)
	return tx.SaveMessage(ctx, m)
}

// GiveUp ends a message whose job ran out of tries: it was not sent, or nobody
// knows. It returns the conversation, which people should look at, or a zero id
// when the message was settled meanwhile.
func (o *Outbox) GiveUp(ctx context.Context, message uuid.UUID) (conversation uuid.UUID, err error) {
	err = o.Store.InTx(ctx, func(tx Tx) error {
		conversation = uuid.Nil
		m, err := tx.LockMessage(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		switch m.Status {
		case desk.StatusQueued:
			m.Status, m.FailureDetail = desk.StatusFailed, "gave_up"
		case desk.StatusSending:
			m.Status = desk.StatusUnknown
		default:
			return nil
		}
		conversation = m.ConversationID
		return tx.SaveMessage(ctx, m)
	})
	return conversation, err
}
