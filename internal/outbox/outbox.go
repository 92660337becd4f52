package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store keeps the messages. A transaction need not be on disk when InTx returns,
// but all before it are when Flush does.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Flush(ctx context.Context) error
	// ReplaceMessage writes a message if its status and its provider's id are still
	// those it had, and reports whether they were.
	ReplaceMessage(ctx context.Context, had, now *desk.Message) (done bool, err error)
}

// Tx is what sending needs of a transaction.
type Tx interface {
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	// Sending holds the message, and nothing else.
	Sending(ctx context.Context, message uuid.UUID) (*desk.Sending, error)
	RaiseAlert(ctx context.Context, a desk.Alert) error
	LockTemplate(ctx context.Context, id string) (*desk.Template, error)
	Counter
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// Counter counts one more reply of a number in a month and says how many there are.
type Counter interface {
	CountService(ctx context.Context, channel, month string) (int, error)
}

// Line is the provider. A failed Send is a *desk.SendError.
type Line interface {
	Send(ctx context.Context, d desk.Dispatch) (desk.Accepted, error)
}

// Deps are what an Outbox is made of.
type Deps struct {
	Store     Store
	Line      Line
	Files     Files
	PerSecond float64 // messages per second and number; default 80 (Meta's)
	// Doubt is the wait for a receipt before a request that failed at the
	// provider's side is repeated; default 20 s. The provider may ask for more.
	Doubt time.Duration
	// Price puts a price on a message the provider took; nil: messages have none.
	Price func(ctx context.Context, count Counter, m *desk.Message, d *desk.Dispatch, now time.Time) error
	Now   func() time.Time
	Log   *slog.Logger
}

// Outbox sends stored messages.
type Outbox struct {
	Deps
	rates  *rates
	pauses pauses
}

// Limits of one send.
const (
	requestMax = 15 * time.Second       // for the provider's answer
	orderWait  = 300 * time.Millisecond // until an earlier message is looked at again
	orderMax   = 90 * time.Second       // an earlier message holds back later ones no longer than this
	usualDoubt = 20 * time.Second
	doubtTries = 5
	stopPause  = 30 * time.Second // between probes while the account may not send
	retryTries = 40               // certain refusals (rates) before a message is parked
)

// New returns an outbox.
func New(d Deps) *Outbox {
	if d.PerSecond <= 0 {
		d.PerSecond = 80
	}
	if d.Doubt <= 0 {
		d.Doubt = usualDoubt
	}
	d.Now = desk.Clock(d.Now)
	return &Outbox{Deps: d, rates: newRates(d.PerSecond)}
}

// Send sends a stored message. A positive wait means not now: call again after it.
func (o *Outbox) Send(ctx context.Context, message uuid.UUID) (wait time.Duration, err error) {
	d, wait, err := o.paced(ctx, message)
	if err != nil || wait > 0 || d == nil {
		return wait, err
	}
	reqCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestMax) // a stop does not cut a request in two
	defer cancel()
	accepted, sendErr := o.request(reqCtx, d)
	wait, err = o.end(context.WithoutCancel(ctx), d, accepted, sendErr)
	if err != nil {
		return 0, fmt.Errorf("keep what came of sending %s: %w", message, err)
	}
	return wait, nil
}

// request sends what was begun, once the disk knows that it was.
func (o *Outbox) request(ctx context.Context, d *desk.Dispatch) (desk.Accepted, error) {
	if err := o.Store.Flush(ctx); err != nil {
		return desk.Accepted{}, &desk.SendError{Remedy: desk.RemedyRetry, Err: fmt.Errorf("write down that a send begins: %w", err)}
	}
	return o.Line.Send(ctx, *d)
}

// paced begins a send when its turn in the number's rate has come: a short wait
// is waited here, keeping the place, so that a full queue drains at the rate.
func (o *Outbox) paced(ctx context.Context, id uuid.UUID) (*desk.Dispatch, time.Duration, error) {
	d, wait, err := o.begin(ctx, id, false)
	if err != nil || d != nil || !wait.paced {
		return d, wait.left, err
	}
	timer := time.NewTimer(wait.left)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil, time.Second, nil
	case <-timer.C:
	}
	d, wait, err = o.begin(ctx, id, true)
	return d, wait.left, err
}

