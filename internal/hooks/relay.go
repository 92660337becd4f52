package hooks

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Feed is what the relay needs of the database.
type Feed interface {
	InTx(ctx context.Context, fn func(FeedTx) error) error
	LookForWebhooks(ctx context.Context) (wanted bool, err error)
	HoldRelay(ctx context.Context, holder string, now, until time.Time) (bool, error)
	ReleaseRelay(ctx context.Context, holder string) error
	FeedChanges(ctx context.Context, limit int) ([]desk.FeedChange, error)
	Webhooks(ctx context.Context) ([]desk.Webhook, error)
	WebhookEvent(ctx context.Context, id uuid.UUID) (*desk.WebhookEvent, error)
	DueDeliveries(ctx context.Context, webhook uuid.UUID, now time.Time, limit int) ([]desk.WebhookDelivery, error)
	DeleteWebhookEvents(ctx context.Context, before time.Time) error
}

// FeedTx is what the relay needs of a transaction.
type FeedTx interface {
	DeleteFeedChanges(ctx context.Context, ids []uuid.UUID) error
	NextSequences(ctx context.Context, count int) (first int64, err error)
	AddWebhookEvents(ctx context.Context, events []desk.WebhookEvent, deliveries []desk.WebhookDelivery) error
	SaveDelivery(ctx context.Context, d *desk.WebhookDelivery) error
	LockWebhook(ctx context.Context, id uuid.UUID) (*desk.Webhook, error)
	SaveWebhook(ctx context.Context, w *desk.Webhook) error
	RaiseAlert(ctx context.Context, a desk.Alert) error
}

// RelayDeps is what NewRelay needs.
type RelayDeps struct {
	Feed Feed
	// Post hands a signed body to an address. It never takes longer than a try may.
	Post func(ctx context.Context, url string, headers map[string]string, body []byte) desk.WebhookAnswer
	// Represent shows a thing as other systems see it; desk.ErrNotFound: it has gone.
	Represent func(ctx context.Context, kind desk.Subject, id uuid.UUID) ([]byte, error)
	// Subscribe tells of changes, so that nothing waits for the next look.
	Subscribe func() (<-chan desk.Change, func())
	Now       func() time.Time
	Log       *slog.Logger
}

// Relay turns changes into events and has them delivered. Run it once in each process.
type Relay struct {
	RelayDeps
	holder string
	swept  time.Time
}

// NewRelay returns a relay.
func NewRelay(d RelayDeps) *Relay {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Relay{RelayDeps: d, holder: desk.NewID().String()}
}

const (
	holdFor   = 30 * time.Second // how soon another replica goes on after one was killed
	restShort = 200 * time.Millisecond
	restBusy  = 2 * time.Second  // between looks while there are webhooks
	restIdle  = 20 * time.Second // while there are none
	sweepRest = time.Hour
	afterStop = 2 * time.Second
)

// Run relays until the context ends.
func (r *Relay) Run(ctx context.Context) {
	changes, stop := r.Subscribe()
	defer stop()
	for {
		wanted := r.Turn(ctx)
		if ctx.Err() != nil {
			r.release(ctx)
			return
		}
		r.rest(ctx, changes, wanted)
	}
}

// rest waits until there may be something to do.
func (r *Relay) rest(ctx context.Context, changes <-chan desk.Change, wanted bool) {
	longest := restIdle
	if wanted {
		longest = restBusy
	}
	end := time.NewTimer(longest)
	defer end.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-end.C:
			return
		case c := <-changes:
			if wanted || c.Topic == desk.TopicWebhook { // what comes in a row is one look
				wanted = false
				end.Reset(restShort)
			}
		}
	}
}

func (r *Relay) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterStop)
	defer cancel()
	if err := r.Feed.ReleaseRelay(ctx, r.holder); err != nil {
		r.Log.WarnContext(ctx, "the relay of webhooks was not released", "error", err)
	}
}

// Turn does all that is to be done now, unless another replica does. It reports whether
// anybody wants to be told.
func (r *Relay) Turn(ctx context.Context) (wanted bool) {
	wanted, err := r.Feed.LookForWebhooks(ctx)
	if err == nil {
		err = r.work(ctx, wanted)
	}
	if err != nil && ctx.Err() == nil {
		r.Log.WarnContext(ctx, "webhooks wait", "error", err)
	}
	return wanted
}

func (r *Relay) work(ctx context.Context, wanted bool) error {
	now := r.Now()
	left, err := r.Feed.FeedChanges(ctx, 1)
	if err != nil || !wanted && len(left) == 0 {
		return err
	}
	held, err := r.Feed.HoldRelay(ctx, r.holder, now, now.Add(holdFor))
	if err != nil || !held {
		return err
	}
	if err := r.derive(ctx); err != nil {
		return err
	}
	if err := r.deliver(ctx); err != nil {
		return err
	}
	if now.Sub(r.swept) < sweepRest {
		return nil
	}
	r.swept = now
	return r.Feed.DeleteWebhookEvents(ctx, now.Add(-desk.DeliveryKeep))
}
