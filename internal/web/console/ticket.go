package console

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// ticketPage is one ticket with its history and verbs.
type ticketPage struct {
	shell
	Row          ticketRow
	Act          string
	Contact      person
	Conversation string
	Facts        []fact
	Details      []fact
	Promises     []dueView
	Outcome      string
	History      []eventView
	Ties         *tiesView
	Answers      bool
	Start        bool
	Wait         bool
	WaitThird    bool
	Resolve      bool
	Close        bool
	Reopen       bool
	TooLate      bool
	Live         bool
	Priorities   []choice
	Assignees    []choice
	Typed        string
}

// eventView is one line of a ticket's history.
type eventView struct {
	Icon  string
	Who   string
	Words string
	Note  string
	When  string
	ISO   string
	Link  string
	Voice string
	Pick  string // the message's id, if it could go into another ticket
}

var priorities = []desk.Priority{desk.PriorityUrgent, desk.PriorityHigh, desk.PriorityNormal, desk.PriorityLow}

func (p *Console) ticket(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return p.showTicket(v, http.StatusOK, id)
}

func (p *Console) showTicket(v *visit, status int, id uuid.UUID) error {
	ctx := v.gin.Request.Context()
	t, err := p.Reader.Ticket(ctx, id)
	if err != nil {
		return fmt.Errorf("opening ticket: %w", err)
	}
	contact, err := p.Reader.Contact(ctx, t.ContactID)
	if err != nil {
		return fmt.Errorf("opening ticket: %w", err)
	}
	people, err := p.people(ctx)
	if err != nil {
		return err
	}
	card := desk.TicketCard{Ticket: *t, ContactName: contactName(v, contact), AssigneeName: people.name(t.AssigneeID)}
	page := &ticketPage{
		shell: p.shell(v, "tickets", v.T("ticket.title", t.Protocol)), Row: p.ticketRow(v, &card), Act: "/tickets/" + id.String(),
		Contact: face(card.ContactName), Conversation: "/conversations/" + t.ConversationID.String(),
		Facts: facts(v, t.Facts), Outcome: t.Outcome, Answers: v.who.Role.May(desk.MayAnswer), Live: t.State.Live(), Typed: v.typed,
	}
	page.Details = ticketDetails(v, t)
	if t.Promises != nil {
		for i := range t.Promises.List {
			page.Promises = append(page.Promises, *p.promised(v, t.Promises, &t.Promises.List[i]))
		}
	}
	cost, err := p.Reader.TicketCost(ctx, t)
	if err != nil {
		return fmt.Errorf("adding up a ticket: %w", err)
	}
	if words := sums(v, cost); words != "" {
		page.Details = append(page.Details, fact{Name: v.T("cost.title"), Value: words})
	}
	fillTicketVerbs(v, page, t, people)
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	if page.History, err = p.history(ctx, v, t, people); err != nil {
		return err
	}
	if page.Ties, err = p.ties(ctx, v, t, people); err != nil {
		return err
	}
	for i := range page.History {
		page.Ties.Split = page.Ties.Split || page.Ties.Answers && page.History[i].Pick != ""
	}
	return p.show(v, status, "ticket", page)
}

func ticketDetails(v *visit, t *desk.Ticket) []fact {
	all := []fact{
		{Name: v.T("ticket.opened"), Value: v.DayTime(t.CreatedAt)},
		{Name: v.T("ticket.opened_by"), Value: v.T("author." + string(t.OpenedBy))},
		{Name: v.T("ticket.changed"), Value: v.DayTime(t.UpdatedAt)},
	}
	if t.ResolvedAt != nil {
		all = append(all, fact{Name: v.T("ticket.resolved"), Value: v.DayTime(*t.ResolvedAt)})
	}
	if t.ClosedAt != nil {
		all = append(all, fact{Name: v.T("ticket.closed"), Value: v.DayTime(*t.ClosedAt)})
	}
	return all
}

// fillTicketVerbs offers only the steps the ticket's state allows.
func fillTicketVerbs(v *visit, page *ticketPage, t *desk.Ticket, people people) {
	if !page.Answers {
		return
	}
	live := t.State.Live()
	page.Start = live && t.State != desk.TicketOpen
	page.Wait = live && t.State != desk.TicketWaitingCustomer
	page.WaitThird = live && t.State != desk.TicketWaitingThird
	page.Resolve = live
	page.Close = t.State == desk.TicketResolved
	page.Reopen = t.Reopenable(v.now)
	page.TooLate = !live && !page.Reopen
	for _, level := range priorities {
		page.Priorities = append(page.Priorities, choice{Value: string(level), Label: v.T("priority." + string(level)), Current: level == t.Priority})
	}
	page.Assignees = append(page.Assignees, choice{Label: v.T("ticket.nobody"), Current: t.AssigneeID == nil})
	page.Assignees = append(page.Assignees, assignable(people, t.AssigneeID)...)
}

