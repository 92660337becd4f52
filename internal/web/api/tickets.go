package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

func (p *API) onTickets() []operation {
	const group = "tickets"
	read, write := desk.ScopeReadTickets, desk.ScopeWriteTickets
	filters := paging(
		param{name: "state", kind: "string", values: texts(desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketWaitingThird, desk.TicketResolved, desk.TicketClosed)},
		param{name: "assignee_id", kind: "uuid"}, param{name: "contact_id", kind: "uuid"}, param{name: "conversation_id", kind: "uuid"}, param{name: "team", kind: "string"},
		param{name: "protocol", kind: "string", about: "The number the contact knows."},
		param{name: "external_id", kind: "string", about: "What a source calls it."}, param{name: "source", kind: "string", about: "Whose external_id; default: the token's source."},
		param{name: "updated_since", kind: "date-time", about: "Not changed before."},
		param{name: "sort", kind: "string", values: []string{"created", "updated"}, about: "created (default): newest first. updated: oldest change first, to catch up with updated_since."})
	return []operation{
		with(operation{id: "listTickets", method: get, path: "/tickets", group: group, scope: read, params: filters, about: "List tickets."},
			List[Ticket]{Data: []Ticket{exampleTicket()}}, p.tickets),
		taking(operation{id: "createTicket", method: post, path: "/tickets", group: group, scope: write, status: http.StatusCreated,
			about: "Open a ticket about a conversation. It gets a protocol number."},
			TicketRequest{ConversationID: exampleID(1), Subject: "No internet since Sunday", Team: "technical", Priority: desk.PriorityHigh, ExternalID: "CRM-1042"}, exampleTicket(),
			func(c *call, r TicketRequest) (Ticket, error) {
				ctx := c.Request.Context()
				id, err := p.Tickets.TicketOpen(ctx, c.by, agents.NewTicket{
					ID: c.key, Conversation: r.ConversationID, Subject: r.Subject, Intent: r.Intent, Team: desk.Team(r.Team), Priority: r.Priority, ExternalID: r.ExternalID,
				})
				if err != nil {
					return Ticket{}, err
				}
				return p.ticket(ctx, id)
			}),
		with(operation{id: "getTicket", method: get, path: "/tickets/{id}", group: group, scope: read, about: "Show one ticket."}, exampleTicket(),
			func(c *call) (Ticket, error) {
				return p.onTicket(c, func(context.Context, uuid.UUID) error { return nil })
			}),
		taking(operation{id: "updateTicket", method: patch, path: "/tickets/{id}", group: group, scope: write, match: true,
			about: "Change what a ticket says. With If-Match it fails with 412 when somebody changed the ticket since."},
			TicketPatch{Subject: ptr("No internet, whole street"), ExternalID: ptr("CRM-1042")}, exampleTicket(), p.updateTicket),
		ticketVerb(p, "startTicket", "start", "Take a ticket up.", emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
			return p.Tickets.TicketStart(c.Request.Context(), c.by, id)
		}),
		ticketVerb(p, "parkTicket", "wait", "Park a ticket until the customer answers or somebody outside acts.", WaitRequest{For: "third_party"}, func(c *call, id uuid.UUID, r WaitRequest) error {
			return p.Tickets.TicketWait(c.Request.Context(), c.by, id, r.For == "third_party")
		}),
		ticketVerb(p, "resolveTicket", "resolve", "End the matter of a ticket.", ResolveRequest{Outcome: "Splice renewed."}, func(c *call, id uuid.UUID, r ResolveRequest) error {
			return p.Tickets.TicketResolve(c.Request.Context(), c.by, id, r.Outcome)
		}),
		ticketVerb(p, "reopenTicket", "reopen", "Take a resolved ticket up again, within seven days.", emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
			return p.Tickets.TicketReopen(c.Request.Context(), c.by, id)
		}),
		ticketVerb(p, "closeTicket", "close", "Make a resolution final.", emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
			return p.Tickets.TicketClose(c.Request.Context(), c.by, id)
		}),
		ticketVerb(p, "assignTicket", "assign", "Give a ticket to an agent, or to nobody.", TicketAssignRequest{AgentID: ptr(exampleID(7))}, func(c *call, id uuid.UUID, r TicketAssignRequest) error {
			return p.Tickets.TicketAssign(c.Request.Context(), c.by, id, r.AgentID)
		}),
		ticketVerb(p, "noteTicket", "note", "Leave words among agents in a ticket's history.", NoteRequest{Text: "Parts ordered."}, func(c *call, id uuid.UUID, r NoteRequest) error {
			return p.Tickets.TicketNote(c.Request.Context(), c.by, id, r.Text)
		}),
		with(operation{id: "listTicketEvents", method: get, path: "/tickets/{id}/events", group: group, scope: read, about: "Show a ticket's history, oldest line first; all on one page."},
			List[TicketEvent]{Data: []TicketEvent{exampleTicketEvent()}}, p.ticketEvents),
	}
}

