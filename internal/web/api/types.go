package api

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// List is one page of a list.
type List[T any] struct {
	Data []T     `json:"data"`
	Next *string `json:"next" doc:"Cursor of the next page, for the parameter after; null at the end."`
}

// Conversation is the one thread of a contact with a business number.
type Conversation struct {
	ID           uuid.UUID              `json:"id"`
	ContactID    uuid.UUID              `json:"contact_id"`
	Channel      string                 `json:"channel" doc:"The business number, by its phone_number_id."`
	Owner        desk.Owner             `json:"owner" doc:"Who speaks: exactly one of them at a time."`
	AgentID      *uuid.UUID             `json:"agent_id" doc:"The holder, when the owner is an agent."`
	State        desk.ConversationState `json:"state"`
	SnoozedUntil *time.Time             `json:"snoozed_until"`
	Language     string                 `json:"language" doc:"Last heard: es, pt, en, or empty."`
	Team         string                 `json:"team" doc:"Whose queue it is or was in; empty: none."`
	Priority     desk.Priority          `json:"priority"`
	Handoff      *Handoff               `json:"handoff" doc:"Why it is with people; null: it is not."`
	QueuedAt     *time.Time             `json:"queued_at"`
	WindowEndsAt *time.Time             `json:"window_ends_at" doc:"Until when free text may be sent (WhatsApp)."`
	Unread       int                    `json:"unread" doc:"Messages of the contact since an agent last looked."`
	LastAt       time.Time              `json:"last_at"`
	Version      int64                  `json:"version" doc:"Rises with every change of who speaks."`
	CreatedAt    time.Time              `json:"created_at"`
	UpdatedAt    time.Time              `json:"updated_at"`
}

// Handoff is what people were told when they got a conversation.
type Handoff struct {
	Reason   string    `json:"reason"`
	Intent   string    `json:"intent"`
	Wants    string    `json:"wants" doc:"The contact's own words."`
	Tried    []string  `json:"tried" doc:"What was answered or done already."`
	Facts    []Fact    `json:"facts"`
	Mood     string    `json:"mood"`
	Protocol string    `json:"protocol" doc:"Of the ticket opened with it; empty: none."`
	At       time.Time `json:"at"`
}

// Fact is one piece of data the contact gave.
type Fact struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Message is one entry of a thread.
type Message struct {
	ID             uuid.UUID      `json:"id"`
	ConversationID uuid.UUID      `json:"conversation_id"`
	Direction      desk.Direction `json:"direction" doc:"Internal ones never leave the desk."`
	Author         desk.Author    `json:"author"`
	AgentID        *uuid.UUID     `json:"agent_id"`
	Kind           string         `json:"kind" doc:"text, image, audio, video, document, sticker, location, contacts, reply, template, note, notice, ...; more may come."`
	Text           string         `json:"text"`
	Notice         string         `json:"notice" doc:"Of a notice: what happened to the conversation."`
	ProviderID     string         `json:"provider_id" doc:"WhatsApp's id (wamid); empty until it took the message."`
	QuotedID       string         `json:"quoted_id" doc:"provider_id of the message this one replies to."`
	Attachment     *Attachment    `json:"attachment"`
	Location       *Location      `json:"location"`
	Choice         *Choice        `json:"choice" doc:"The button or row the contact pressed."`
	Status         string         `json:"status" doc:"Of an outbound one: queued, sending, unknown, sent, delivered, read, played, failed, dropped."`
	FailureCode    int            `json:"failure_code" doc:"WhatsApp's; 0: none."`
	FailureDetail  string         `json:"failure_detail"`
	SentAt         *time.Time     `json:"sent_at"`
	DeliveredAt    *time.Time     `json:"delivered_at"`
	ReadAt         *time.Time     `json:"read_at"`
	CreatedAt      time.Time      `json:"created_at"`
}

// Attachment is a file of a message; the file itself is not served here.
type Attachment struct {
	MIME     string `json:"mime"`
	Filename string `json:"filename"`
	Size     int64  `json:"size" doc:"Bytes."`
	SHA256   string `json:"sha256"`
}

// Location is a place a contact shared.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name"`
	Address   string  `json:"address"`
}

// Choice is what a contact pressed.
type Choice struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ExternalID is the name another system knows a thing by.
type ExternalID struct {
	Source string `json:"source"`
	ID     string `json:"id"`
}

// Ticket is a matter of a contact that outlives the chat.
type Ticket struct {
	ID             uuid.UUID        `json:"id"`
	Protocol       string           `json:"protocol" doc:"The number the contact knows it by."`
	ContactID      uuid.UUID        `json:"contact_id"`
	ConversationID uuid.UUID        `json:"conversation_id"`
	Intent         string           `json:"intent"`
	Subject        string           `json:"subject"`
	Priority       desk.Priority    `json:"priority"`
	State          desk.TicketState `json:"state"`
	Team           string           `json:"team"`
	AssigneeID     *uuid.UUID       `json:"assignee_id"`
	OpenedBy       desk.Author      `json:"opened_by"`
	Outcome        string           `json:"outcome" doc:"Said when it was resolved."`
	Facts          []Fact           `json:"facts"`
	ExternalIDs    []ExternalID     `json:"external_ids"`
	ResolvedAt     *time.Time       `json:"resolved_at"`
	ClosedAt       *time.Time       `json:"closed_at"`
	CreatedAt      time.Time        `json:"created_at"`
	UpdatedAt      time.Time        `json:"updated_at"`
}

