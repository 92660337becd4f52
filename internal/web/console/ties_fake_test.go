package console_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// bound is what hangs together on the fake desk.
type bound struct {
	tags    []desk.Tag
	fields  []desk.CustomField
	told    []desk.Notification
	watched []uuid.UUID
}

func (f *fake) TicketMerge(_ context.Context, _ desk.Agent, _, into uuid.UUID) error {
	return f.act("merge into " + f.protocol(into))
}
func (f *fake) TicketSplit(_ context.Context, _ desk.Agent, _ uuid.UUID, subject string, messages []uuid.UUID) (uuid.UUID, error) {
	return uuid.Nil, f.act(fmt.Sprint("split ", subject, " ", len(messages)))
}
func (f *fake) TicketLink(_ context.Context, _ desk.Agent, _, other uuid.UUID, cut bool) error {
	return f.act(fmt.Sprint("link ", f.protocol(other), " ", cut))
}
func (f *fake) TicketParent(_ context.Context, _ desk.Agent, ticket uuid.UUID, parent *uuid.UUID) error {
	if parent == nil {
		return f.act("orphan")
	}
	return f.act("parent of " + f.protocol(ticket) + " is " + f.protocol(*parent))
}
func (f *fake) TicketResolveAll(context.Context, desk.Agent, uuid.UUID, string) error {
	return f.act("resolve all")
}
func (f *fake) TicketSnooze(_ context.Context, _ desk.Agent, _ uuid.UUID, until time.Time) error {
	return f.act("snooze ticket " + until.Format(time.RFC3339))
}
func (f *fake) TicketWake(context.Context, desk.Agent, uuid.UUID) error    { return f.act("wake") }
func (f *fake) TicketReceipt(context.Context, desk.Agent, uuid.UUID) error { return f.act("receipt") }
func (f *fake) TicketFields(_ context.Context, _ desk.Agent, _ uuid.UUID, given map[string]string) error {
	return f.act(fmt.Sprint("fields ", given))
}
func (f *fake) Watch(_ context.Context, _ desk.Agent, _ uuid.UUID, on bool) error {
	return f.act(fmt.Sprint("watch ", on))
}
func (f *fake) Read(_ context.Context, _ desk.Agent, about uuid.UUID) error {
	return f.act(fmt.Sprint("read all ", about == uuid.Nil))
}
func (f *fake) Tag(_ context.Context, _ desk.Agent, kind desk.Subject, _ uuid.UUID, name string) error {
	return f.act("tag " + string(kind) + " " + name)
}
func (f *fake) Untag(_ context.Context, _ desk.Agent, kind desk.Subject, _, _ uuid.UUID) error {
	return f.act("untag " + string(kind))
}
func (f *fake) ChangeTag(_ context.Context, _ desk.Agent, _ uuid.UUID, name string, hue int) error {
	return f.act(fmt.Sprint("change tag ", name, " ", hue))
}
func (f *fake) MergeTags(context.Context, desk.Agent, uuid.UUID, uuid.UUID) error {
	return f.act("merge tags")
}
func (f *fake) DeleteTag(context.Context, desk.Agent, uuid.UUID) error { return f.act("delete tag") }
func (f *fake) DefineField(_ context.Context, _ desk.Agent, c desk.CustomField) error {
	return f.act(fmt.Sprint("define ", c.Name, " ", c.Kind, " ", c.Names, " ", c.Choices, " ", c.Required))
}

func (f *fake) protocol(id uuid.UUID) string {
	for i := range f.ticketRows {
		if f.ticketRows[i].ID == id {
			return f.ticketRows[i].Protocol
		}
	}
	return "?"
}

// Tied ties the first ticket to the others, in every way there is.
func (f *fake) Tied(_ context.Context, t *desk.Ticket) (*desk.Tied, error) {
	tied := &desk.Tied{}
	if t.ID != f.ticketRows[0].ID {
		return tied, nil
	}
	tied.Children, tied.Links, tied.Merged = f.ticketRows[1:2], f.ticketRows[2:3], f.ticketRows[len(f.ticketRows)-1:]
	tied.Tags = f.bound.tags[:2]
	tied.Watchers = []desk.Watcher{{TicketID: t.ID, AgentID: f.agents[ana].ID, Unread: true}, {TicketID: t.ID, AgentID: f.agents[carla].ID}}
	return tied, nil
}

