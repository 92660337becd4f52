package desk

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// WebhookTopics are what a webhook may be told of, in the order they are offered.
var WebhookTopics = []Subject{SubjectConversation, SubjectMessage, SubjectTicket, SubjectContact}

// Webhook is an address of another system that is told of changes. Secret signs what
// is sent; while FormerSecret counts, both do.
type Webhook struct {
	ID           uuid.UUID
	Name         string
	URL          string    `gorm:"column:url"`
	Topics       []Subject `gorm:"serializer:json"`
	Source       string    // changes with this mark are not sent back; empty: all are sent
	Secret       string
	FormerSecret string
	FormerUntil  *time.Time
	Active       bool
	FailingSince *time.Time // nothing arrived since; nil: the last one did
	DisabledAt   *time.Time // when failing for long ended it
	CreatedBy    string
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Wants reports whether the webhook is told of a change of a subject by a source.
func (w *Webhook) Wants(s Subject, source string) bool {
	return w.Active && slices.Contains(w.Topics, s) && (w.Source == "" || w.Source != source)
}

// FeedChange is one committed change that webhooks were not told of yet.
type FeedChange struct {
	ID        uuid.UUID
	Kind      Subject
	SubjectID uuid.UUID
	Fresh     bool // it came to be with this change
	Source    string
	CreatedAt time.Time
}

// WebhookEvent is one change as webhooks are told of it. Sequence rises by at least
// one from event to event, whatever the event is about.
type WebhookEvent struct {
	ID        uuid.UUID
	Sequence  int64
	Type      string // ticket.created, message.updated, ...
	SubjectID uuid.UUID
	Source    string
	Body      []byte
	CreatedAt time.Time
}

// DeliveryState is how far a delivery has come.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "pending"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryFailed    DeliveryState = "failed" // given up; it can be replayed
)

// WebhookDelivery is one event on its way to one webhook.
type WebhookDelivery struct {
	ID          uuid.UUID
	WebhookID   uuid.UUID
	EventID     uuid.UUID
	Type        string
	Sequence    int64
	State       DeliveryState
	Attempts    int
	DueAt       time.Time
	TriedAt     *time.Time
	DeliveredAt *time.Time
	Status      int    // of HTTP; 0: there was no answer
	Problem     string // why there was none: timeout, refused_address, ...
	Response    string // the first bytes of the answer
	TookMicros  int64
	CreatedAt   time.Time
}

// WebhookAnswer is what came of a try to deliver.
type WebhookAnswer struct {
	Status   int    // of HTTP; 0: there was no answer
	Problem  string // why there was none
	Response string // the first bytes of the answer
}

// OK reports whether the receiver took it.
func (a WebhookAnswer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// DeliveryKeep is how long events and the log of their deliveries are kept.
const DeliveryKeep = 7 * 24 * time.Hour

// AlertWebhook is a webhook that was given up because nothing arrived there.
const AlertWebhook = "webhook_disabled"
