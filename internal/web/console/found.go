package console

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"

	"antena/internal/desk"
	"antena/internal/find"
)

// Finder searches contacts, tickets and messages.
type Finder interface {
	Search(ctx context.Context, text string, before int64) (find.Found, error)
}

// foundView is what a search found.
type foundView struct {
	Groups []hitGroup
	More   string // address of older messages
	Note   string // key of why this is not everything
}

type hitGroup struct {
	Name string
	Rows []hitRow
}

// hitRow is one thing that was found, the words looked for marked.
type hitRow struct {
	URL      string
	Page     bool // it leads to a page of its own
	Title    []find.Part
	Text     []find.Part
	When     string
	WhenFull string
	WhenISO  string
	Current  bool
}

func (p *Console) found(ctx context.Context, v *visit, at place) (*foundView, error) {
	before, err := parseAfter(at.After)
	if err != nil {
		return nil, err
	}
	found, err := p.Finder.Search(ctx, at.Search, before)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	view := &foundView{}
	switch {
	case found.TooShort:
		view.Note = "found.short"
	case found.Behind:
		view.Note = "found.behind"
	}
	people := hitGroup{Name: v.T("found.people")}
	for i := range found.Contacts {
		c := &found.Contacts[i]
		row := p.hitRow(v, at, &c.Conversation)
		row.Title = find.Mark(nameOr(v, c.ContactName, c.ContactPhone), found.Words)
		if c.ContactName != "" {
			row.Text = find.Mark(phone(c.ContactPhone), nil)
		}
		people.Rows = append(people.Rows, row)
	}
	tickets := hitGroup{Name: v.T("found.tickets")}
	for i := range found.Tickets {
		t := &found.Tickets[i].Ticket
		tickets.Rows = append(tickets.Rows, hitRow{
			URL: "/tickets/" + t.ID.String(), Page: true, Title: find.Mark(t.Protocol, found.Words), Text: find.Mark(t.Subject, found.Words),
			When: v.Stamp(t.UpdatedAt), WhenFull: v.Full(t.UpdatedAt), WhenISO: v.ISO(t.UpdatedAt),
		})
	}
	messages := hitGroup{Name: v.T("found.messages")}
	for i := range found.Messages {
		m := &found.Messages[i]
		messages.Rows = append(messages.Rows, hitRow{
			URL: at.url(m.Message.ConversationID), Title: find.Mark(nameOr(v, m.ContactName, m.Phone), nil), Text: find.Mark(m.Message.Text, found.Words),
			When: v.Stamp(m.Message.Spoken()), WhenFull: v.Full(m.Message.Spoken()), WhenISO: v.ISO(m.Message.Spoken()),
			Current: m.Message.ConversationID == at.Conversation,
		})
	}
	for _, group := range []hitGroup{people, tickets, messages} {
		if len(group.Rows) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	if found.Next > 0 {
		more := at
		more.After = formatAfter(found.Next)
		view.More = more.listURL()
	}
	return view, nil
}

func (p *Console) hitRow(v *visit, at place, c *desk.Conversation) hitRow {
	return hitRow{URL: at.url(c.ID), When: v.Stamp(c.LastAt), WhenFull: v.Full(c.LastAt), WhenISO: v.ISO(c.LastAt), Current: c.ID == at.Conversation}
}

// formatAfter is the cursor of a search.
func formatAfter(place int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(place, 36)))
}

func parseAfter(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return 0, desk.ErrInvalid.For("after")
	}
	place, err := strconv.ParseInt(string(raw), 36, 64)
	if err != nil || place < 1 {
		return 0, desk.ErrInvalid.For("after")
	}
	return place, nil
}
