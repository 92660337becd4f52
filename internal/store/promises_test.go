package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// Tickets are listed by what is due first, page by page; what is never due comes last.
func TestTickets_DueFirst(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		begin := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		var want []uuid.UUID
		for _, minutes := range []int{5, 20, 20, 90, -1, -1} {
			want = append(want, aTicket(t, s, c, func(k *desk.Ticket) {
				if minutes >= 0 {
					at := begin.Add(time.Duration(minutes) * time.Minute)
					k.DueAt = &at
				}
			}).ID)
		}
		var got []uuid.UUID
		for f := (desk.TicketFilter{DueFirst: true, Limit: 2}); ; {
			page := must[desk.TicketPage](t)(s.Tickets(t.Context(), f))
			for _, card := range page.Cards {
				got = append(got, card.Ticket.ID)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("listed %v, want %v", got, want)
		}
	})
}
