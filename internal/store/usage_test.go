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

// What is written with every field set comes back, and a second call adds to it.
func TestLedger_RoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ledger, u := s.Ledger(), filled[desk.ModelUsage](t)
		later := u
		later.At = u.At.Add(-time.Hour) // charged later, begun before
		for _, each := range []desk.ModelUsage{u, later} {
			if err := ledger.Spend(t.Context(), each); err != nil {
				t.Fatal(err)
			}
		}
		all, one, err := ledger.Spent(t.Context(), u.Day, u.ConversationID)
		if err != nil {
			t.Fatal(err)
		}
		want := desk.ModelUsage{}
		want.Add(u)
		want.Add(u)
		want.At = time.Time{} // sums have none
		same(t, "all", all, want)
		same(t, "one", one, want)
		row := u
		row.Add(u)
		same(t, "the one row", store.Usage(t, s, u.Day), row)
	})
}

// Sums keep days and conversations apart, and count purposes and models together.
func TestLedger_Spent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ledger, talk := s.Ledger(), desk.NewID()
		row := func(day string, conversation uuid.UUID, purpose, model string, tokens int) desk.ModelUsage {
			return desk.ModelUsage{Day: day, ConversationID: conversation, Purpose: purpose, Model: model, Calls: 1, TokensIn: tokens, At: time.Now().UTC()}
		}
		for _, u := range []desk.ModelUsage{
			row("2026-11-23", talk, "rewrite", "a", 1), row("2026-11-23", talk, "understand", "a", 20), row("2026-11-23", talk, "rewrite", "b", 300),
			row("2026-11-23", desk.NewID(), "rewrite", "a", 4000), row("2026-11-23", uuid.Nil, "embed", "c", 50_000), row("2026-11-22", talk, "rewrite", "a", 600_000),
		} {
			if err := ledger.Spend(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range []struct {
			day          string
			conversation uuid.UUID
			all, one     int
		}{
			{"2026-11-23", talk, 54_321, 321},
			{"2026-11-23", uuid.Nil, 54_321, 50_000},
			{"2026-11-22", talk, 600_000, 600_000},
			{"2026-11-24", talk, 0, 0},
		} {
			all, one, err := ledger.Spent(t.Context(), want.day, want.conversation)
			if err != nil || all.Tokens() != want.all || one.Tokens() != want.one {
				t.Errorf("%s: %d and %d tokens, want %d and %d, %v", want.day, all.Tokens(), one.Tokens(), want.all, want.one, err)
			}
		}
	})
}

// Replicas that charge at once lose nothing of each other.
func TestLedger_Races(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := filled[desk.ModelUsage](t)
		u.Calls, u.TokensOut, u.CostMicros = 1, 10, 7
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 10 {
					if err := s.Ledger().Spend(t.Context(), u); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		_, one, err := s.Ledger().Spent(t.Context(), u.Day, u.ConversationID)
		if err != nil || one.Calls != 80 || one.TokensOut != 800 || one.CostMicros != 560 {
			t.Errorf("spent %+v, %v", one, err)
		}
	})
}
