package agents

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// onTicket runs a change of a ticket, its row held, and writes its history.
func (d *Desk) onTicket(ctx context.Context, by desk.Agent, ticket uuid.UUID, kind, note string, change func(*desk.Ticket) error) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error { return d.changeTicket(ctx, tx, by, ticket, kind, note, change) })
	if err != nil {
		return fmt.Errorf("ticket %s: %w", ticket, err)
	}
	return nil
}

func (d *Desk) changeTicket(ctx context.Context, tx Tx, by desk.Agent, ticket uuid.UUID, kind, note string, change func(*desk.Ticket) error) error {
	t, err := tx.LockTicket(ctx, ticket)
	if err != nil {
		return err
	}
	before := *t
	if err := change(t); err != nil {
		return err
	}
	t.UpdatedAt = d.Now()
	if err := tx.SaveTicket(ctx, t); err != nil {
		return err
	}
	e := desk.TicketEvent{ID: desk.NewID(), TicketID: t.ID, Author: desk.ByAgent, AgentID: by.Actor().AgentID(), Kind: kind, Note: note, CreatedAt: t.UpdatedAt}
	e.From, e.To = difference(&before, t)
	return tx.AddTicketEvents(ctx, e)
}

// difference names what a change made of what.
func difference(before, after *desk.Ticket) (from, to string) {
	switch {
	case before.State != after.State:
		return string(before.State), string(after.State)
	case before.Priority != after.Priority:
		return string(before.Priority), string(after.Priority)
	}
	return idText(before.AssigneeID), idText(after.AssigneeID)
}

func idText(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

// TicketStart takes a ticket up.
func (d *Desk) TicketStart(ctx context.Context, by desk.Agent, ticket uuid.UUID) error {
	return d.onTicket(ctx, by, ticket, "state", "", func(t *desk.Ticket) error { return t.Start(d.Now()) })
}

// TicketWait parks a ticket until the customer answers or, with thirdParty, until
// somebody outside acts.
func (d *Desk) TicketWait(ctx context.Context, by desk.Agent, ticket uuid.UUID, thirdParty bool) error {
	return d.onTicket(ctx, by, ticket, "state", "", func(t *desk.Ticket) error {
		if thirdParty {
			return t.WaitForThirdParty(d.Now())
		}
		return t.WaitForCustomer(d.Now())
	})
}

// TicketResolve ends the matter of a ticket.
func (d *Desk) TicketResolve(ctx context.Context, by desk.Agent, ticket uuid.UUID, outcome string) error {
	outcome = clean(outcome)
	if desk.Units(outcome) > maxOutcome {
		return desk.ErrTextTooLong.For("outcome")
	}
	return d.onTicketTx(ctx, by, ticket, "state", outcome, func(ctx context.Context, tx Tx, t *desk.Ticket) error {
		fields, err := tx.Fields(ctx)
		if err != nil {
			return err
		}
		if err := resolveWhole(t, fields, outcome, d.Now()); err != nil {
			return err
		}
		return d.survey(ctx, tx, by, desk.SurveyJob{Conversation: t.ConversationID, Ticket: &t.ID, Team: t.Team}, d.Now())
	})
}

// TicketReopen takes a resolved ticket up again, within desk.ReopenWindow.
func (d *Desk) TicketReopen(ctx context.Context, by desk.Agent, ticket uuid.UUID) error {
	return d.onTicket(ctx, by, ticket, "state", "", func(t *desk.Ticket) error { return t.Reopen(d.Now()) })
}

// TicketClose makes a resolution final.
func (d *Desk) TicketClose(ctx context.Context, by desk.Agent, ticket uuid.UUID) error {
	return d.onTicket(ctx, by, ticket, "state", "", func(t *desk.Ticket) error { return t.Close(d.Now()) })
}

// TicketAssign gives a ticket to an agent, or to nobody.
func (d *Desk) TicketAssign(ctx context.Context, by desk.Agent, ticket uuid.UUID, to *uuid.UUID) error {
	return d.onTicketTx(ctx, by, ticket, "assigned", "", func(ctx context.Context, tx Tx, t *desk.Ticket) error {
		if to != nil {
			agent, err := tx.LockAgent(ctx, *to)
			if err != nil {
				return err
			}
			if !agent.Active || !agent.Role.May(desk.MayAnswer) {
				return desk.ErrInvalid.For("to")
			}
		}
		if err := t.Assign(to, d.Now()); err != nil || to == nil {
			return err
		}
		return given(ctx, tx, by, *to, t.ID, t.Subject, aboutTicket(t.ID), d.Now())
	})
}

func (d *Desk) onTicketTx(ctx context.Context, by desk.Agent, ticket uuid.UUID, kind, note string, change func(context.Context, Tx, *desk.Ticket) error) error {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		return d.changeTicket(ctx, tx, by, ticket, kind, note, func(t *desk.Ticket) error { return change(ctx, tx, t) })
	})
	if err != nil {
		return fmt.Errorf("ticket %s: %w", ticket, err)
	}
	return nil
}

// TicketPriority changes how urgent a ticket is.
func (d *Desk) TicketPriority(ctx context.Context, by desk.Agent, ticket uuid.UUID, priority desk.Priority) error {
	if !priority.Valid() {
		return desk.ErrInvalid.For("priority")
	}
	return d.onTicket(ctx, by, ticket, "priority", "", func(t *desk.Ticket) error {
		if !t.State.Live() {
			return desk.ErrTransition
		}
		t.Priority = priority
		return nil
	})
}

// TicketNote leaves words among agents in a ticket's history.
func (d *Desk) TicketNote(ctx context.Context, by desk.Agent, ticket uuid.UUID, text string) error {
	text, err := words(text, maxNote)
	if err != nil {
		return err
	}
	return d.onTicketTx(ctx, by, ticket, "note", text, func(ctx context.Context, tx Tx, t *desk.Ticket) error {
		if t.MergedInto != nil {
			return desk.ErrMerged
		}
		return mention(ctx, tx, by, text, aboutTicket(t.ID), t.ID, d.Now())
	})
}
