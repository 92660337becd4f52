package agents

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TagTx is what tags and fields need of a transaction.
type TagTx interface {
	TagNamed(ctx context.Context, fresh *desk.Tag) (*desk.Tag, error)
	PutTag(ctx context.Context, kind desk.Subject, id, tag uuid.UUID) (bool, error)
	DropTag(ctx context.Context, kind desk.Subject, id, tag uuid.UUID) (bool, error)
	LockTag(ctx context.Context, id uuid.UUID) (*desk.Tag, error)
	SaveTag(ctx context.Context, tag *desk.Tag) error
	MergeTags(ctx context.Context, from, into uuid.UUID) error
	DeleteTag(ctx context.Context, id uuid.UUID) error
	Fields(ctx context.Context) ([]desk.CustomField, error)
	AddField(ctx context.Context, f *desk.CustomField) error
	LockField(ctx context.Context, id uuid.UUID) (*desk.CustomField, error)
	SaveField(ctx context.Context, f *desk.CustomField) error
}

// Tag puts a tag on a ticket or conversation. A tag nobody has made yet is made.
func (d *Desk) Tag(ctx context.Context, by desk.Agent, kind desk.Subject, id uuid.UUID, name string) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	now := d.Now()
	fresh, err := desk.NewTag(name, by.Actor().AgentID(), now)
	if err != nil {
		return err
	}
	err = d.Store.InTx(ctx, func(tx Tx) error {
		t, err := tagged(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		tag, err := tx.TagNamed(ctx, fresh)
		if err != nil {
			return err
		}
		put, err := tx.PutTag(ctx, kind, id, tag.ID)
		if err != nil || !put || t == nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lineOf(t, by, "tag", "", tag.Name, now))
	})
	if err != nil {
		return fmt.Errorf("tag %s %s: %w", kind, id, err)
	}
	return nil
}

// Untag takes a tag off.
func (d *Desk) Untag(ctx context.Context, by desk.Agent, kind desk.Subject, id, tag uuid.UUID) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		t, err := tagged(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		known, err := tx.LockTag(ctx, tag)
		if err != nil {
			return err
		}
		was, err := tx.DropTag(ctx, kind, id, tag)
		if err != nil || !was || t == nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lineOf(t, by, "tag", known.Name, "", d.Now()))
	})
	if err != nil {
		return fmt.Errorf("untag %s %s: %w", kind, id, err)
	}
	return nil
}

// tagged holds what is tagged, and returns it if it is a ticket.
func tagged(ctx context.Context, tx Tx, kind desk.Subject, id uuid.UUID) (*desk.Ticket, error) {
	switch kind {
	case desk.SubjectTicket:
		t, err := tx.LockTicket(ctx, id)
		if err == nil && t.MergedInto != nil {
			err = desk.ErrMerged
		}
		return t, err
	case desk.SubjectConversation:
		_, err := tx.LockConversation(ctx, id)
		return nil, err
	}
	return nil, desk.ErrInvalid.For("kind")
}

// ChangeTag gives a tag another name or colour.
func (d *Desk) ChangeTag(ctx context.Context, by desk.Agent, tag uuid.UUID, name string, hue int) error {
	return d.onTag(ctx, by, tag, func(tx Tx, t *desk.Tag) error {
		if hue < 0 || hue >= desk.TagHues {
			return desk.ErrInvalid.For("hue")
		}
		if err := t.Rename(name, d.Now()); err != nil {
			return err
		}
		t.Hue = hue
		err := tx.SaveTag(ctx, t)
		if errors.Is(err, desk.ErrDuplicate) {
			return desk.ErrDuplicate.For("tag")
		}
		return err
	})
}

// DeleteTag removes a tag from everywhere.
func (d *Desk) DeleteTag(ctx context.Context, by desk.Agent, tag uuid.UUID) error {
	return d.onTag(ctx, by, tag, func(tx Tx, t *desk.Tag) error { return tx.DeleteTag(ctx, t.ID) })
}

// MergeTags puts one tag wherever another is, which goes.
func (d *Desk) MergeTags(ctx context.Context, by desk.Agent, from, into uuid.UUID) error {
	if from == into {
		return desk.ErrInvalid.For("into")
	}
	first, second := from, into // one order for all
	if slices.Compare(first[:], second[:]) > 0 {
		first, second = second, first
	}
	return d.onTag(ctx, by, first, func(tx Tx, _ *desk.Tag) error {
		if _, err := tx.LockTag(ctx, second); err != nil {
			return err
		}
		return tx.MergeTags(ctx, from, into)
	})
}

// onTag runs a change of a tag, its row held.
func (d *Desk) onTag(ctx context.Context, by desk.Agent, tag uuid.UUID, change func(Tx, *desk.Tag) error) error {
	if err := mayTicket(by, desk.MayAdminister); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTag(ctx, tag)
		if err != nil {
			return err
		}
		return change(tx, t)
	})
	if err != nil {
		return fmt.Errorf("tag %s: %w", tag, err)
	}
	return nil
}
