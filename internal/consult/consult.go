package consult

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/prompts"
)

// Model answers prompts. Its errors are *desk.ModelError, and its usage is true
// whether it answered or not.
type Model interface {
	Ask(ctx context.Context, r prompts.Request, out any) (desk.ModelUsage, error)
}

// Deps are what everything that asks a model is made of.
type Deps struct {
	Model   Model
	Prompts *prompts.Set
	// Alert tells the admins; the same alert again counts up in the one they have.
	Alert func(ctx context.Context, a desk.Alert) error
	Now   func() time.Time
	Log   *slog.Logger
}

// Desk asks a model for one desk. It is safe for concurrent use.
type Desk struct {
	Deps
	alerts alerts
}

// New returns a Desk.
func New(d Deps) *Desk {
	d.Now = desk.Clock(d.Now)
	return &Desk{Deps: d}
}

// ask puts a prompt to the model for a conversation and reads the answer into out,
// which is untouched unless the record's Problem is empty.
func (d *Desk) ask(ctx context.Context, conversation uuid.UUID, p *prompts.Prompt, in prompts.Inputs, images []prompts.Image, out any) desk.Consulted {
	start := time.Now()
	used, err := d.Model.Ask(ctx, prompts.Request{Prompt: p, Inputs: in, Images: images, Conversation: conversation}, out)
	c := desk.Consulted{
		Prompt: p.Name, Hash: p.Hash, Model: used.Model, Problem: desk.ModelReasonOf(err),
		TokensIn: used.TokensIn, TokensOut: used.TokensOut, CostMicros: used.CostMicros, Unpriced: used.Unpriced > 0, Took: time.Since(start),
	}
	if err != nil {
		d.Log.WarnContext(ctx, "a language model was of no help", "conversation_id", conversation, "prompt", p.Name, "reason", string(c.Problem))
	}
	d.tell(ctx, c, err)
	return c
}

// alerts remembers what the admins were told.
type alerts struct {
	mu   sync.Mutex
	told map[desk.ModelReason]time.Time
}

const (
	alertAgain = 24 * time.Hour  // after which a failure that lasts is told again
	alertTime  = 5 * time.Second // that telling may take
)

// tell raises an alert for what only an admin can mend: once, until a call succeeds
// or a day has passed.
func (d *Desk) tell(ctx context.Context, c desk.Consulted, err error) {
	if !d.alerts.fresh(c.Problem, d.Now()) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), alertTime)
	defer cancel()
	a := desk.Alert{Kind: desk.AlertModel, Subject: c.Model, Severity: desk.SeverityWarning, Detail: err.Error(), LastAt: d.Now()}
	if err := d.Alert(ctx, a); err != nil {
		d.Log.ErrorContext(ctx, "an alert was not raised", "kind", a.Kind, "error", err)
	}
}

// fresh reports whether a failure is to be told.
func (a *alerts) fresh(reason desk.ModelReason, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if reason == "" {
		a.told = nil // whatever it was is mended
		return false
	}
	if told, ok := a.told[reason]; !reason.Configuration() || ok && now.Sub(told) < alertAgain {
		return false
	}
	if a.told == nil {
		a.told = map[desk.ModelReason]time.Time{}
	}
	a.told[reason] = now
	return true
}
