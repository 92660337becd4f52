package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// atOnce runs a transaction n times, all starting together, and returns how many
// worked. Failures other than the expected ones fail the test.
func atOnce(t *testing.T, s *store.Store, n int, closure func(ctx context.Context, tx *store.Tx, i int) error, expected ...error) int {
	t.Helper()
	var ready, done sync.WaitGroup
	ready.Add(n)
	var worked atomic.Int32
	for i := range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return closure(t.Context(), tx, i) })
			if err == nil {
				worked.Add(1)
				return
			}
			for _, e := range expected {
				if errors.Is(err, e) {
					return
				}
			}
			t.Error(err)
		})
	}
	done.Wait()
	return int(worked.Load())
}

func TestRace_OneOfEightClaimsWins(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		var agents []desk.Agent
		for range 8 {
			agents = append(agents, anAgent(t, s))
		}
		won := atOnce(t, s, 8, func(ctx context.Context, tx *store.Tx, i int) error {
			c, err := tx.LockConversation(ctx, c.ID)
			if err != nil {
				return err
			}
			if err := c.Claim(agents[i].Actor(), false); err != nil {
				return err
			}
			return tx.SaveConversation(ctx, c)
		}, desk.ErrTaken)
		if got := must[*desk.Conversation](t)(s.Conversation(t.Context(), c.ID)); won != 1 || got.Version != c.Version+1 {
			t.Errorf("%d claims won, the version rose by %d", won, got.Version-c.Version)
		}
	})
}

func TestRace_FirstMessagesMakeOneContactAndOneConversation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for round := range 5 {
			var mu sync.Mutex
			contacts, conversations := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
			phone := fmt.Sprint(round)
			atOnce(t, s, 8, func(ctx context.Context, tx *store.Tx, i int) error {
				who := desk.Identity{Phone: phone, BSUID: "B" + phone}
				if i%2 == 0 {
					who.Phone = "" // half of them do not tell the phone
				}
				contact, err := tx.ContactFor(ctx, who, noon)
				if err != nil {
					return err
				}
				c, err := tx.ConversationFor(ctx, contact.ID, "100", noon)
				if err != nil {
					return err
				}
				mu.Lock()
				contacts[contact.ID], conversations[c.ID] = true, true
				mu.Unlock()
				m := aMessage(*c, desk.Inbound, "oi")
				m.ProviderID = fmt.Sprintf("wamid.%s.%d", phone, i)
				_, err = tx.AddMessage(ctx, &m)
				return err
			})
			if len(contacts) != 1 || len(conversations) != 1 {
				t.Fatalf("%d contacts and %d conversations", len(contacts), len(conversations))
			}
		}
	})
}

func TestRace_TwelveCopiesOfAnEventAreOne(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var fresh atomic.Int32
		atOnce(t, s, 12, func(ctx context.Context, tx *store.Tx, i int) error {
			other := desk.Event{ID: desk.NewID(), Key: fmt.Sprint("other ", i), Kind: "text", Raw: []byte("{}"), ReceivedAt: noon}
			same := desk.Event{ID: desk.NewID(), Key: "m:wamid.1", Kind: "text", Raw: []byte("{}"), ReceivedAt: noon}
			events := []desk.Event{same, other}
			if i%2 == 0 {
				events = []desk.Event{other, same}
			}
			found, err := tx.AddEvents(ctx, events)
			for _, id := range found {
				if id == same.ID {
					fresh.Add(1)
				}
			}
			return err
		})
		if fresh.Load() != 1 {
			t.Errorf("%d copies counted as new", fresh.Load())
		}
	})
}

