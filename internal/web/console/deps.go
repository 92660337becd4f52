package console

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/media"
	"antena/internal/pricing"
	"antena/internal/templates"
)

// Desk is what agents do with conversations and tickets. Every method checks
// the role of the one who acts.
type Desk interface {
	Claim(ctx context.Context, by desk.Agent, conversation uuid.UUID, over bool) error
	Reply(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft agents.Draft) (*desk.Message, error)
	Note(ctx context.Context, by desk.Agent, conversation, id uuid.UUID, text string) error
	GiveBack(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	Enqueue(ctx context.Context, by desk.Agent, conversation uuid.UUID, team desk.Team, note string) error
	Pass(ctx context.Context, by desk.Agent, conversation, to uuid.UUID, note string) error
	Snooze(ctx context.Context, by desk.Agent, conversation uuid.UUID, until time.Time) error
	Resolve(ctx context.Context, by desk.Agent, conversation uuid.UUID, outcome string) error
	Seen(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	React(ctx context.Context, by desk.Agent, message uuid.UUID, emoji string) error
	AskPhone(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	DecideUnknown(ctx context.Context, by desk.Agent, message uuid.UUID, resend bool) error
	SendTemplate(ctx context.Context, by desk.Agent, conversation uuid.UUID, draft agents.TemplateDraft) (*desk.Message, error)
}

// Templates is what admins do with message templates.
type Templates interface {
	Sync(ctx context.Context) (templates.Synced, error)
	Create(ctx context.Context, by desk.Agent, t desk.Template) (*desk.Template, error)
	Edit(ctx context.Context, by desk.Agent, id string, category desk.TemplateCategory, content desk.TemplateContent) (*desk.Template, error)
	Delete(ctx context.Context, by desk.Agent, id string) error
	Push(ctx context.Context, by desk.Agent, languages []string) ([]templates.Pushed, error)
}

// Prices say what a message would cost.
type Prices interface {
	Quote(category desk.TemplateCategory, conv *desk.Conversation, phone, bsuid string, now time.Time) pricing.Quote
	FreeReplies(now time.Time) int
}

// Tickets is what agents do with tickets.
type Tickets interface {
	TicketStart(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketWait(ctx context.Context, by desk.Agent, ticket uuid.UUID, thirdParty bool) error
	TicketResolve(ctx context.Context, by desk.Agent, ticket uuid.UUID, outcome string) error
	TicketReopen(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketClose(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketAssign(ctx context.Context, by desk.Agent, ticket uuid.UUID, to *uuid.UUID) error
	TicketPriority(ctx context.Context, by desk.Agent, ticket uuid.UUID, priority desk.Priority) error
	TicketNote(ctx context.Context, by desk.Agent, ticket uuid.UUID, text string) error
}

// Account is how people come in and who they are.
type Account interface {
	SignIn(ctx context.Context, email, password, remote string) (desk.Agent, error)
	SignInByLink(ctx context.Context, token string) (desk.Agent, error)
	Resume(ctx context.Context, id uuid.UUID, stamp string) (desk.Agent, error)
	CreateAgent(ctx context.Context, by desk.Agent, person account.NewAgent) (agent desk.Agent, token string, err error)
	NewLink(ctx context.Context, by desk.Agent, id uuid.UUID) (token string, err error)
	SetPassword(ctx context.Context, by desk.Agent, id uuid.UUID, current, next string) error
	SetLanguage(ctx context.Context, by desk.Agent, id uuid.UUID, language string) error
	SetNotify(ctx context.Context, by desk.Agent, desktop, sound bool) error
	ChangeRole(ctx context.Context, by desk.Agent, id uuid.UUID, role desk.Role) error
	Deactivate(ctx context.Context, by desk.Agent, id uuid.UUID) error
	Reactivate(ctx context.Context, by desk.Agent, id uuid.UUID) error
}

// Reader is what pages show; the store satisfies it.
type Reader interface {
	Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	Conversations(ctx context.Context, filter desk.ConversationFilter) (desk.ConversationPage, error)
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	Message(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	Messages(ctx context.Context, conversation, before uuid.UUID, limit int) (desk.MessagePage, error)
	Uploads(ctx context.Context, conversation, agent uuid.UUID) ([]desk.Upload, error)
	Turn(ctx context.Context, id uuid.UUID) (*desk.Turn, error)
	Tickets(ctx context.Context, filter desk.TicketFilter) (desk.TicketPage, error)
	Ticket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	TicketEvents(ctx context.Context, ticket uuid.UUID) ([]desk.TicketEvent, error)
	Articles(ctx context.Context) ([]desk.Article, error)
	Phrases(ctx context.Context) ([]desk.IntentPhrase, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
	Agent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	Pauses(ctx context.Context) ([]desk.Pause, error)
	Merges(ctx context.Context, contact uuid.UUID) ([]desk.Merge, error)
	MovedTo(ctx context.Context, gone uuid.UUID) (uuid.UUID, error)
	Alerts(ctx context.Context) ([]desk.Alert, error)
	Templates(ctx context.Context) ([]desk.Template, error)
	Template(ctx context.Context, id string) (*desk.Template, error)
	ConversationCost(ctx context.Context, conversation uuid.UUID) ([]desk.CostSum, error)
	TicketCost(ctx context.Context, ticket *desk.Ticket) ([]desk.CostSum, error)
	Costs(ctx context.Context, from, to string) ([]desk.CostRow, error)
	ServiceUse(ctx context.Context, month string) ([]desk.QuotaUse, error)
	PromiseSums(ctx context.Context, from, until time.Time) ([]desk.PromiseSum, error)
}

// Jobs are the jobs that ran out of tries.
type Jobs interface {
	DeadJobs(ctx context.Context) ([]desk.DeadJob, error)
	Retry(ctx context.Context, id int64) error
	Discard(ctx context.Context, id int64) error
}

// Live tells of changes after they were committed.
type Live interface {
	Subscribe() (<-chan desk.Change, func())
}

// Sessions keeps sessions between requests; the tokens it sees are hashes.
type Sessions interface {
	FindCtx(ctx context.Context, token string) (data []byte, found bool, err error)
	CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error
	DeleteCtx(ctx context.Context, token string) error
}

// Media keeps the files of messages.
type Media interface {
	Open(ctx context.Context, owner uuid.UUID, thumb bool) (*media.File, error)
	Take(ctx context.Context, by desk.Agent, conversation uuid.UUID, g media.Given) (*desk.Upload, error)
	Drop(ctx context.Context, by desk.Agent, upload uuid.UUID) error
	FetchAgain(ctx context.Context, by desk.Agent, message uuid.UUID) error
}

// Deps is everything the console needs. All fields are needed but Now and Zone.
type Deps struct {
	Desk     Desk
	Tickets  Tickets
	Account  Account
	Reader   Reader
	Lists    Lists
	Views    Views
	Finder   Finder
	Live     Live
	Jobs     Jobs
	Sessions Sessions
	Media    Media
	Ties     Ties
	Tied     Tied
	Tokens   Tokens
	Webhooks Webhooks

	Writing Writing
	Written Written
	Company Company
	Profile func() *desk.Profile // what the ISP set

	Scribe Scribe // nil: no reply is suggested
	Editor Editor
	Models Models
	// Draft has a model draft an article from a conversation, and keeps it; nil: no model can.
	Draft func(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Article, error)

	Templates Templates
	Prices    Prices
	Country   func() string // the desk's, two letters or empty
	Promises  Promises
	Rota      Rota
	Staffing  Staffing

	// Checkup is what the doctor found last; Examine has it look again.
	Checkup func(ctx context.Context) (*desk.Checkup, error)
	Examine func(ctx context.Context, by desk.Agent) (*desk.Checkup, error)

	// Resume lets a number, or all when it is empty, send again.
	Resume func(ctx context.Context, by desk.Agent, channel string) error

	// ResolveAlert ends an alert.
	ResolveAlert func(ctx context.Context, by desk.Agent, alert uuid.UUID) error

	// Replay decides a recorded turn again, by understanding it again too; nil: that is not offered.
	Replay func(ctx context.Context, turn uuid.UUID) (*desk.Replay, error)

	Book      func() *desk.Book     // the knowledge in force, for the names of intents
	Zone      func() *time.Location // the desk's time zone; nil: UTC
	Now       func() time.Time      // nil: the machine's clock
	Log       *slog.Logger
	PublicURL string          // address people open the console at, without a slash at the end
	Closing   <-chan struct{} // closed when the server stops, so that open streams end; nil: never
}
