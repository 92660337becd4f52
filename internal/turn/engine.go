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

// Wordsmith proposes other words for what was decided, such as an answer fitted to
// its question. It returns nil where it has nothing to do, and never fails: without
// an accepted text the fixed words are said.
type Wordsmith interface {
	Word(ctx context.Context, scene *desk.Scene, seen *desk.Understanding, d *desk.Decision) *desk.Wording
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
	Wordsmith    Wordsmith // nil: every word is fixed
	Knowledge    Knowledge
	// Awaited reports whether a model is still to read the file of a message, so that
	// a turn had better wait for it; nil: none is.
	Awaited func(m *desk.Message, now time.Time) bool
	// Hurried reports whether words ask for something that waits for nothing; nil: none do.
	Hurried func(text string) bool
	// Roster is who answers what; nil: matters go to their own teams.
	Roster func() *desk.Roster
	// Queue reads what can be told of a team's queue; nil: nothing is. It is asked once
	// for a hand-over.
	Queue func(ctx context.Context, team desk.Team, p desk.Priority) (desk.Queue, error)
	// Summaries has a hand-over told in prose by a model afterwards.
	Summaries bool
	Deadline  time.Duration // for understanding and wording, however often a turn is thought again; 0: none
	Now       func() time.Time
	Log       *slog.Logger
}

// Engine runs turns.
type Engine struct{ Deps }

// maxThoughts is how often a turn is thought again because the contact wrote on.
const maxThoughts = 3

// New returns an engine.
func New(d Deps) *Engine {
	d.Now = desk.Clock(d.Now)
	return &Engine{Deps: d}
}

// Handle answers what the contact has said since the last turn. A positive wait
// means that the contact may still be writing: call again after it. Calling when
// there is nothing to answer does nothing.
func (e *Engine) Handle(ctx context.Context, conversation uuid.UUID) (wait time.Duration, err error) {
	thinking, cancel := e.thinking(ctx)
	defer cancel()
	for thought := 1; ; thought++ {
		wait, err = e.once(ctx, thinking, conversation, thought)
		if !errors.Is(err, errMoreSaid) {
			return wait, err
		}
	}
}

// thinking is the time in which a turn may wait for help.
func (e *Engine) thinking(ctx context.Context) (context.Context, context.CancelFunc) {
	if e.Deadline <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, e.Deadline)
}

func (e *Engine) once(ctx, thinking context.Context, conversation uuid.UUID, thought int) (time.Duration, error) {
	scene, err := e.Scenes.Scene(ctx, conversation)
	if err != nil {
		return 0, fmt.Errorf("load scene of %s: %w", conversation, err)
	}
	scene.Profile, scene.Book, scene.Now = e.Knowledge.Profile(), e.Knowledge.Book(), e.Now()
	if e.Roster != nil {
		scene.Roster = e.Roster()
	}
	due := scene.Conversation.TurnDueAt
	if due == nil || scene.Conversation.Owner != desk.OwnerAssistant {
		return 0, nil
	}
	if wait := due.Sub(scene.Now); wait > 0 && scene.Choice() == nil {
		return wait, nil
	}
	if e.awaits(scene) {
		return readingPoll, nil
	}
	started := e.Now()
	seen := e.understand(thinking, scene)
	decision := policy.Decide(scene, seen)
	e.foretell(thinking, scene, &decision)
	if e.Wordsmith != nil {
		decision.Wording = e.Wordsmith.Word(thinking, scene, &seen, &decision)
	}
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
