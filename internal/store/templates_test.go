package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func TestRoundTrip_Templates(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		kept, gone := filled[desk.Template](t), filled[desk.Template](t)
		kept.DeletedAt, gone.ID = nil, "gone"
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.SaveTemplate(ctx, &kept), tx.SaveTemplate(ctx, &gone))
		})
		same(t, "template", *must[*desk.Template](t)(s.Template(t.Context(), kept.ID)), kept)
		same(t, "deleted template", *must[*desk.Template](t)(s.Template(t.Context(), gone.ID)), gone)
		same(t, "the list without deleted ones", must[[]desk.Template](t)(s.Templates(t.Context())), []desk.Template{kept})

		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.CountTemplateUse(ctx, kept.ID); err != nil {
				return err
			}
			got, err := tx.LockTemplate(ctx, kept.ID)
			if err != nil {
				return err
			}
			if got.Uses != kept.Uses+1 {
				t.Errorf("%d uses, want one more than %d", got.Uses, kept.Uses)
			}
			got.Status = desk.TemplatePaused
			return tx.SaveTemplate(ctx, got)
		})
		if got := must[*desk.Template](t)(s.Template(t.Context(), kept.ID)); got.Status != desk.TemplatePaused || !got.CreatedAt.Equal(kept.CreatedAt) {
			t.Errorf("saved as %+v", got)
		}
		if _, err := s.Template(t.Context(), "none"); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("an absent template: %v", err)
		}
	})
}

func TestCountService_CountsEachNumberAndMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, c := range []struct {
			channel, month string
			want           int
		}{{"1", "2026-10", 1}, {"1", "2026-10", 2}, {"2", "2026-10", 1}, {"1", "2026-11", 1}} {
			if got := must[int](t)(s.CountService(t.Context(), c.channel, c.month)); got != c.want {
				t.Errorf("%+v: got %d", c, got)
			}
		}
		same(t, "use of a month", must[[]desk.QuotaUse](t)(s.ServiceUse(t.Context(), "2026-10")),
			[]desk.QuotaUse{{Channel: "1", Month: "2026-10", Used: 2}, {Channel: "2", Month: "2026-10", Used: 1}})
	})
}

func TestCosts_AddUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, other := aConversation(t, s), aConversation(t, s)
		price := func(c desk.Conversation, at time.Time, day, category string, micros int64, state desk.CostState) {
			m := aMessage(c, desk.Outbound, "x")
			m.CreatedAt, m.CostDay, m.CostCategory, m.CostMicros, m.CostCurrency, m.CostState = at, day, category, micros, "USD", state
			do(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
		}
		price(c, noon.Add(-time.Hour), "2026-11-21", "utility", 6800, desk.CostConfirmed)
		price(c, noon, "2026-11-22", "service", 0, desk.CostConfirmed)
		price(c, noon.Add(time.Minute), "2026-11-22", "service", 6800, desk.CostEstimated)
		price(other, noon, "2026-11-22", "marketing", 62500, desk.CostConfirmed)
		say(t, s, c, desk.Inbound, "free")

		same(t, "conversation", must[[]desk.CostSum](t)(s.ConversationCost(t.Context(), c.ID)),
			[]desk.CostSum{{Currency: "USD", Micros: 13600, Estimated: 6800, Messages: 3}})
		end := noon.Add(time.Second)
		for _, it := range []struct {
			name     string
			resolved *time.Time
			want     desk.CostSum
		}{{"open ticket", nil, desk.CostSum{Currency: "USD", Micros: 6800, Estimated: 6800, Messages: 2}}, {"resolved ticket", &end, desk.CostSum{Currency: "USD", Messages: 1}}} {
			ticket := &desk.Ticket{ConversationID: c.ID, CreatedAt: noon, ResolvedAt: it.resolved}
			same(t, it.name, must[[]desk.CostSum](t)(s.TicketCost(t.Context(), ticket)), []desk.CostSum{it.want})
		}
		same(t, "days", must[[]desk.CostRow](t)(s.Costs(t.Context(), "2026-11-21", "2026-11-22")), []desk.CostRow{
			{Day: "2026-11-22", Category: "marketing", CostSum: desk.CostSum{Currency: "USD", Micros: 62500, Messages: 1}},
			{Day: "2026-11-22", Category: "service", CostSum: desk.CostSum{Currency: "USD", Micros: 6800, Estimated: 6800, Messages: 2}},
			{Day: "2026-11-21", Category: "utility", CostSum: desk.CostSum{Currency: "USD", Micros: 6800, Messages: 1}},
		})
		same(t, "one day", len(must[[]desk.CostRow](t)(s.Costs(t.Context(), "2026-11-21", "2026-11-21"))), 1)
	})
}
