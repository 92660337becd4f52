package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"antena/internal/desk"
	"antena/internal/pgtmp"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// PostgreSQL goes away and comes back: meanwhile everything is unavailable, and
// afterwards everything works, changes of other replicas included.
func TestAway_PostgresComesBack(t *testing.T) {
	t.Parallel()
	server := pgtmp.New(t)
	url := storetest.HalfHour(server.Database(t))
	var mu sync.Mutex
	heard := map[desk.Change]bool{}
	a := storetest.OpenWith(t, store.Options{URL: url, MaxConns: 4, Publish: func(c desk.Change) { mu.Lock(); heard[c] = true; mu.Unlock() }})
	b := storetest.OpenWith(t, store.Options{URL: url, MaxConns: 4})
	hears := func(what string) {
		t.Helper()
		c := desk.Change{Topic: desk.TopicTicket, ID: desk.NewID()}
		eventually(t, what, func() bool {
			if err := b.InTx(t.Context(), func(tx *store.Tx) error { tx.Touch(c); return nil }); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			return heard[c]
		})
	}
	hears("a replica hears another")
	conversation := aConversation(t, a)

	server.Stop(t)
	write := func() error {
		return a.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.LockConversation(t.Context(), conversation.ID)
			return err
		})
	}
	_, errScene := a.Scene(t.Context(), conversation.ID)
	_, errList := a.Conversations(t.Context(), desk.ConversationFilter{})
	for what, err := range map[string]error{"ping": a.Ping(t.Context()), "write": write(), "write again": write(), "scene": errScene, "list": errList} {
		if !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("%s while the database is away: %v", what, err)
		}
	}

	server.Start(t)
	eventually(t, "it works again", func() bool { return write() == nil && a.Ping(t.Context()) == nil })
	must[*desk.Scene](t)(a.Scene(t.Context(), conversation.ID))
	hears("a replica hears another again")
	mu.Lock()
	defer mu.Unlock()
	if !heard[desk.Change{Topic: desk.TopicConversation}] {
		t.Error("nobody was told to read again what changed meanwhile")
	}
}

// A replica hears the changes of others once, and its own only directly.
func TestNotify_ReplicasHearEachOther(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, storetest.Postgres)
	var mu sync.Mutex
	counts := [2]map[desk.Change]int{{}, {}}
	var stores [2]*store.Store
	for i := range stores {
		own := o
		own.Publish = func(c desk.Change) { mu.Lock(); counts[i][c]++; mu.Unlock() }
		stores[i] = storetest.OpenWith(t, own)
	}
	conversation := aConversation(t, stores[0])
	change := desk.Change{Topic: desk.TopicConversation, ID: conversation.ID}
	touch := func(c desk.Change) {
		do(t, stores[0], func(_ context.Context, tx *store.Tx) error { tx.Touch(c); return nil })
	}
	eventually(t, "the other hears", func() bool { touch(change); mu.Lock(); defer mu.Unlock(); return counts[1][change] > 0 })
	mu.Lock()
	own, others := counts[0][change], counts[1][change]
	mu.Unlock()
	if others > own {
		t.Errorf("told %d times, the other heard %d", own, others)
	}
	for range 500 { // more than one notification holds
		touch(desk.Change{Topic: desk.TopicAlert, ID: desk.NewID()})
	}
	eventually(t, "the other hears all", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(counts[1]) >= 501 || counts[1][desk.Change{Topic: desk.TopicAlert}] > 0
	})
}

// A full disk is a database that is away, and comes back when there is room.
func TestAway_FullDisk(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	c := aConversation(t, s)
	if _, err := store.SQL(s).ExecContext(t.Context(), "pragma max_page_count = 1"); err != nil { // no less than there are
		t.Fatal(err)
	}
	fill := func() error {
		return s.InTx(t.Context(), func(tx *store.Tx) error {
			m := aMessage(c, desk.Inbound, strings.Repeat("x", 1<<16))
			_, err := tx.AddMessage(t.Context(), &m)
			return err
		})
	}
	var err error
	for range 50 {
		if err = fill(); err != nil {
			break
		}
	}
	if !errors.Is(err, desk.ErrUnavailable) {
		t.Fatalf("a full disk answered %v", err)
	}
	must[*desk.Scene](t)(s.Scene(t.Context(), c.ID))
	if _, err := store.SQL(s).ExecContext(t.Context(), "pragma max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if err := fill(); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
