package promises

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/sla"
)

// Store keeps settings and runs a function in one transaction.
type Store interface {
	Setting(ctx context.Context, key string, into any) error
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what a look needs of a transaction. Saving moves the clocks.
type Tx interface {
	SetSetting(ctx context.Context, key string, value any) error
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	SaveTicket(ctx context.Context, t *desk.Ticket) error
	SaveTicketPromises(ctx context.Context, t *desk.Ticket) error
	AddTicketEvents(ctx context.Context, events ...desk.TicketEvent) error
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	Notify(ctx context.Context, all ...desk.Notification) error
	Touch(c desk.Change)
}

// Reader finds what a sweep is to look at.
type Reader interface {
	ConversationsToLookAt(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)
	TicketsToLookAt(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)
	PromisedConversations(ctx context.Context, after uuid.UUID, limit int) ([]uuid.UUID, error)
	PromisedTickets(ctx context.Context, after uuid.UUID, limit int) ([]uuid.UUID, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
}

// Deps are what a Keeper is made of.
type Deps struct {
	Store   Store
	Reader  Reader
	Current *sla.Current // where the rules are put in force
	// Base are the rules as they are without anybody's settings: calendars, zone, holidays.
	Base func() sla.Rules
	// Hours names the calendars in force: another text once one of them has changed.
	Hours   func() string
	Country func() string // two letters, or empty
	Now     func() time.Time
}

// Keeper keeps the rules in force.
type Keeper struct {
	Deps
	defaults  sla.Settings
	countries []sla.Country
	applying  sync.Mutex
	progress  progress
}

// New returns a keeper with the shipped rules in force.
func New(d Deps) (*Keeper, error) {
	d.Now = desk.Clock(d.Now)
	k := &Keeper{Deps: d}
	var err error
	if k.defaults, err = sla.Defaults(); err != nil {
		return nil, err
	}
	if k.countries, err = sla.Countries(); err != nil {
		return nil, err
	}
	k.use(k.defaults)
	return k, nil
}

// Reload puts in force what is set now. When it fails, what was in force stays.
func (k *Keeper) Reload(ctx context.Context) error {
	s, err := k.settings(ctx)
	if err != nil {
		return err
	}
	k.use(s)
	return nil
}

func (k *Keeper) settings(ctx context.Context) (sla.Settings, error) {
	var s sla.Settings
	err := k.Store.Setting(ctx, sla.Setting, &s)
	if errors.Is(err, desk.ErrNotFound) {
		return k.defaults, nil
	}
	if err == nil {
		err = s.Check()
	}
	if err != nil {
		return s, fmt.Errorf("reading the promises: %w", err)
	}
	return s, nil
}

// use makes rules of settings.
func (k *Keeper) use(s sla.Settings) {
	r := k.Base()
	r.Settings = s
	r.Country = sla.CountryOf(k.countries, k.Country(), s)
	k.Current.Use(&r)
}

// Rules are the promises in force.
func (k *Keeper) Rules() *sla.Rules { return k.Current.Rules() }

// Save puts other settings in force, here at once and on every replica. Only admins may.
func (k *Keeper) Save(ctx context.Context, by desk.Agent, s sla.Settings) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	if err := s.Check(); err != nil {
		return err
	}
	for _, o := range s.Deadlines {
		if !k.known(o.Key) {
			return desk.ErrInvalid.For("deadlines")
		}
	}
	err := k.Store.InTx(ctx, func(tx Tx) error {
		tx.Touch(desk.Change{Topic: desk.TopicPromise})
		return tx.SetSetting(ctx, sla.Setting, s)
	})
	if err != nil {
		return fmt.Errorf("keeping the promises: %w", err)
	}
	k.use(s)
	return nil
}

// known reports whether there is a deadline of a key.
func (k *Keeper) known(key string) bool {
	return slices.ContainsFunc(k.countries, func(c sla.Country) bool {
		return slices.ContainsFunc(c.Deadlines, func(d sla.Deadline) bool { return d.Key == key })
	})
}

// Countries are all we know the law of, with the figures as they are shipped; they are
// not to be changed.
func (k *Keeper) Countries() []sla.Country { return k.countries }
