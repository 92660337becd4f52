package turn

import (
	"context"

	"antena/internal/desk"
)

// foretell notes what a contact who is handed to people can be told of the queue:
// once, with the words that hand over, and only while people are there. A queue that
// cannot be read is not spoken of.
func (e *Engine) foretell(ctx context.Context, scene *desk.Scene, d *desk.Decision) {
	if e.Queue == nil || d.Handoff == nil || d.Phrase != desk.PhraseHandoff && d.Phrase != desk.PhraseTicketPerson {
		return
	}
	if !scene.Conversation.WindowOpen(scene.Now) {
		return // nothing is said
	}
	q, err := e.Queue(ctx, d.Handoff.Team, d.Handoff.Priority)
	if err != nil {
		e.Log.WarnContext(ctx, "a queue could not be read", "conversation_id", scene.Conversation.ID, "error", err)
		return
	}
	if told := q.Tell(); told != nil {
		d.Handoff.Wait = &desk.Waited{Told: told}
	}
}
