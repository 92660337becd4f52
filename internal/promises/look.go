package promises

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/sla"
)

// mostLooks is how many conversations, and how many tickets, one sweep looks at.
const mostLooks = 200

// look looks at the rows whose moment has come.
func (k *Keeper) look(ctx context.Context) error {
	now := k.Now()
	conversations, err := k.Reader.ConversationsToLookAt(ctx, now, mostLooks)
	if err != nil {
		return err
	}
	tickets, err := k.Reader.TicketsToLookAt(ctx, now, mostLooks)
	if err != nil || len(conversations)+len(tickets) == 0 {
		return err
	}
	supervisors, err := k.supervisors(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		each(ctx, conversations, func(ctx context.Context, id uuid.UUID) error { return k.lookAtConversation(ctx, id, supervisors) }),
		each(ctx, tickets, func(ctx context.Context, id uuid.UUID) error { return k.lookAtTicket(ctx, id, supervisors) }),
	)
}

// each does something to all of some rows; what was merged away meanwhile is passed over.
func each(ctx context.Context, ids []uuid.UUID, do func(context.Context, uuid.UUID) error) error {
	var all error
	for _, id := range ids {
		if err := do(ctx, id); err != nil && !errors.Is(err, desk.ErrNotFound) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// supervisors are told of what is late.
func (k *Keeper) supervisors(ctx context.Context) (all []uuid.UUID, err error) {
	agents, err := k.Reader.Agents(ctx)
	for _, a := range agents {
		if a.Active && a.Role == desk.RoleSupervisor {
			all = append(all, a.ID)
		}
	}
	return all, err
}

// lookAtConversation tells in the thread what is at risk or late. Saving sets when to
// look next.
func (k *Keeper) lookAtConversation(ctx context.Context, id uuid.UUID, supervisors []uuid.UUID) error {
	return k.Store.InTx(ctx, func(tx Tx) error {
		c, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		now := k.Now()
		found := k.Rules().LookAtConversation(c, now)
		for _, f := range found {
			_, err := tx.AddMessage(ctx, &desk.Message{
				ID: desk.NewID(), ConversationID: c.ID, Channel: c.Channel, Direction: desk.Private, Author: desk.BySystem,
				Kind: desk.KindNotice, Notice: noticeOf(f), Text: string(f.Kind), CreatedAt: now,
			})
			if err != nil {
				return err
			}
		}
		told := notifications(found, c.AgentID, supervisors, c.ID, c.Preview, now)
		for i := range told {
			told[i].ConversationID = &c.ID
		}
		if err := tx.Notify(ctx, told...); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, c)
	})
}

// lookAtTicket is the same in a ticket's history.
func (k *Keeper) lookAtTicket(ctx context.Context, id uuid.UUID, supervisors []uuid.UUID) error {
	return k.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTicket(ctx, id)
		if err != nil {
			return err
		}
		now, before := k.Now(), t.Priority
		line := func(kind, from, to string) desk.TicketEvent {
			return desk.TicketEvent{ID: desk.NewID(), TicketID: t.ID, Author: desk.BySystem, Kind: kind, From: from, To: to, CreatedAt: now}
		}
		var lines []desk.TicketEvent
		found := k.Rules().LookAtTicket(t, now)
		for _, f := range found {
			lines = append(lines, line(noticeOf(f), "", string(f.Kind)))
		}
		if t.Priority != before {
			lines = append(lines, line("priority", string(before), string(t.Priority)))
		}
		told := notifications(found, t.AssigneeID, supervisors, t.ID, t.Subject, now)
		for i := range told {
			told[i].TicketID, told[i].ConversationID = &t.ID, &t.ConversationID
		}
		if err := tx.Notify(ctx, told...); err != nil {
			return err
		}
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lines...)
	})
}

// notifications tell the holder what is late soon, and supervisors what is late.
func notifications(found []sla.Finding, holder *uuid.UUID, supervisors []uuid.UUID, thing uuid.UUID, words string, now time.Time) (all []desk.Notification) {
	risk, late := false, false
	for _, f := range found {
		risk, late = risk || !f.Broken, late || f.Broken
	}
	if risk && holder != nil {
		all = append(all, desk.Notify(desk.NotifyAtRisk, *holder, thing, nil, words, now))
	}
	if late {
		for _, id := range supervisors {
			all = append(all, desk.Notify(desk.NotifyLate, id, thing, nil, words, now))
		}
	}
	return all
}

// noticeOf is the key of the words for a finding.
func noticeOf(f sla.Finding) string {
	switch {
	case f.Kind == "":
		return "promise_window"
	case f.Broken:
		return "promise_late"
	}
	return "promise_at_risk"
}
