package agents

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// StepError says at which step a macro could not be done. Nothing of it was.
type StepError struct {
	At   int // from 0
	Step desk.Step
	Err  error
}

func (e *StepError) Error() string { return fmt.Sprintf("step %d (%s): %v", e.At+1, e.Step.Do, e.Err) }

func (e *StepError) Unwrap() error { return e.Err }

// SaveMacro adds a macro, or changes the one with its id. Whose it is does not change.
func (d *Desk) SaveMacro(ctx context.Context, by desk.Agent, m desk.Macro, shared bool) error {
	m.Name = clean(m.Name)
	for i := range m.Steps {
		m.Steps[i].Text = clean(m.Steps[i].Text)
	}
	if err := m.Check(); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		now := d.Now()
		if m.ID != uuid.Nil {
			old, err := tx.LockMacro(ctx, m.ID)
			if err != nil {
				return err
			}
			if err := mayKeep(by, old.AgentID); err != nil {
				return err
			}
			old.Name, old.Steps, old.UpdatedAt = m.Name, m.Steps, now
			return tx.SaveMacro(ctx, old)
		}
		fresh := desk.Macro{ID: desk.NewID(), AgentID: owner(by, shared), Name: m.Name, Steps: m.Steps, CreatedAt: now, UpdatedAt: now}
		if err := mayKeep(by, fresh.AgentID); err != nil {
			return err
		}
		all, err := tx.Macros(ctx, by.ID)
		if err != nil {
			return err
		}
		if full(all, func(m *desk.Macro) *uuid.UUID { return m.AgentID }, shared, desk.MaxMacros) {
			return desk.ErrFull
		}
		return tx.AddMacro(ctx, &fresh)
	})
	if errors.Is(err, desk.ErrDuplicate) {
		return desk.ErrDuplicate.For("name")
	}
	if err != nil {
		return fmt.Errorf("keep a macro: %w", err)
	}
	return nil
}

// DeleteMacro removes a macro.
func (d *Desk) DeleteMacro(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	err := d.Store.InTx(ctx, func(tx Tx) error {
		old, err := tx.LockMacro(ctx, id)
		if err != nil {
			return err
		}
		if err := mayKeep(by, old.AgentID); err != nil {
			return err
		}
		return tx.DeleteMacro(ctx, id)
	})
	if err != nil {
		return fmt.Errorf("delete a macro: %w", err)
	}
	return nil
}

// within makes the verbs of a macro one transaction.
type within struct{ tx Tx }

// InTx implements Store.
func (w within) InTx(_ context.Context, fn func(Tx) error) error { return fn(w.tx) }

// RunMacro does all steps of a macro in a conversation, each by its own verb with
// its own checks, or none of them: then the failure is a *StepError. The id, made
// by the browser, keeps a repeated request from replying twice.
func (d *Desk) RunMacro(ctx context.Context, by desk.Agent, conversation, macro, id uuid.UUID) (*desk.Macro, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return nil, desk.ErrForbidden
	}
	var m *desk.Macro
	err := d.Store.InTx(ctx, func(tx Tx) (err error) {
		conv, err := tx.LockConversation(ctx, conversation) // before the macro: the order all verbs lock in
		if err != nil {
			return err
		}
		if sent, err := tx.Drafted(ctx, conv.ID, draftKey(id)); err != nil || sent {
			return err
		}
		if m, err = tx.LockMacro(ctx, macro); err != nil {
			return err
		}
		if m.AgentID != nil && *m.AgentID != by.ID {
			return desk.ErrNotFound
		}
		if err := ran(ctx, tx, conv, by, m, id, d.Now()); err != nil {
			return err
		}
		inner := New(d.Deps)
		inner.Store = within{tx}
		for i, step := range m.Steps {
			if err := inner.step(ctx, tx, by, conv, step, uuid.NewSHA1(id, []byte{byte(i)})); err != nil {
				return &StepError{At: i, Step: step, Err: err}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("run a macro in %s: %w", conversation, err)
	}
	return m, nil
}

// ran writes into the thread which macro is run, under the browser's id.
func ran(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, m *desk.Macro, id uuid.UUID, now time.Time) error {
	_, err := tx.AddMessage(ctx, &desk.Message{
		ID: desk.NewID(), DraftID: draftKey(id), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.ByAgent,
		AgentID: by.Actor().AgentID(), Kind: desk.KindNotice, Notice: "macro", Text: m.Name, CreatedAt: now,
	})
	return err
}

func (d *Desk) step(ctx context.Context, tx Tx, by desk.Agent, conv *desk.Conversation, s desk.Step, id uuid.UUID) error {
	switch s.Do {
	case desk.StepReply, desk.StepNote:
		text, err := d.wordsOf(ctx, tx, by, conv, s.Text)
		if err != nil {
			return err
		}
		if s.Do == desk.StepNote {
			return d.Note(ctx, by, conv.ID, id, text)
		}
		_, err = d.reply(ctx, by, conv.ID, Draft{ID: id, Text: text, Hold: desk.UndoTime})
		return err
	case desk.StepPriority:
		return d.Prioritize(ctx, by, conv.ID, s.Priority)
	case desk.StepEnqueue:
		return d.Enqueue(ctx, by, conv.ID, s.Team, "")
	case desk.StepSnooze:
		return d.Snooze(ctx, by, conv.ID, d.Now().Add(time.Duration(s.Hours)*time.Hour))
	case desk.StepResolve:
		return d.Resolve(ctx, by, conv.ID, s.Text)
	case desk.StepGiveBack:
		return d.GiveBack(ctx, by, conv.ID)
	}
	return desk.ErrInvalid.For("step")
}

// Prioritize changes how urgent a conversation and its live tickets are.
func (d *Desk) Prioritize(ctx context.Context, by desk.Agent, conversation uuid.UUID, priority desk.Priority) error {
	if !priority.Valid() {
		return desk.ErrInvalid.For("priority")
	}
	return d.held(ctx, by, desk.MayAnswer, conversation, func(tx Tx, conv *desk.Conversation, now time.Time) error {
		if conv.Owner == desk.OwnerAgent && !conv.HeldBy(by.Actor()) && !by.Role.May(desk.MayReassign) {
			return desk.ErrNotHolder
		}
		if conv.State == desk.ConversationClosed {
			return desk.ErrTransition
		}
		if conv.Priority == priority {
			return nil
		}
		conv.Priority = priority
		if conv.Handoff != nil {
			h := *conv.Handoff
			h.Priority = priority
			conv.Handoff = &h
		}
		tickets, err := tx.LiveTickets(ctx, conv.ID)
		if err != nil {
			return err
		}
		for i := range tickets {
			set := func(t *desk.Ticket) error {
				t.Priority = priority
				return nil
			}
			if err := d.changeTicket(ctx, tx, by, tickets[i].ID, "priority", "", set); err != nil {
				return err
			}
		}
		return notice(ctx, tx, conv, by, "prioritized", string(priority), now)
	})
}
