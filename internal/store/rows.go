package store

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// among is the condition that a column is one of some ids. The ids are one value,
// so that the statement is the same, and prepared once, for any number of them.
func among(column string, sqlite bool, ids []uuid.UUID) clause.Expr {
	if sqlite {
		raw, _ := json.Marshal(ids) // cannot fail: ids are text
		return gorm.Expr(column+" in (select value from json_each(?))", string(raw))
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	return gorm.Expr(column+" = any(?::uuid[])", "{"+strings.Join(words, ",")+"}")
}

func (t *Tx) among(column string, ids []uuid.UUID) clause.Expr {
	return among(column, t.s.sqlite(), ids)
}

// ready says with which context the transaction's connection may be used, see in.
func (t *Tx) ready(ctx context.Context) (context.Context, error) {
	if t.lite == nil {
		return ctx, ctx.Err()
	}
	return context.WithoutCancel(ctx), ctx.Err()
}

// hold reads the rows that a condition selects and remembers what they were, so
// that saving one writes what has changed.
func hold[T any](ctx context.Context, t *Tx, e *entity, where string, args ...any) ([]T, error) {
	ctx, err := t.ready(ctx)
	if err != nil {
		return nil, err
	}
	all, err := find[T](ctx, t.quick, e, where, args...)
	for i := range all {
		if err == nil {
			err = t.remember(e, reflect.ValueOf(&all[i]).Elem())
		}
	}
	return all, err
}

func (t *Tx) remember(e *entity, row reflect.Value) error {
	values, err := e.values(row)
	if err != nil {
		return err
	}
	if t.held == nil {
		t.held = map[heldKey][]any{}
	}
	t.held[heldKey{e.table, values[e.id].(string)}] = values
	return nil
}

// heldKey names a row.
type heldKey struct{ table, id string }

// holdOne is hold for a row that must be there.
func holdOne[T any](ctx context.Context, t *Tx, e *entity, what, where string, args ...any) (*T, error) {
	all, err := hold[T](ctx, t, e, where, args...)
	if err == nil && len(all) == 0 {
		err = desk.ErrNotFound
	}
	if err != nil {
		return nil, t.fail(what, err)
	}
	return &all[0], nil
}

// keep writes what has changed of a row that exists.
func keep[T any](ctx context.Context, t *Tx, e *entity, what string, row *T) error {
	ctx, err := t.ready(ctx)
	if err != nil {
		return t.fail("saving "+what, err)
	}
	v := reflect.ValueOf(row).Elem()
	id := v.FieldByIndex(e.indexes[e.id]).Interface().(uuid.UUID).String()
	before := t.held[heldKey{e.table, id}]
	sql, args, err := e.update(v, before, t.s.now())
	switch {
	case err != nil || sql == "":
	case before != nil:
		err = t.quick.later(ctx, "saving "+what, sql, args...)
	default: // not read in this transaction, so perhaps not there
		var count int64
		if count, err = t.quick.exec(ctx, sql, args...); err == nil && count == 0 {
			err = desk.ErrNotFound
		}
	}
	if err == nil {
		err = t.remember(e, v)
	}
	return t.fail("saving "+what, err)
}

// insert adds a row and reports whether it was added; conflict is what to do when
// it is there already. Without one nobody needs the answer.
func insert[T any](ctx context.Context, t *Tx, e *entity, what string, row *T, conflict string) (added bool, err error) {
	ctx, err = t.ready(ctx)
	if err != nil {
		return false, t.fail("adding "+what, err)
	}
	v := reflect.ValueOf(row).Elem()
	sql, values, err := e.addition(v, t.s.now())
	switch {
	case err != nil:
	case conflict == "":
		added, err = true, t.quick.later(ctx, "adding "+what, sql, values...)
	default:
		var count int64
		count, err = t.quick.exec(ctx, sql+conflict, values...)
		added = count > 0
	}
	if err == nil && added {
		err = t.remember(e, v)
	}
	return added, t.fail("adding "+what, err)
}

// locked ends a condition whose rows are held until the end of the transaction.
func (t *Tx) locked(where string) string {
	if t.lite != nil {
		return where
	}
	return where + " for no key update"
}

// lock reads a row by its id and holds it.
func lock[T any](ctx context.Context, t *Tx, what string, id uuid.UUID) (*T, error) {
	var row T
	if err := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&row, "id = ?", id).Error; err != nil {
		return nil, t.fail("locking "+what+" "+id.String(), err)
	}
	return &row, nil
}

// save writes every column of a row that exists.
func save[T any](ctx context.Context, t *Tx, what string, row *T) error {
	result := t.in(ctx).Select("*").Omit("created_at").Updates(row)
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = desk.ErrNotFound
	}
	return t.fail("saving "+what, result.Error)
}

// add inserts rows.
func add[T any](ctx context.Context, t *Tx, what string, rows *T) error {
	return t.fail("adding "+what, t.in(ctx).Create(rows).Error)
}

// read reads one row outside of a transaction.
func read[T any](ctx context.Context, s *Store, e *entity, what, where string, args ...any) (*T, error) {
	row, err := one[T](ctx, s.quick, e, where, args...)
	return row, wrap(what, err)
}

// take reads one row by its id.
func take[T any](ctx context.Context, db *gorm.DB, what string, id uuid.UUID) (*T, error) {
	var row T
	if err := db.Take(&row, "id = ?", id).Error; err != nil {
		return nil, wrap("reading "+what+" "+id.String(), err)
	}
	return &row, nil
}

// ids reads a query's only column.
func ids(query *gorm.DB) ([]uuid.UUID, error) {
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
