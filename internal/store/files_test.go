package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// unused marks what nobody uses and returns it.
func unused(t *testing.T, s *store.Store, before, now time.Time) []string {
	t.Helper()
	var found []string
	err := s.InTx(t.Context(), func(tx *store.Tx) (err error) {
		found, err = tx.MarkUnusedFiles(t.Context(), before, now, 10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func inTx(t *testing.T, s *store.Store, fn func(ctx context.Context, tx *store.Tx) error) error {
	t.Helper()
	return s.InTx(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) })
}

func TestFiles_LiveAsLongAsTheyAreUsed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := desk.Instant(time.Now())
		one, two := uuid.New(), uuid.New()
		err := inTx(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.TouchFile(ctx, "aa/1", 5, now), tx.UseFile(ctx, one, "aa/1", now), tx.UseFile(ctx, one, "aa/1", now),
				tx.UseFile(ctx, two, "aa/1", now), tx.TouchFile(ctx, "bb/2", 6, now))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := unused(t, s, now.Add(-time.Hour), now); len(got) != 0 {
			t.Fatalf("%v are removed before their grace is over", got)
		}
		if got := unused(t, s, now.Add(time.Hour), now); !slices.Equal(got, []string{"bb/2"}) {
			t.Fatalf("unused: %v", got)
		}
		for name, touch := range map[string]func(ctx context.Context, tx *store.Tx) error{
			"entered": func(ctx context.Context, tx *store.Tx) error { return tx.TouchFile(ctx, "bb/2", 6, now) },
			"used":    func(ctx context.Context, tx *store.Tx) error { return tx.UseFile(ctx, one, "bb/2", now) },
		} {
			if err := inTx(t, s, touch); !errors.Is(err, desk.ErrStale) {
				t.Errorf("a file being removed was %s: %v", name, err)
			}
		}
		err = inTx(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.RemoveFile(ctx, "bb/2"), tx.RemoveFile(ctx, "aa/1"), tx.LeaveFiles(ctx, one))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := unused(t, s, now.Add(time.Hour), now); len(got) != 0 {
			t.Fatalf("%v are removed, though a message uses one and the other is gone", got)
		}
		if err := inTx(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.LeaveFiles(ctx, two) }); err != nil {
			t.Fatal(err)
		}
		if got := unused(t, s, now.Add(-time.Hour), now); !slices.Equal(got, []string{"aa/1"}) {
			t.Fatalf("after the last use: %v", got)
		}
	})
}

func TestUploads_AreTheirAgentsUntilSent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newFileWorld(t, s)
		u := desk.Upload{ID: desk.NewID(), ConversationID: w.conversation, AgentID: w.agent, Kind: desk.KindImage,
			Attachment: &desk.Attachment{MIME: "image/png", Path: "aa/1", Size: 5, Duration: 3 * time.Second, Thumb: true}, CreatedAt: w.now}
		err := inTx(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.TouchFile(ctx, "aa/1", 5, w.now), tx.AddUpload(ctx, &u), tx.UseFile(ctx, u.ID, "aa/1", w.now))
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Uploads(t.Context(), w.conversation, w.agent)
		if err != nil || len(got) != 1 || *got[0].Attachment != *u.Attachment || !got[0].CreatedAt.Equal(u.CreatedAt) || got[0].Kind != u.Kind {
			t.Fatalf("%+v, %v", got, err)
		}
		if got, err := s.Uploads(t.Context(), w.conversation, uuid.New()); err != nil || len(got) != 0 {
			t.Errorf("somebody else sees %+v, %v", got, err)
		}
		if old, err := s.OldUploads(t.Context(), w.now.Add(time.Second), 10); err != nil || !slices.Equal(old, []uuid.UUID{u.ID}) {
			t.Errorf("old: %v, %v", old, err)
		}
		message := desk.NewID()
		err = inTx(t, s, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.LockUpload(ctx, u.ID); err != nil {
				return err
			}
			return errors.Join(tx.MoveFile(ctx, u.ID, message), tx.DeleteUpload(ctx, u.ID))
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Upload(t.Context(), u.ID); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("the upload is still there: %v", err)
		}
		if got := unused(t, s, w.now.Add(time.Hour), w.now); len(got) != 0 {
			t.Errorf("the message's file is taken for unused: %v", got)
		}
	})
}

// fileWorld is a conversation and an agent.
type fileWorld struct {
	now                 time.Time
	conversation, agent uuid.UUID
}

func newFileWorld(t *testing.T, s *store.Store) fileWorld {
	t.Helper()
	w := fileWorld{now: desk.Instant(time.Now())}
	err := inTx(t, s, func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: "5491155550100"}, w.now)
		if err != nil {
			return err
		}
		conversation, err := tx.ConversationFor(ctx, contact.ID, "100", w.now)
		if err != nil {
			return err
		}
		agent := desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@desk.example", Language: "es", Role: desk.RoleAgent, Active: true, CreatedAt: w.now}
		w.conversation, w.agent = conversation.ID, agent.ID
		return tx.AddAgent(ctx, &agent)
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}
