package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// searchOverlap is how far before its mark indexing looks again: ids are made a
// little before what they name is committed, and the clocks of replicas differ.
const searchOverlap = 30 * time.Second

type searchMark struct {
	Reached uuid.UUID
	Version int
}

// SearchPending returns what is to be indexed next: what changed since it was, else
// what came after, oldest first. A version other than the last one's begins anew.
// Several replicas may ask and index at once; the result is the same.
func (s *Store) SearchPending(ctx context.Context, kind desk.SearchKind, version, limit int) ([]desk.Searchable, error) {
	mark, err := s.searchMark(ctx, kind, version)
	if err != nil {
		return nil, err
	}
	t := searchTables[kind]
	var found []desk.Searchable
	err = s.reading(ctx).Raw("select search_again.id, "+t.columns+" from search_again left join "+t.source+" as source on source.id = search_again.id where search_again.kind = ? limit ?",
		kind, limit).Scan(&found).Error
	if err != nil || len(found) > 0 {
		return found, wrap("finding what changed", err)
	}
	after := uuid.Nil
	if mark.Reached != uuid.Nil {
		after = bornAt(idTime(mark.Reached).Add(-searchOverlap))
	}
	err = s.reading(ctx).Raw("select source.id, "+t.columns+" from "+t.source+" as source where source.id > ?"+t.only+
		" and not exists (select 1 from "+t.table+" as d where d."+t.key+" = source.id) order by source.id limit ?", after, limit).Scan(&found).Error
	return found, wrap("finding what is to be indexed", err)
}

// searchMark returns how far a kind is indexed.
func (s *Store) searchMark(ctx context.Context, kind desk.SearchKind, version int) (searchMark, error) {
	var marks []searchMark
	if err := s.reading(ctx).Raw("select reached, version from search_marks where kind = ?", kind).Scan(&marks).Error; err != nil {
		return searchMark{}, wrap("reading how far the index is", err)
	}
	if len(marks) > 0 && marks[0].Version == version {
		return marks[0], nil
	}
	return searchMark{Version: version}, s.ForgetSearch(ctx, kind, version)
}

// ForgetSearch empties the index of a kind, which is then built anew.
func (s *Store) ForgetSearch(ctx context.Context, kind desk.SearchKind, version int) error {
	t := searchTables[kind]
	return s.InTx(ctx, func(tx *Tx) error {
		clear := []statement{{"delete from " + t.table, nil}}
		if s.sqlite() { // quicker than row by row through the trigger, which then finds nothing
			clear = []statement{{fmt.Sprintf("insert into %s (%s) values ('delete-all')", t.words, t.words), nil}, clear[0]}
		}
		return tx.each(ctx, "emptying the index", append(clear, statement{"delete from search_again where kind = ?", []any{kind}}, markStatement(kind, uuid.Nil, version))...)
	})
}

func markStatement(kind desk.SearchKind, reached uuid.UUID, version int) statement {
	return statement{`insert into search_marks (kind, reached, version) values (?, ?, ?)
		on conflict (kind) do update set reached = excluded.reached, version = excluded.version`, []any{kind, reached, version}}
}

// SearchIndex keeps the words of what SearchPending returned, in its order. What has
// gone meanwhile, or has no words, is not found any more.
func (s *Store) SearchIndex(ctx context.Context, kind desk.SearchKind, version int, documents []desk.SearchDocument) error {
	if len(documents) == 0 {
		return nil
	}
	return s.InWork(ctx, func(tx *Tx) error {
		keep := tx.indexPostgres
		if s.sqlite() {
			keep = tx.indexLite
		}
		t := searchTables[kind]
		done := make([]uuid.UUID, len(documents))
		var full []desk.SearchDocument
		var empty []uuid.UUID
		for i, d := range documents {
			if done[i] = d.ID; len(d.Words) == 0 {
				empty = append(empty, d.ID)
			} else {
				full = append(full, d)
			}
		}
		if err := keep(ctx, t, full); err != nil {
			return err
		}
		if len(empty) > 0 {
			if err := tx.each(ctx, "forgetting words", statement{"delete from " + t.table + " where ?", []any{tx.among(t.key, empty)}}); err != nil {
				return err
			}
		}
		result := tx.in(ctx).Exec("delete from search_again where kind = ? and ?", kind, tx.among("id", done))
		if result.Error != nil {
			return tx.fail("noting what is indexed", result.Error)
		}
		if result.RowsAffected > 0 {
			return nil // these lie behind the mark
		}
		m := markStatement(kind, done[len(done)-1], version)
		m.sql += " where search_marks.reached < excluded.reached and search_marks.version = excluded.version"
		return tx.each(ctx, "noting what is indexed", m)
	})
}

