package store_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// TestChangeSendRate_OneAtATime: no change of what replicas agree on is lost, and
// what is kept comes back.
func TestChangeSendRate_OneAtATime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const callers, each = 8, 10
		until := desk.Instant(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC))
		replica := desk.NewID()
		var all sync.WaitGroup
		for range callers {
			all.Go(func() {
				for range each {
					err := s.ChangeSendRate(t.Context(), "100", func(r *desk.SendRate, now time.Time) {
						if off := time.Since(now); off < -time.Minute || off > time.Minute || now.Location() != time.UTC {
							t.Errorf("the database's clock shows %v", now)
						}
						r.PerSecond++
						r.HeldUntil, r.HeldCode = &until, 130429
						r.Shares = []desk.SendShare{{Replica: replica, Slots: r.PerSecond, Wants: 2, Until: until}}
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		rates, err := s.SendRates(t.Context())
		if err != nil || len(rates) != 1 {
			t.Fatalf("%d rates: %v", len(rates), err)
		}
		r := rates[0]
		if r.Channel != "100" || r.PerSecond != callers*each || !r.HeldUntil.Equal(until) || r.BulkUntil != nil ||
			len(r.Shares) != 1 || r.Shares[0] != (desk.SendShare{Replica: replica, Slots: callers * each, Wants: 2, Until: until}) {
			t.Errorf("kept %+v", r)
		}
	})
}

// TestSending_CountsWhatWentLately: what paces a conversation, and nothing else.
func TestSending_CountsWhatWentLately(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := desk.Instant(time.Now())
		var conv *desk.Conversation
		var last uuid.UUID
		add := func(tx *store.Tx, ago time.Duration, change func(*desk.Message)) {
			at := now.Add(-ago)
			m := &desk.Message{
				ID: desk.NewID(), ConversationID: conv.ID, Channel: "100", Direction: desk.Outbound, Author: desk.ByAgent, Kind: desk.KindText,
				Text: "x", Status: desk.StatusSent, TriedAt: &at, AcceptedAt: &at, CreatedAt: at,
			}
			if change != nil {
				change(m)
			}
			last = m.ID
			if _, err := tx.AddMessage(t.Context(), m); err != nil {
				t.Error(err)
			}
		}
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			contact, err := tx.ContactFor(t.Context(), desk.Identity{Phone: "5493515550100"}, now)
			if err != nil {
				return err
			}
			if conv, err = tx.ConversationFor(t.Context(), contact.ID, "100", now); err != nil {
				return err
			}
			add(tx, 10*time.Minute, nil)
			add(tx, time.Minute, nil)
			add(tx, time.Second, func(m *desk.Message) { m.Status, m.AcceptedAt = desk.StatusUnknown, nil })
			add(tx, time.Second, func(m *desk.Message) { m.Status, m.AcceptedAt = desk.StatusFailed, nil })
			add(tx, time.Second, func(m *desk.Message) { m.Direction, m.Status, m.TriedAt = desk.Inbound, desk.StatusNone, nil })
			add(tx, 0, func(m *desk.Message) { m.Status, m.TriedAt, m.AcceptedAt = desk.StatusQueued, nil, nil })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.InWork(t.Context(), func(tx *store.Tx) error {
			sending, err := tx.Sending(t.Context(), last)
			if err != nil {
				return err
			}
			if sending.Recent != 3 {
				t.Errorf("%d sends lately, want 3", sending.Recent)
			}
			times, err := tx.SendTimes(t.Context(), conv.ID, 2)
			if err == nil && (len(times) != 2 || !times[0].Equal(now.Add(-time.Second)) || !times[1].Equal(now.Add(-time.Minute))) {
				t.Errorf("sent at %v", times)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestCloseWindow_OnlyAnOpenOne ends what we believed open.
func TestCloseWindow_OnlyAnOpenOne(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		now := desk.Instant(time.Now())
		tried := now.Add(-time.Minute)
		for name, c := range map[string]struct{ end, want time.Time }{
			"1": {now.Add(time.Hour), now},                                                  // open
			"2": {now.Add(-time.Hour), now.Add(-time.Hour)},                                 // closed
			"3": {now.Add(24*time.Hour - time.Second), now.Add(24*time.Hour - time.Second)}, // opened again since
		} {
			err := s.InTx(t.Context(), func(tx *store.Tx) error {
				contact, err := tx.ContactFor(t.Context(), desk.Identity{Phone: "549351555010" + name}, now)
				if err != nil {
					return err
				}
				conv, err := tx.ConversationFor(t.Context(), contact.ID, "100", now)
				if err != nil {
					return err
				}
				conv.WindowEndsAt = &c.end
				if err := tx.SaveConversation(t.Context(), conv); err != nil {
					return err
				}
				if err := tx.CloseWindow(t.Context(), conv.ID, tried, now); err != nil {
					return err
				}
				again, err := tx.LockConversation(t.Context(), conv.ID)
				if err == nil && !again.WindowEndsAt.Equal(c.want) {
					t.Errorf("%s: the window ends at %v, want %v", name, again.WindowEndsAt, c.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
