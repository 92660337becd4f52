package rota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/routing"
)

// Bounds of a run.
const (
	mostWaiting  = 500
	mostSilences = 100
	unsaidMax    = time.Minute          // words on their way hold a conversation back for so long
	waitKeep     = 400 * 24 * time.Hour // a year and what compares with it
)

// errPassed is a decision that the world has overtaken.
var errPassed = errors.New("it has changed meanwhile")

// Sweep does what time calls for: presences that ran out, then a run.
func (r *Rota) Sweep(ctx context.Context) error {
	_, err := r.Run(ctx)
	return errors.Join(r.settlePresences(ctx), err, r.Reader.DeleteWaits(ctx, r.Now().Add(-waitKeep)))
}

// Run deals with what waits too long and gives out what waits. It reports whether
// something could not be given yet, so that a run in a second or two is worth it.
func (r *Rota) Run(ctx context.Context) (again bool, err error) {
	b, err := r.board(ctx)
	if err != nil {
		return false, fmt.Errorf("reading who waits: %w", err)
	}
	changed, err := r.late(ctx, b)
	if err != nil {
		return false, err
	}
	if err := r.calm(ctx, b); err != nil {
		return false, err
	}
	if len(b.Waiting) == 0 && !changed || !routing.Automatic(b.Roster) {
		return false, nil
	}
	if changed {
		if err := r.readWaiting(ctx, b); err != nil {
			return false, err
		}
	}
	if err := r.readAgents(ctx, b); err != nil {
		return false, fmt.Errorf("reading who is there: %w", err)
	}
	return r.assign(ctx, b)
}

// board reads what waits; who is there is read when it matters.
func (r *Rota) board(ctx context.Context) (*routing.Board, error) {
	b := &routing.Board{Now: r.Now(), Roster: r.Roster(), Profile: r.Profile()}
	if err := r.readWaiting(ctx, b); err != nil {
		return nil, err
	}
	least := routing.Shortest(b.Roster)
	if least == 0 {
		return b, nil
	}
	var err error
	b.Silences, err = r.Reader.Silences(ctx, b.Now.Add(-least), mostSilences)
	return b, err
}

func (r *Rota) readWaiting(ctx context.Context, b *routing.Board) error {
	waiting, err := r.Reader.Waiting(ctx, mostWaiting)
	b.Waiting = nil
	for i := range waiting {
		b.Waiting = append(b.Waiting, routing.WaitingOf(&waiting[i]))
	}
	return err
}

func (r *Rota) readAgents(ctx context.Context, b *routing.Board) error {
	posts, err := r.Reader.Posts(ctx)
	if err != nil {
		return err
	}
	presences, err := r.Reader.Presences(ctx)
	if err != nil {
		return err
	}
	people, err := r.Reader.Agents(ctx)
	if err != nil {
		return err
	}
	loads, err := r.Reader.Loads(ctx)
	for _, p := range posts {
		works := slices.ContainsFunc(people, func(a desk.Agent) bool { return a.ID == p.AgentID && a.Active && a.Role.May(desk.MayAnswer) })
		i := slices.IndexFunc(presences, func(s desk.Presence) bool { return s.AgentID == p.AgentID })
		if !works || i < 0 {
			continue
		}
		a := routing.Agent{Post: p, State: presences[i].At(b.Now), Load: loads[p.AgentID]}
		if at := presences[i].AssignedAt; at != nil {
			a.AssignedAt = *at
		}
		b.Agents = append(b.Agents, a)
	}
	return err
}

// assign gives out what can be given. What another replica did meanwhile is passed
// over, and looked at again.
func (r *Rota) assign(ctx context.Context, b *routing.Board) (again bool, err error) {
	for _, a := range routing.Assign(*b) {
		soon, err := r.give(ctx, a)
		switch {
		case errors.Is(err, errPassed), errors.Is(err, desk.ErrNotFound):
			again = true
		case err != nil:
			return again, fmt.Errorf("giving conversation %s: %w", a.Conversation, err)
		case soon:
			again = true
		default:
			r.Log.InfoContext(ctx, "routed", "conversation_id", a.Conversation, "agent_id", a.Agent)
		}
	}
	return again, nil
}

// give hands one conversation over, if everything is still as it was seen. It
// reports whether it must wait for words on their way.
func (r *Rota) give(ctx context.Context, a routing.Assignment) (soon bool, err error) {
	err = r.Store.InTx(ctx, func(tx Tx) error {
		soon = false
		conv, err := tx.LockConversation(ctx, a.Conversation)
		if err != nil {
			return err
		}
		if conv.Version != a.Version || conv.Owner != desk.OwnerQueue || conv.State != desk.ConversationOpen {
			return errPassed
		}
		now := r.Now()
		if conv.QueuedAt == nil || now.Sub(*conv.QueuedAt) < unsaidMax {
			if soon, err = tx.Unsaid(ctx, conv.ID); err != nil || soon {
				return err
			}
		}
		agent, err := r.free(ctx, tx, a.Agent, now)
		if err != nil {
			return err
		}
		if err := conv.Give(agent.Actor()); err != nil {
			return err
		}
		conv.UpdatedAt = now
		if err := notice(ctx, tx, conv, "routed", agent.Name, now); err != nil {
			return err
		}
		told := desk.Notify(desk.NotifyAssigned, agent.ID, conv.ID, nil, conv.Preview, now)
		told.ConversationID = &conv.ID
		if err := tx.Notify(ctx, told); err != nil {
			return err
		}
		return tx.SaveConversation(ctx, conv)
	})
	return soon, err
}

// free holds an agent who is there and has room, and notes that they are given one.
func (r *Rota) free(ctx context.Context, tx Tx, id uuid.UUID, now time.Time) (*desk.Agent, error) {
	agent, err := tx.LockAgent(ctx, id)
	if err != nil {
		return nil, err
	}
	presence, err := tx.LockPresence(ctx, id)
	if err != nil {
		return nil, err
	}
	post, err := tx.PostOf(ctx, id)
	if err != nil {
		return nil, err
	}
	held, err := tx.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if !agent.Active || !agent.Role.May(desk.MayAnswer) || presence.At(now) != desk.Online || held >= post.Capacity {
		return nil, errPassed
	}
	presence.AssignedAt = &now
	return agent, tx.SavePresence(ctx, presence, now)
}

// notice writes into the thread what the desk did by itself.
func notice(ctx context.Context, tx Tx, conv *desk.Conversation, key, text string, now time.Time) error {
	_, err := tx.AddMessage(ctx, &desk.Message{
		ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.BySystem,
		Kind: desk.KindNotice, Notice: key, Text: text, CreatedAt: now,
	})
	return err
}
