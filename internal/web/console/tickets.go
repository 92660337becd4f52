package console

import (
	"fmt"
	"net/http"
	"net/url"

	"antena/internal/desk"
)

// ticketsPage lists tickets.
type ticketsPage struct {
	shell
	States []choice
	Teams  []choice
	Mine   bool
	Due    bool // what is due first comes first
	State  string
	Search string
	Rows   []ticketRow
	Next   string
	First  string
}

// ticketRow is a ticket in a list.
type ticketRow struct {
	ID        string
	URL       string
	Protocol  string
	Subject   string
	Contact   string
	Intent    string
	Team      string
	State     string
	StateName string
	Level     string
	Priority  string
	Assignee  *person
	Due       *dueView
	When      string
	WhenFull  string
	WhenISO   string
}

// ticketStates are the tabs of the list; the first means every live one.
var ticketStates = []desk.TicketState{
	"", desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketWaitingThird, desk.TicketSnoozed, desk.TicketResolved, desk.TicketClosed,
}

func (p *Console) tickets(v *visit) error {
	ctx := v.gin.Request.Context()
	filter := desk.TicketFilter{
		State: desk.TicketState(v.gin.Query("state")), Team: desk.Team(v.gin.Query("team")),
		Search: v.gin.Query("q"), After: v.gin.Query("after"),
	}
	page := &ticketsPage{shell: p.shell(v, "tickets", v.T("nav.tickets")), Mine: v.gin.Query("mine") != "", Due: v.gin.Query("due") != "", Search: filter.Search, State: string(filter.State)}
	filter.DueFirst = page.Due
	if page.Mine {
		filter.Assignee = v.who.ID
	}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	found, err := p.Reader.Tickets(ctx, filter)
	if err != nil {
		return fmt.Errorf("listing tickets: %w", err)
	}
	for i := range found.Cards {
		page.Rows = append(page.Rows, p.ticketRow(v, &found.Cards[i]))
	}
	here := v.gin.Request.URL.Query()
	for _, s := range ticketStates {
		name := v.T("ticket.state.live")
		if s != "" {
			name = v.T("ticket.state." + string(s))
		}
		page.States = append(page.States, choice{Value: string(s), Label: name, URL: with(here, "state", string(s)), Current: s == filter.State})
	}
	page.Teams = p.teamChoices(v, filter.Team)
	if filter.After != "" {
		page.First = with(here, "after", "")
	}
	if found.Next != "" {
		page.Next = with(here, "after", found.Next)
	}
	return p.show(v, http.StatusOK, "tickets", page)
}

// with is the tickets' address with one part of the query changed; a change of
// anything but the page goes to the first page.
func with(query url.Values, key, value string) string {
	q := url.Values{}
	for k, values := range query {
		if k != "after" && k != "done" && len(values) > 0 && values[0] != "" {
			q.Set(k, values[0])
		}
	}
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	return "/tickets?" + q.Encode()
}

func (p *Console) ticketRow(v *visit, card *desk.TicketCard) ticketRow {
	t := &card.Ticket
	row := ticketRow{
		ID: t.ID.String(), URL: "/tickets/" + t.ID.String(), Protocol: t.Protocol, Subject: t.Subject, Contact: card.ContactName,
		Intent: p.intent(v, t.Intent), Team: p.teamName(v, t.Team), State: string(t.State),
		StateName: v.T("ticket.state." + string(t.State)), Level: string(t.Priority), Priority: v.Code("priority", string(t.Priority)),
		When: v.Stamp(t.UpdatedAt), WhenFull: v.Full(t.UpdatedAt), WhenISO: v.ISO(t.UpdatedAt),
	}
	row.Due = p.due(v, t.Promises)
	if row.Contact == "" {
		row.Contact = v.T("contact.nameless")
	}
	if row.Subject == "" {
		row.Subject = row.Intent
	}
	if card.AssigneeName != "" {
		who := face(card.AssigneeName)
		row.Assignee = &who
	}
	return row
}