func ptr[T any](v T) *T { return &v }

// ticketVerb is an operation that does something to a ticket and shows it.
func ticketVerb[B any](p *API, id, verb, about string, example B, do func(*call, uuid.UUID, B) error) operation {
	o := operation{id: id, method: post, path: "/tickets/{id}/" + verb, group: "tickets", scope: desk.ScopeWriteTickets, about: about}
	serve := func(c *call, body B) (Ticket, error) {
		return p.onTicket(c, func(_ context.Context, id uuid.UUID) error { return do(c, id, body) })
	}
	if _, empty := any(example).(emptyRequest); empty {
		return with(o, exampleTicket(), func(c *call) (Ticket, error) { return serve(c, example) })
	}
	return taking(o, example, exampleTicket(), serve)
}

func (p *API) onTicket(c *call, do func(context.Context, uuid.UUID) error) (Ticket, error) {
	id, err := c.id()
	if err != nil {
		return Ticket{}, err
	}
	ctx := c.Request.Context()
	if err := do(ctx, id); err != nil {
		return Ticket{}, err
	}
	return p.ticket(ctx, id)
}

func (p *API) tickets(c *call) (List[Ticket], error) {
	ctx := c.Request.Context()
	found, next, err := p.Reader.QueryTickets(ctx, desk.TicketQuery{
		State: desk.TicketState(c.Query("state")), Assignee: c.queryID("assignee_id"), Contact: c.queryID("contact_id"), Conversation: c.queryID("conversation_id"),
		Team: desk.Team(c.Query("team")), Protocol: c.Query("protocol"), Source: c.source(), ExternalID: c.Query("external_id"),
		Since: c.queryTime("updated_since"), Changed: c.Query("sort") == "updated", After: c.Query("after"), Limit: c.limit(),
	})
	if err != nil {
		return List[Ticket]{}, err
	}
	ids := make([]uuid.UUID, len(found))
	for i := range found {
		ids[i] = found[i].ID
	}
	external, err := p.Reader.ExternalIDs(ctx, ids...)
	all := make([]Ticket, len(found))
	for i := range found {
		all[i] = ticketOf(&found[i], external[found[i].ID])
	}
	return pageOf(all, next), err
}

func (p *API) updateTicket(c *call, r TicketPatch) (Ticket, error) {
	edit := agents.TicketEdit{Subject: r.Subject, Intent: r.Intent, Priority: r.Priority, ExternalID: r.ExternalID}
	if r.Team != nil {
		edit.Team = ptr(desk.Team(*r.Team))
	}
	if match := c.GetHeader("If-Match"); match != "" && match != "*" {
		micros, err := strconv.ParseInt(strings.Trim(match, `"`), 10, 64)
		if err != nil {
			return Ticket{}, desk.ErrStale
		}
		edit.Seen = ptr(time.UnixMicro(micros).UTC())
	}
	return p.onTicket(c, func(ctx context.Context, id uuid.UUID) error { return p.Tickets.TicketChange(ctx, c.by, id, edit) })
}

func (p *API) ticketEvents(c *call) (List[TicketEvent], error) {
	id, err := c.id()
	if err != nil {
		return List[TicketEvent]{}, err
	}
	ctx := c.Request.Context()
	if _, err := p.Reader.Ticket(ctx, id); err != nil {
		return List[TicketEvent]{}, err
	}
	found, err := p.Reader.TicketEvents(ctx, id)
	all := make([]TicketEvent, len(found))
	for i, e := range found {
		all[i] = TicketEvent{
			ID: e.ID, TicketID: e.TicketID, Author: e.Author, AgentID: e.AgentID, Kind: e.Kind, From: e.From, To: e.To, Note: e.Note, MessageID: e.MessageID, CreatedAt: e.CreatedAt,
		}
	}
	return pageOf(all, ""), err
}
