package agents

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// takes reports whether conversations may be put into a team's queue.
func (d *Desk) takes(team desk.Team) bool {
	if d.Teams == nil {
		return team.Valid()
	}
	return d.Teams(team)
}

// passed is the note with which a conversation is passed on; nil when nothing was
// written.
func passed(by desk.Agent, note string, now time.Time) (*desk.PassedNote, error) {
	text, err := words(note, maxNote)
	if errors.Is(err, desk.ErrEmptyText) {
		return nil, nil //nolint:nilnil // no note is no failure
	}
	if err != nil {
		return nil, err
	}
	return &desk.PassedNote{By: by.Name, Text: text, At: now}, nil
}

// keepPassed leaves the note in the thread as well, where it stays.
func keepPassed(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, note *desk.PassedNote, now time.Time) error {
	if note == nil {
		return nil
	}
	return addNote(ctx, tx, conv, by, uuid.Nil, note.Text, now)
}

// passTo gives a conversation to an agent; what another note said is over.
func passTo(conv *desk.Conversation, to desk.Actor, note *desk.PassedNote, now time.Time) error {
	h := conv.PassOn(note, now)
	if before := conv.Handoff; before != nil {
		h.Reason, h.At = before.Reason, before.At
	}
	if err := conv.Claim(to, true); err != nil {
		return err
	}
	if conv.Handoff != nil || note != nil {
		conv.Handoff = &h
	}
	return nil
}
