package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// busy holds the writer until it is let go, so that what is begun meanwhile forms
// one group.
func busy(t *testing.T, s *store.Store) (letGo func() error) {
	t.Helper()
	holds, end, answer := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		answer <- s.InTx(context.Background(), func(*store.Tx) error { close(holds); <-end; return nil })
	}()
	<-holds
	return func() error { close(end); return <-answer }
}

// A closure that fails, panics or ends its goroutine takes only itself out of its
// group.
func TestGroup_FailureOfOneLeavesItsNeighbours(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	no := errors.New("no")
	ways := []func() error{
		func() error { return nil },
		func() error { return no },
		func() error { panic("oops") },
		func() error { runtime.Goexit(); return nil },
	}
	letGo := busy(t, s)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			defer func() {
				if v := recover(); (v != nil) != (i%4 == 2) {
					t.Errorf("%d panicked with %v", i, v)
				}
			}()
			err := s.InTx(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetSetting(t.Context(), fmt.Sprint(i), i); err != nil {
					return err
				}
				return ways[i%4]()
			})
			if want := []error{nil, no}[i%2]; !errors.Is(err, want) {
				t.Errorf("%d answered %v, want %v", i, err, want)
			}
		})
	}
	if err := letGo(); err != nil {
		t.Error(err)
	}
	all.Wait()
	for i := range 40 {
		var got int
		err := s.Setting(t.Context(), fmt.Sprint(i), &got)
		if i%4 == 0 && (err != nil || got != i) {
			t.Errorf("%d was lost: %v", i, err)
		}
		if i%4 != 0 && !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("%d was kept although it failed: %v", i, err)
		}
	}
}

// Nobody is answered before the commit: when it fails, everyone in the group fails,
// and what was answered is kept.
func TestGroup_FailedCommitFailsEveryone(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, storetest.SQLite)
	// A deferred foreign key is looked at by the commit and not before.
	storetest.Exec(t, o, "create table parents (id integer primary key)")
	storetest.Exec(t, o, "create table children (parent integer references parents (id) deferrable initially deferred)")
	s := storetest.OpenWith(t, o)
	letGo := busy(t, s)
	type answered struct {
		i   int
		err error
	}
	answers := make(chan answered, 5)
	for i := range 5 {
		go func() {
			answers <- answered{i, s.InTx(context.Background(), func(tx *store.Tx) error {
				if i == 2 {
					return store.Run(t.Context(), tx, "insert into children values (1)")
				}
				return tx.SetSetting(t.Context(), fmt.Sprint(i), i)
			})}
		}()
	}
	eventually(t, "all wait for one group", func() bool { return store.Waiting(s) == 5 })
	_ = letGo() // perhaps of the same group, perhaps not
	for range 5 {
		a := <-answers
		var got int
		kept := s.Setting(t.Context(), fmt.Sprint(a.i), &got) == nil
		if a.i == 2 && a.err == nil {
			t.Error("a commit that failed was answered as if it had not")
		}
		if kept != (a.err == nil) {
			t.Errorf("%d was answered %v and kept: %v", a.i, a.err, kept)
		}
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "after", 1) })
}

// A context that ends while waiting withdraws the transaction; one that ends in the
// middle undoes it and nobody else's.
func TestInTx_HeedsItsContext(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if s.Dialect() == storetest.SQLite {
			letGo := busy(t, s)
			ctx, cancel := context.WithCancel(t.Context())
			answer := make(chan error, 1)
			go func() {
				answer <- s.InTx(ctx, func(*store.Tx) error { t.Error("a withdrawn transaction ran"); return nil })
			}()
			cancel()
			if err := <-answer; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			if err := letGo(); err != nil {
				t.Error(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		err := s.InTx(ctx, func(tx *store.Tx) error {
			if err := tx.SetSetting(ctx, "first", 1); err != nil {
				return err
			}
			cancel()
			return tx.SetSetting(ctx, "second", 2)
		})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		var got int
		if err := s.Setting(t.Context(), "first", &got); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("half a transaction was kept: %v", err)
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "after", 1) })
	})
}

func TestInTx_PanicUndoesAndGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		func() {
			defer func() {
				if v := recover(); v != "oops" {
					t.Errorf("recovered %v", v)
				}
			}()
			_ = s.InTx(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetSetting(t.Context(), "panicked", 1); err != nil {
					return err
				}
				panic("oops")
			})
		}()
		var got int
		if err := s.Setting(t.Context(), "panicked", &got); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("kept: %v", err)
		}
		for range 20 { // every connection still works
			do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "after", 1) })
		}
	})
}

func TestInTx_AfterClose(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), storetest.Options(t, storetest.SQLite))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.InTx(t.Context(), func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Error(err)
	}
}

// Changes are told after the commit, each once, and not at all when it fails.
func TestInTx_TellsChangesAfterTheCommit(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var told []desk.Change
			o := storetest.Options(t, dialect)
			o.Publish = func(c desk.Change) { mu.Lock(); told = append(told, c); mu.Unlock() }
			s := storetest.OpenWith(t, o)
			c := aConversation(t, s)
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				for range 3 {
					m := aMessage(c, desk.Inbound, "oi")
					if _, err := tx.AddMessage(ctx, &m); err != nil {
						return err
					}
				}
				mu.Lock()
				defer mu.Unlock()
				if len(told) != 0 {
					t.Error("told before the commit")
				}
				return tx.RaiseAlert(ctx, desk.Alert{Kind: "k", Severity: desk.SeverityWarning})
			})
			_ = s.InTx(t.Context(), func(tx *store.Tx) error {
				tx.Touch(desk.Change{Topic: desk.TopicArticle})
				return errors.New("no")
			})
			if len(told) != 2 || told[0] != (desk.Change{Topic: desk.TopicConversation, ID: c.ID}) || told[1].Topic != desk.TopicAlert {
				t.Errorf("told %+v", told)
			}
		})
	}
}
