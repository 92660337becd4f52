package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
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
	Counter // outside of any transaction
	// ChangeSendRate changes what all replicas know of a number's pace, one at a
	// time; now is the database's.
	ChangeSendRate(ctx context.Context, channel string, change func(r *desk.SendRate, now time.Time)) error
}

// Tx is what sending needs of a transaction.
type Tx interface {
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	// Sending holds the message, and nothing else.
	Sending(ctx context.Context, message uuid.UUID) (*desk.Sending, error)
	// SendTimes tells when the last sends of a conversation began, newest first.
	SendTimes(ctx context.Context, conversation uuid.UUID, limit int) ([]time.Time, error)
	CloseWindow(ctx context.Context, conversation uuid.UUID, tried, now time.Time) error
	RaiseAlert(ctx context.Context, a desk.Alert) error
	LockTemplate(ctx context.Context, id string) (*desk.Template, error)
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
	PerSecond int // messages a second and number, over all replicas; 0: as learned, else 80 (Meta's)
	// Price puts a price on a message the provider took; nil: messages have none.
	Price func(ctx context.Context, count Counter, m *desk.Message, d *desk.Dispatch, now time.Time) error
	Now   func() time.Time
	Log   *slog.Logger
}

// Outbox sends stored messages.
type Outbox struct {
	Deps
	gate   *gate
	unsent sync.Map // message → when its try began that was not made, see remember
}

// Limits of one send.
const (
	requestMax = 15 * time.Second       // for the provider's answer
	placeMax   = 8 * time.Second        // a worker waits for its turn in the pace
	placeAgain = 500 * time.Millisecond // when that was not enough
	orderWait  = 300 * time.Millisecond // until an earlier message is looked at again
	orderMax   = 90 * time.Second       // an earlier message holds back later ones no longer than this,
	orderFile  = 20 * time.Second       // and an agent's no longer than this while its file is handed over,
	orderAgain = 10 * time.Second       // or than this when it was refused and is tried again
	stopPause  = 30 * time.Second       // between probes while the account may not send
	retryTries = 40                     // certain refusals (rates) before a message is parked
)

// New returns an outbox.
func New(d Deps) *Outbox {
	d.Now = desk.Clock(d.Now)
	return &Outbox{Deps: d, gate: newGate(d.Store, d.PerSecond, d.Log)}
}

// Close gives this replica's part of the pace to the others. Nothing is sent any
// more; call it when no Send runs, before the store is closed.
func (o *Outbox) Close(ctx context.Context) { o.gate.close(ctx) }

// Learn keeps the pace that the provider grants a number, in messages a second.
func (o *Outbox) Learn(ctx context.Context, channel string, perSecond int) error {
	return o.Store.ChangeSendRate(ctx, channel, func(r *desk.SendRate, _ time.Time) { r.PerSecond = perSecond })
}

// Heard counts a message that came in: the provider's pace is one of both ways.
func (o *Outbox) Heard(channel string) { o.gate.heard(channel) }

// Send sends a stored message. A positive wait means not now: call again after it.
func (o *Outbox) Send(ctx context.Context, message uuid.UUID) (wait time.Duration, err error) {
	b, err := o.paced(ctx, message)
	if err != nil || b.dispatch == nil {
		return b.wait, err
	}
	reqCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestMax) // a stop does not cut a request in two
	defer cancel()
	accepted, sendErr := o.request(reqCtx, &b)
	wait, err = o.kept(ctx, b.dispatch, accepted, sendErr)
	o.gate.tell(context.WithoutCancel(ctx), b.channel, b.halt)
	if err != nil {
		o.remember(&b)
		return 0, fmt.Errorf("keep what came of sending %s: %w", message, err)
	}
	return wait, nil
}

// request sends what was begun, once the disk knows that it was and its place in
// the pace is free.
func (o *Outbox) request(ctx context.Context, b *begun) (accepted desk.Accepted, err error) {
	if err := o.Store.Flush(ctx); err != nil {
		b.place.leave(false, nil)
		b.unmade = true
		return desk.Accepted{}, &desk.SendError{Remedy: desk.RemedyRetry, Err: fmt.Errorf("write down that a send begins: %w", err)}
	}
	b.place.begin(ctx)
	accepted, err = o.Line.Send(ctx, *b.dispatch)
	var refused *desk.SendError
	answered := err == nil || errors.As(err, &refused) && refused.Code != 0
	b.halt = haltFor(err)
	b.place.leave(answered, &b.halt)
	return accepted, err
}

// begun is what came of beginning a send: the send, or a wait, or neither when
// nothing is to be done.
type begun struct {
	dispatch *desk.Dispatch
	place    *place
	halt     halt // of the number, for what the provider said
	wait     time.Duration
	unmade   bool // the request was certainly not made
	crowded  bool // it may go once it has a place in the pace
	channel  string
	rank     desk.Rank
}

