package rota

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Reader reads what boards are made of.
type Reader interface {
	Teams(ctx context.Context) ([]desk.TeamInfo, error)
	Rules(ctx context.Context) (desk.Rules, error)
	Posts(ctx context.Context) ([]desk.Post, error)
	Presences(ctx context.Context) ([]desk.Presence, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
	Loads(ctx context.Context) (map[uuid.UUID]int, error)
	Waiting(ctx context.Context, limit int) ([]desk.Conversation, error)
	Silences(ctx context.Context, before time.Time, limit int) ([]desk.Silence, error)
	OpenAlerts(ctx context.Context, kind string) ([]desk.Alert, error)
	DeleteWaits(ctx context.Context, before time.Time) error
}

// Store runs a function in one transaction.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what a rota needs of a transaction.
type Tx interface {
	SetupTx
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	Unsaid(ctx context.Context, conversation uuid.UUID) (bool, error)
	LockAgent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	LockPresence(ctx context.Context, agent uuid.UUID) (*desk.Presence, error)
	SavePresence(ctx context.Context, p *desk.Presence, now time.Time) error
	RenewPresence(ctx context.Context, agent uuid.UUID, now time.Time) (bool, error)
	PostOf(ctx context.Context, agent uuid.UUID) (desk.Post, error)
	Load(ctx context.Context, agent uuid.UUID) (int, error)
	Notify(ctx context.Context, all ...desk.Notification) error
	RaiseAlert(ctx context.Context, a desk.Alert) error
	EndAlert(ctx context.Context, id uuid.UUID, now time.Time) error
}

// Deps are what a Rota is made of.
type Deps struct {
	Reader  Reader
	Store   Store
	Profile func() *desk.Profile
	Now     func() time.Time
	Log     *slog.Logger
}

// Rota is who works when, and at what.
type Rota struct {
	Deps
	roster atomic.Pointer[desk.Roster]
}

// New returns a rota that knows no team until it is reloaded.
func New(d Deps) *Rota {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	r := &Rota{Deps: d}
	r.roster.Store(&desk.Roster{})
	return r
}

// Roster is the teams and rules in force; it is not to be changed.
func (r *Rota) Roster() *desk.Roster { return r.roster.Load() }

// Reload reads the teams and rules. When it fails, what was in force stays.
func (r *Rota) Reload(ctx context.Context) error {
	teams, err := r.Reader.Teams(ctx)
	if err != nil {
		return err
	}
	rules, err := r.Reader.Rules(ctx)
	if err != nil {
		return err
	}
	r.roster.Store(&desk.Roster{Teams: teams, Rules: rules.List})
	return nil
}
