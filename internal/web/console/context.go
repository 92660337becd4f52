package console

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// contextView is what a person should know of a conversation.
type contextView struct {
	Face      person
	Details   []fact
	Window    windowView
	Handoff   *handoffView
	Cost      string
	Merges    []mergeView
	AskPhone  string // address that asks for the phone; empty: not offered
	Held      string // who holds the thread at the provider; empty: we do
	EntryEnds string // until when nothing is charged
	Tickets   []ticketRow
	Tags      tagsView
	Why       *whyView
	ThreadURL string
	Draft     string // address that drafts an article from this conversation; empty: not offered
}

// fact is a name with a value.
type fact struct {
	Name  string
	Value string
	Icon  string
	Mono  bool
}

// windowView is how long free text may still be sent.
type windowView struct {
	State string // open, soon or closed
	Words string
	Until string
	Left  string // as short as a clock; empty when closed
	Share int    // of 24 hours left, in twelfths, for the bar
}

// handoffView is the card of a conversation given to people.
type handoffView struct {
	Reason   string
	Intent   string
	Team     string
	Priority string
	Level    string
	Wants    string
	Tried    []string
	Facts    []fact
	Mood     string
	Protocol string
	When     string
	Summary  *summaryView // told by a model; nil while there is none
}

func (p *Console) context(ctx context.Context, v *visit, at place, c *desk.Conversation, contact *desk.Contact, people people) (*contextView, error) {
	view := &contextView{
		Face: face(contactName(v, contact)), Details: contactFacts(v, contact), Window: window(v, c),
		Handoff: p.handoff(v, c.Handoff), ThreadURL: at.url(c.ID),
	}
	tickets, err := p.Reader.Tickets(ctx, desk.TicketFilter{Contact: contact.ID, State: "all", Limit: 10})
	if err != nil {
		return nil, fmt.Errorf("reading tickets: %w", err)
	}
	cost, err := p.Reader.ConversationCost(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("adding up a conversation: %w", err)
	}
	view.Cost = sums(v, cost)
	if view.Merges, err = p.merges(ctx, v, contact.ID); err != nil {
		return nil, err
	}
	if !c.Ours() {
		view.Held = v.Code("controller", c.Controller)
	}
	if contact.Phone == "" && c.Ours() && c.HeldBy(v.who.Actor()) && c.WindowOpen(v.now) {
		view.AskPhone = "/conversations/" + c.ID.String() + "/phone"
	}
	if p.mayDraft(v, c) {
		view.Draft = "/conversations/" + c.ID.String() + "/draft"
	}
	if c.EntryOpen(v.now) {
		view.EntryEnds = v.DayTime(*c.EntryEndsAt)
	}
	if view.Tags, err = p.conversationTags(ctx, v, c.ID, view.ThreadURL); err != nil {
		return nil, err
	}
	for i := range tickets.Cards {
		view.Tickets = append(view.Tickets, p.ticketRow(v, &tickets.Cards[i]))
	}
	if at.Why != uuid.Nil {
		turn, err := p.Reader.Turn(ctx, at.Why)
		if err != nil {
			return nil, fmt.Errorf("reading turn: %w", err)
		}
		if turn.ConversationID != c.ID {
			return nil, desk.ErrNotFound
		}
		view.Why = p.why(v, turn)
		view.Why.Close = view.ThreadURL
		if err := p.mayBeWrong(ctx, v, turn, view.Why); err != nil {
			return nil, err
		}
		if err := p.replay(ctx, v, at, c.ID, view.Why); err != nil {
			return nil, err
		}
	}
	return view, nil
}

func contactFacts(v *visit, c *desk.Contact) []fact {
	facts := []fact{}
	add := func(name, value, icon string, mono bool) {
		if value != "" {
			facts = append(facts, fact{Name: v.T(name), Value: value, Icon: icon, Mono: mono})
		}
	}
	add("contact.phone", phone(c.Phone), "phone", true)
	if c.Username != "" {
		add("contact.username", "@"+strings.TrimPrefix(c.Username, "@"), "user", false)
	}
	add("contact.language", v.Code("language", c.Language), "globe", false)
	add("contact.since", v.Day(c.CreatedAt), "calendar", false)
	return facts
}

func window(v *visit, c *desk.Conversation) windowView {
	left := windowLeft(c, v.now)
	switch {
	case c.WindowEndsAt == nil:
		return windowView{State: "closed", Words: v.T("window.never")}
	case left <= 0:
		return windowView{State: "closed", Words: v.T("window.closed", v.DayTime(*c.WindowEndsAt))}
	}
	view := windowView{State: "open", Words: v.T("window.open", Span(left)), Left: Span(left), Until: v.DayTime(c.WindowEndsAt.Add(-desk.WindowMargin))}
	view.Share = 1 + int(left*11/desk.Window)
	if left < closingSoon {
		view.State = "soon"
	}
	return view
}

func (p *Console) handoff(v *visit, h *desk.Handoff) *handoffView {
	if h == nil {
		return nil
	}
	view := &handoffView{
		Reason: v.Code("reason", string(h.Reason)), Intent: p.intent(v, h.Intent), Team: p.teamName(v, h.Team),
		Priority: v.Code("priority", string(h.Priority)), Level: string(h.Priority), Wants: h.Wants, Tried: h.Tried,
		Facts: facts(v, h.Facts), Protocol: h.Protocol, When: v.DayTime(h.At), Summary: summary(v, h.Summary),
	}
	if h.Mood != "" && h.Reason != desk.ReasonAngry { // which says it already
		view.Mood = v.Code("mood", h.Mood)
	}
	return view
}

func facts(v *visit, all []desk.Fact) []fact {
	var shown []fact
	for _, f := range all {
		shown = append(shown, fact{Name: v.Code("entity", f.Kind), Value: f.Value, Mono: true})
	}
	return shown
}

// intent names a matter in the visitor's language.
func (p *Console) intent(v *visit, label string) string {
	if label == "" {
		return ""
	}
	if label == desk.LabelNone {
		return v.T("intent.none")
	}
	if p.Book != nil {
		if book := p.Book(); book != nil && book.Intents[label] != nil {
			if name := book.Intents[label].Names.In(v.language); name != "" {
				return name
			}
		}
	}
	return strings.ReplaceAll(label, "_", " ")
}
