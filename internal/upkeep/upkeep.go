// Package upkeep does what time alone calls for: turns whose job was lost, sends
// nobody knows the outcome of, snoozes that end, resolved tickets that close,
// events, sessions and the accounts of models that have served their time.
//
// It runs every few seconds as a job, on one replica at a time. Each kind of work
// is independent, bounded per run and safe to repeat; what fails is logged and
// tried again by the next run.
package upkeep

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Reader finds what is due.
type Reader interface {
	StuckTurns(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error)
	UnknownSends(ctx context.Context, before time.Time, limit int) ([]desk.Message, error)
	EndedSnoozes(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)
	TicketsToClose(ctx context.Context, resolvedBefore time.Time, limit int) ([]uuid.UUID, error)
	TicketsToWake(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)
	DeleteNotifications(ctx context.Context, readBefore time.Time) error
	DeleteEvents(ctx context.Context, doneBefore time.Time, limit int) (int, error)
	// ParkedMessages are those for which events wait although they are there.
	ParkedMessages(ctx context.Context, limit int) ([]uuid.UUID, error)
	DeleteParked(ctx context.Context, before time.Time) error
	DeleteExpiredSessions(ctx context.Context, now time.Time) error
	DeleteModelUse(ctx context.Context, before string) error
	DeleteAnswers(ctx context.Context, before time.Time) error
}

// Store runs a function in one transaction.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what upkeep needs of a transaction.
type Tx interface {
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	SaveTicket(ctx context.Context, t *desk.Ticket) error
	AddTicketEvents(ctx context.Context, events ...desk.TicketEvent) error
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	RaiseAlert(ctx context.Context, a desk.Alert) error
	Notify(ctx context.Context, all ...desk.Notification) error
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// Deps are what an Upkeep is made of.
type Deps struct {
	Reader Reader
	Store  Store
	// Meet uses the events that wait for a message; nil: none do.
	Meet func(ctx context.Context, message uuid.UUID) error
	Now  func() time.Time
	Log  *slog.Logger
}

// Upkeep does what time calls for.
type Upkeep struct{ Deps }

// When things are due.
const (
	stuckAfter   = 2 * time.Minute // a turn this late has lost its job
	unknownAfter = 2 * time.Minute // a receipt this late is not to be waited for
	mostPerRun   = 200
	mostEvents   = 5000
	keepModelUse = 400 // days: a year and what compares with it
)

// New returns an upkeep.
func New(d Deps) *Upkeep {
	d.Now = desk.Clock(d.Now)
	return &Upkeep{Deps: d}
}

// Sweep does everything that is due.
func (u *Upkeep) Sweep(ctx context.Context) error {
	now := u.Now()
	return errors.Join(
		each(ctx, func() ([]uuid.UUID, error) { return u.Reader.StuckTurns(ctx, now.Add(-stuckAfter), mostPerRun) }, u.revive),
		u.doubts(ctx, now),
		each(ctx, func() ([]uuid.UUID, error) { return u.Reader.EndedSnoozes(ctx, now, mostPerRun) }, u.wake),
		each(ctx, func() ([]uuid.UUID, error) {
			return u.Reader.TicketsToClose(ctx, now.Add(-desk.ReopenWindow), mostPerRun)
		}, u.closeTicket),
		each(ctx, func() ([]uuid.UUID, error) { return u.Reader.TicketsToWake(ctx, now, mostPerRun) }, u.wakeTicket),
		u.meet(ctx),
		u.forget(ctx, now),
	)
}

func each(ctx context.Context, find func() ([]uuid.UUID, error), do func(context.Context, uuid.UUID) error) error {
	ids, err := find()
	if err != nil {
		return err
	}
	var all error
	for _, id := range ids {
		all = errors.Join(all, do(ctx, id))
	}
	return all
}

// revive writes a new job for a turn that lost its own.
func (u *Upkeep) revive(ctx context.Context, conversation uuid.UUID) error {
	u.Log.WarnContext(ctx, "a turn lost its job", "conversation_id", conversation)
	return u.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, conversation)
		if err != nil {
			return err
		}
		now := u.Now()
		if conv.TurnDueAt == nil || now.Sub(*conv.TurnDueAt) < stuckAfter {
			return nil
		}
		conv.TurnDueAt = &now
		if err := tx.SaveConversation(ctx, conv); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.TurnJob{Conversation: conversation})
	})
}

