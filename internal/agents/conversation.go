package agents

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Claim gives the agent the conversation: from the queue or the assistant, or,
// with over set and the right to it, from another agent.
func (d *Desk) Claim(ctx context.Context, by desk.Agent, conversation uuid.UUID, over bool) error {
	if over && !by.Role.May(desk.MayReassign) {
		return desk.ErrForbidden
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if conv.HeldBy(by.Actor()) {
			return nil
		}
		if err := conv.Claim(by.Actor(), over); err != nil {
			return err
		}
		if over {
			if err := d.stopOthers(ctx, tx, conv, by, now); err != nil {
				return err
			}
		}
		return taken(ctx, tx, conv, by, "taken", "", now)
	})
}

// Assign gives a conversation to another agent.
func (d *Desk) Assign(ctx context.Context, by desk.Agent, conversation, to uuid.UUID) error {
	return d.Pass(ctx, by, conversation, to, "")
}

// Pass gives a conversation to another agent with a note for them, which may be empty.
func (d *Desk) Pass(ctx context.Context, by desk.Agent, conversation, to uuid.UUID, note string) error {
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if !conv.HeldBy(by.Actor()) && !by.Role.May(desk.MayReassign) {
			return desk.ErrForbidden
		}
		agent, err := tx.LockAgent(ctx, to)
		if err != nil {
			return err
		}
		if !agent.Active || !agent.Role.May(desk.MayAnswer) {
			return desk.ErrInvalid.For("to")
		}
		along, err := passed(by, note, now)
		if err != nil {
			return err
		}
		if err := passTo(conv, agent.Actor(), along, now); err != nil {
			return err
		}
		if err := keepPassed(ctx, tx, conv, by, along, now); err != nil {
			return err
		}
		if err := given(ctx, tx, by, agent.ID, conv.ID, conv.Preview, aboutConversation(conv.ID, nil), now); err != nil {
			return err
		}
		return taken(ctx, tx, conv, by, "assigned", agent.Name, now)
	})
}

// taken stops the assistant in the middle of a word and says who has it now.
func taken(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, key, text string, now time.Time) error {
	if _, err := tx.DropQueued(ctx, conv.ID, desk.ByAssistant, "person_stepped_in"); err != nil {
		return err
	}
	last, err := tx.LastMessageID(ctx, conv.ID)
	if err != nil {
		return err
	}
	if err := notice(ctx, tx, conv, by, key, text, now); err != nil {
		return err
	}
	return tx.Enqueue(ctx, desk.ReadJob{Message: last})
}

// GiveBack returns a conversation to the assistant, which answers only what is
// said from now on.
func (d *Desk) GiveBack(ctx context.Context, by desk.Agent, conversation uuid.UUID) error {
	return d.release(ctx, by, conversation, "given_back", func(conv *desk.Conversation, border uuid.UUID) error { return conv.GiveBack(border) })
}

// release ends a person's hold. Supervisors may end another's.
func (d *Desk) release(ctx context.Context, by desk.Agent, conversation uuid.UUID, key string, verb func(*desk.Conversation, uuid.UUID) error) error {
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if conv.Owner == desk.OwnerAgent && !conv.HeldBy(by.Actor()) && !by.Role.May(desk.MayReassign) {
			return desk.ErrNotHolder
		}
		border, err := tx.LastMessageID(ctx, conv.ID)
		if err != nil {
			return err
		}
		was := conv.Hold()
		if err := verb(conv, border); err != nil {
			return err
		}
		if err := undoable(ctx, tx, by, conv, was, key, nil, now); err != nil {
			return err
		}
		return notice(ctx, tx, conv, by, key, "", now)
	})
}

