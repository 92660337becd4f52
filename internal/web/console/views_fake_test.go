package console_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/find"
)

func (f *fake) Counts(context.Context) (desk.Counts, error) {
	counts := desk.Counts{Views: map[desk.View]int{}, Held: map[uuid.UUID]int{}, Teams: map[desk.Team]int{}}
	for i := range f.conversations {
		c := &f.conversations[i]
		for _, v := range desk.Views {
			if v != desk.ViewMine && f.in(c, v, uuid.Nil) {
				counts.Views[v]++
			}
		}
		if c.State == desk.ConversationOpen && c.Owner == desk.OwnerAgent {
			counts.Held[*c.AgentID]++
		}
		if c.State == desk.ConversationOpen && c.Owner == desk.OwnerQueue {
			counts.Teams[c.Team]++
		}
	}
	return counts, nil
}

func (f *fake) CountConversations(ctx context.Context, filter desk.ConversationFilter) (int, error) {
	page, err := f.Conversations(ctx, filter)
	return len(page.Cards), err
}

func (f *fake) SavedViews(_ context.Context, agent uuid.UUID) (all []desk.SavedView, _ error) {
	for _, v := range f.saved {
		if v.Shared || v.AgentID == agent {
			all = append(all, v)
		}
	}
	return all, nil
}

func (f *fake) BulkRun(_ context.Context, id uuid.UUID) (*desk.BulkRun, error) {
	for _, r := range f.runs {
		if r.ID == id {
			return &r, nil
		}
	}
	return nil, desk.ErrNotFound
}

func (f *fake) BulkRuns(context.Context, uuid.UUID) ([]desk.BulkRun, error) { return f.runs, nil }

func (f *fake) BulkFailures(context.Context, uuid.UUID) ([]desk.BulkItem, error) {
	return f.bulkFailed, nil
}

// views are the acts on whole lists, as the fake takes note of them.
type views struct{ f *fake }

func (v views) Save(_ context.Context, by desk.Agent, name string, shared bool, filter desk.ConversationFilter) (*desk.SavedView, error) {
	return &desk.SavedView{ID: v.f.agents[0].ID, Name: name}, v.f.act(fmt.Sprintf("save view %s %v %s %s", name, shared, filter.View, filter.Team))
}

func (v views) Drop(context.Context, desk.Agent, uuid.UUID) error { return v.f.act("drop view") }

func (v views) Start(_ context.Context, _ desk.Agent, a desk.BulkAct) (uuid.UUID, error) {
	whole := ""
	if a.Whole != nil {
		whole = " whole " + string(a.Whole.View) + string(a.Whole.Team)
	}
	return uuid.Max, v.f.act(fmt.Sprintf("bulk %s %d%s %s", a.Verb, len(a.Picked), whole, a.Params.Outcome))
}

func (v views) Stop(context.Context, desk.Agent, uuid.UUID) error { return v.f.act("stop bulk") }

func (v views) Export(ctx context.Context, _ desk.Agent, filter desk.ConversationFilter, row func(*desk.ConversationCard) error) error {
	if err := v.f.act("export " + string(filter.View)); err != nil {
		return err
	}
	page, err := v.f.Conversations(ctx, filter)
	if err != nil {
		return err
	}
	for i := range page.Cards {
		if err := row(&page.Cards[i]); err != nil {
			return err
		}
	}
	return nil
}

// Search finds whole words of messages and parts of names, which is enough for pages.
func (f *fake) Search(_ context.Context, text string, before int64) (found find.Found, _ error) {
	if len(text) < 2 {
		found.TooShort = true
		return found, nil
	}
	found.Words = desk.SearchWords{{strings.ToLower(text)}}
	for i := range f.conversations {
		c := &f.conversations[i]
		contact := f.contacts[c.ContactID]
		if before == 0 && strings.Contains(strings.ToLower(contact.Name+contact.Phone), strings.ToLower(text)) {
			found.Contacts = append(found.Contacts, desk.ConversationCard{Conversation: *c, ContactName: contact.Name, ContactPhone: contact.Phone})
		}
		for _, m := range f.messages[c.ID] {
			if strings.Contains(strings.ToLower(m.Text), strings.ToLower(text)) {
				found.Messages = append(found.Messages, desk.FoundMessage{Message: m, ContactName: contact.Name, Place: int64(i + 1)})
				found.Next = 1
			}
		}
	}
	for _, t := range f.ticketRows {
		if before == 0 && strings.Contains(t.Protocol, text) {
			found.Tickets = append(found.Tickets, desk.TicketCard{Ticket: t})
		}
	}
	return found, nil
}