// hold is a wait.
type hold struct {
	left  time.Duration
	paced bool // its place in the number's rate is kept
}

// begin checks that the message may go now and marks it as being sent. placed
// tells that its place in the number's rate has come.
func (o *Outbox) begin(ctx context.Context, id uuid.UUID, placed bool) (d *desk.Dispatch, wait hold, err error) {
	err = o.Store.InTx(ctx, func(tx Tx) error {
		d, wait = nil, hold{}
		s, err := tx.Sending(ctx, id)
		if errors.Is(err, desk.ErrNotFound) || err == nil && s.Message.Status != desk.StatusQueued && s.Message.Status != desk.StatusSending {
			return nil // erased, or settled already
		}
		if err != nil {
			return err
		}
		m := &s.Message
		if m.Status == desk.StatusSending {
			return o.doubt(ctx, tx, m, "interrupted")
		}
		now := o.Now()
		why, err := o.drop(ctx, tx, m, &s.Conversation, now)
		if err != nil {
			return err
		}
		if why != "" {
			m.Status, m.FailureDetail = desk.StatusDropped, why
			return tx.SaveMessage(ctx, m)
		}
		if wait = behind(s.Earlier, now); wait.left > 0 {
			return nil
		}
		if wait = o.mayGo(m, &s.Contact, placed, now); wait.left > 0 {
			return nil
		}
		m.Status, m.Attempts, m.TriedAt = desk.StatusSending, m.Attempts+1, &now
		d = &desk.Dispatch{
			Message: *m, Phone: s.Contact.Phone, BSUID: s.Contact.BSUID, Free: s.Conversation.EntryOpen(now), Window: s.Conversation.WindowOpen(now),
		}
		return tx.SaveMessage(ctx, m)
	})
	if err != nil {
		return nil, hold{}, fmt.Errorf("begin sending %s: %w", id, err)
	}
	return d, wait, nil
}

// mayGo asks the account, the recipient and the number whether a send may go now.
func (o *Outbox) mayGo(m *desk.Message, c *desk.Contact, placed bool, now time.Time) hold {
	if left := o.pauses.left(m.Channel, now); left > 0 {
		return hold{left: left}
	}
	if placed {
		return hold{}
	}
	if left := o.rates.recipient(m.Channel, c.Address(), now); left > 0 {
		return hold{left: left}
	}
	return hold{left: o.rates.place(m.Channel, now), paced: true}
}

// Why a message is dropped.
const (
	droppedPerson   = "person_stepped_in"
	droppedWindow   = "window_closed"
	droppedTemplate = "template_unusable"
)

func (o *Outbox) drop(ctx context.Context, tx Tx, m *desk.Message, conv *desk.Conversation, now time.Time) (why string, err error) {
	switch {
	case m.Author == desk.ByAssistant && m.AgentID == nil && conv.Owner == desk.OwnerAgent: // an agent's id: sent again by their word
		return droppedPerson, nil
	case m.Template != nil:
		return o.unusable(ctx, tx, m)
	case !conv.WindowOpen(now):
		return droppedWindow, nil
	}
	return "", nil
}

// unusable looks whether the provider withdrew a template while the message waited.
func (o *Outbox) unusable(ctx context.Context, tx Tx, m *desk.Message) (why string, err error) {
	t, err := tx.LockTemplate(ctx, m.Template.ID)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return "", err
	}
	if err != nil || !t.Usable() {
		return droppedTemplate, nil
	}
	return "", nil
}

// behind waits for earlier messages of the conversation, but not for ever.
func behind(earlier []desk.Message, now time.Time) hold {
	for i := range earlier {
		if now.Sub(earlier[i].CreatedAt) < orderMax {
			return hold{left: orderWait}
		}
	}
	return hold{}
}
