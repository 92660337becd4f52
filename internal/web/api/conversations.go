package api

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func (p *API) onConversations() []operation {
	const group = "conversations"
	read := desk.ScopeReadConversations
	filters := paging(
		param{name: "state", kind: "string", values: texts(desk.ConversationOpen, desk.ConversationSnoozed, desk.ConversationClosed)},
		param{name: "owner", kind: "string", values: texts(desk.OwnerAssistant, desk.OwnerQueue, desk.OwnerAgent)},
		param{name: "agent_id", kind: "uuid", about: "Who holds it."}, param{name: "contact_id", kind: "uuid"},
		param{name: "team", kind: "string"}, param{name: "channel", kind: "string"})
	return []operation{
		with(operation{id: "listConversations", method: get, path: "/conversations", group: group, scope: read, params: filters,
			about: "List conversations, newest first by when they began, so that changes do not move them between pages."},
			List[Conversation]{Data: []Conversation{exampleConversation()}},
			func(c *call) (List[Conversation], error) {
				found, next, err := p.Reader.QueryConversations(c.Request.Context(), desk.ConversationQuery{
					State: desk.ConversationState(c.Query("state")), Owner: desk.Owner(c.Query("owner")), Agent: c.queryID("agent_id"), Contact: c.queryID("contact_id"),
					Team: desk.Team(c.Query("team")), Channel: c.Query("channel"), After: c.Query("after"), Limit: c.limit(),
				})
				all := make([]Conversation, len(found))
				for i := range found {
					all[i] = conversationOf(&found[i])
				}
				return pageOf(all, next), err
			}),
		with(operation{id: "getConversation", method: get, path: "/conversations/{id}", group: group, scope: read, about: "Show one conversation."}, exampleConversation(),
			func(c *call) (Conversation, error) {
				return p.onConversation(c, func(context.Context, uuid.UUID) error { return nil })
			}),
		conversationVerb(p, "claimConversation", "claim", desk.ScopeWriteConversations, "Take a conversation from the queue or the assistant, whose answers stop. Of many at once one gets it; the others get 409 taken.",
			emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
				return p.Desk.Claim(c.Request.Context(), c.by, id, false)
			}),
		conversationVerb(p, "takeOverConversation", "take-over", desk.ScopeManageConversations, "Take a conversation, also from another agent.",
			emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
				return p.Desk.Claim(c.Request.Context(), c.by, id, true)
			}),
		conversationVerb(p, "assignConversation", "assign", desk.ScopeWriteConversations, "Give a conversation that the token holds to an agent; with manage:conversations any.",
			AssignRequest{AgentID: exampleID(7)}, func(c *call, id uuid.UUID, r AssignRequest) error {
				return p.Desk.Assign(c.Request.Context(), c.by, id, r.AgentID)
			}),
		conversationVerb(p, "enqueueConversation", "enqueue", desk.ScopeWriteConversations, "Put a conversation into a team's queue, with a note for whoever takes it.",
			EnqueueRequest{Team: "technical", Note: "The modem was exchanged on Monday."}, func(c *call, id uuid.UUID, r EnqueueRequest) error {
				return p.Desk.Enqueue(c.Request.Context(), c.by, id, desk.Team(r.Team), r.Note)
			}),
		conversationVerb(p, "giveBackConversation", "give-back", desk.ScopeWriteConversations, "Give a conversation back to the assistant, which answers only what is said from now on.",
			emptyRequest{}, func(c *call, id uuid.UUID, _ emptyRequest) error {
				return p.Desk.GiveBack(c.Request.Context(), c.by, id)
			}),
		conversationVerb(p, "snoozeConversation", "snooze", desk.ScopeWriteConversations, "Hide a conversation that the token holds until a time, or until the contact writes.",
			SnoozeRequest{Until: exampleTime(60)}, func(c *call, id uuid.UUID, r SnoozeRequest) error {
				return p.Desk.Snooze(c.Request.Context(), c.by, id, r.Until)
			}),
		conversationVerb(p, "resolveConversation", "resolve", desk.ScopeWriteConversations, "End a conversation and resolve the live tickets that came of it.",
			ResolveRequest{Outcome: "Line repaired."}, func(c *call, id uuid.UUID, r ResolveRequest) error {
				return p.Desk.Resolve(c.Request.Context(), c.by, id, r.Outcome)
			}),
	}
}

// emptyRequest is the body of verbs that need to be told nothing.
type emptyRequest struct{}

// conversationVerb is an operation that does something to a conversation and shows it.
func conversationVerb[B any](p *API, id, verb string, scope desk.Scope, about string, example B, do func(*call, uuid.UUID, B) error) operation {
	o := operation{id: id, method: post, path: "/conversations/{id}/" + verb, group: "conversations", scope: scope, about: about}
	serve := func(c *call, body B) (Conversation, error) {
		return p.onConversation(c, func(_ context.Context, id uuid.UUID) error { return do(c, id, body) })
	}
	if _, empty := any(example).(emptyRequest); empty {
		return with(o, exampleConversation(), func(c *call) (Conversation, error) { return serve(c, example) })
	}
	return taking(o, example, exampleConversation(), serve)
}

// onConversation does something to the conversation in the address and shows it.
func (p *API) onConversation(c *call, do func(context.Context, uuid.UUID) error) (Conversation, error) {
	id, err := c.id()
	if err != nil {
		return Conversation{}, err
	}
	ctx := c.Request.Context()
	if err := do(ctx, id); err != nil {
		return Conversation{}, err
	}
	return p.conversation(ctx, id)
}
