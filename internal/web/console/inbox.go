package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/web"
)

// inboxPage is the agents' place of work: list, thread and context.
type inboxPage struct {
	shell
	List     listView
	Thread   *threadView
	Context  *contextView
	Composer *composerView
	Uploads  *uploadsView
}

// place is where in the inbox somebody is: what the address says, and what every
// link and form of the page carries on.
type place struct {
	View         desk.View
	Team         desk.Team
	Search       string
	After        string
	Conversation uuid.UUID
	Before       uuid.UUID // older messages than this one are asked for
	Why          uuid.UUID // the turn to explain
	Again        bool      // and to decide again
	Pane         string
}

func (p *Console) inbox(v *visit) error {
	at, err := readPlace(v)
	if err != nil {
		return err
	}
	return p.showInbox(v, http.StatusOK, at)
}

func readPlace(v *visit) (place, error) {
	at := place{
		View: desk.View(v.gin.Query("view")), Team: desk.Team(v.gin.Query("team")),
		Search: v.gin.Query("q"), After: v.gin.Query("after"), Pane: v.gin.Query("pane"),
	}
	if v.gin.Param("id") == "" {
		return at, nil
	}
	var err error
	if at.Conversation, err = v.id(); err != nil {
		return at, err
	}
	at.Before, _ = uuid.Parse(v.gin.Query("before"))
	at.Why, _ = uuid.Parse(v.gin.Query("why"))
	at.Again = v.gin.Query("again") != ""
	return at, nil
}

// showInbox loads what the wanted regions need and shows them.
func (p *Console) showInbox(v *visit, status int, at place) error {
	ctx := v.gin.Request.Context()
	page := &inboxPage{shell: p.shell(v, "inbox", v.T("nav.inbox"))}
	people, err := p.people(ctx)
	if err != nil {
		return err
	}
	if err := p.fillViews(ctx, v, &page.shell, &at); err != nil {
		return err
	}
	if v.wants("list") {
		if page.List, err = p.list(ctx, v, at, people); err != nil {
			return err
		}
	}
	page.Pane = "list"
	if at.Conversation != uuid.Nil {
		page.Pane = "thread"
		if at.Pane == "context" {
			page.Pane = "context"
		}
		if err := p.fillConversation(ctx, v, page, at, people); err != nil {
			return err
		}
	}
	return p.show(v, status, "inbox", page)
}

func (p *Console) fillConversation(ctx context.Context, v *visit, page *inboxPage, at place, people people) error {
	conversation, err := p.Reader.Conversation(ctx, at.Conversation)
	if errors.Is(err, desk.ErrNotFound) {
		if at.Conversation, err = p.Reader.MovedTo(ctx, at.Conversation); err == nil { // merged into another
			conversation, err = p.Reader.Conversation(ctx, at.Conversation)
		}
	}
	if err != nil {
		return fmt.Errorf("opening conversation: %w", err)
	}
	contact, err := p.Reader.Contact(ctx, conversation.ContactID)
	if err != nil {
		return fmt.Errorf("opening conversation: %w", err)
	}
	page.Title = contactName(v, contact)
	if v.wants("thread") || v.wants("head") {
		if page.Thread, err = p.thread(ctx, v, at, conversation, contact, people); err != nil {
			return err
		}
	}
	if page.Composer, err = p.composer(ctx, v, at, conversation, contact); err != nil {
		return err
	}
	if v.wants("uploads") {
		if page.Uploads, err = p.uploads(ctx, v, at, conversation); err != nil {
			return err
		}
	}
	if v.wants("context") {
		if page.Context, err = p.context(ctx, v, at, conversation, contact, people); err != nil {
			return err
		}
	}
	return nil
}

// people are the agents by their id, to name them.
type people map[uuid.UUID]desk.Agent

func (p *Console) people(ctx context.Context) (people, error) {
	agents, err := p.Reader.Agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading agents: %w", err)
	}
	byID := make(people, len(agents))
	for _, a := range agents {
		byID[a.ID] = a
	}
	return byID, nil
}

func (a people) name(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return a[*id].Name
}

// viewLink is one list of the inbox with how many it holds.
type viewLink struct {
	Name    string
	Key     string // the digit that goes there
	Icon    string
	URL     string
	Count   int
	Current bool
	Waiting bool // the count calls for people
}

var viewIcons = map[desk.View]string{
	desk.ViewMine: "user", desk.ViewQueue: "queue", desk.ViewAssistant: "spark",
	desk.ViewAll: "stack", desk.ViewSnoozed: "clock", desk.ViewClosed: "done",
}

// fillViews reads the counts and settles which list is open: what the address
// asks for, else what is waiting for this person.
func (p *Console) fillViews(ctx context.Context, v *visit, s *shell, at *place) error {
	counts, err := p.Reader.ConversationCounts(ctx, v.who.ID)
	if err != nil {
		return fmt.Errorf("counting conversations: %w", err)
	}
	if at != nil && viewIcons[at.View] == "" {
		at.View = startView(v.who.Role, counts)
	}
	for i, view := range desk.Views {
		if view == desk.ViewMine && !v.who.Role.May(desk.MayAnswer) {
			continue
		}
		s.Views = append(s.Views, viewLink{
			Name: v.T("view." + string(view)), Key: fmt.Sprint(i + 1), Icon: viewIcons[view],
			URL: "/?view=" + string(view), Count: counts[view],
			Current: at != nil && at.View == view, Waiting: view == desk.ViewQueue && counts[view] > 0,
		})
	}
	if s.Admin {
		alerts, err := p.Reader.Alerts(ctx)
		if err != nil {
			return fmt.Errorf("counting alerts: %w", err)
		}
		for _, a := range alerts {
			if a.ResolvedAt == nil {
				s.Alerts++
			}
		}
	}
	return nil
}

func startView(role desk.Role, counts map[desk.View]int) desk.View {
	switch {
	case role.May(desk.MayAnswer) && counts[desk.ViewMine] > 0:
		return desk.ViewMine
	case counts[desk.ViewQueue] > 0:
		return desk.ViewQueue
	}
	return desk.ViewAll
}

// query is the part of the address that says which list is open.
func (at place) query() string {
	q := url.Values{}
	q.Set("view", string(at.View))
	if at.Team != "" {
		q.Set("team", string(at.Team))
	}
	if at.Search != "" {
		q.Set("q", at.Search)
	}
	if at.After != "" {
		q.Set("after", at.After)
	}
	return q.Encode()
}

// listURL is the address of the list alone.
func (at place) listURL() string { return "/?" + at.query() }

// url is the address of a conversation within the list.
func (at place) url(id uuid.UUID) string { return "/conversations/" + id.String() + "?" + at.query() }

// failed answers a form of the inbox that could not be done: the same page with
// the reason on top, or only the reason for a script.
func (p *Console) failed(v *visit, err error, show func(status int, words string) error) error {
	problem := web.ProblemOf(err)
	if v.partial() || problem.Status >= http.StatusInternalServerError ||
		problem.Status == http.StatusNotFound || problem.Status == http.StatusForbidden {
		return err
	}
	return show(problem.Status, p.words(v, problem))
}