func TestRace_CopiesOfAMessageAreOne(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(m *desk.Message){
		"by the provider's id": func(m *desk.Message) { m.ProviderID = "wamid.1" },
		"by the browser's id":  func(m *desk.Message) { m.DraftID = "draft" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				c := aConversation(t, s)
				var fresh atomic.Int32
				atOnce(t, s, 8, func(ctx context.Context, tx *store.Tx, _ int) error {
					m := aMessage(c, desk.Inbound, "oi")
					set(&m)
					isFresh, err := tx.AddMessage(ctx, &m)
					if isFresh {
						fresh.Add(1)
					}
					return err
				})
				if page := must[desk.MessagePage](t)(s.Messages(t.Context(), c.ID, uuid.Nil, 0)); fresh.Load() != 1 || len(page.Messages) != 1 {
					t.Errorf("%d were fresh, %d are there", fresh.Load(), len(page.Messages))
				}
			})
		})
	}
}

func TestRace_ProtocolNumbersAreUniqueAndWithoutHoles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var mu sync.Mutex
		seen := map[string]bool{}
		sorry := errors.New("sorry")
		atOnce(t, s, 20, func(ctx context.Context, tx *store.Tx, i int) error {
			number, err := tx.NextProtocol(ctx, noon)
			if err != nil {
				return err
			}
			if i%4 == 0 {
				return sorry
			}
			mu.Lock()
			defer mu.Unlock()
			if seen[number] {
				t.Errorf("%s was given twice", number)
			}
			seen[number] = true
			return nil
		}, sorry)
		if !seen[desk.Protocol(noon, 1)] || !seen[desk.Protocol(noon, 15)] || len(seen) != 15 {
			t.Errorf("given: %v", seen)
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			number, err := tx.NextProtocol(ctx, noon.Add(24*time.Hour))
			if number != "202611230000001" {
				t.Errorf("the first of the next day is %s", number)
			}
			return err
		})
	})
}

// Two transactions that lock in opposite order: PostgreSQL gives one up, and it is
// tried again without the caller noticing.
func TestRace_DeadlocksAreTriedAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := aConversation(t, s), aConversation(t, s)
		var met sync.WaitGroup
		met.Add(2)
		var once [2]sync.Once
		if worked := atOnce(t, s, 2, func(ctx context.Context, tx *store.Tx, i int) error {
			ids := []uuid.UUID{a.ID, b.ID}
			first, err := tx.LockConversation(ctx, ids[i])
			if err != nil {
				return err
			}
			if s.Dialect() == storetest.Postgres { // on SQLite the second waits for the first to end
				once[i].Do(met.Done)
				met.Wait()
			}
			second, err := tx.LockConversation(ctx, ids[1-i])
			if err != nil {
				return err
			}
			first.Misses++
			second.Misses++
			return errors.Join(tx.SaveConversation(ctx, first), tx.SaveConversation(ctx, second))
		}); worked != 2 {
			t.Errorf("%d of 2 worked", worked)
		}
		if got := must[*desk.Conversation](t)(s.Conversation(t.Context(), a.ID)); got.Misses != 2 {
			t.Errorf("changed %d times, want 2", got.Misses)
		}
	})
}

func TestRace_LinkIsSpentOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent := anAgent(t, s)
		link := desk.SignInLink{TokenHash: "h", AgentID: agent.ID, ExpiresAt: noon, CreatedAt: noon.Add(-time.Hour)}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddLink(ctx, link) })
		use := func(ctx context.Context, tx *store.Tx, hash string, now time.Time) error {
			id, err := tx.UseLink(ctx, hash, now)
			if err == nil && id != agent.ID {
				t.Errorf("the link is %s's, want %s", id, agent.ID)
			}
			return err
		}
		if n := atOnce(t, s, 2, func(ctx context.Context, tx *store.Tx, i int) error {
			return use(ctx, tx, []string{"h", "other"}[i], noon) // too late; unknown
		}, desk.ErrLinkSpent); n != 0 {
			t.Errorf("%d links worked that are over or unknown", n)
		}
		if n := atOnce(t, s, 8, func(ctx context.Context, tx *store.Tx, _ int) error {
			return use(ctx, tx, "h", noon.Add(-time.Minute))
		}, desk.ErrLinkSpent); n != 1 {
			t.Errorf("the link was spent %d times", n)
		}
	})
}