// TicketEvent is one line of a ticket's history.
type TicketEvent struct {
	ID        uuid.UUID   `json:"id"`
	TicketID  uuid.UUID   `json:"ticket_id"`
	Author    desk.Author `json:"author"`
	AgentID   *uuid.UUID  `json:"agent_id"`
	Kind      string      `json:"kind" doc:"opened, message, note, state, assigned, priority, edited, ...; more may come."`
	From      string      `json:"from"`
	To        string      `json:"to"`
	Note      string      `json:"note"`
	MessageID *uuid.UUID  `json:"message_id"`
	CreatedAt time.Time   `json:"created_at"`
}

// Contact is a person who writes to one of the business numbers.
type Contact struct {
	ID          uuid.UUID    `json:"id"`
	Name        string       `json:"name" doc:"Their profile name, which they may change; proof of nothing."`
	Username    string       `json:"username"`
	Phone       string       `json:"phone" doc:"As WhatsApp writes it; empty: not known."`
	BSUID       string       `json:"bsuid" doc:"WhatsApp's business-scoped id; empty: not known."`
	Language    string       `json:"language"`
	ExternalIDs []ExternalID `json:"external_ids"`
	CreatedAt   time.Time    `json:"created_at"`
	UpdatedAt   time.Time    `json:"updated_at"`
}

// Article is one answer in one language.
type Article struct {
	ID         string             `json:"id" doc:"The same in all languages."`
	Language   string             `json:"language"`
	Version    int                `json:"version"`
	Title      string             `json:"title"`
	Questions  []string           `json:"questions" doc:"How people ask for it."`
	Keywords   []string           `json:"keywords"`
	Body       string             `json:"body" doc:"WhatsApp text with {placeholders}."`
	Team       string             `json:"team" doc:"Who owns it."`
	Status     desk.ArticleStatus `json:"status"`
	Zones      []string           `json:"zones" doc:"Empty: everywhere."`
	Plans      []string           `json:"plans" doc:"Empty: all."`
	ValidFrom  *time.Time         `json:"valid_from"`
	ValidUntil *time.Time         `json:"valid_until"`
	CreatedAt  time.Time          `json:"created_at"`
	UpdatedAt  time.Time          `json:"updated_at"`
}

// Agent is a person who works at the desk, or a program that does.
type Agent struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name"`
	Email   string    `json:"email" doc:"Empty for programs."`
	Role    desk.Role `json:"role"`
	Program bool      `json:"program" doc:"Not a person: the program behind a token."`
	Active  bool      `json:"active"`
}

// Webhook is an address that is told of changes.
type Webhook struct {
	ID           uuid.UUID      `json:"id"`
	Name         string         `json:"name"`
	URL          string         `json:"url"`
	Topics       []desk.Subject `json:"topics"`
	SkipSource   string         `json:"skip_source" doc:"Changes by tokens of this source are not sent back; empty: all are sent."`
	Active       bool           `json:"active"`
	FailingSince *time.Time     `json:"failing_since"`
	DisabledAt   *time.Time     `json:"disabled_at" doc:"When a day of failing switched it off."`
	FormerUntil  *time.Time     `json:"former_until" doc:"Until when the former secret signs, too."`
	CreatedAt    time.Time      `json:"created_at"`
	UpdatedAt    time.Time      `json:"updated_at"`
}

// WebhookSecret is a webhook with its secret, which is shown this once.
type WebhookSecret struct {
	Webhook Webhook `json:"webhook"`
	Secret  string  `json:"secret" doc:"Signs what is sent, as standardwebhooks.com says."`
}

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID          uuid.UUID          `json:"id"`
	WebhookID   uuid.UUID          `json:"webhook_id"`
	EventID     uuid.UUID          `json:"event_id"`
	Type        string             `json:"type"`
	Sequence    int64              `json:"sequence"`
	State       desk.DeliveryState `json:"state"`
	Attempts    int                `json:"attempts"`
	DueAt       time.Time          `json:"due_at"`
	TriedAt     *time.Time         `json:"tried_at"`
	DeliveredAt *time.Time         `json:"delivered_at"`
	Status      int                `json:"status" doc:"Of HTTP; 0: there was no answer."`
	Problem     string             `json:"problem" doc:"Why there was none: timeout, no_connection, unknown_host, certificate, refused_address."`
	Response    string             `json:"response" doc:"The first bytes of the answer."`
	TookMS      int64              `json:"took_ms"`
	CreatedAt   time.Time          `json:"created_at"`
}

// TokenInfo is what a token says of itself.
type TokenInfo struct {
	ID        uuid.UUID    `json:"id"`
	AgentID   uuid.UUID    `json:"agent_id" doc:"Under which history names the program."`
	Name      string       `json:"name"`
	Source    string       `json:"source"`
	Scopes    []desk.Scope `json:"scopes"`
	ExpiresAt *time.Time   `json:"expires_at"`
}
