package turn

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/policy"
)

// Scenes loads what a turn looks at: all but the profile, the book and the time.
type Scenes interface {
	Scene(ctx context.Context, conversation uuid.UUID) (*desk.Scene, error)
}

// Store commits.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Understander finds out what was meant.
type Understander interface {
	Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error)
}

// Knowledge is what is in force now: the ISP's settings and its book.
type Knowledge interface {
	Profile() *desk.Profile
	Book() *desk.Book
}

// Deps are what an Engine is made of.
type Deps struct {
	Scenes       Scenes
	Store        Store
	Understander Understander
	Knowledge    Knowledge
	Deadline     time.Duration // for understanding; default 8 s
	Now          func() time.Time
	Log          *slog.Logger
}

// Engine runs turns.
type Engine struct{ Deps }

// maxThoughts is how often a turn is thought again because the contact wrote on.
const maxThoughts = 3

// New returns an engine.
func New(d Deps) *Engine {
	if d.Deadline <= 0 {
		d.Deadline = 8 * time.Second
	}
	d.Now = desk.Clock(d.Now)
	return &Engine{Deps: d}
}

// Handle answers what the contact has said since the last turn. A positive wait
// means that the contact may still be writing: call again after it. Calling when
// there is nothing to answer does nothing.
func (e *Engine) Handle(ctx context.Context, conversation uuid.UUID) (wait time.Duration, err error) {
	for thought := 1; ; thought++ {
		wait, err = e.once(ctx, conversation, thought)
		if !errors.Is(err, errMoreSaid) {
			return wait, err
		}
	}
}

func (e *Engine) once(ctx context.Context, conversation uuid.UUID, thought int) (time.Duration, error) {
	scene, err := e.Scenes.Scene(ctx, conversation)
	if err != nil {
		return 0, fmt.Errorf("load scene of %s: %w", conversation, err)
	}
	scene.Profile, scene.Book, scene.Now = e.Knowledge.Profile(), e.Knowledge.Book(), e.Now()
	due := scene.Conversation.TurnDueAt
	if due == nil || scene.Conversation.Owner != desk.OwnerAssistant {
		return 0, nil
	}
	if wait := due.Sub(scene.Now); wait > 0 && scene.Choice() == nil {
		return wait, nil
	}
	started := e.Now()
	seen := e.understand(ctx, scene)
	decision := policy.Decide(scene, seen)
	outcome := compose.Compose(scene, seen, decision)
	outcome.Turn.TookMicros = e.Now().Sub(started).Microseconds()
	err = e.commit(ctx, &outcome, thought >= maxThoughts)
	if errors.Is(err, desk.ErrStale) {
		e.Log.InfoContext(ctx, "turn dropped: a person stepped in", "conversation_id", conversation)
		return 0, nil
	}
	if err == nil {
		e.report(ctx, &outcome)
	}
	return 0, err
}

func (e *Engine) understand(ctx context.Context, scene *desk.Scene) desk.Understanding {
	ctx, cancel := context.WithTimeout(ctx, e.Deadline)
	defer cancel()
	seen, err := e.Understander.Understand(ctx, scene)
	if err != nil {
		e.Log.ErrorContext(ctx, "understanding failed", "conversation_id", scene.Conversation.ID, "error", err)
		return desk.NotUnderstood(err, scene.Language())
	}
	return seen
}

func (e *Engine) report(ctx context.Context, o *desk.Outcome) {
	e.Log.InfoContext(ctx, "turn", "conversation_id", o.Turn.ConversationID, "turn_id", o.Turn.ID, "intent", o.Turn.Intent,
		"confidence", o.Turn.Confidence, "decision", o.Turn.Action, "reason", o.Turn.Reason, "took_ms", float64(o.Turn.TookMicros)/1000)
}
