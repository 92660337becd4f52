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

func TestConversations_NarrowedAndSorted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ana := anAgent(t, s)
		at := func(minutes int) *time.Time { v := noon.Add(time.Duration(minutes) * time.Minute); return &v }
		all := []uuid.UUID{
			inView(t, s, func(c *desk.Conversation) {
				c.Owner, c.AgentID, c.Team, c.Language, c.Intent, c.LastAt = desk.OwnerAgent, &ana.ID, desk.TeamBilling, "es", "invoice_copy", *at(3)
			}),
			inView(t, s, func(c *desk.Conversation) {
				c.Owner, c.QueuedAt, c.AwaitedSince, c.DueAt, c.Priority, c.Unread, c.LastAt = desk.OwnerQueue, at(0), at(1), at(30), desk.PriorityHigh, 2, *at(2)
			}),
			inView(t, s, func(c *desk.Conversation) {
				c.Owner, c.QueuedAt, c.AwaitedSince, c.DueAt, c.Language, c.LastAt = desk.OwnerQueue, at(1), at(0), at(40), "pt", *at(1)
			}),
			inView(t, s, func(c *desk.Conversation) { c.LastAt = *at(0) }),
		}
		for _, test := range []struct {
			name   string
			filter desk.ConversationFilter
			want   []int
		}{
			{"team", desk.ConversationFilter{View: desk.ViewAll, Team: desk.TeamBilling}, []int{0}},
			{"holder", desk.ConversationFilter{View: desk.ViewAll, Holder: ana.ID}, []int{0}},
			{"language", desk.ConversationFilter{View: desk.ViewAll, Language: "pt"}, []int{2}},
			{"priority", desk.ConversationFilter{View: desk.ViewAll, Priority: desk.PriorityHigh}, []int{1}},
			{"intent", desk.ConversationFilter{View: desk.ViewAll, Intent: "invoice_copy"}, []int{0}},
			{"unread", desk.ConversationFilter{View: desk.ViewAll, Unread: true}, []int{1}},
			{"from", desk.ConversationFilter{View: desk.ViewAll, From: *at(2)}, []int{0, 1}},
			{"until", desk.ConversationFilter{View: desk.ViewAll, Until: *at(2)}, []int{2, 3}},
			{"waiting on the customer", desk.ConversationFilter{View: desk.ViewWaiting}, []int{0}},
			{"newest", desk.ConversationFilter{View: desk.ViewAll, Sort: desk.SortNewest}, []int{0, 1, 2, 3}},
			{"longest wait", desk.ConversationFilter{View: desk.ViewAll, Sort: desk.SortWaiting}, []int{2, 1, 0, 3}},
			{"priority first", desk.ConversationFilter{View: desk.ViewAll, Sort: desk.SortPriority}, []int{1, 2, 0, 3}},
			{"due first", desk.ConversationFilter{View: desk.ViewAll, Sort: desk.SortDue}, []int{1, 2, 0, 3}},
			{"the queue by its newest", desk.ConversationFilter{View: desk.ViewQueue, Sort: desk.SortNewest}, []int{1, 2}},
			{"nothing", desk.ConversationFilter{View: desk.ViewAll, Language: "en"}, nil},
		} {
			var want []uuid.UUID
			for _, i := range test.want {
				want = append(want, all[i])
			}
			for _, f := range []desk.ConversationFilter{test.filter, {}} {
				if f.View == "" { // the same, one by one
					f, test.filter.Limit = test.filter, 1
					f.Limit = 1
				}
				if got := pages(t, s, f); !slices.Equal(got, want) {
					t.Errorf("%s, %d at a time:\n got %v\nwant %v", test.name, f.Limit, got, want)
				}
			}
			if n := must[int](t)(s.CountConversations(t.Context(), test.filter)); n != len(want) {
				t.Errorf("%s: counted %d, want %d", test.name, n, len(want))
			}
		}
		if _, err := s.Conversations(t.Context(), desk.ConversationFilter{Sort: "random"}); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("an unknown order: %v", err)
		}
		counts := must[desk.Counts](t)(s.Counts(t.Context()))
		same(t, "counts", counts.For(ana.ID)[desk.ViewMine], 1)
		same(t, "teams", counts.Teams, map[desk.Team]int{"": 2})
	})
}

// Rows move while somebody reads page after page: what does not move is shown once,
// and what moved to the front is not shown again behind.
func TestConversations_PagesWhileRowsMove(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var order []uuid.UUID
		for i := range 7 {
			order = append(order, inView(t, s, func(c *desk.Conversation) { c.LastAt = noon.Add(-time.Duration(i) * time.Minute) }))
		}
		f := desk.ConversationFilter{View: desk.ViewAll, Limit: 2}
		var got []uuid.UUID
		for round := 0; ; round++ {
			page := must[desk.ConversationPage](t)(s.Conversations(t.Context(), f))
			for _, card := range page.Cards {
				got = append(got, card.Conversation.ID)
			}
			if page.Next == "" {
				break
			}
			f.After = page.Next
			moved, closed := order[1], order[3] // the last row of the first page is its cursor
			if round == 0 {
				do(t, s, func(ctx context.Context, tx *store.Tx) error {
					for id, change := range map[uuid.UUID]func(*desk.Conversation){
						moved:  func(c *desk.Conversation) { c.LastAt = noon.Add(time.Hour) },
						closed: func(c *desk.Conversation) { c.State = desk.ConversationClosed },
					} {
						c, err := tx.LockConversation(ctx, id)
						if err != nil {
							return err
						}
						change(c)
						if err := tx.SaveConversation(ctx, c); err != nil {
							return err
						}
					}
					return nil
				})
			}
		}
		want := []uuid.UUID{order[0], order[1], order[2], order[4], order[5], order[6]}
		if !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	})
}

func TestConversations_AtRisk(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, dialect, func() time.Time { return noon })
			risk := func(at time.Duration, due time.Duration) uuid.UUID {
				return inView(t, s, func(c *desk.Conversation) {
					when, end := noon.Add(at), noon.Add(due)
					c.Owner, c.QueuedAt, c.RiskAt, c.DueAt = desk.OwnerQueue, &when, &when, &end
				})
			}
			later, soon := risk(-time.Minute, time.Hour), risk(0, time.Minute)
			risk(time.Minute, time.Hour) // not yet
			if got := pages(t, s, desk.ConversationFilter{View: desk.ViewRisk}); !slices.Equal(got, []uuid.UUID{soon, later}) {
				t.Errorf("got %v", got)
			}
			same(t, "count", must[desk.Counts](t)(s.Counts(t.Context())).Views[desk.ViewRisk], 2)
		})
	}
}
