package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"

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
	Arrival  *arrivalView // asked for alone
}

func (p *Console) inbox(v *visit) error {
	at, err := readPlace(v)
	if err != nil {
		return err
	}
	return p.showInbox(v, http.StatusOK, at)
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
		if page.List, err = p.list(ctx, v, at, people, &page.shell); err != nil {
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

func startView(role desk.Role, counts map[desk.View]int) desk.View {
	switch {
	case role.May(desk.MayAnswer) && counts[desk.ViewMine] > 0:
		return desk.ViewMine
	case counts[desk.ViewQueue] > 0:
		return desk.ViewQueue
	}
	return desk.ViewAll
}

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