func (f *fake) TicketFiles(_ context.Context, t *desk.Ticket, _ int) (all []desk.Message, _ error) {
	for _, m := range f.messages[t.ConversationID] {
		if m.Attachment != nil {
			all = append(all, m)
		}
	}
	return all, nil
}
func (f *fake) TicketByProtocol(_ context.Context, protocol string) (*desk.Ticket, error) {
	for i := range f.ticketRows {
		if f.ticketRows[i].Protocol == protocol {
			return &f.ticketRows[i], nil
		}
	}
	return nil, desk.ErrNotFound
}
func (f *fake) Tags(context.Context) ([]desk.Tag, error) { return f.bound.tags, nil }
func (f *fake) TagUses(context.Context) (all []desk.TagUse, _ error) {
	for i, t := range f.bound.tags {
		all = append(all, desk.TagUse{Tag: t, Tickets: i * 3, Conversations: 7})
	}
	return all, nil
}
func (f *fake) TagsOf(_ context.Context, _ desk.Subject, things []uuid.UUID) (map[uuid.UUID][]desk.Tag, error) {
	found := map[uuid.UUID][]desk.Tag{}
	if slices.Contains(things, f.conversations[0].ID) {
		found[f.conversations[0].ID] = f.bound.tags[1:]
	}
	return found, nil
}
func (f *fake) Fields(context.Context) ([]desk.CustomField, error) { return f.bound.fields, nil }
func (f *fake) Notifications(_ context.Context, agent uuid.UUID, _ string, _ int) (page desk.NotificationPage, _ error) {
	for _, n := range f.bound.told {
		if n.AgentID == agent {
			page.Rows = append(page.Rows, n)
		}
	}
	return page, nil
}
func (f *fake) UnreadNotifications(_ context.Context, agent uuid.UUID) (n int, _ error) {
	for _, told := range f.bound.told {
		if told.AgentID == agent && told.ReadAt == nil {
			n++
		}
	}
	return n, nil
}

// bind gives the golden desk tags, fields and what its people were told.
func (f *fake) bind() {
	for i, name := range []string{"Fibra", "Reincidente", "Zona Norte"} {
		f.bound.tags = append(f.bound.tags, desk.Tag{ID: desk.NewID(), Name: name, Folded: strings.ToLower(name), Hue: i + 2})
	}
	words := func(es, pt, en string) desk.Words { return desk.Words{"es": es, "pt": pt, "en": en} }
	f.bound.fields = []desk.CustomField{
		{ID: desk.NewID(), Name: "cause", Kind: desk.FieldChoice, Names: words("Causa", "Causa", "Cause"), Required: true, Active: true,
			Choices: []desk.FieldOption{{Key: "cut", Names: words("Fibra cortada", "Fibra rompida", "Cut fibre")}, {Key: "power", Names: words("Sin luz", "Sem energia", "No power")}}},
		{ID: desk.NewID(), Name: "visit", Kind: desk.FieldDate, Names: words("Visita", "Visita", "Visit"), Active: true, Place: 1},
		{ID: desk.NewID(), Name: "paid", Kind: desk.FieldYesNo, Names: words("Al día", "Em dia", "Paid up"), Active: true, Place: 2},
	}
	f.ticketRows[0].Fields = map[string]string{"cause": "cut"}
	ticket, conv := f.ticketRows[0].ID, f.conversations[0].ID
	for i, n := range []desk.Notification{
		{Kind: desk.NotifyMention, ByID: &f.agents[carla].ID, ConversationID: &conv, Text: "@Ana fijate si hay otro corte en la cuadra", Count: 1},
		{Kind: desk.NotifyWatched, ByID: &f.agents[bruno].ID, TicketID: &ticket, Count: 3}, {Kind: desk.NotifyWoke, TicketID: &ticket, Text: "Sin internet", Count: 1, ReadAt: ptr(f.ago(time.Hour))},
	} {
		n.ID, n.AgentID, n.CreatedAt, n.UpdatedAt = desk.NewID(), f.agents[ana].ID, f.ago(time.Duration(i+1)*time.Hour), f.ago(time.Duration(i+1)*time.Hour)
		f.bound.told = append(f.bound.told, n)
	}
}