func (p *Console) history(ctx context.Context, v *visit, t *desk.Ticket, people people) ([]eventView, error) {
	events, err := p.Reader.TicketEvents(ctx, t.ID)
	if err != nil {
		return nil, fmt.Errorf("reading the history of a ticket: %w", err)
	}
	var all []eventView
	for i := range events {
		e := &events[i]
		view := eventView{
			Icon: eventIcon(e.Kind), Note: e.Note, When: v.DayTime(e.CreatedAt), ISO: v.ISO(e.CreatedAt), Voice: string(e.Author),
			Who: people.name(e.AgentID),
		}
		if view.Who == "" {
			view.Who = v.T("author." + string(e.Author))
		}
		from, to := eventValue(v, e.Kind, e.From, people), eventValue(v, e.Kind, e.To, people)
		key := "event." + e.Kind
		if !v.Has(key) {
			key = "event.other"
		}
		view.Words = v.T(key, from, to)
		if e.MessageID != nil {
			view.Link = "/conversations/" + t.ConversationID.String() + "#m-" + e.MessageID.String()
			view.Pick = e.MessageID.String()
		}
		all = append(all, view)
	}
	return all, nil
}

func eventIcon(kind string) string {
	switch kind {
	case "opened":
		return "plus"
	case "message":
		return "inbox"
	case "note":
		return "lock"
	case "assigned":
		return "user"
	case "priority":
		return "flag"
	case "reopened":
		return "return"
	case "promise_at_risk", "promise_late":
		return "hourglass"
	}
	return "ticket"
}

// plainEvents are the kinds of line whose From and To are shown as they are: numbers
// of tickets, names of tags, values of fields.
var plainEvents = []string{"merged", "absorbed", "split", "linked", "unlinked", "parent", "child", "tag", "field"}

// eventValue says what a line of the history holds in From and To.
func eventValue(v *visit, kind, value string, people people) string {
	switch kind {
	case "assigned":
		if id, err := uuid.Parse(value); err == nil {
			return people.name(&id)
		}
		if value == "" {
			return v.T("ticket.nobody")
		}
		return value
	case "priority":
		return v.Code("priority", value)
	}
	if slices.Contains(plainEvents, kind) {
		return value
	}
	if strings.HasPrefix(kind, "promise_") {
		return v.Code("promise", value)
	}
	return v.Code("ticket.state", value)
}

// changeTicket runs one verb on a ticket.
func (p *Console) changeTicket(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	done, err := p.ticketVerb(v, id, v.gin.Param("verb"))
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem, v.typed = words, v.gin.PostForm("text")
			return p.showTicket(v, status, id)
		})
	}
	return v.done("/tickets/"+id.String(), done)
}

func (p *Console) ticketVerb(v *visit, id uuid.UUID, verb string) (done string, err error) {
	ctx := v.gin.Request.Context()
	switch verb {
	case "start":
		return "ticket_started", p.Tickets.TicketStart(ctx, v.who, id)
	case "wait":
		return "ticket_waiting", p.Tickets.TicketWait(ctx, v.who, id, v.form("for") == "third_party")
	case "resolve":
		return "ticket_resolved", p.Tickets.TicketResolve(ctx, v.who, id, v.form("outcome"))
	case "reopen":
		return "ticket_reopened", p.Tickets.TicketReopen(ctx, v.who, id)
	case "close":
		return "ticket_closed", p.Tickets.TicketClose(ctx, v.who, id)
	case "priority":
		return "ticket_priority", p.Tickets.TicketPriority(ctx, v.who, id, desk.Priority(v.form("priority")))
	case "note":
		return "noted", p.Tickets.TicketNote(ctx, v.who, id, v.form("text"))
	case "assign":
		return "ticket_assigned", p.assignTicket(v, id)
	}
	return p.tieVerb(v, id, verb)
}

func (p *Console) assignTicket(v *visit, id uuid.UUID) error {
	var to *uuid.UUID
	if chosen := v.form("to"); chosen != "" {
		agent, err := uuid.Parse(chosen)
		if err != nil {
			return desk.ErrInvalid.For("to")
		}
		to = &agent
	}
	return p.Tickets.TicketAssign(v.gin.Request.Context(), v.who, id, to)
}
