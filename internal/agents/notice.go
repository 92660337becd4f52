package agents

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// NoticeTx is what telling agents needs of a transaction.
type NoticeTx interface {
	Notify(ctx context.Context, all ...desk.Notification) error
	ReadNotifications(ctx context.Context, agent, about uuid.UUID, now time.Time) error
	Watch(ctx context.Context, w desk.Watcher) error
	Unwatch(ctx context.Context, ticket, agent uuid.UUID) error
	Team(ctx context.Context) ([]desk.Agent, error)
}

// mention tells the agents a note names.
func mention(ctx context.Context, tx Tx, by desk.Agent, note string, about func(*desk.Notification), thing uuid.UUID, now time.Time) error {
	if !strings.Contains(note, "@") {
		return nil
	}
	team, err := tx.Team(ctx)
	if err != nil {
		return err
	}
	var told []desk.Notification
	for _, agent := range desk.Mentions(note, team) {
		if agent == by.ID {
			continue
		}
		n := desk.Notify(desk.NotifyMention, agent, thing, by.Actor().AgentID(), note, now)
		about(&n)
		told = append(told, n)
	}
	return tx.Notify(ctx, told...)
}

// whisper tells the holder of a conversation that another agent left a note in it. One
// note that names them too is told as both: the mention leads there as well.
func whisper(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, note *desk.Message, now time.Time) error {
	if conv.Owner != desk.OwnerAgent || conv.AgentID == nil || *conv.AgentID == by.ID {
		return nil
	}
	n := desk.Notify(desk.NotifyWhisper, *conv.AgentID, conv.ID, by.Actor().AgentID(), note.Text, now)
	aboutConversation(conv.ID, &note.ID)(&n)
	return tx.Notify(ctx, n)
}

// given tells an agent that something is theirs now, unless they took it themselves.
func given(ctx context.Context, tx Tx, by desk.Agent, to uuid.UUID, thing uuid.UUID, text string, about func(*desk.Notification), now time.Time) error {
	if to == by.ID {
		return nil
	}
	n := desk.Notify(desk.NotifyAssigned, to, thing, by.Actor().AgentID(), text, now)
	about(&n)
	return tx.Notify(ctx, n)
}

// aboutTicket and aboutConversation say where a notification leads.
func aboutTicket(id uuid.UUID) func(*desk.Notification) {
	return func(n *desk.Notification) { n.TicketID = &id }
}

func aboutConversation(id uuid.UUID, message *uuid.UUID) func(*desk.Notification) {
	return func(n *desk.Notification) { n.ConversationID, n.MessageID = &id, message }
}

// Watch makes the agent watch a ticket, or ends it.
func (d *Desk) Watch(ctx context.Context, by desk.Agent, ticket uuid.UUID, on bool) error {
	if err := mayTicket(by, desk.MayRead); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		if !on {
			return tx.Unwatch(ctx, ticket, by.ID)
		}
		t, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		if t.MergedInto != nil {
			return desk.ErrMerged
		}
		return tx.Watch(ctx, desk.Watcher{TicketID: ticket, AgentID: by.ID, CreatedAt: d.Now()})
	})
	if err != nil {
		return fmt.Errorf("watch ticket %s: %w", ticket, err)
	}
	return nil
}

// Read marks what the agent was told about a conversation, a ticket or one
// notification as looked at; everything when the id is zero.
func (d *Desk) Read(ctx context.Context, by desk.Agent, about uuid.UUID) error {
	if err := mayTicket(by, desk.MayRead); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error { return tx.ReadNotifications(ctx, by.ID, about, d.Now()) })
	if err != nil {
		return fmt.Errorf("marking notifications read: %w", err)
	}
	return nil
}
