package store_test

import (
	"fmt"
	"testing"

	"antena/internal/store"
	"antena/internal/store/storetest"
)

// Kept statements must not be shared by two that read at once, survive failures
// and changes of the schema, and be given up when there are many.
func TestStatements(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	conn, err := store.SQL(s).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	exec := func(sql string, args ...any) error { _, err := conn.ExecContext(t.Context(), sql, args...); return err }
	if err := exec("create table pairs (a integer primary key, b text)"); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := exec("insert into pairs (a, b) values (?, ?)", i, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := exec("insert into pairs (a, b) values (?, ?)", 1, "again"); err == nil {
		t.Error("a double key was taken")
	}
	if err := exec("insert into pairs (a, b) values (?, ?)", 3, "3"); err != nil {
		t.Errorf("after a failure: %v", err)
	}

	const all = "select a from pairs order by a"
	read := func(stop int) (got string) {
		rows, err := conn.QueryContext(t.Context(), all)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() && stop != 0 {
			var a int
			if err := rows.Scan(&a); err != nil {
				t.Fatal(err)
			}
			got += fmt.Sprint(a)
			stop--
		}
		return got
	}
	outer, err := conn.QueryContext(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	outer.Next()
	if got := read(-1); got != "0123" {
		t.Errorf("inside another read: %s", got)
	}
	rest := 0
	for outer.Next() {
		rest++
	}
	outer.Close()
	if rest != 3 {
		t.Errorf("the outer read went on for %d rows, want 3", rest)
	}
	if got := read(2) + read(-1); got != "010123" {
		t.Errorf("after a read that was given up: %s", got)
	}
	if err := exec("alter table pairs add column c text default 'c'"); err != nil {
		t.Fatal(err)
	}
	if got := read(-1); got != "0123" {
		t.Errorf("after a change of the schema: %s", got)
	}
	for i := range 700 {
		if err := exec(fmt.Sprintf("update pairs set b = 'x' where a = %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := exec("insert into pairs (a) values (10); insert into pairs (a) values (11)"); err != nil || read(-1) != "01231011" {
		t.Errorf("two statements in one: %v, %s", err, read(-1))
	}
}
