package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// closingSoon is how long before the end of the window a list warns of it.
const closingSoon = 3 * time.Hour

// listView is one page of conversations.
type listView struct {
	Name    string
	View    string
	Search  string
	SelfURL string
	Saved   *viewLink   // the saved view that is shown
	Narrow  *narrowView // what it can be narrowed and sorted by
	Bulk    *bulkView   // what can be done to several; nil: nothing
	Teams   []viewLink  // of the queue
	Found   *foundView  // of a search, instead of cards
	Cards   []cardView
	Next    string // address of the next page
	First   string // address of the first page, when this is another
	Empty   string // key of the words for an empty list
	Current string
}

// cardView is a conversation in the list.
type cardView struct {
	ID          string
	URL         string
	Face        person
	Preview     string
	PreviewIcon string
	PreviewBy   string // icon of who said it, empty for the contact
	When        string
	WhenFull    string
	WhenISO     string
	Unread      int
	Holder      *person
	Owner       string
	OwnerName   string
	Priority    string // high or urgent, empty otherwise
	Waiting     string // how long it waits for a person
	Team        string
	Why         string // why it waits
	Closing     string // how long the window stays open, when that is short
	Due         *dueView
	Language    string
	Current     bool
}

func (p *Console) list(ctx context.Context, v *visit, at place, people people, frame *shell) (listView, error) {
	list := listView{
		Name: v.T("view." + string(at.View)), View: string(at.View), Search: at.Search, Current: string(at.View),
		Narrow: p.narrow(v, at, people), Empty: "list.empty." + string(at.View), SelfURL: at.listURL(),
	}
	for _, saved := range frame.Saved {
		if saved.Current {
			list.Name, list.Saved = saved.Name, &saved
		}
	}
	if len(list.Narrow.Chips) > 0 {
		list.Empty = "list.empty.narrowed"
	}
	if at.Search != "" {
		var err error
		list.Found, err = p.found(ctx, v, at)
		list.Empty, list.Name = "list.empty.search", v.T("list.search")
		return list, err
	}
	if at.View == desk.ViewQueue {
		list.Teams = p.queues(v, at, frame)
	}
	found, err := p.shared.lists.get(ctx, listed(at.ConversationFilter), func(ctx context.Context) (desk.ConversationPage, error) {
		return p.Reader.Conversations(ctx, at.ConversationFilter)
	})
	if err != nil {
		return listView{}, fmt.Errorf("listing conversations: %w", err)
	}
	for i := range found.Cards {
		list.Cards = append(list.Cards, p.card(v, at, &found.Cards[i]))
	}
	if v.who.Role.May(desk.MayAnswer) && len(list.Cards) > 0 {
		list.Bulk = p.bulkForm(v, people)
	}
	first := at
	first.After = ""
	if at.After != "" {
		list.First = first.listURL()
	}
	if found.Next != "" {
		first.After = found.Next
		list.Next = first.listURL()
	}
	return list, nil
}

// listed is what a page of a list depends on, so that all who ask for the same share one.
func listed(f desk.ConversationFilter) desk.ConversationFilter {
	key := counted(f)
	key.Sort, key.After, key.Limit = f.Sort, f.After, f.Limit
	return key
}

// queues are the queues of the teams with how many wait in each.
func (p *Console) queues(v *visit, at place, frame *shell) []viewLink {
	all := []viewLink{{Name: v.T("team.all"), URL: at.without("team"), Current: at.Team == ""}}
	for _, t := range p.teamChoices(v, at.Team)[1:] {
		q := at.values()
		q.Set("team", t.Value)
		q.Del("after")
		n := frame.Teams[desk.Team(t.Value)]
		all[0].Count += n
		if n > 0 || t.Current {
			all = append(all, viewLink{Name: t.Label, URL: "/?" + q.Encode(), Count: n, Current: t.Current})
		}
	}
	return all
}

func (p *Console) teamChoices(v *visit, current desk.Team) []choice {
	all := []choice{{Label: v.T("team.all"), Current: current == ""}}
	for _, t := range p.queueTeams() {
		all = append(all, choice{Value: string(t), Label: p.teamName(v, t), Current: t == current})
	}
	return all
}

func (p *Console) card(v *visit, at place, card *desk.ConversationCard) cardView {
	c := &card.Conversation
	view := cardView{
		ID: c.ID.String(), URL: at.url(c.ID), Face: face(nameOr(v, card.ContactName, card.ContactPhone)),
		When: v.Stamp(c.LastAt), WhenFull: v.Full(c.LastAt), WhenISO: v.ISO(c.LastAt),
		Unread: c.Unread, Owner: string(c.Owner), OwnerName: v.T("owner." + string(c.Owner)),
		Language: c.Language, Current: c.ID == at.Conversation,
	}
	view.Preview, view.PreviewIcon = previewOf(v, c.Preview)
	switch c.PreviewBy {
	case desk.ByAssistant:
		view.PreviewBy = "spark"
	case desk.ByAgent:
		view.PreviewBy = "reply"
	}
	if card.HolderName != "" && (c.AgentID == nil || *c.AgentID != v.who.ID) {
		holder := face(card.HolderName)
		view.Holder = &holder
	}
	if c.Owner == desk.OwnerQueue {
		p.fillWait(v, c, &view)
	}
	view.Due = p.due(v, c.Promises)
	if c.Owner != desk.OwnerAssistant && c.State == desk.ConversationOpen {
		if left := windowLeft(c, v.now); left > 0 && left < closingSoon {
			view.Closing = Span(left)
		}
	}
	return view
}

func (p *Console) fillWait(v *visit, c *desk.Conversation, view *cardView) {
	view.Team = p.teamName(v, c.Team)
	if c.QueuedAt != nil {
		view.Waiting = Span(v.now.Sub(*c.QueuedAt))
	}
	if c.Priority.Rank() > desk.PriorityNormal.Rank() {
		view.Priority = string(c.Priority)
	}
	if c.Handoff != nil {
		view.Why = v.Code("reason", string(c.Handoff.Reason))
	}
}

// previewOf turns the mark of a message without words into an icon and a word.
func previewOf(v *visit, preview string) (words, icon string) {
	kind, found := strings.CutPrefix(preview, "[")
	kind, closed := strings.CutSuffix(kind, "]")
	if found && closed && v.Has("kind."+kind) {
		return v.T("kind." + kind), kindIcon(desk.MessageKind(kind))
	}
	return preview, ""
}

func kindIcon(k desk.MessageKind) string {
	switch k {
	case desk.KindImage, desk.KindSticker:
		return "image"
	case desk.KindAudio:
		return "mic"
	case desk.KindVideo:
		return "video"
	case desk.KindLocation:
		return "pin"
	case desk.KindContacts:
		return "user"
	case desk.KindNote:
		return "lock"
	}
	return "file"
}

func nameOr(v *visit, name, waID string) string {
	switch {
	case name != "":
		return name
	case waID != "":
		return phone(waID)
	}
	return v.T("contact.nameless")
}

func contactName(v *visit, c *desk.Contact) string { return nameOr(v, c.Name, c.Phone) }

func windowLeft(c *desk.Conversation, now time.Time) time.Duration {
	if !c.WindowOpen(now) {
		return 0
	}
	return c.WindowEndsAt.Add(-desk.WindowMargin).Sub(now)
}

func idOrEmpty(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
