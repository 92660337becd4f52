package api

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/hooks"
)

// Desk is what is done with conversations.
type Desk interface {
	Claim(ctx context.Context, by desk.Agent, conversation uuid.UUID, over bool) error
	Assign(ctx context.Context, by desk.Agent, conversation, to uuid.UUID) error
	Enqueue(ctx context.Context, by desk.Agent, conversation uuid.UUID, team desk.Team, note string) error
	GiveBack(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	Resolve(ctx context.Context, by desk.Agent, conversation uuid.UUID, outcome string) error
	Snooze(ctx context.Context, by desk.Agent, conversation uuid.UUID, until time.Time) error
	Reply(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft agents.Draft) (*desk.Message, error)
	Note(ctx context.Context, by desk.Agent, conversation, id uuid.UUID, text string) error
	ContactKnownAs(ctx context.Context, by desk.Agent, contact uuid.UUID, external string) error
}

// Tickets is what is done with tickets.
type Tickets interface {
	TicketOpen(ctx context.Context, by desk.Agent, n agents.NewTicket) (uuid.UUID, error)
	TicketChange(ctx context.Context, by desk.Agent, ticket uuid.UUID, edit agents.TicketEdit) error
	TicketStart(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketWait(ctx context.Context, by desk.Agent, ticket uuid.UUID, thirdParty bool) error
	TicketResolve(ctx context.Context, by desk.Agent, ticket uuid.UUID, outcome string) error
	TicketReopen(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketClose(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketAssign(ctx context.Context, by desk.Agent, ticket uuid.UUID, to *uuid.UUID) error
	TicketNote(ctx context.Context, by desk.Agent, ticket uuid.UUID, text string) error
}

// Editor is what is done with articles.
type Editor interface {
	AddDraft(ctx context.Context, by desk.Agent, a desk.Article) (id string, err error)
	Edit(ctx context.Context, by desk.Agent, id, language string, edit desk.ArticleEdit) error
	Publish(ctx context.Context, by desk.Agent, id, language string, version int) error
	Withdraw(ctx context.Context, by desk.Agent, id, language string, version int) error
}

// Webhooks is what is done with webhooks.
type Webhooks interface {
	List(ctx context.Context, by desk.Agent) ([]desk.Webhook, error)
	One(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error)
	Create(ctx context.Context, by desk.Agent, want hooks.Wanted) (*desk.Webhook, error)
	Change(ctx context.Context, by desk.Agent, id uuid.UUID, want hooks.Wanted) (*desk.Webhook, error)
	Activate(ctx context.Context, by desk.Agent, id uuid.UUID, active bool) (*desk.Webhook, error)
	Rotate(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error)
	Delete(ctx context.Context, by desk.Agent, id uuid.UUID) error
	Deliveries(ctx context.Context, by desk.Agent, webhook, before uuid.UUID, state desk.DeliveryState, limit int) ([]desk.WebhookDelivery, bool, error)
	Replay(ctx context.Context, by desk.Agent, webhook, delivery uuid.UUID) (*desk.WebhookDelivery, error)
}

// Tokens says whose a token is.
type Tokens interface {
	Authenticate(ctx context.Context, text string) (*desk.Token, error)
}

// Reader is what is shown; the store satisfies it.
type Reader interface {
	Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	QueryConversations(ctx context.Context, q desk.ConversationQuery) ([]desk.Conversation, string, error)
	Message(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	Messages(ctx context.Context, conversation, before uuid.UUID, limit int) (desk.MessagePage, error)
	Ticket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	QueryTickets(ctx context.Context, q desk.TicketQuery) ([]desk.Ticket, string, error)
	TicketEvents(ctx context.Context, ticket uuid.UUID) ([]desk.TicketEvent, error)
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	QueryContacts(ctx context.Context, q desk.ContactQuery) ([]desk.Contact, string, error)
	ExternalIDs(ctx context.Context, subjects ...uuid.UUID) (map[uuid.UUID][]desk.ExternalID, error)
	Articles(ctx context.Context) ([]desk.Article, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
	Agent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
}

// Answers keeps what requests with an idempotency key were answered.
type Answers interface {
	InTx(ctx context.Context, fn func(AnswerTx) error) error
}

// AnswerTx is what Answers needs of a transaction.
type AnswerTx interface {
	TakeAnswer(ctx context.Context, a *desk.KeptAnswer, givenUp time.Time) (*desk.KeptAnswer, error)
	KeepAnswer(ctx context.Context, a *desk.KeptAnswer) error
	DropAnswer(ctx context.Context, token uuid.UUID, key string) error
}

// Deps is everything the API needs. All fields are needed but Now.
type Deps struct {
	Desk     Desk
	Tickets  Tickets
	Editor   Editor
	Webhooks Webhooks
	Tokens   Tokens
	Reader   Reader
	Answers  Answers
	// Words are those of a failure's code, perhaps about a field, in a language.
	Words   func(language, code, field string) string
	HTTPS   bool
	Version string
	Now     func() time.Time
	Log     *slog.Logger
}
