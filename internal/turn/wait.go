package turn

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// readingPoll is how soon a turn looks again whether a recording was written down.
// The end of the reading has the turn run anyway.
const readingPoll = time.Second

// awaits reports whether a model still reads a file of the new messages. A button
// is never kept waiting, nor is who asks for a person or to be left alone.
func (e *Engine) awaits(scene *desk.Scene) bool {
	if e.Awaited == nil || scene.Choice() != nil || e.Hurried != nil && e.Hurried(scene.Text()) {
		return false
	}
	for i := range scene.New {
		if e.Awaited(&scene.New[i], scene.Now) {
			return true
		}
	}
	return false
}

// summarize has a hand-over told in prose, where a model does that.
func (e *Engine) summarize(ctx context.Context, tx Tx, conversation uuid.UUID) error {
	if !e.Summaries {
		return nil
	}
	return tx.Enqueue(ctx, desk.SummaryJob{Conversation: conversation})
}
