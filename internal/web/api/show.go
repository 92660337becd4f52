package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// full is a list that is never null.
func full[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func pageOf[T any](data []T, next string) List[T] {
	list := List[T]{Data: full(data)}
	if next != "" {
		list.Next = &next
	}
	return list
}

func factsOf(all []desk.Fact) []Fact {
	facts := make([]Fact, len(all))
	for i, f := range all {
		facts[i] = Fact{f.Kind, f.Value}
	}
	return facts
}

func conversationOf(c *desk.Conversation) Conversation {
	shown := Conversation{
		ID: c.ID, ContactID: c.ContactID, Channel: c.Channel, Owner: c.Owner, AgentID: c.AgentID, State: c.State, SnoozedUntil: c.SnoozedUntil,
		Language: c.Language, Team: string(c.Team), Priority: c.Priority, QueuedAt: c.QueuedAt, WindowEndsAt: c.WindowEndsAt, Unread: c.Unread,
		LastAt: c.LastAt, Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
	if h := c.Handoff; h != nil {
		shown.Handoff = &Handoff{
			Reason: string(h.Reason), Intent: h.Intent, Wants: h.Wants, Tried: full(h.Tried), Facts: factsOf(h.Facts), Mood: h.Mood, Protocol: h.Protocol, At: h.At,
		}
	}
	return shown
}

func messageOf(m *desk.Message) Message {
	shown := Message{
		ID: m.ID, ConversationID: m.ConversationID, Direction: m.Direction, Author: m.Author, AgentID: m.AgentID, Kind: string(m.Kind), Text: m.Text,
		Notice: m.Notice, ProviderID: m.ProviderID, QuotedID: m.QuotedID, Status: string(m.Status), FailureCode: m.FailureCode,
		FailureDetail: m.FailureDetail, SentAt: m.SentAt, DeliveredAt: m.DeliveredAt, ReadAt: m.ReadAt, CreatedAt: m.CreatedAt,
	}
	if a := m.Attachment; a != nil {
		shown.Attachment = &Attachment{MIME: a.MIME, Filename: a.Filename, Size: a.Size, SHA256: a.SHA256}
	}
	if l := m.Location; l != nil {
		shown.Location = &Location{l.Latitude, l.Longitude, l.Name, l.Address}
	}
	if ch := m.Choice; ch != nil {
		shown.Choice = &Choice{ch.ID, ch.Title}
	}
	return shown
}

func externalOf(all []desk.ExternalID) []ExternalID {
	ids := make([]ExternalID, len(all))
	for i, id := range all {
		ids[i] = ExternalID{id.Source, id.Value}
	}
	return ids
}

func ticketOf(t *desk.Ticket, external []desk.ExternalID) Ticket {
	return Ticket{
		ID: t.ID, Protocol: t.Protocol, ContactID: t.ContactID, ConversationID: t.ConversationID, Intent: t.Intent, Subject: t.Subject,
		Priority: t.Priority, State: t.State, Team: string(t.Team), AssigneeID: t.AssigneeID, OpenedBy: t.OpenedBy, Outcome: t.Outcome,
		Facts: factsOf(t.Facts), ExternalIDs: externalOf(external), ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt,
	}
}

// tag is what If-Match says of a ticket: when it was changed last.
func (t Ticket) tag() string { return `"` + strconv.FormatInt(t.UpdatedAt.UnixMicro(), 10) + `"` }

func contactOf(c *desk.Contact, external []desk.ExternalID) Contact {
	return Contact{
		ID: c.ID, Name: c.Name, Username: c.Username, Phone: c.Phone, BSUID: c.BSUID, Language: c.Language,
		ExternalIDs: externalOf(external), CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
}

func articleOf(a *desk.Article) Article {
	return Article{
		ID: a.ID, Language: a.Language, Version: a.Version, Title: a.Title, Questions: full(a.Questions), Keywords: full(a.Keywords), Body: a.Body,
		Team: string(a.Owner), Status: a.Status, Zones: full(a.Zones), Plans: full(a.Plans), ValidFrom: a.ValidFrom, ValidUntil: a.ValidUntil,
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	}
}

// tag is what If-Match says of an article: its version.
func (a Article) tag() string { return `"` + strconv.Itoa(a.Version) + `"` }

func agentOf(a *desk.Agent) Agent {
	shown := Agent{ID: a.ID, Name: a.Name, Email: a.Email, Role: a.Role, Program: a.Program, Active: a.Active}
	if a.Program {
		shown.Email = ""
	}
	return shown
}

func webhookOf(w *desk.Webhook) Webhook {
	return Webhook{
		ID: w.ID, Name: w.Name, URL: w.URL, Topics: full(w.Topics), SkipSource: w.Source, Active: w.Active, FailingSince: w.FailingSince,
		DisabledAt: w.DisabledAt, FormerUntil: w.FormerUntil, CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
	}
}

func deliveryOf(d *desk.WebhookDelivery) Delivery {
	return Delivery{
		ID: d.ID, WebhookID: d.WebhookID, EventID: d.EventID, Type: d.Type, Sequence: d.Sequence, State: d.State, Attempts: d.Attempts,
		DueAt: d.DueAt, TriedAt: d.TriedAt, DeliveredAt: d.DeliveredAt, Status: d.Status, Problem: d.Problem, Response: d.Response,
		TookMS: d.TookMicros / 1000, CreatedAt: d.CreatedAt,
	}
}

func (p *API) conversation(ctx context.Context, id uuid.UUID) (Conversation, error) {
	c, err := p.Reader.Conversation(ctx, id)
	if err != nil {
		return Conversation{}, err
	}
	return conversationOf(c), nil
}

func (p *API) ticket(ctx context.Context, id uuid.UUID) (Ticket, error) {
	t, err := p.Reader.Ticket(ctx, id)
	if err != nil {
		return Ticket{}, err
	}
	external, err := p.Reader.ExternalIDs(ctx, id)
	return ticketOf(t, external[id]), err
}

func (p *API) contact(ctx context.Context, id uuid.UUID) (Contact, error) {
	c, err := p.Reader.Contact(ctx, id)
	if err != nil {
		return Contact{}, err
	}
	external, err := p.Reader.ExternalIDs(ctx, id)
	return contactOf(c, external[id]), err
}

// Represent shows a thing as events do: as its operation would. It returns
// desk.ErrNotFound when it has gone.
func (p *API) Represent(ctx context.Context, kind desk.Subject, id uuid.UUID) ([]byte, error) {
	var shown any
	var err error
	switch kind {
	case desk.SubjectConversation:
		shown, err = p.conversation(ctx, id)
	case desk.SubjectMessage:
		var m *desk.Message
		if m, err = p.Reader.Message(ctx, id); err == nil {
			shown = messageOf(m)
		}
	case desk.SubjectTicket:
		shown, err = p.ticket(ctx, id)
	case desk.SubjectContact:
		shown, err = p.contact(ctx, id)
	default:
		err = fmt.Errorf("api: nothing shows a %s", kind)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(shown)
}
