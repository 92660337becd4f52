package agents

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TieTx is what tying tickets together needs of a transaction.
type TieTx interface {
	FoldTicket(ctx context.Context, from, into uuid.UUID) error
	Children(ctx context.Context, parent uuid.UUID) ([]desk.Ticket, error)
	TicketMessages(ctx context.Context, conversation uuid.UUID, messages []uuid.UUID) (map[uuid.UUID]desk.Author, error)
	MoveTicketMessages(ctx context.Context, ticket uuid.UUID, messages []uuid.UUID) error
	AddTicketLink(ctx context.Context, l desk.TicketLink) error
	DeleteTicketLink(ctx context.Context, l desk.TicketLink) (bool, error)
	NoticeTx
	TagTx
}

// mayTicket checks who acts on tickets.
func mayTicket(by desk.Agent, need desk.Permission) error {
	if !by.Active || !by.Role.May(need) {
		return desk.ErrForbidden
	}
	return nil
}

// both holds two tickets, in one order for all, so that of many who tie the same two
// none waits for another in a circle.
func both(ctx context.Context, tx Tx, a, b uuid.UUID) (first, second *desk.Ticket, err error) {
	if a == b {
		return nil, nil, desk.ErrInvalid.For("other")
	}
	held := map[uuid.UUID]*desk.Ticket{}
	order := []uuid.UUID{a, b}
	slices.SortFunc(order, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	for _, id := range order {
		if held[id], err = tx.LockTicket(ctx, id); err != nil {
			return nil, nil, err
		}
	}
	return held[a], held[b], nil
}

func lineOf(t *desk.Ticket, by desk.Agent, kind, from, to string, now time.Time) desk.TicketEvent {
	return desk.TicketEvent{ID: desk.NewID(), TicketID: t.ID, Author: desk.ByAgent, AgentID: by.Actor().AgentID(), Kind: kind, From: from, To: to, CreatedAt: now}
}

// TicketMerge makes a ticket a duplicate of another of the same contact. History,
// tags, watchers, links and parts move to the other one; the duplicate's number leads
// there from then on. Both records say who did it, and when.
func (d *Desk) TicketMerge(ctx context.Context, by desk.Agent, duplicate, into uuid.UUID) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		gone, main, err := both(ctx, tx, duplicate, into)
		if err != nil {
			return err
		}
		now, parent := d.Now(), gone.ParentID
		if err := gone.MergeInto(main, now); err != nil {
			return err
		}
		if err := d.joinFloors(ctx, tx, gone, main, parent); err != nil {
			return err
		}
		main.Facts = withFacts(main.Facts, gone.Facts)
		main.Fields = withFields(main.Fields, gone.Fields)
		if gone.Priority.Rank() > main.Priority.Rank() {
			main.Priority = gone.Priority
		}
		main.UpdatedAt = now
		if err := tx.FoldTicket(ctx, gone.ID, main.ID); err != nil {
			return err
		}
		for _, t := range []*desk.Ticket{gone, main} {
			if err := tx.SaveTicket(ctx, t); err != nil {
				return err
			}
		}
		return tx.AddTicketEvents(ctx, lineOf(gone, by, "merged", "", main.Protocol, now), lineOf(main, by, "absorbed", gone.Protocol, "", now))
	})
	if err != nil {
		return fmt.Errorf("merge ticket %s: %w", duplicate, err)
	}
	return nil
}

// joinFloors keeps two floors: the parts of the one that goes become parts of the one
// that stays, which must then be part of none.
func (d *Desk) joinFloors(ctx context.Context, tx Tx, gone, main *desk.Ticket, parent *uuid.UUID) error {
	parts, err := tx.Children(ctx, gone.ID)
	if err != nil {
		return err
	}
	if main.ParentID != nil && *main.ParentID == gone.ID {
		main.ParentID = nil
		parts = slices.DeleteFunc(parts, func(t desk.Ticket) bool { return t.ID == main.ID })
	}
	own, err := tx.Children(ctx, main.ID)
	if err != nil {
		return err
	}
	own = slices.DeleteFunc(own, func(t desk.Ticket) bool { return t.ID == gone.ID })
	switch {
	case len(parts) > 0 && main.ParentID != nil:
		return desk.ErrTwoFloors
	case len(parts)+len(own) > desk.MaxChildren:
		return desk.ErrFull
	case main.ParentID == nil && parent != nil && *parent != main.ID && len(parts)+len(own) == 0:
		main.ParentID = parent
	}
	return nil
}

