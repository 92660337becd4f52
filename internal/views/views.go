package views

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store keeps saved views and runs, and reads lists.
type Store interface {
	SavedViews(ctx context.Context, agent uuid.UUID) ([]desk.SavedView, error)
	SavedView(ctx context.Context, id uuid.UUID) (*desk.SavedView, error)
	SaveView(ctx context.Context, v *desk.SavedView) error
	DropView(ctx context.Context, id uuid.UUID) error
	ConversationIDs(ctx context.Context, filter desk.ConversationFilter, limit int) ([]uuid.UUID, error)
	EachConversation(ctx context.Context, filter desk.ConversationFilter, row func(*desk.ConversationCard) error) error
	Runs
}

// Verbs are what is done to one conversation.
type Verbs interface {
	GiveBack(ctx context.Context, by desk.Agent, conversation uuid.UUID) error
	Enqueue(ctx context.Context, by desk.Agent, conversation uuid.UUID, team desk.Team, note string) error
	Assign(ctx context.Context, by desk.Agent, conversation, to uuid.UUID) error
	Snooze(ctx context.Context, by desk.Agent, conversation uuid.UUID, until time.Time) error
	Resolve(ctx context.Context, by desk.Agent, conversation uuid.UUID, outcome string) error
}

// Deps are what Views are made of.
type Deps struct {
	Store Store
	// Verbs returns the verbs whose transactions mark an item of a run as done too;
	// desk.ErrDuplicate when it is done already.
	Verbs func(run uuid.UUID, place int) Verbs
	Now   func() time.Time
	Log   *slog.Logger
}

// Views are the acts on whole lists.
type Views struct{ Deps }

// New returns the acts on whole lists.
func New(d Deps) *Views {
	d.Now = desk.Clock(d.Now)
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Views{d}
}

// Save keeps a filter under a name; one of the same name of the same agent is
// replaced. Only who may reassign may share one with everybody.
func (w *Views) Save(ctx context.Context, by desk.Agent, name string, shared bool, filter desk.ConversationFilter) (*desk.SavedView, error) {
	if !by.Active || !by.Role.May(desk.MayRead) || shared && !by.Role.May(desk.MayReassign) {
		return nil, desk.ErrForbidden
	}
	name = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), "")), " ")
	if name == "" || utf8.RuneCountInString(name) > desk.MaxViewName {
		return nil, desk.ErrInvalid.For("name")
	}
	known, err := w.Store.SavedViews(ctx, by.ID)
	if err != nil {
		return nil, err
	}
	now := w.Now()
	v := &desk.SavedView{ID: desk.NewID(), AgentID: by.ID, CreatedAt: now}
	own := 0
	for i := range known {
		if known[i].AgentID != by.ID {
			continue
		}
		if own++; known[i].Name == name {
			v = &known[i]
		}
	}
	if own >= desk.MaxSavedViews && v.Name == "" {
		return nil, desk.ErrTooManyViews
	}
	filter.After, filter.Limit = "", 0
	v.Name, v.Shared, v.Filter, v.UpdatedAt = name, shared, filter, now
	if err := w.Store.SaveView(ctx, v); err != nil {
		return nil, fmt.Errorf("saving a view: %w", err)
	}
	return v, nil
}

// Drop forgets a saved view: one's own, or, for an admin, a shared one.
func (w *Views) Drop(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	if !by.Active {
		return desk.ErrForbidden
	}
	v, err := w.Store.SavedView(ctx, id)
	if err != nil {
		return err
	}
	if v.AgentID != by.ID {
		if !v.Shared {
			return desk.ErrNotFound // nobody learns of another's
		}
		if !by.Role.May(desk.MayAdminister) {
			return desk.ErrForbidden
		}
	}
	return w.Store.DropView(ctx, id)
}

// Export hands over every conversation of a list, each once, in the order in which
// they began, which does not change meanwhile.
func (w *Views) Export(ctx context.Context, by desk.Agent, filter desk.ConversationFilter, row func(*desk.ConversationCard) error) error {
	if !by.Active || !by.Role.May(desk.MayReassign) {
		return desk.ErrForbidden
	}
	return w.Store.EachConversation(ctx, filter, row)
}
