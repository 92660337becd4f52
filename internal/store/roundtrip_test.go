package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s came back changed\n got %+v\nwant %+v", what, got, want)
	}
}

// What is written with every field set comes back as it was, from both databases.
func TestRoundTrip_People(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent, link := filled[desk.Agent](t), filled[desk.SignInLink](t)
		link.AgentID = agent.ID
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.AddAgent(ctx, &agent); err != nil {
				return err
			}
			return tx.AddLink(ctx, link)
		})
		same(t, "agent", *must[*desk.Agent](t)(s.Agent(t.Context(), agent.ID)), agent)
		same(t, "agent by e-mail", *must[*desk.Agent](t)(s.AgentByEmail(t.Context(), agent.Email)), agent)
		same(t, "link", store.Link(t, s, link.TokenHash), link)

		contact, consent := filled[desk.Contact](t), filled[desk.Consent](t)
		contact.ID = aContact(t, s).ID
		consent.ContactID = contact.ID
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveContact(ctx, &contact); err != nil {
				return err
			}
			return tx.AddConsent(ctx, consent)
		})
		got := *must[*desk.Contact](t)(s.Contact(t.Context(), contact.ID))
		contact.CreatedAt, contact.UpdatedAt = got.CreatedAt, got.UpdatedAt // kept, and set by saving
		same(t, "contact", got, contact)
		same(t, "consents", must[[]desk.Consent](t)(s.Consents(t.Context(), contact.ID)), []desk.Consent{consent})
	})
}

func TestRoundTrip_Thread(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent, fresh := anAgent(t, s), aConversation(t, s)
		c := filled[desk.Conversation](t)
		c.ID, c.ContactID, c.Channel, c.CreatedAt = fresh.ID, fresh.ContactID, fresh.Channel, fresh.CreatedAt
		c.Owner, c.AgentID, c.State = desk.OwnerAgent, &agent.ID, desk.ConversationSnoozed
		m, turn := filled[desk.Message](t), filled[desk.Turn](t)
		m.ConversationID, m.AgentID, m.TurnID, turn.ConversationID = c.ID, &agent.ID, &turn.ID, c.ID
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveConversation(ctx, &c); err != nil {
				return err
			}
			if err := tx.AddTurn(ctx, &turn); err != nil {
				return err
			}
			_, err := tx.AddMessage(ctx, &m)
			return err
		})
		got := *must[*desk.Conversation](t)(s.Conversation(t.Context(), c.ID))
		c.UpdatedAt = got.UpdatedAt
		same(t, "conversation", got, c)
		same(t, "message", *must[*desk.Message](t)(s.Message(t.Context(), m.ID)), m)
		same(t, "turn", *must[*desk.Turn](t)(s.Turn(t.Context(), turn.ID)), turn)
		same(t, "turn of message", *must[*desk.Turn](t)(s.TurnOf(t.Context(), m.ID)), turn)

		saved := filled[desk.Message](t)
		saved.ID, saved.ConversationID, saved.AgentID, saved.CreatedAt = m.ID, c.ID, &agent.ID, m.CreatedAt
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveMessage(ctx, &saved) })
		same(t, "saved message", *must[*desk.Message](t)(s.Message(t.Context(), m.ID)), saved)
	})
}

func TestRoundTrip_Matters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		agent, c := anAgent(t, s), aConversation(t, s)
		ticket, line := filled[desk.Ticket](t), filled[desk.TicketEvent](t)
		ticket.ContactID, ticket.ConversationID, ticket.AssigneeID = c.ContactID, c.ID, &agent.ID
		line.TicketID, line.AgentID = ticket.ID, &agent.ID
		event, article := filled[desk.Event](t), filled[desk.Article](t)
		event.DoneAt = nil
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.AddTicket(ctx, &ticket); err != nil {
				return err
			}
			if err := tx.AddTicketEvents(ctx, line); err != nil {
				return err
			}
			if err := tx.SaveArticle(ctx, &article); err != nil {
				return err
			}
			_, err := tx.AddEvents(ctx, []desk.Event{event})
			return err
		})
		same(t, "ticket", *must[*desk.Ticket](t)(s.Ticket(t.Context(), ticket.ID)), ticket)
		same(t, "ticket by number", *must[*desk.Ticket](t)(s.TicketByProtocol(t.Context(), ticket.Protocol)), ticket)
		same(t, "history", must[[]desk.TicketEvent](t)(s.TicketEvents(t.Context(), ticket.ID)), []desk.TicketEvent{line})
		same(t, "articles", must[[]desk.Article](t)(s.Articles(t.Context())), []desk.Article{article})
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			events, err := tx.Events(ctx, []uuid.UUID{event.ID})
			same(t, "events", events, []desk.Event{event})
			return err
		})
		changed := filled[desk.Article](t)
		changed.ID, changed.Language, changed.CreatedAt = article.ID, article.Language, article.CreatedAt
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveArticle(ctx, &changed) })
		same(t, "changed articles", must[[]desk.Article](t)(s.Articles(t.Context())), []desk.Article{changed})
	})
}

// Empty lists, missing pointers and zero ids come back as empty, missing and zero.
func TestRoundTrip_Nothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		same(t, "fresh conversation", *must[*desk.Conversation](t)(s.Conversation(t.Context(), c.ID)), c)
		m := say(t, s, c, desk.Inbound, "")
		same(t, "bare message", *must[*desk.Message](t)(s.Message(t.Context(), m.ID)), m)
	})
}

// Text is people's: no driver may take it for a time, a number or an escape.
func TestRoundTrip_Text(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"date": "2026-03-02", "time": "2026-03-02 10:00:00", "zoned": "2026-03-02T10:00:00Z", "number": "0012", "float": "1e5",
		"null": "null", "json": `{"a": [1, "b"]}`, "quote": `'; drop table messages; --`, "backslash": `\u0041 \n \`, "percent": "50% _off_",
		"emoji": strings.Repeat("🧑‍🚀", 4096), "combining": "e\u0301 \u200d \ufeff", "rtl": "\u202eabc", "replacement": "\ufffd", "lines": "a\r\nb\n",
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		for name, text := range texts {
			m := aMessage(c, desk.Inbound, text)
			m.Choice, m.Buttons = &desk.Choice{ID: text, Title: text}, []desk.Button{{ID: "1", Title: text}}
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.AddMessage(ctx, &m)
				return err
			})
			same(t, name, *must[*desk.Message](t)(s.Message(t.Context(), m.ID)), m)
			if got := store.Coalesced(t, s, m.ID); got != text {
				t.Errorf("%s: %q came through an expression as %q", name, text, got)
			}
		}
	})
}
