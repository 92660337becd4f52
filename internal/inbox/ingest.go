package inbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store runs a function in one transaction. InTx returns when the disk has it;
// InWork may return before, for a power cut takes back the job that called it too.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	InWork(ctx context.Context, fn func(Tx) error) error
}

// Tx is what ingesting needs of a transaction. A row that Lock or For returns is
// held until the transaction ends.
type Tx interface {
	AddEvents(ctx context.Context, events []desk.Event) (fresh []uuid.UUID, err error)
	Events(ctx context.Context, ids []uuid.UUID) ([]desk.Event, error)
	FinishEvents(ctx context.Context, ids []uuid.UUID, now time.Time) error
	FailEvent(ctx context.Context, id uuid.UUID, reason string, now time.Time) error
	Foresee(ctx context.Context, messages []desk.Foretold) error // optional: makes adding them cheaper
	ContactFor(ctx context.Context, who desk.Identity, now time.Time) (*desk.Contact, error)
	MoveContact(ctx context.Context, from, to desk.Identity, now time.Time) error
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	SaveContact(ctx context.Context, c *desk.Contact) error
	ConversationFor(ctx context.Context, contact uuid.UUID, channel string, now time.Time) (*desk.Conversation, error)
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	LockMessageByProviderID(ctx context.Context, channel, providerID string) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	CloseWindow(ctx context.Context, conversation uuid.UUID, tried, now time.Time) error
	NameContact(ctx context.Context, who desk.Identity, now time.Time) error
	DropQueued(ctx context.Context, conversation uuid.UUID, author desk.Author, detail string) (int, error)
	AddConsent(ctx context.Context, entries ...desk.Consent) error
	RaiseAlert(ctx context.Context, a desk.Alert) error
	Park(ctx context.Context, event uuid.UUID, channel, providerID string, now time.Time) error
	Unpark(ctx context.Context, channel, providerID string) ([]desk.Event, error)
	Pause(ctx context.Context, p desk.Pause) error
	Resume(ctx context.Context, channel string) (bool, error)
	LockTemplate(ctx context.Context, id string) (*desk.Template, error)
	SaveTemplate(ctx context.Context, t *desk.Template) error
	Enqueue(ctx context.Context, jobs ...desk.Job) error
	EnqueueAt(ctx context.Context, at time.Time, job desk.Job) error
	// LockSurvey returns a survey of the conversation; uuid.Nil: the one asked last, since a time.
	LockSurvey(ctx context.Context, conversation, survey uuid.UUID, since time.Time) (*desk.Survey, error)
	SaveSurvey(ctx context.Context, s *desk.Survey) error
}

// Deps are what an Inbox is made of.
type Deps struct {
	Store Store
	// Read tells what an event's bytes mean.
	Read func(raw []byte) (desk.Arrival, error)
	// StopWriting reports whether a text asks us to stop writing; heeded at once,
	// whoever owns the conversation.
	StopWriting func(text string) bool
	// Withdrawals are the ledger's entries for such a text.
	Withdrawals func(c desk.Contact, said []desk.Message, now time.Time) []desk.Consent
	// Heard is told of each message the assistant will take up, after the commit; it
	// must not block. May be nil.
	Heard func(m desk.Message)
	// Strange is told of what was not understood, after the commit; it must not block.
	// May be nil.
	Strange func(what string)
	// Price takes what a receipt says of the price of its message, and reports whether
	// that changed anything. May be nil.
	Price func(m *desk.Message, r *desk.Receipt, now time.Time) bool
	// SurveyThanks are the words for who answered a survey, in a language; nil: none.
	SurveyThanks func(language string) string
	Quiet        time.Duration // wait for more of a burst; default 2.5 s
	Longest      time.Duration // but no longer than this; default 8 s
	Now          func() time.Time
	Log          *slog.Logger
}

// Inbox ingests stored events.
type Inbox struct{ Deps }

// New returns an inbox.
func New(d Deps) *Inbox {
	if d.Quiet <= 0 {
		d.Quiet = 2500 * time.Millisecond
	}
	if d.Longest < d.Quiet {
		d.Longest = max(8*time.Second, d.Quiet)
	}
	if d.Heard == nil {
		d.Heard = func(desk.Message) {}
	}
	if d.Strange == nil {
		d.Strange = func(string) {}
	}
	d.Now = desk.Clock(d.Now)
	return &Inbox{Deps: d}
}

