package consult

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/prompts"
)

// Hearer writes down what is said in a recording. Its errors are *desk.ModelError.
type Hearer interface {
	Transcribe(ctx context.Context, conversation uuid.UUID, mime string, audio io.Reader, language string) (string, desk.ModelUsage, error)
}

// Embedder turns texts into vectors of one length. Its errors are *desk.ModelError.
type Embedder interface {
	Embed(ctx context.Context, conversation uuid.UUID, texts []string) ([][]float32, desk.ModelUsage, error)
}

// Everything is all that models are asked.
type Everything interface {
	Model
	Hearer
	Embedder
}

// Recorder counts, for admins, how often models did not help and why. What it
// cannot count it logs; the answer is not touched.
type Recorder struct {
	Line Everything
	Keep func(ctx context.Context, f desk.ModelFailure) error
	Now  func() time.Time // needed
	Log  *slog.Logger
}

// Ask asks and counts.
func (r *Recorder) Ask(ctx context.Context, request prompts.Request, out any) (desk.ModelUsage, error) {
	used, err := r.Line.Ask(ctx, request, out)
	r.count(ctx, used, err)
	return used, err
}

// Transcribe transcribes and counts.
func (r *Recorder) Transcribe(ctx context.Context, conversation uuid.UUID, mime string, audio io.Reader, language string) (string, desk.ModelUsage, error) {
	text, used, err := r.Line.Transcribe(ctx, conversation, mime, audio, language)
	r.count(ctx, used, err)
	return text, used, err
}

// Embed embeds and counts.
func (r *Recorder) Embed(ctx context.Context, conversation uuid.UUID, texts []string) ([][]float32, desk.ModelUsage, error) {
	vectors, used, err := r.Line.Embed(ctx, conversation, texts)
	r.count(ctx, used, err)
	return vectors, used, err
}

// countTime is how long counting may take, also after the caller's deadline.
const countTime = 3 * time.Second

func (r *Recorder) count(ctx context.Context, used desk.ModelUsage, err error) {
	reason := desk.ModelReasonOf(err)
	if reason == "" || reason == desk.ModelOff || reason == desk.ModelStopped {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countTime)
	defer cancel()
	now := desk.Instant(r.Now())
	f := desk.ModelFailure{Day: now.Format(time.DateOnly), Purpose: used.Purpose, Model: used.Model, Reason: string(reason), Times: 1, Detail: err.Error(), At: now}
	if err := r.Keep(ctx, f); err != nil {
		r.Log.WarnContext(ctx, "a failure of a language model was not counted", "reason", string(reason), "error", err)
	}
}