func withFacts(facts, more []desk.Fact) []desk.Fact {
	for _, f := range more {
		if !slices.Contains(facts, f) {
			facts = append(facts, f)
		}
	}
	return facts
}

func withFields(values, more map[string]string) map[string]string {
	all := map[string]string{}
	for name, value := range more {
		all[name] = value
	}
	for name, value := range values {
		all[name] = value
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// TicketSplit opens a new ticket of the same contact about some messages of a
// conversation, which leave the old ticket's history. The two are linked.
func (d *Desk) TicketSplit(ctx context.Context, by desk.Agent, ticket uuid.UUID, subject string, messages []uuid.UUID) (uuid.UUID, error) {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return uuid.Nil, err
	}
	messages = slices.Compact(slices.SortedFunc(slices.Values(messages), func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }))
	if len(messages) == 0 || len(messages) > desk.MaxSplit {
		return uuid.Nil, desk.ErrInvalid.For("messages")
	}
	subject, err := words(strings.Join(strings.Fields(subject), " "), maxSubject)
	if err != nil {
		return uuid.Nil, desk.ErrInvalid.For("subject")
	}
	var fresh *desk.Ticket
	err = d.Store.InTx(ctx, func(tx Tx) error {
		old, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		if old.MergedInto != nil {
			return desk.ErrMerged
		}
		known, err := tx.TicketMessages(ctx, old.ConversationID, messages)
		if err != nil {
			return err
		}
		if len(known) != len(messages) {
			return desk.ErrInvalid.For("messages")
		}
		fresh, err = d.splitOff(ctx, tx, by, old, subject, messages, known)
		return err
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("split ticket %s: %w", ticket, err)
	}
	return fresh.ID, nil
}

func (d *Desk) splitOff(ctx context.Context, tx Tx, by desk.Agent, old *desk.Ticket, subject string, messages []uuid.UUID, authors map[uuid.UUID]desk.Author) (*desk.Ticket, error) {
	now := d.Now()
	fresh := &desk.Ticket{
		ID: desk.NewID(), ContactID: old.ContactID, ConversationID: old.ConversationID, Intent: old.Intent, Subject: subject, Priority: old.Priority,
		State: desk.TicketNew, Team: old.Team, OpenedBy: desk.ByAgent, CreatedAt: now, UpdatedAt: now,
	}
	if err := tx.MoveTicketMessages(ctx, old.ID, messages); err != nil {
		return nil, err
	}
	var err error
	if fresh.Protocol, err = tx.NextProtocol(ctx, now.In(d.zone())); err != nil {
		return nil, err
	}
	if err := tx.AddTicket(ctx, fresh); err != nil {
		return nil, err
	}
	if err := tx.AddTicketLink(ctx, desk.Link(old.ID, fresh.ID, by.Actor().AgentID(), now)); err != nil {
		return nil, err
	}
	lines := []desk.TicketEvent{lineOf(fresh, by, "opened", "", string(fresh.State), now), lineOf(fresh, by, "split", old.Protocol, "", now)}
	for i := range messages {
		line := lineOf(fresh, by, "message", "", "", now)
		line.MessageID = &messages[i]
		if author := authors[messages[i]]; author != desk.ByAgent {
			line.Author, line.AgentID = author, nil
		}
		lines = append(lines, line)
	}
	old.UpdatedAt = now
	if err := tx.SaveTicket(ctx, old); err != nil {
		return nil, err
	}
	return fresh, tx.AddTicketEvents(ctx, append(lines, lineOf(old, by, "split", "", fresh.Protocol, now))...)
}
