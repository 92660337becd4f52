package hooks

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store is what webhooks need of the database.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Webhooks(ctx context.Context) ([]desk.Webhook, error)
	Webhook(ctx context.Context, id uuid.UUID) (*desk.Webhook, error)
	Delivery(ctx context.Context, id uuid.UUID) (*desk.WebhookDelivery, error)
	Deliveries(ctx context.Context, webhook, before uuid.UUID, state desk.DeliveryState, limit int) ([]desk.WebhookDelivery, bool, error)
}

// Tx is one transaction.
type Tx interface {
	AddWebhook(ctx context.Context, w *desk.Webhook) error
	LockWebhook(ctx context.Context, id uuid.UUID) (*desk.Webhook, error)
	SaveWebhook(ctx context.Context, w *desk.Webhook) error
	DeleteWebhook(ctx context.Context, id uuid.UUID) error
	AddWebhookEvents(ctx context.Context, events []desk.WebhookEvent, deliveries []desk.WebhookDelivery) error
}

// Deps is what New needs.
type Deps struct {
	Store Store
	// Address says whether webhooks may go to an address; its failure is shown.
	Address func(url string) error
	Now     func() time.Time
	Log     *slog.Logger
}

// Hooks is what admins do with webhooks. It is safe for concurrent use.
type Hooks struct{ Deps }

// New returns the webhooks of a store.
func New(d Deps) *Hooks {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Hooks{Deps: d}
}

const (
	mostWebhooks = 20
	longestName  = 60
	longestURL   = 500
	secretBytes  = 32
	secretMark   = "whsec_"
	formerLife   = 24 * time.Hour // of a secret after it was changed
)

// Wanted is what is said of a webhook.
type Wanted struct {
	Name   string
	URL    string
	Topics []desk.Subject
	Source string // whose changes are not sent back; empty: everybody's are sent
}

func admin(by desk.Agent) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	return nil
}

// List returns every webhook.
func (h *Hooks) List(ctx context.Context, by desk.Agent) ([]desk.Webhook, error) {
	if err := admin(by); err != nil {
		return nil, err
	}
	return h.Store.Webhooks(ctx)
}

// One returns a webhook.
func (h *Hooks) One(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error) {
	if err := admin(by); err != nil {
		return nil, err
	}
	return h.Store.Webhook(ctx, id)
}

// Create makes a webhook. Its secret is to be shown once.
func (h *Hooks) Create(ctx context.Context, by desk.Agent, want Wanted) (*desk.Webhook, error) {
	if err := admin(by); err != nil {
		return nil, err
	}
	now := h.Now()
	w := &desk.Webhook{ID: desk.NewID(), Secret: newSecret(), Active: true, CreatedBy: by.Name, CreatedAt: now, UpdatedAt: now}
	if err := h.fill(w, want); err != nil {
		return nil, err
	}
	all, err := h.Store.Webhooks(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) >= mostWebhooks {
		return nil, desk.ErrTooMany
	}
	if err := h.Store.InTx(ctx, func(tx Tx) error { return tx.AddWebhook(ctx, w) }); err != nil {
		return nil, fmt.Errorf("making a webhook: %w", err)
	}
	h.Log.InfoContext(ctx, "webhook made", "webhook_id", w.ID, "by_agent_id", by.ID)
	return w, nil
}

func (h *Hooks) fill(w *desk.Webhook, want Wanted) error {
	w.Name, w.URL, w.Source = strings.Join(strings.Fields(want.Name), " "), strings.TrimSpace(want.URL), want.Source
	if w.Name == "" || utf8.RuneCountInString(w.Name) > longestName || !utf8.ValidString(w.Name) {
		return desk.ErrInvalid.For("name")
	}
	if len(w.URL) > longestURL {
		return desk.ErrWebhookURL
	}
	if err := h.Address(w.URL); err != nil {
		return err
	}
	w.Topics = nil
	for _, s := range desk.WebhookTopics {
		if slices.Contains(want.Topics, s) {
			w.Topics = append(w.Topics, s)
		}
	}
	if len(w.Topics) == 0 || len(w.Topics) != len(want.Topics) {
		return desk.ErrInvalid.For("topics")
	}
	return nil
}

// Change changes where a webhook goes and what it is told of.
func (h *Hooks) Change(ctx context.Context, by desk.Agent, id uuid.UUID, want Wanted) (*desk.Webhook, error) {
	return h.on(ctx, by, id, func(w *desk.Webhook) error { return h.fill(w, want) })
}

