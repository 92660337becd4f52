package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// locking holds a row until the end of the transaction without keeping others
// from inserting rows that refer to it. SQLite needs none: it has one writer.
var locking = clause.Locking{Strength: "NO KEY UPDATE"}

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

// lock reads a row by its id and holds it.
func lock[T any](ctx context.Context, t *Tx, what string, id uuid.UUID) (*T, error) {
	var row T
	if err := t.in(ctx).Clauses(locking).Take(&row, "id = ?", id).Error; err != nil {
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