// AcceptEvents stores events with the job that will ingest the fresh ones.
func (b *Inbox) AcceptEvents(ctx context.Context, events []desk.Event) error {
	return b.Store.InTx(ctx, func(tx Tx) error {
		fresh, err := tx.AddEvents(ctx, events)
		if err != nil || len(fresh) == 0 {
			return err
		}
		return tx.Enqueue(ctx, freshJob(fresh))
	})
}

// Ingest makes of stored events what they are. Events already used are passed over.
func (b *Inbox) Ingest(ctx context.Context, ids []uuid.UUID) error {
	err := b.together(ctx, ids, true)
	if err == nil || unavailable(err) || ctx.Err() != nil {
		return err
	}
	b.Log.WarnContext(ctx, "ingest together failed, trying one by one", "events", len(ids), "error", err)
	for _, id := range ids {
		if err := b.together(ctx, []uuid.UUID{id}, false); err != nil {
			if unavailable(err) || ctx.Err() != nil {
				return err
			}
			if err := b.fail(ctx, id, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// together ingests events in one transaction. Only what is foreseen can be upset
// by what happens beside it.
func (b *Inbox) together(ctx context.Context, ids []uuid.UUID, foresee bool) error {
	var heard []desk.Message
	var strange []string
	err := b.Store.InWork(ctx, func(tx Tx) error {
		heard, strange = heard[:0], strange[:0]
		events, err := tx.Events(ctx, ids)
		if err != nil {
			return err
		}
		read, err := b.readAll(events)
		if err != nil {
			return err
		}
		if foresee {
			if err := tx.Foresee(ctx, foretold(read)); err != nil {
				return err
			}
		}
		used := make([]uuid.UUID, 0, len(read))
		for i := range read {
			if err := b.use(ctx, tx, &read[i], &heard); err != nil {
				return fmt.Errorf("event %s: %w", read[i].ID, err)
			}
			used = append(used, read[i].ID)
			if read[i].Strange != "" {
				strange = append(strange, read[i].Strange)
			}
		}
		return tx.FinishEvents(ctx, used, b.Now())
	})
	if err != nil {
		return err
	}
	for i := range heard {
		b.Heard(heard[i])
	}
	for _, what := range strange {
		b.Strange(what)
	}
	return nil
}

// opened is a stored event with what it means.
type opened struct {
	*desk.Event
	desk.Arrival
}

// readAll opens events and puts them in the order of whom they are about, each
// person's as they came: jobs that run at once then hold rows in one order, and do
// not wait for each other in a circle.
func (b *Inbox) readAll(events []desk.Event) ([]opened, error) {
	all := make([]opened, len(events))
	for i := range events {
		a, err := b.Read(events[i].Raw)
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", events[i].ID, err)
		}
		if a.Channel == "" {
			a.Channel = events[i].Channel
		}
		all[i] = opened{&events[i], a}
	}
	slices.SortStableFunc(all, func(x, y opened) int { return strings.Compare(x.about(), y.about()) })
	return all, nil
}

// foretold lists the messages among events.
func foretold(events []opened) (all []desk.Foretold) {
	for i := range events {
		m := events[i].Message
		if m == nil {
			m = events[i].Echo
		}
		if m != nil {
			all = append(all, desk.Foretold{From: events[i].From, Channel: events[i].Arrival.Channel, ProviderID: m.ProviderID})
		}
	}
	return all
}

// about is whom an event concerns. What refers to a message comes after the
// messages, since it may name its sender by another identity.
func (o *opened) about() string {
	switch {
	case o.Receipt != nil:
		return "2" + o.Receipt.MessageID + o.Receipt.ProviderID
	case o.Reaction != nil, o.Change != nil, o.CallEnd != "":
		return "1"
	case o.From.BSUID != "":
		return "0" + o.From.BSUID
	}
	return "0" + o.From.Phone
}

// fail keeps an event that cannot be used, with the reason, and tells the admins.
func (b *Inbox) fail(ctx context.Context, id uuid.UUID, cause error) error {
	b.Log.ErrorContext(ctx, "event cannot be used", "event_id", id, "error", cause)
	return b.Store.InWork(ctx, func(tx Tx) error {
		now := b.Now()
		if err := tx.FailEvent(ctx, id, cause.Error(), now); err != nil {
			return err
		}
		return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertEventUnread, Severity: desk.SeverityError, Detail: "event " + id.String(), LastAt: now})
	})
}

func unavailable(err error) bool {
	return errors.Is(err, desk.ErrUnavailable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
