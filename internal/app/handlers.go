package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/store"
	"antena/internal/work"
)

// handlers gives the jobs to the use cases.
func (a *App) handlers(in *inbox.Inbox) work.Handlers {
	h := work.Handlers{
		Ingest: in.Ingest,
		Turn:   unlessGone(waiting(a.engine.Handle)),
		Send:   waiting(a.outbox.Send),
		Read:   a.signals.Read,
		Fetch:  a.media.Fetch,
		Upload: waiting(a.outbox.Upload),
		Sweep:  a.sweep,
		Dead:   a.dead,

		Templates: a.refresh,
		Bulk:      a.goOnWithMany,
		Import:    a.importer().Run,
		Survey:    a.surveys().Ask,
	}
	if a.models.senses != nil {
		h.Reading = a.models.senses.Read
	}
	if a.models.asks() {
		h.Summary = a.scribe.Summarize
	}
	if a.models.vectors != nil {
		h.Vectors = a.models.vectors.Make
	}
	return h
}

// heard is told of each message that came in.
func (a *App) heard(m desk.Message) {
	a.outbox.Heard(m.Channel)
	a.signals.Heard(m)
}

// refresh asks the provider for what it may have changed: the templates, and how
// fast our numbers may send.
func (a *App) refresh(ctx context.Context) error {
	if a.Config.WhatsApp.MessagesPerSecond == 0 {
		a.learnPace(ctx)
	}
	return a.templates.Refresh(ctx)
}

// learnPace keeps what the provider grants; what it does not tell stays as it was,
// and the next hour asks again.
func (a *App) learnPace(ctx context.Context) {
	for _, number := range a.Config.WhatsApp.PhoneNumberIDs {
		info, err := a.client.NumberInfo(ctx, number)
		if err == nil {
			err = a.outbox.Learn(ctx, number, info.PerSecond())
		}
		if err != nil {
			a.Log.WarnContext(ctx, "the pace of a number could not be learned", "error", err)
		}
	}
}

// unlessGone passes over what a merge of contacts took away: what remained has a job
// of its own.
func unlessGone(handle func(context.Context, uuid.UUID) error) func(context.Context, uuid.UUID) error {
	return func(ctx context.Context, id uuid.UUID) error {
		if err := handle(ctx, id); !errors.Is(err, desk.ErrNotFound) {
			return err
		}
		return nil
	}
}

// waiting turns "not yet" into the runner's word for it.
func waiting(handle func(context.Context, uuid.UUID) (time.Duration, error)) func(context.Context, uuid.UUID) error {
	return func(ctx context.Context, id uuid.UUID) error {
		wait, err := handle(ctx, id)
		if err != nil {
			return err
		}
		if wait > 0 {
			return work.Later(wait)
		}
		return nil
	}
}

// dead sees to it that a job that ran out of tries leaves nobody waiting: a turn's
// contact goes to people, and admins are told of everything.
func (a *App) dead(ctx context.Context, j desk.DeadJob) {
	a.Log.ErrorContext(ctx, "job ran out of tries", "kind", j.Kind, "subject", j.Subject, "error", j.Error)
	if err := a.leaveNobodyWaiting(ctx, j); err != nil {
		a.Log.ErrorContext(ctx, "could not give the conversation to people", "subject", j.Subject, "error", err)
	}
	err := a.Store.InTx(ctx, func(tx *store.Tx) error {
		return tx.RaiseAlert(ctx, desk.Alert{Kind: desk.AlertJobDead, Subject: j.Kind, Severity: desk.SeverityError, Detail: j.Error, LastAt: desk.Clock(a.Now)()})
	})
	if err != nil {
		a.Log.ErrorContext(ctx, "could not raise an alert", "error", err)
	}
}

// leaveNobodyWaiting gives the contact of a dead turn or send to people.
func (a *App) leaveNobodyWaiting(ctx context.Context, j desk.DeadJob) error {
	id, err := uuid.Parse(j.Subject)
	if err != nil {
		return nil //nolint:nilerr // a job about nothing in particular has no contact
	}
	switch j.Kind {
	case desk.FetchJob{}.Kind():
		return a.media.GiveUp(ctx, id)
	case desk.SendJob{}.Kind(), desk.UploadJob{}.Kind():
		if id, err = a.outbox.GiveUp(ctx, id); err != nil || id == uuid.Nil {
			return err
		}
	case desk.TurnJob{}.Kind():
	default:
		return nil
	}
	return a.engine.GiveUp(ctx, id, desk.ReasonSystemFailure)
}

func (a *App) resolveAlert(ctx context.Context, by desk.Agent, alert uuid.UUID) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	return a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.ResolveAlert(ctx, alert, by.ID, desk.Clock(a.Now)()) })
}

func closeOnce(c chan struct{}) func() { return sync.OnceFunc(func() { close(c) }) }