// paced begins a send when its turn in the number's pace has come. It waits for it
// here for some seconds, as what is waited for comes by rank.
func (o *Outbox) paced(ctx context.Context, id uuid.UUID) (begun, error) {
	b, err := o.begin(ctx, id, nil)
	if err != nil || !b.crowded {
		return b, err
	}
	p := o.gate.wait(ctx, b.channel, b.rank, placeMax)
	if p == nil {
		return begun{wait: placeAgain}, nil
	}
	return o.begin(ctx, id, p)
}

// begin checks that the message may go now and marks it as being sent. A place that
// is not used is left.
func (o *Outbox) begin(ctx context.Context, id uuid.UUID, p *place) (b begun, err error) {
	err = o.Store.InTx(ctx, func(tx Tx) error {
		b = begun{place: p}
		err := o.check(ctx, tx, id, &b)
		p = b.place
		return err
	})
	if p != nil && (err != nil || b.dispatch == nil) {
		p.leave(false, nil)
	}
	if err != nil {
		b.unmade = true
		o.remember(&b)
		return begun{}, fmt.Errorf("begin sending %s: %w", id, err)
	}
	o.unsent.Delete(id)
	return b, nil
}

// remember keeps that a request was not made, though the database may say that it
// was begun: without it a database that goes away in that instant would leave the
// message in doubt. Only the very try that was begun here counts.
func (o *Outbox) remember(b *begun) {
	if b.unmade && b.dispatch != nil && b.dispatch.Message.TriedAt != nil {
		o.unsent.Store(b.dispatch.Message.ID, *b.dispatch.Message.TriedAt)
	}
}

// ours reports whether the try that a message is in was begun here and not made.
func (o *Outbox) ours(m *desk.Message) bool {
	tried, known := o.unsent.Load(m.ID)
	return known && m.TriedAt != nil && m.TriedAt.Equal(tried.(time.Time))
}

func (o *Outbox) check(ctx context.Context, tx Tx, id uuid.UUID, b *begun) error {
	s, err := tx.Sending(ctx, id)
	if errors.Is(err, desk.ErrNotFound) || err == nil && s.Message.Status != desk.StatusQueued && s.Message.Status != desk.StatusSending {
		return nil // erased, or settled already
	}
	if err != nil {
		return err
	}
	m := &s.Message
	if m.Status == desk.StatusSending && !o.ours(m) {
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
	if free, err := o.mayGo(ctx, tx, s, b, now); err != nil || !free {
		return err
	}
	m.Status, m.Attempts, m.TriedAt = desk.StatusSending, m.Attempts+1, &now
	b.dispatch = &desk.Dispatch{
		Message: *m, Phone: s.Contact.Phone, BSUID: s.Contact.BSUID, Free: s.Conversation.EntryOpen(now), Window: s.Conversation.WindowOpen(now),
	}
	return tx.SaveMessage(ctx, m)
}

// mayGo asks the conversation, the recipient and the number whether a send may go
// now.
func (o *Outbox) mayGo(ctx context.Context, tx Tx, s *desk.Sending, b *begun, now time.Time) (bool, error) {
	var err error
	if b.wait = paused(s, now); b.wait > 0 {
		return false, nil
	}
	if b.wait = behind(&s.Message, s.Earlier, now); b.wait > 0 {
		return false, nil
	}
	if b.wait, err = pairWait(ctx, tx, s, now); err != nil || b.wait > 0 {
		return false, err
	}
	b.channel, b.rank = s.Message.Channel, s.Message.Rank()
	if b.place == nil {
		b.place, b.wait = o.gate.try(b.channel, b.rank)
		b.crowded = b.place == nil && b.wait == 0
	}
	return b.place != nil, nil
}

// Why a message is dropped.
const (
	droppedPerson   = "person_stepped_in"
	droppedWindow   = "window_closed"
	droppedTemplate = "template_unusable"
	droppedLive     = "chat_is_live"
)

func (o *Outbox) drop(ctx context.Context, tx Tx, m *desk.Message, conv *desk.Conversation, now time.Time) (why string, err error) {
	switch {
	case m.Author == desk.ByAssistant && m.AgentID == nil && conv.Owner == desk.OwnerAgent: // an agent's id: sent again by their word
		return droppedPerson, nil
	case !conv.Ours():
		return droppedControl, nil
	case m.AsksOpinion() && conv.State != desk.ConversationClosed:
		return droppedLive, nil
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
func behind(m *desk.Message, earlier []desk.Message, now time.Time) time.Duration {
	for i := range earlier {
		if now.Sub(earlier[i].CreatedAt) < patience(m, &earlier[i]) {
			return orderWait
		}
	}
	return 0
}

// patience is how long a message waits for an earlier one. An agent's words are not
// kept back by what is in trouble; what only waits for the pace goes first, as they
// would wait for it too.
func patience(m, earlier *desk.Message) time.Duration {
	switch {
	case m.Author != desk.ByAgent, earlier.Status == desk.StatusSending, earlier.FailureCode == codePair:
		return orderMax
	case earlier.FailureCode != 0:
		return orderAgain
	case earlier.Attachment != nil && earlier.Attachment.MediaID == "":
		return orderFile
	}
	return orderMax
}
