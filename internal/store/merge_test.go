package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// said adds a message of somebody's, with the contact and the conversation it needs.
func said(ctx context.Context, tx *store.Tx, who desk.Identity, wamid string) (desk.Conversation, error) {
	contact, err := tx.ContactFor(ctx, who, noon)
	if err != nil {
		return desk.Conversation{}, err
	}
	c, err := tx.ConversationFor(ctx, contact.ID, "100", noon)
	if err != nil {
		return desk.Conversation{}, err
	}
	m := &desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: wamid, ProviderID: wamid, CreatedAt: noon}
	if fresh, err := tx.AddMessage(ctx, m); err != nil || !fresh {
		return *c, err
	}
	c.Arrive(m, noon)
	return *c, tx.SaveConversation(ctx, c)
}

// Everything two contacts had is one person's after the merge, an agent's
// conversation stays the agent's, and old addresses lead to it.
func TestMerge_MovesEverything(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent := anAgent(t, s)
		var byID, byPhone desk.Conversation
		ticket := filled[desk.Ticket](t)
		ticket.AssigneeID = nil
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			if byID, err = said(ctx, tx, desk.Identity{BSUID: "BR.1"}, "wamid.1"); err != nil {
				return err
			}
			byPhone, err = said(ctx, tx, desk.Identity{Phone: "5511987654321"}, "wamid.2")
			return err
		})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			c, err := tx.LockConversation(ctx, byPhone.ID)
			if err != nil {
				return err
			}
			if err := c.Claim(agent.Actor(), false); err != nil {
				return err
			}
			later := noon.Add(30 * time.Hour)
			c.WindowEndsAt = &later
			if err := tx.SaveConversation(ctx, c); err != nil {
				return err
			}
			ticket.ContactID, ticket.ConversationID = byPhone.ContactID, byPhone.ID
			if err := tx.AddTicket(ctx, &ticket); err != nil {
				return err
			}
			return tx.AddConsent(ctx, desk.Consent{ID: desk.NewID(), ContactID: byPhone.ContactID, Purpose: desk.PurposeBilling, CreatedAt: noon})
		})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := said(ctx, tx, desk.Identity{BSUID: "BR.1", Phone: "5511987654321"}, "wamid.3") // names both
			return err
		})
		c := must[*desk.Conversation](t)(s.Conversation(t.Context(), byID.ID))
		if c.Owner != desk.OwnerAgent || c.AgentID == nil || *c.AgentID != agent.ID || !c.WindowEndsAt.Equal(noon.Add(30*time.Hour)) {
			t.Errorf("owner %s, window until %v", c.Owner, c.WindowEndsAt)
		}
		if page := must[desk.MessagePage](t)(s.Messages(t.Context(), c.ID, uuid.Nil, 0)); len(page.Messages) != 3 {
			t.Errorf("%d messages", len(page.Messages))
		}
		if got := must[*desk.Ticket](t)(s.Ticket(t.Context(), ticket.ID)); got.ContactID != c.ContactID || got.ConversationID != c.ID {
			t.Errorf("ticket of %s in %s", got.ContactID, got.ConversationID)
		}
		if got := must[[]desk.Consent](t)(s.Consents(t.Context(), c.ContactID)); len(got) != 1 {
			t.Errorf("%d consents", len(got))
		}
		if got := must[uuid.UUID](t)(s.MovedTo(t.Context(), byPhone.ID)); got != c.ID {
			t.Errorf("the old address leads to %s", got)
		}
		if got := must[[]desk.Merge](t)(s.Merges(t.Context(), uuid.Nil)); len(got) != 1 || got[0].Reason != desk.MergeSameMessage {
			t.Errorf("records: %+v", got)
		}
	})
}

// A number that somebody wrote from before it became another person's was theirs.
func TestMoveContact_RecycledNumber(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		before := noon.Add(-time.Hour)
		first := contactFor(t, s, desk.Identity{Phone: "2"})
		ana := contactFor(t, s, desk.Identity{Phone: "1", BSUID: "a"})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			c, err := tx.ConversationFor(ctx, first.ID, "100", noon)
			if err != nil {
				return err
			}
			if _, err := tx.AddMessage(ctx, &desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Inbound, SentAt: &before, CreatedAt: noon}); err != nil {
				return err
			}
			return tx.MoveContact(ctx, desk.Identity{Phone: "1", BSUID: "a", At: noon}, desk.Identity{Phone: "2", BSUID: "b", At: noon}, noon)
		})
		old := must[*desk.Contact](t)(s.Contact(t.Context(), first.ID))
		now := contactFor(t, s, desk.Identity{Phone: "2"})
		if old.Phone != "" || now.ID != ana.ID || now.BSUID != "b" {
			t.Errorf("before %+v, now %+v", old, now)
		}
	})
}

// Messages that come while contacts are merged all end with the one who remains,
// whoever goes first.
func TestMerge_WhileMessagesArrive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		byID, byPhone := desk.Identity{BSUID: "BR.1"}, desk.Identity{Phone: "5511987654321"}
		both := desk.Identity{BSUID: "BR.1", Phone: "5511987654321"}
		var all sync.WaitGroup
		for i := range 12 {
			who, wamid := []desk.Identity{byID, byPhone, both}[i%3], fmt.Sprint("wamid.", i)
			all.Go(func() {
				for range 20 { // as a job would
					err := s.InTx(t.Context(), func(tx *store.Tx) error {
						if err := tx.Foresee(t.Context(), []desk.Foretold{{From: who, Channel: "100", ProviderID: wamid}}); err != nil {
							return err
						}
						_, err := said(t.Context(), tx, who, wamid)
						return err
					})
					if err == nil {
						return
					}
				}
				t.Errorf("%s was never added", wamid)
			})
		}
		all.Wait()
		one := contactFor(t, s, both)
		if a, b := contactFor(t, s, byID), contactFor(t, s, byPhone); a.ID != one.ID || b.ID != one.ID {
			t.Errorf("%s, %s and %s", a.ID, b.ID, one.ID)
		}
		var c *desk.Conversation
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			c, err = tx.ConversationFor(ctx, one.ID, "100", noon)
			return err
		})
		page := must[desk.MessagePage](t)(s.Messages(t.Context(), c.ID, uuid.Nil, 100))
		if len(page.Messages) != 12 || c.Unread != 12 {
			t.Errorf("%d messages, %d unread", len(page.Messages), c.Unread)
		}
	})
}