// Enqueue puts a conversation into a team's queue, with a note for whoever takes it.
func (d *Desk) Enqueue(ctx context.Context, by desk.Agent, conversation uuid.UUID, team desk.Team, note string) error {
	if !d.takes(team) {
		return desk.ErrInvalid.For("team")
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if conv.Owner == desk.OwnerAgent && !conv.HeldBy(by.Actor()) && !by.Role.May(desk.MayReassign) {
			return desk.ErrNotHolder
		}
		if conv.State == desk.ConversationClosed {
			return desk.ErrTransition
		}
		along, err := passed(by, note, now)
		if err != nil {
			return err
		}
		h := conv.PassOn(along, now)
		h.Team = team
		was := conv.Hold()
		if err := conv.Requeue(h, now); err != nil {
			return err
		}
		if err := undoable(ctx, tx, by, conv, was, "queued", nil, now); err != nil {
			return err
		}
		if _, err := tx.DropQueued(ctx, conv.ID, desk.ByAssistant, "person_stepped_in"); err != nil {
			return err
		}
		if err := notice(ctx, tx, conv, by, "queued", string(team), now); err != nil {
			return err
		}
		return keepPassed(ctx, tx, conv, by, along, now)
	})
}

// Snooze hides a conversation until a time, or until the contact writes.
func (d *Desk) Snooze(ctx context.Context, by desk.Agent, conversation uuid.UUID, until time.Time) error {
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if !until.After(now) || until.Sub(now) > maxSnooze {
			return desk.ErrInvalid.For("until")
		}
		if !conv.HeldBy(by.Actor()) {
			return desk.ErrNotHolder
		}
		was := conv.Hold()
		if err := conv.Snooze(until); err != nil {
			return err
		}
		if err := undoable(ctx, tx, by, conv, was, "snoozed", nil, now); err != nil {
			return err
		}
		return notice(ctx, tx, conv, by, "snoozed", desk.Instant(until).Format(time.RFC3339), now)
	})
}

// Resolve ends a conversation and resolves the live tickets that came of it. The
// outcome, which may be empty, is kept with them.
func (d *Desk) Resolve(ctx context.Context, by desk.Agent, conversation uuid.UUID, outcome string) error {
	outcome = clean(outcome)
	if desk.Units(outcome) > maxOutcome {
		return desk.ErrTextTooLong.For("outcome")
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if conv.Owner == desk.OwnerAgent && !conv.HeldBy(by.Actor()) && !by.Role.May(desk.MayReassign) {
			return desk.ErrNotHolder
		}
		border, err := tx.LastMessageID(ctx, conv.ID)
		if err != nil {
			return err
		}
		was := conv.Hold()
		if err := conv.Close(border); err != nil {
			return err
		}
		tickets, err := tx.LiveTickets(ctx, conv.ID)
		if err != nil {
			return err
		}
		if err := undoable(ctx, tx, by, conv, was, "resolved", tickets, now); err != nil {
			return err
		}
		fields, err := tx.Fields(ctx)
		if err != nil {
			return err
		}
		for i := range tickets {
			resolve := func(t *desk.Ticket) error { return resolveWhole(t, fields, outcome, now) }
			if err := d.changeTicket(ctx, tx, by, tickets[i].ID, "state", outcome, resolve); err != nil {
				return err
			}
		}
		if err := d.survey(ctx, tx, by, desk.SurveyJob{Conversation: conv.ID, Team: conv.Team}, now); err != nil {
			return err
		}
		return notice(ctx, tx, conv, by, "resolved", outcome, now)
	})
}

// Seen takes note that the holder looked at the conversation.
func (d *Desk) Seen(ctx context.Context, by desk.Agent, conversation uuid.UUID) error {
	return d.held(ctx, by, desk.MayRead, conversation, func(tx Tx, conv *desk.Conversation, _ time.Time) error {
		if !conv.HeldBy(by.Actor()) || conv.Unread == 0 {
			return nil
		}
		conv.Unread = 0
		last, err := tx.LastMessageID(ctx, conv.ID)
		if err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.ReadJob{Message: last})
	})
}
