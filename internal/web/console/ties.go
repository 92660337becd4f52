package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Ties is what agents do with tickets that hang together, with tags, fields and what
// they are told of.
type Ties interface {
	TicketMerge(ctx context.Context, by desk.Agent, duplicate, into uuid.UUID) error
	TicketSplit(ctx context.Context, by desk.Agent, ticket uuid.UUID, subject string, messages []uuid.UUID) (uuid.UUID, error)
	TicketLink(ctx context.Context, by desk.Agent, ticket, other uuid.UUID, cut bool) error
	TicketParent(ctx context.Context, by desk.Agent, ticket uuid.UUID, parent *uuid.UUID) error
	TicketResolveAll(ctx context.Context, by desk.Agent, ticket uuid.UUID, outcome string) error
	TicketSnooze(ctx context.Context, by desk.Agent, ticket uuid.UUID, until time.Time) error
	TicketWake(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketReceipt(ctx context.Context, by desk.Agent, ticket uuid.UUID) error
	TicketFields(ctx context.Context, by desk.Agent, ticket uuid.UUID, given map[string]string) error
	Watch(ctx context.Context, by desk.Agent, ticket uuid.UUID, on bool) error
	Read(ctx context.Context, by desk.Agent, about uuid.UUID) error
	Tag(ctx context.Context, by desk.Agent, kind desk.Subject, id uuid.UUID, name string) error
	Untag(ctx context.Context, by desk.Agent, kind desk.Subject, id, tag uuid.UUID) error
	ChangeTag(ctx context.Context, by desk.Agent, tag uuid.UUID, name string, hue int) error
	MergeTags(ctx context.Context, by desk.Agent, from, into uuid.UUID) error
	DeleteTag(ctx context.Context, by desk.Agent, tag uuid.UUID) error
	DefineField(ctx context.Context, by desk.Agent, f desk.CustomField) error
}

// Tied reads what hangs together; the store satisfies it.
type Tied interface {
	Tied(ctx context.Context, ticket *desk.Ticket) (*desk.Tied, error)
	TicketFiles(ctx context.Context, ticket *desk.Ticket, limit int) ([]desk.Message, error)
	TicketByProtocol(ctx context.Context, protocol string) (*desk.Ticket, error)
	Tags(ctx context.Context) ([]desk.Tag, error)
	TagUses(ctx context.Context) ([]desk.TagUse, error)
	TagsOf(ctx context.Context, kind desk.Subject, things []uuid.UUID) (map[uuid.UUID][]desk.Tag, error)
	Fields(ctx context.Context) ([]desk.CustomField, error)
	Notifications(ctx context.Context, agent uuid.UUID, after string, limit int) (desk.NotificationPage, error)
	UnreadNotifications(ctx context.Context, agent uuid.UUID) (int, error)
}

const ticketFilesShown = 30

// tiesView is all that hangs together with one ticket.
type tiesView struct {
	Act      string
	Answers  bool
	Live     bool
	Into     *ticketRow
	Parent   *ticketRow
	Children []ticketRow
	Open     int // children that are live
	Links    []ticketRow
	Merged   []ticketRow
	Tags     tagsView
	Watchers []person
	Watches  bool
	News     bool // it changed since this person looked
	Fields   []fieldView
	Files    []fileRow
	Snoozed  string
	Snooze   []choice
	Receipt  bool // the contact was not told the number yet
	Split    bool // there are messages that could go into another ticket
	Read     string
}

// tagsView is the tags of a thing, with how to change them.
type tagsView struct {
	Act     string // address to which "/tag" and "/untag" are added; empty: they cannot be changed
	Back    string
	Tags    []tagView
	Known   []string // names that are offered
	Longest int
}

type tagView struct {
	ID   string
	Name string
	Hue  int
}

// fieldView is one custom field with its value.
type fieldView struct {
	Name     string
	Label    string
	Kind     string
	Value    string
	Shown    string
	Required bool
	Choices  []choice
}

// fileRow is one file of a ticket.
type fileRow struct {
	Name string
	Who  string
	When string
	ISO  string
	URL  string
	Ours bool
}

func (p *Console) ties(ctx context.Context, v *visit, t *desk.Ticket, people people) (*tiesView, error) {
	tied, err := p.Tied.Tied(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("reading what hangs together: %w", err)
	}
	view := &tiesView{
		Act: "/tickets/" + t.ID.String(), Answers: v.who.Role.May(desk.MayAnswer) && t.MergedInto == nil, Live: t.State.Live(),
		Receipt: t.ReceiptAt == nil && t.MergedInto == nil, Children: p.tiedRows(v, tied.Children), Links: p.tiedRows(v, tied.Links), Merged: p.tiedRows(v, tied.Merged),
	}
	for _, up := range []struct {
		from *desk.Ticket
		into **ticketRow
	}{{tied.Into, &view.Into}, {tied.Parent, &view.Parent}} {
		if up.from != nil {
			row := p.tiedRow(v, up.from)
			*up.into = &row
		}
	}
	for i := range tied.Children {
		if tied.Children[i].State.Live() {
			view.Open++
		}
	}
	for i := range tied.Watchers {
		w := &tied.Watchers[i]
		view.Watchers = append(view.Watchers, face(people.name(&w.AgentID)))
		if w.AgentID == v.who.ID {
			view.Watches, view.News = true, w.Unread
		}
	}
	if t.SnoozedUntil != nil {
		view.Snoozed = v.DayTime(*t.SnoozedUntil)
	}
	if view.Live {
		view.Snooze = snoozes(v)
	}
	view.Read = view.Act + "/seen"
	if view.Tags, err = p.tagsOn(ctx, v, view.Act, view.Act, tied.Tags, view.Answers); err != nil {
		return nil, err
	}
	if view.Fields, err = p.fieldsOf(ctx, v, t); err != nil {
		return nil, err
	}
	view.Files, err = p.ticketFiles(ctx, v, t, people)
	return view, err
}

func (p *Console) tiedRows(v *visit, all []desk.Ticket) (rows []ticketRow) {
	for i := range all {
		rows = append(rows, p.tiedRow(v, &all[i]))
	}
	return rows
}

func (p *Console) tiedRow(v *visit, t *desk.Ticket) ticketRow {
	row := p.ticketRow(v, &desk.TicketCard{Ticket: *t})
	row.Contact = ""
	return row
}

// tagsOn shows tags; who may answer can change them.
func (p *Console) tagsOn(ctx context.Context, v *visit, act, back string, tags []desk.Tag, answers bool) (tagsView, error) {
	view := tagsView{Back: back, Longest: desk.MaxTagName}
	for _, t := range tags {
		view.Tags = append(view.Tags, tagView{ID: t.ID.String(), Name: t.Name, Hue: t.Hue})
	}
	if !answers {
		return view, nil
	}
	view.Act = act
	known, err := p.Tied.Tags(ctx)
	for _, t := range known {
		view.Known = append(view.Known, t.Name)
	}
	if err != nil {
		return view, fmt.Errorf("reading tags: %w", err)
	}
	return view, nil
}

func (p *Console) fieldsOf(ctx context.Context, v *visit, t *desk.Ticket) ([]fieldView, error) {
	fields, err := p.Tied.Fields(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading fields: %w", err)
	}
	var all []fieldView
	for i := range fields {
		f := &fields[i]
		value := t.Fields[f.Name]
		if !f.Active && value == "" {
			continue
		}
		view := fieldView{Name: f.Name, Label: f.Names.In(v.language), Kind: string(f.Kind), Value: value, Shown: value, Required: f.Required}
		switch f.Kind {
		case desk.FieldYesNo:
			view.Choices = []choice{{Label: "–", Current: value == ""}, {Value: "yes", Label: v.T("field.yes"), Current: value == "yes"}, {Value: "no", Label: v.T("field.no"), Current: value == "no"}}
		case desk.FieldChoice:
			view.Choices = []choice{{Label: "–", Current: value == ""}}
			for _, c := range f.Choices {
				view.Choices = append(view.Choices, choice{Value: c.Key, Label: c.Names.In(v.language), Current: c.Key == value})
			}
		}
		for _, c := range view.Choices {
			if c.Current {
				view.Shown = c.Label
			}
		}
		all = append(all, view)
	}
	return all, nil
}

func (p *Console) ticketFiles(ctx context.Context, v *visit, t *desk.Ticket, people people) ([]fileRow, error) {
	messages, err := p.Tied.TicketFiles(ctx, t, ticketFilesShown)
	if err != nil {
		return nil, fmt.Errorf("reading the files of a ticket: %w", err)
	}
	var all []fileRow
	for i := range messages {
		m := &messages[i]
		row := fileRow{Name: m.Attachment.Filename, When: v.DayTime(m.CreatedAt), ISO: v.ISO(m.CreatedAt), Ours: m.Direction == desk.Outbound,
			URL: "/conversations/" + m.ConversationID.String() + "#m-" + m.ID.String(), Who: people.name(m.AgentID)}
		if row.Name == "" {
			row.Name = v.T("kind." + string(m.Kind))
		}
		if row.Who == "" {
			row.Who = v.T("author." + string(m.Author))
		}
		all = append(all, row)
	}
	return all, nil
}

// tieVerb runs one of the verbs of what hangs together.
func (p *Console) tieVerb(v *visit, id uuid.UUID, verb string) (done string, err error) {
	ctx := v.gin.Request.Context()
	switch verb {
	case "tie":
		return p.tie(ctx, v, id)
	case "orphan":
		return "ticket_parent", p.Ties.TicketParent(ctx, v.who, id, nil)
	case "unlink":
		return p.onOther(v, "other", "ticket_unlinked", func(other uuid.UUID) error { return p.Ties.TicketLink(ctx, v.who, id, other, true) })
	case "split":
		return "ticket_split", p.splitTicket(v, id)
	case "resolveall":
		return "ticket_resolved", p.Ties.TicketResolveAll(ctx, v.who, id, v.form("outcome"))
	case "snooze":
		until, err := time.Parse(time.RFC3339, v.form("until"))
		if err != nil {
			return "", desk.ErrInvalid.For("until")
		}
		return "ticket_snoozed", p.Ties.TicketSnooze(ctx, v.who, id, until)
	case "wake":
		return "ticket_woken", p.Ties.TicketWake(ctx, v.who, id)
	case "receipt":
		return "ticket_receipt", p.Ties.TicketReceipt(ctx, v.who, id)
	case "watch":
		return "ticket_watched", p.Ties.Watch(ctx, v.who, id, true)
	case "unwatch":
		return "ticket_unwatched", p.Ties.Watch(ctx, v.who, id, false)
	case "seen":
		return "read", p.Ties.Read(ctx, v.who, id)
	case "tag":
		return "tagged", p.Ties.Tag(ctx, v.who, desk.SubjectTicket, id, v.form("tag"))
	case "untag":
		return p.onOther(v, "tag", "untagged", func(tag uuid.UUID) error { return p.Ties.Untag(ctx, v.who, desk.SubjectTicket, id, tag) })
	case "fields":
		return "ticket_fields", p.setFields(v, id)
	}
	return "", desk.ErrNotFound
}

// tie ties a ticket to the one whose number is given: as its duplicate, its part, the
// larger matter it is part of, or as related.
func (p *Console) tie(ctx context.Context, v *visit, id uuid.UUID) (done string, err error) {
	other, err := p.named(ctx, v.form("protocol"))
	if err != nil {
		return "", err
	}
	switch v.form("as") {
	case "duplicate":
		return "ticket_merged", p.Ties.TicketMerge(ctx, v.who, id, other)
	case "related":
		return "ticket_linked", p.Ties.TicketLink(ctx, v.who, id, other, false)
	case "part":
		return "ticket_parent", p.Ties.TicketParent(ctx, v.who, id, &other)
	case "whole":
		return "ticket_parent", p.Ties.TicketParent(ctx, v.who, other, &id)
	}
	return "", desk.ErrInvalid.For("as")
}

// onOther reads the id of another thing from the form.
func (p *Console) onOther(v *visit, field, done string, act func(uuid.UUID) error) (string, error) {
	other, err := uuid.Parse(v.form(field))
	if err != nil {
		return "", desk.ErrInvalid.For(field)
	}
	return done, act(other)
}

// named finds a ticket by its number, as people copy it.
func (p *Console) named(ctx context.Context, protocol string) (uuid.UUID, error) {
	protocol = strings.Trim(strings.TrimSpace(protocol), "#*")
	if protocol == "" {
		return uuid.Nil, desk.ErrInvalid.For("protocol")
	}
	t, err := p.Tied.TicketByProtocol(ctx, protocol)
	if err != nil {
		return uuid.Nil, fmt.Errorf("finding a ticket by its number: %w", err)
	}
	return t.ID, nil
}

func (p *Console) splitTicket(v *visit, id uuid.UUID) error {
	var messages []uuid.UUID
	for _, text := range v.gin.PostFormArray("message") {
		m, err := uuid.Parse(text)
		if err != nil {
			return desk.ErrInvalid.For("messages")
		}
		messages = append(messages, m)
	}
	_, err := p.Ties.TicketSplit(v.gin.Request.Context(), v.who, id, v.form("subject"), messages)
	return err
}

func (p *Console) setFields(v *visit, id uuid.UUID) error {
	given := map[string]string{}
	for name, values := range v.gin.Request.PostForm {
		if key, ok := strings.CutPrefix(name, "field_"); ok && len(values) > 0 {
			given[key] = values[0]
		}
	}
	return p.Ties.TicketFields(v.gin.Request.Context(), v.who, id, given)
}

// tagConversation and untagConversation change the tags of a conversation.
func (p *Console) tagConversation(v *visit) error {
	return p.onConversation(v, "tagged", func(id uuid.UUID) error {
		return p.Ties.Tag(v.gin.Request.Context(), v.who, desk.SubjectConversation, id, v.form("tag"))
	})
}

func (p *Console) untagConversation(v *visit) error {
	return p.onConversation(v, "untagged", func(id uuid.UUID) error {
		_, err := p.onOther(v, "tag", "", func(tag uuid.UUID) error {
			return p.Ties.Untag(v.gin.Request.Context(), v.who, desk.SubjectConversation, id, tag)
		})
		return err
	})
}

// conversationTags are the tags of the open conversation.
func (p *Console) conversationTags(ctx context.Context, v *visit, id uuid.UUID, back string) (tagsView, error) {
	found, err := p.Tied.TagsOf(ctx, desk.SubjectConversation, []uuid.UUID{id})
	if err != nil {
		return tagsView{}, fmt.Errorf("reading tags: %w", err)
	}
	return p.tagsOn(ctx, v, "/conversations/"+id.String(), back, found[id], v.who.Role.May(desk.MayAnswer))
}
