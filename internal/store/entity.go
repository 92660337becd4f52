package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/schema"

	"antena/internal/desk"
)

// entity is a shorter way for the rows that every message reads and writes. It
// takes table and columns from gorm's own schema, so both ways agree; what it
// leaves out is building the same statement again each time, and it updates only
// the columns that changed, which spares SQLite every index they are not in.
type entity struct {
	table   string
	columns []string
	indexes [][]int // of the fields
	json    []bool  // kept as JSON
	id      int     // position of the primary key
	created int     // position of created_at, or -1
	updated int     // position of updated_at, or -1
	list    string  // "a, b, c"
	insert  string  // up to the conflict clause
	numbers bool    // placeholders are $1, $2 instead of ?
}

// entities are those of one store.
type entities struct{ contact, conversation, message, turn, ticket, promise *entity }

func newEntities(numbers bool) (all entities, err error) {
	for _, e := range []struct {
		into  **entity
		model any
	}{{&all.contact, desk.Contact{}}, {&all.conversation, desk.Conversation{}}, {&all.message, desk.Message{}}, {&all.turn, desk.Turn{}}, {&all.ticket, desk.Ticket{}}, {&all.promise, desk.PromiseRecord{}}} {
		if *e.into, err = newEntity(e.model, numbers); err != nil {
			return all, err
		}
	}
	return all, nil
}

func newEntity(model any, numbers bool) (*entity, error) {
	parsed, err := schema.Parse(model, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		return nil, fmt.Errorf("reading the shape of %T: %w", model, err)
	}
	e := &entity{table: parsed.Table, created: -1, updated: -1, numbers: numbers}
	var marks []string
	for i, f := range parsed.Fields {
		e.columns = append(e.columns, f.DBName)
		e.indexes = append(e.indexes, f.StructField.Index)
		e.json = append(e.json, f.Serializer != nil)
		marks = append(marks, e.mark(i+1))
		switch f.DBName {
		case "id":
			e.id = i
		case "created_at":
			e.created = i
		case "updated_at":
			e.updated = i
		}
	}
	e.list = strings.Join(e.columns, ", ")
	e.insert = "insert into " + e.table + " (" + e.list + ") values (" + strings.Join(marks, ", ") + ")"
	return e, nil
}

// mark is the placeholder of the n-th value.
func (e *entity) mark(n int) string {
	if e.numbers {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// values are a row's, in the order of the columns.
func (e *entity) values(row reflect.Value) ([]any, error) {
	all := make([]any, len(e.columns))
	for i, index := range e.indexes {
		v := row.FieldByIndex(index)
		if !e.json[i] {
			all[i] = plain(v)
			continue
		}
		raw, err := json.Marshal(v.Interface())
		if err != nil {
			return nil, fmt.Errorf("writing %s.%s: %w", e.table, e.columns[i], err)
		}
		if string(raw) != "null" {
			all[i] = string(raw)
		}
	}
	return all, nil
}

// plain brings a field to one of the types databases know.
func plain(v reflect.Value) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return v.Int()
	}
	if id, ok := v.Interface().(uuid.UUID); ok {
		return id.String()
	}
	return v.Interface()
}

// targets are where a row's columns are scanned to.
func (e *entity) targets(row reflect.Value) []any {
	all := make([]any, len(e.columns))
	for i, index := range e.indexes {
		field := row.FieldByIndex(index).Addr().Interface()
		if e.json[i] {
			field = &jsonTarget{into: field}
		}
		all[i] = field
	}
	return all
}

// jsonTarget scans a JSON column.
type jsonTarget struct{ into any }

func (j *jsonTarget) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(v), j.into)
	case []byte:
		return json.Unmarshal(v, j.into)
	}
	return fmt.Errorf("a JSON column came as %T", value)
}

// find reads the rows that a condition selects; the condition writes its
// placeholders as ?, and may go on with an order, a limit and a lock.
func find[T any](ctx context.Context, conn reader, e *entity, where string, args ...any) (all []T, err error) {
	found, err := conn.query(ctx, e.sql(where), args...)
	if err != nil {
		return nil, err
	}
	err = closing(found, func(found rows) (err error) {
		all, err = scan[T](e, found)
		return err
	})
	return all, err
}

// sql is the statement that reads what a condition selects.
func (e *entity) sql(where string) string {
	return "select " + e.list + " from " + e.table + " where " + e.numbered(where)
}

func scan[T any](e *entity, found rows) (all []T, err error) {
	for found.Next() {
		var zero T
		all = append(all, zero)
		if err := found.Scan(e.targets(reflect.ValueOf(&all[len(all)-1]).Elem())...); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// addition is the statement that inserts a row.
func (e *entity) addition(row reflect.Value, now time.Time) (sql string, values []any, err error) {
	for _, i := range []int{e.created, e.updated} {
		if i >= 0 && row.FieldByIndex(e.indexes[i]).IsZero() {
			row.FieldByIndex(e.indexes[i]).Set(reflect.ValueOf(now))
		}
	}
	values, err = e.values(row)
	return e.insert, values, err
}

// one reads the only row that a condition selects.
func one[T any](ctx context.Context, conn reader, e *entity, where string, args ...any) (*T, error) {
	all, err := find[T](ctx, conn, e, where, args...)
	if err == nil && len(all) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// numbered writes the placeholders of a condition the database's way. Conditions
// are constants of this package and hold no question mark of another meaning.
func (e *entity) numbered(where string) string {
	if !e.numbers {
		return where
	}
	var out strings.Builder
	for n := 1; ; n++ {
		before, after, found := strings.Cut(where, "?")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		out.WriteString("$" + strconv.Itoa(n))
		where = after
	}
}

// update is the statement that writes the columns of a row that differ from those
// it had, and the time of the change unless the caller set one. It is empty when
// nothing differs.
func (e *entity) update(row reflect.Value, before []any, now time.Time) (sql string, args []any, err error) {
	values, err := e.values(row)
	if err != nil {
		return "", nil, err
	}
	var set []string
	change := func(i int) {
		args = append(args, values[i])
		set = append(set, e.columns[i]+" = "+e.mark(len(args)))
	}
	for i := range values {
		if i != e.id && i != e.created && i != e.updated && (before == nil || !equal(values[i], before[i])) {
			change(i)
		}
	}
	if e.updated >= 0 {
		given := before != nil && !equal(values[e.updated], before[e.updated])
		if !given && len(set) > 0 {
			row.FieldByIndex(e.indexes[e.updated]).Set(reflect.ValueOf(now))
			values[e.updated] = now
		}
		if given || len(set) > 0 {
			change(e.updated)
		}
	}
	if len(set) == 0 {
		return "", nil, nil
	}
	args = append(args, values[e.id])
	return "update " + e.table + " set " + strings.Join(set, ", ") + " where id = " + e.mark(len(args)), args, nil
}

func equal(a, b any) bool {
	if at, ok := a.(time.Time); ok {
		bt, ok := b.(time.Time)
		return ok && at.Equal(bt)
	}
	return a == b
}
