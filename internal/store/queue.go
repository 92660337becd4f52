package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// queued tells of a conversation that is about to be written and enters or leaves a
// queue or an agent's hands, and keeps the wait that ends when a person has it.
func (t *Tx) queued(ctx context.Context, c *desk.Conversation) error {
	e := t.s.shapes.conversation
	before := t.held[heldKey{e.table, c.ID.String()}]
	was := func(column string) any {
		if i := slices.Index(e.columns, column); i >= 0 && before != nil {
			return before[i]
		}
		return nil
	}
	owner, agent := was("owner"), ""
	if c.AgentID != nil {
		agent = c.AgentID.String()
	}
	held, _ := was("agent_id").(string)
	if c.Owner == desk.OwnerAssistant && (owner == nil || owner == string(desk.OwnerAssistant)) {
		return nil // the assistant's, as it was: nobody of the desk is concerned
	}
	if owner == string(c.Owner) && held == agent && was("team") == string(c.Team) && was("state") == string(c.State) {
		return nil
	}
	t.Touch(desk.Change{Topic: desk.TopicQueue})
	since, waited := was("queued_at").(time.Time)
	team, _ := was("team").(string)
	if !waited || owner != string(desk.OwnerQueue) || c.Owner != desk.OwnerAgent {
		return nil
	}
	return t.AddWait(ctx, desk.Wait{ConversationID: c.ID, Team: desk.Team(team), QueuedAt: since, EndedAt: t.s.now()})
}

// Unsaid reports whether words of the assistant are still on their way in a
// conversation. Who gives it to an agent then takes them back.
func (t *Tx) Unsaid(ctx context.Context, conversation uuid.UUID) (bool, error) {
	var some bool
	err := t.in(ctx).Raw(`select exists (select 1 from messages where conversation_id = ? and direction = 'out' and author = 'assistant'
		and status in ('queued', 'sending'))`, conversation).Row().Scan(&some)
	return some, t.fail("looking for what is not said yet", err)
}