// Activate switches a webhook on or off. What waits for one that is off is delivered
// when it is on again, if that is within a day.
func (h *Hooks) Activate(ctx context.Context, by desk.Agent, id uuid.UUID, active bool) (*desk.Webhook, error) {
	return h.on(ctx, by, id, func(w *desk.Webhook) error {
		w.Active, w.FailingSince, w.DisabledAt = active, nil, nil
		return nil
	})
}

// Rotate gives a webhook a new secret, which is to be shown once. The former one signs
// too for a day.
func (h *Hooks) Rotate(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error) {
	return h.on(ctx, by, id, func(w *desk.Webhook) error {
		until := h.Now().Add(formerLife)
		w.FormerSecret, w.FormerUntil, w.Secret = w.Secret, &until, newSecret()
		return nil
	})
}

func (h *Hooks) on(ctx context.Context, by desk.Agent, id uuid.UUID, change func(*desk.Webhook) error) (found *desk.Webhook, err error) {
	if err := admin(by); err != nil {
		return nil, err
	}
	err = h.Store.InTx(ctx, func(tx Tx) error {
		if found, err = tx.LockWebhook(ctx, id); err != nil {
			return err
		}
		if err := change(found); err != nil {
			return err
		}
		found.UpdatedAt = h.Now()
		return tx.SaveWebhook(ctx, found)
	})
	if err != nil {
		return nil, fmt.Errorf("webhook %s: %w", id, err)
	}
	return found, nil
}

// Delete removes a webhook with its log.
func (h *Hooks) Delete(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	if err := admin(by); err != nil {
		return err
	}
	err := h.Store.InTx(ctx, func(tx Tx) error {
		if _, err := tx.LockWebhook(ctx, id); err != nil {
			return err
		}
		return tx.DeleteWebhook(ctx, id)
	})
	if err != nil {
		return fmt.Errorf("deleting webhook %s: %w", id, err)
	}
	h.Log.InfoContext(ctx, "webhook deleted", "webhook_id", id, "by_agent_id", by.ID)
	return nil
}

// Deliveries returns the log of a webhook, newest first.
func (h *Hooks) Deliveries(ctx context.Context, by desk.Agent, webhook, before uuid.UUID, state desk.DeliveryState, limit int) ([]desk.WebhookDelivery, bool, error) {
	if err := admin(by); err != nil {
		return nil, false, err
	}
	if _, err := h.Store.Webhook(ctx, webhook); err != nil {
		return nil, false, err
	}
	return h.Store.Deliveries(ctx, webhook, before, state, limit)
}

// Replay sends the event of a delivery again, as it was: same id, same sequence, same
// body. It is a new delivery in the log.
func (h *Hooks) Replay(ctx context.Context, by desk.Agent, webhook, delivery uuid.UUID) (*desk.WebhookDelivery, error) {
	if err := admin(by); err != nil {
		return nil, err
	}
	old, err := h.Store.Delivery(ctx, delivery)
	if err != nil {
		return nil, err
	}
	if old.WebhookID != webhook {
		return nil, desk.ErrNotFound
	}
	if old.State == desk.DeliveryPending {
		return nil, desk.ErrTransition
	}
	d := deliveryOf(old.WebhookID, &desk.WebhookEvent{ID: old.EventID, Type: old.Type, Sequence: old.Sequence}, h.Now())
	err = h.Store.InTx(ctx, func(tx Tx) error {
		return tx.AddWebhookEvents(ctx, nil, []desk.WebhookDelivery{d})
	})
	if err != nil {
		return nil, fmt.Errorf("replaying delivery %s: %w", delivery, err)
	}
	return &d, nil
}

func deliveryOf(webhook uuid.UUID, e *desk.WebhookEvent, now time.Time) desk.WebhookDelivery {
	return desk.WebhookDelivery{ID: desk.NewID(), WebhookID: webhook, EventID: e.ID, Type: e.Type, Sequence: e.Sequence, State: desk.DeliveryPending, DueAt: now, CreatedAt: now}
}

func newSecret() string {
	raw := make([]byte, secretBytes)
	_, _ = rand.Read(raw) // never fails: the runtime ends the program instead
	return secretMark + base64.StdEncoding.EncodeToString(raw)
}