// doubts gives conversations with an answer of unknown fate to people.
func (u *Upkeep) doubts(ctx context.Context, now time.Time) error {
	sends, err := u.Reader.UnknownSends(ctx, now.Add(-unknownAfter), mostPerRun)
	if err != nil {
		return err
	}
	var all error
	for i := range sends {
		all = errors.Join(all, u.doubt(ctx, &sends[i]))
	}
	return all
}

func (u *Upkeep) doubt(ctx context.Context, send *desk.Message) error {
	return u.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, send.ConversationID)
		if err != nil {
			return err
		}
		m, err := tx.LockMessage(ctx, send.ID)
		if err != nil {
			return err
		}
		if m.Status != desk.StatusUnknown && m.Status != desk.StatusSending || m.Notice == noticeDoubt {
			return nil
		}
		now := u.Now()
		m.Status, m.Notice = desk.StatusUnknown, noticeDoubt
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertSendUnknown, Subject: m.Channel, Severity: desk.SeverityWarning, Detail: "message " + m.ID.String(), LastAt: now}); err != nil {
			return err
		}
		if conv.Owner != desk.OwnerAssistant {
			return nil
		}
		h := desk.Handoff{Reason: desk.ReasonSendUnknown, Team: desk.TeamSupport, Priority: desk.PriorityNormal, Language: conv.Language, Wants: conv.Preview, At: now}
		if err := conv.Enqueue(h, now); err != nil {
			return err
		}
		notice := &desk.Message{
			ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.BySystem,
			Kind: desk.KindNotice, Notice: "handed_off", Text: string(desk.ReasonSendUnknown), CreatedAt: now,
		}
		if _, err := tx.AddMessage(ctx, notice); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, conv)
	})
}

// noticeDoubt marks a send whose doubt was handed to people already.
const noticeDoubt = "doubt_told"

func (u *Upkeep) wake(ctx context.Context, conversation uuid.UUID) error {
	return u.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, conversation)
		if err != nil {
			return err
		}
		if conv.SnoozedUntil == nil || conv.SnoozedUntil.After(u.Now()) {
			return nil
		}
		conv.Wake()
		return tx.SaveConversation(ctx, conv)
	})
}

func (u *Upkeep) closeTicket(ctx context.Context, ticket uuid.UUID) error {
	return u.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		now, from := u.Now(), t.State
		if t.Reopenable(now) || t.Close(now) != nil {
			return nil // reopened or closed meanwhile
		}
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, desk.TicketEvent{
			ID: desk.NewID(), TicketID: t.ID, Author: desk.BySystem, Kind: "state", From: string(from), To: string(t.State), CreatedAt: now,
		})
	})
}

// wakeTicket brings a ticket back into sight and tells whose it is.
func (u *Upkeep) wakeTicket(ctx context.Context, ticket uuid.UUID) error {
	return u.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		now := u.Now()
		if t.SnoozedUntil == nil || t.SnoozedUntil.After(now) {
			return nil // woken or put off again meanwhile
		}
		if err := t.Wake(now); err != nil {
			return err
		}
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		if t.AssigneeID != nil {
			n := desk.Notify(desk.NotifyWoke, *t.AssigneeID, t.ID, nil, t.Subject, now)
			n.TicketID = &t.ID
			if err := tx.Notify(ctx, n); err != nil {
				return err
			}
		}
		return tx.AddTicketEvents(ctx, desk.TicketEvent{ID: desk.NewID(), TicketID: t.ID, Author: desk.BySystem, Kind: "woke", CreatedAt: now})
	})
}

// meet brings together what came apart.
func (u *Upkeep) meet(ctx context.Context) error {
	if u.Meet == nil {
		return nil
	}
	return each(ctx, func() ([]uuid.UUID, error) { return u.Reader.ParkedMessages(ctx, mostPerRun) }, u.Meet)
}

func (u *Upkeep) forget(ctx context.Context, now time.Time) error {
	_, err := u.Reader.DeleteEvents(ctx, now.Add(-desk.EventKeep), mostEvents)
	return errors.Join(err, u.Reader.DeleteAnswers(ctx, now.Add(-desk.AnswerKeep)), u.Reader.DeleteParked(ctx, now.Add(-desk.EventKeep)), u.Reader.DeleteExpiredSessions(ctx, now), u.Reader.DeleteModelUse(ctx, now.AddDate(0, 0, -keepModelUse).Format(time.DateOnly)))
}