func (t *Tx) indexLite(ctx context.Context, to searchTable, documents []desk.SearchDocument) error {
	ctx, err := t.ready(ctx)
	if err != nil {
		return err
	}
	for _, d := range documents {
		id := d.ID.String()
		_, err := t.lite.ExecContext(ctx, fmt.Sprintf("insert into %s (%s) select id from %s where id = ? on conflict do nothing", to.table, to.key, to.source), id)
		if err != nil {
			return t.fail("indexing", err)
		}
		var n int64
		if err := t.lite.QueryRowContext(ctx, fmt.Sprintf("select n from %s where %s = ?", to.table, to.key), id).Scan(&n); err != nil {
			if err = failure(err); errors.Is(err, desk.ErrNotFound) {
				continue // it has gone
			}
			return t.fail("indexing", err)
		}
		if _, err := t.lite.ExecContext(ctx, fmt.Sprintf("insert or replace into %s (rowid, words) values (?, ?)", to.words), n, strings.Join(d.Words, " ")); err != nil {
			return t.fail("indexing", err)
		}
	}
	return nil
}

func (t *Tx) indexPostgres(ctx context.Context, to searchTable, documents []desk.SearchDocument) error {
	if len(documents) == 0 {
		return nil
	}
	known, texts := make([]string, len(documents)), make([]string, len(documents))
	for i, d := range documents {
		known[i], texts[i] = d.ID.String(), strings.Join(d.Words, " ")
	}
	return t.fail("indexing", t.in(ctx).Exec(fmt.Sprintf(`insert into %s (%s, words)
		select source.id, array_to_tsvector(string_to_array(d.words, ' ')) from unnest(cast(? as uuid[]), string_to_array(cast(? as text), chr(10))) with ordinality as d(id, words, place)
		join %s as source on source.id = d.id order by d.place
		on conflict (%s) do update set words = excluded.words`, to.table, to.key, to.source, to.key),
		"{"+strings.Join(known, ",")+"}", strings.Join(texts, "\n")).Error)
}

// SearchBehind reports whether there is a message from before a time that is not indexed yet.
func (s *Store) SearchBehind(ctx context.Context, before time.Time) (bool, error) {
	reached, err := ids(s.reading(ctx).Raw("select reached from search_marks where kind = ?", desk.SearchMessage))
	if err != nil {
		return false, wrap("reading how far the index is", err)
	}
	found, err := ids(s.reading(ctx).Raw("select source.id from messages as source where source.id > ? and source.id < ?"+searchTables[desk.SearchMessage].only+" limit 1",
		append(reached, uuid.Nil)[0], bornAt(before)))
	return len(found) > 0, wrap("reading how far the index is", err)
}

// idTime is when an id was made.
func idTime(id uuid.UUID) time.Time {
	return time.UnixMilli(int64(binary.BigEndian.Uint64(id[:8]) >> 16)).UTC()
}

// findLate has a message indexed that is told long after it was written: its id lies
// behind the mark, as those of a phone app's history do.
func (t *Tx) findLate(ctx context.Context, m *desk.Message) error {
	if m.Text == "" || m.Kind == desk.KindNotice || m.Kind == desk.KindReaction || idTime(m.ID).After(t.s.now().Add(-searchOverlap/2)) {
		return nil
	}
	return t.each(ctx, "noting a message to be indexed", statement{
		"insert into search_again (kind, id) values (?, ?) on conflict do nothing", []any{desk.SearchMessage, m.ID},
	})
}
