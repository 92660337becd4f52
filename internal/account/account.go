package account

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// LinkLife is how long a one-time link opens unless Deps says otherwise.
const LinkLife = 24 * time.Hour

// Store is what accounts need of the database.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Agent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	AgentByEmail(ctx context.Context, email string) (*desk.Agent, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
}

// Tx is one transaction. Rows that LockAgent returns stay locked until its end.
type Tx interface {
	AddAgent(ctx context.Context, a *desk.Agent) error
	LockAgent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	SaveAgent(ctx context.Context, a *desk.Agent) error
	AddLink(ctx context.Context, link desk.SignInLink) error
	UseLink(ctx context.Context, hash string, now time.Time) (uuid.UUID, error)
}

// Deps is what New needs. Store has no default.
type Deps struct {
	Store    Store
	Now      func() time.Time
	Log      *slog.Logger
	LinkLife time.Duration // zero: the constant LinkLife
}

// Accounts does everything about agents' accounts. It is safe for concurrent use.
type Accounts struct {
	store    Store
	now      func() time.Time
	log      *slog.Logger
	linkLife time.Duration
	hashes   *hasher
	guesses  *guesses
}

// New returns the accounts of a store.
func New(d Deps) *Accounts {
	if d.LinkLife == 0 {
		d.LinkLife = LinkLife
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	now := desk.Clock(d.Now)
	return &Accounts{
		store: d.Store, now: now, log: d.Log, linkLife: d.LinkLife,
		hashes: newHasher(), guesses: newGuesses(now),
	}
}

// Operator is whoever runs the command line on the server: they own the database
// and may do what an admin may.
func Operator() desk.Agent {
	return desk.Agent{Name: "command line", Role: desk.RoleAdmin, Active: true}
}

func permit(by desk.Agent, p desk.Permission) error {
	if !by.Active || !by.Role.May(p) {
		return desk.ErrForbidden
	}
	return nil
}
