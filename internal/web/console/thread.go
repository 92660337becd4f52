package console

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// threadLength is how many messages a page of a thread shows.
const threadLength = 50

// threadView is a conversation with its verbs.
type threadView struct {
	ID       string
	Face     person
	Sub      string // the phone number
	Owner    string
	OwnerFor string // who has it, in words
	State    string
	Entries  []entryView
	Earlier  string // address of the older messages
	ListURL  string // back to the list
	SelfURL  string // this conversation with its list
	InfoURL  string // the context, on a phone
	Act      string // what addresses of verbs begin with
	Verbs    verbsView
	Window   windowView
	Passed   *passedView // a note from who had it before
	Due      *dueView
	Typing   bool // the assistant is about to answer
	Unread   bool
}

// verbsView says which verbs make sense now for this person.
type verbsView struct {
	Take      bool
	TakeOver  bool
	GiveBack  bool
	Enqueue   bool
	Assign    []choice
	Snooze    []choice
	Resolve   bool
	Teams     []choice
	HolderOff string // whose it is, when taking over is not allowed
}

// Any reports whether there is a menu to show.
func (v verbsView) Any() bool {
	return v.Enqueue || len(v.Snooze) > 0 || len(v.Assign) > 0 || v.Resolve
}

func (p *Console) thread(ctx context.Context, v *visit, at place, c *desk.Conversation, contact *desk.Contact, people people) (*threadView, error) {
	found, err := p.Reader.Messages(ctx, c.ID, at.Before, threadLength)
	if err != nil {
		return nil, fmt.Errorf("reading messages: %w", err)
	}
	self := at.url(c.ID)
	t := &threadView{
		ID: c.ID.String(), Face: face(contactName(v, contact)), Owner: string(c.Owner), State: string(c.State),
		ListURL: at.listURL(), SelfURL: self, InfoURL: self + "&pane=context",
		Act: "/conversations/" + c.ID.String(), Typing: c.TurnDueAt != nil,
		Unread: c.Unread > 0 && v.who.Role.May(desk.MayAnswer) && c.HeldBy(v.who.Actor()),
	}
	if contact.Name != "" {
		t.Sub = phone(contact.Phone)
	}
	t.OwnerFor, t.Window, t.Due = p.ownerWords(v, c, people), window(v, c), p.due(v, c.Promises)
	t.Verbs, t.Passed = p.verbs(v, c, people), passedOf(v, c)
	t.Entries = entries(v, at, c, contact, people, found.Messages)
	if found.Earlier && len(found.Messages) > 0 {
		t.Earlier = self + "&before=" + found.Messages[0].ID.String()
	}
	return t, nil
}

func (p *Console) ownerWords(v *visit, c *desk.Conversation, people people) string {
	switch {
	case c.State == desk.ConversationClosed:
		return v.T("state.closed")
	case c.State == desk.ConversationSnoozed && c.SnoozedUntil != nil:
		return v.T("state.snoozed_until", v.DayTime(*c.SnoozedUntil))
	case c.Owner == desk.OwnerAgent && c.HeldBy(desk.Actor{Kind: desk.ByAgent, ID: v.who.ID}):
		return v.T("owner.you")
	case c.Owner == desk.OwnerAgent:
		return v.T("owner.person", people.name(c.AgentID))
	case c.Owner == desk.OwnerQueue:
		return v.T("owner.queue_of", p.teamName(v, c.Team))
	}
	return v.T("owner.assistant")
}

func (p *Console) verbs(v *visit, c *desk.Conversation, people people) verbsView {
	var verbs verbsView
	if !v.who.Role.May(desk.MayAnswer) {
		return verbs
	}
	mine := c.HeldBy(v.who.Actor())
	theirs := c.Owner == desk.OwnerAgent && !mine
	verbs.Take = !mine && !theirs
	verbs.TakeOver = theirs && v.who.Role.May(desk.MayReassign)
	if theirs && !verbs.TakeOver {
		verbs.HolderOff = people.name(c.AgentID)
	}
	closed := c.State == desk.ConversationClosed
	free := !closed && (!theirs || v.who.Role.May(desk.MayReassign))
	verbs.GiveBack = free && c.Owner != desk.OwnerAssistant
	verbs.Enqueue, verbs.Resolve = free, free
	if verbs.Enqueue {
		for _, t := range p.queueTeams() {
			verbs.Teams = append(verbs.Teams, choice{Value: string(t), Label: p.teamName(v, t), Current: t == c.Team})
		}
	}
	if mine && !closed {
		verbs.Snooze = snoozes(v)
	}
	if !closed && (mine || v.who.Role.May(desk.MayReassign)) {
		verbs.Assign = assignable(people, c.AgentID)
	}
	return verbs
}

// assignable lists who may answer, by name.
func assignable(people people, current *uuid.UUID) []choice {
	var all []choice
	for _, a := range people.sorted() {
		if a.Active && a.Role.May(desk.MayAnswer) {
			all = append(all, choice{Value: a.ID.String(), Label: a.Name, Current: current != nil && *current == a.ID})
		}
	}
	return all
}
