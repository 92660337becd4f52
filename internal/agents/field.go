package agents

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TicketFields sets values of custom fields; an empty one takes the value away. What
// is not named stays as it is.
func (d *Desk) TicketFields(ctx context.Context, by desk.Agent, ticket uuid.UUID, given map[string]string) error {
	if err := mayTicket(by, desk.MayAnswer); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		fields, err := tx.Fields(ctx)
		if err != nil {
			return err
		}
		t, err := tx.LockTicket(ctx, ticket)
		if err != nil {
			return err
		}
		if t.MergedInto != nil {
			return desk.ErrMerged
		}
		values, lines, now := map[string]string{}, []desk.TicketEvent(nil), d.Now()
		maps.Copy(values, t.Fields)
		for _, name := range slices.Sorted(maps.Keys(given)) {
			i := slices.IndexFunc(fields, func(f desk.CustomField) bool { return f.Active && f.Name == name })
			if i < 0 {
				return desk.ErrInvalid.For(name)
			}
			value, err := fields[i].Parse(given[name])
			if err != nil {
				return err
			}
			if values[name] == value {
				continue
			}
			line := lineOf(t, by, "field", values[name], value, now)
			line.Note = fields[i].Names.In(by.Language)
			lines = append(lines, line)
			if values[name] = value; value == "" {
				delete(values, name)
			}
		}
		if len(lines) == 0 {
			return nil
		}
		t.Fields, t.UpdatedAt = values, now
		if err := tx.SaveTicket(ctx, t); err != nil {
			return err
		}
		return tx.AddTicketEvents(ctx, lines...)
	})
	if err != nil {
		return fmt.Errorf("fields of ticket %s: %w", ticket, err)
	}
	return nil
}

// DefineField makes a custom field, or changes one that has an id. Name and kind stay
// what they were: there are values of them.
func (d *Desk) DefineField(ctx context.Context, by desk.Agent, f desk.CustomField) error {
	if err := mayTicket(by, desk.MayAdminister); err != nil {
		return err
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		now := d.Now()
		if f.ID == uuid.Nil {
			f.ID, f.Active, f.CreatedAt, f.UpdatedAt = desk.NewID(), true, now, now
			if err := f.Check(); err != nil {
				return err
			}
			return tx.AddField(ctx, &f)
		}
		old, err := tx.LockField(ctx, f.ID)
		if err != nil {
			return err
		}
		f.Name, f.Kind, f.CreatedAt, f.UpdatedAt = old.Name, old.Kind, old.CreatedAt, now
		if err := f.Check(); err != nil {
			return err
		}
		return tx.SaveField(ctx, &f)
	})
	if errors.Is(err, desk.ErrDuplicate) {
		return desk.ErrDuplicate.For("name")
	}
	if err != nil {
		return fmt.Errorf("define a field: %w", err)
	}
	return nil
}
