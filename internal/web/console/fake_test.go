package console_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/media"
	"antena/internal/sla"
)

// fake is a desk in memory: what the console reads and the acts it asked for.
type fake struct {
	mu            sync.Mutex
	now           time.Time
	agents        []desk.Agent
	contacts      map[uuid.UUID]desk.Contact
	conversations []desk.Conversation
	messages      map[uuid.UUID][]desk.Message
	turns         map[uuid.UUID]desk.Turn
	ticketRows    []desk.Ticket
	rules         *sla.Rules
	pledged       sla.Settings
	history       map[uuid.UUID][]desk.TicketEvent
	articles      []desk.Article
	alertRows     []desk.Alert
	pauses        []desk.Pause
	merges        []desk.Merge
	dead          []desk.DeadJob
	sessions      map[string][]byte
	files         map[uuid.UUID]file
	uploads       []desk.Upload
	saved         []desk.SavedView
	runs          []desk.BulkRun
	bulkFailed    []desk.BulkItem
	acts          []string // what was asked, e.g. "claim"
	refuse        error    // what the next act answers
	link          string   // the only one-time token that opens
	kept          kept
	subscribed    chan struct{}
	changes       chan desk.Change
	bound         bound
}

type file struct {
	mime    string
	data    string
	name    string
	suspect bool
}

func (f *fake) act(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.acts = append(f.acts, name)
	err := f.refuse
	f.refuse = nil
	return err
}

func (f *fake) did() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.acts...)
}

func (f *fake) Claim(_ context.Context, _ desk.Agent, _ uuid.UUID, over bool) error {
	if over {
		return f.act("take over")
	}
	return f.act("claim")
}

func (f *fake) Reply(_ context.Context, _ desk.Agent, _ uuid.UUID, d agents.Draft) (*desk.Message, error) {
	words := "reply " + d.ID.String() + " " + d.Text
	for _, id := range d.Uploads {
		words += " +" + id.String()
	}
	return &desk.Message{}, f.act(words)
}

func (f *fake) Note(_ context.Context, _ desk.Agent, _, _ uuid.UUID, text string) error {
	return f.act("note " + text)
}
func (f *fake) GiveBack(context.Context, desk.Agent, uuid.UUID) error { return f.act("give back") }
func (f *fake) Enqueue(_ context.Context, _ desk.Agent, _ uuid.UUID, team desk.Team, note string) error {
	return f.act("enqueue " + string(team) + " " + note)
}
func (f *fake) Assign(context.Context, desk.Agent, uuid.UUID, uuid.UUID) error {
	return f.act("assign")
}
func (f *fake) Snooze(context.Context, desk.Agent, uuid.UUID, time.Time) error {
	return f.act("snooze")
}
func (f *fake) Resolve(_ context.Context, _ desk.Agent, _ uuid.UUID, outcome string) error {
	return f.act("resolve " + outcome)
}
func (f *fake) Seen(context.Context, desk.Agent, uuid.UUID) error          { return f.act("seen") }
func (f *fake) React(context.Context, desk.Agent, uuid.UUID, string) error { return f.act("react") }

func (f *fake) AskPhone(context.Context, desk.Agent, uuid.UUID) error { return f.act("ask phone") }

func (f *fake) Pauses(context.Context) ([]desk.Pause, error) { return f.pauses, nil }

func (f *fake) Merges(_ context.Context, contact uuid.UUID) (all []desk.Merge, _ error) {
	for _, m := range f.merges {
		if m.ContactID == contact {
			all = append(all, m)
		}
	}
	return all, nil
}

func (f *fake) MovedTo(context.Context, uuid.UUID) (uuid.UUID, error) {
	return uuid.Nil, desk.ErrNotFound
}

func (f *fake) DecideUnknown(_ context.Context, _ desk.Agent, _ uuid.UUID, resend bool) error {
	if resend {
		return f.act("resend")
	}
	return f.act("arrived")
}

func (f *fake) TicketStart(context.Context, desk.Agent, uuid.UUID) error { return f.act("start") }
func (f *fake) TicketWait(_ context.Context, _ desk.Agent, _ uuid.UUID, third bool) error {
	if third {
		return f.act("wait third")
	}
	return f.act("wait")
}
func (f *fake) TicketResolve(context.Context, desk.Agent, uuid.UUID, string) error {
	return f.act("ticket resolve")
}
func (f *fake) TicketReopen(context.Context, desk.Agent, uuid.UUID) error { return f.act("reopen") }
func (f *fake) TicketClose(context.Context, desk.Agent, uuid.UUID) error {
	return f.act("ticket close")
}
func (f *fake) TicketAssign(context.Context, desk.Agent, uuid.UUID, *uuid.UUID) error {
	return f.act("ticket assign")
}
func (f *fake) TicketPriority(_ context.Context, _ desk.Agent, _ uuid.UUID, p desk.Priority) error {
	return f.act("priority " + string(p))
}
func (f *fake) TicketNote(_ context.Context, _ desk.Agent, _ uuid.UUID, text string) error {
	return f.act("ticket note " + text)
}

// password opens every account of the fake.
const password = "correct horse battery"

func (f *fake) SignIn(_ context.Context, email, given, _ string) (desk.Agent, error) {
	if err := f.act("sign in"); err != nil {
		return desk.Agent{}, err
	}
	for _, a := range f.agents {
		if a.Email == email && given == password {
			return a, nil
		}
	}
	return desk.Agent{}, desk.ErrBadCredentials
}

func (f *fake) SignInByLink(_ context.Context, token string) (desk.Agent, error) {
	if err := f.act("link"); err != nil {
		return desk.Agent{}, err
	}
	if token == "" || token != f.link {
		return desk.Agent{}, desk.ErrLinkSpent
	}
	f.link = ""
	return f.agents[0], nil
}

func (f *fake) Resume(ctx context.Context, id uuid.UUID, stamp string) (desk.Agent, error) {
	a, err := f.Agent(ctx, id)
	if err != nil || !a.Active || account.Stamp(*a) != stamp {
		return desk.Agent{}, desk.ErrUnauthenticated
	}
	return *a, nil
}

func (f *fake) CreateAgent(_ context.Context, _ desk.Agent, n account.NewAgent) (desk.Agent, string, error) {
	return desk.Agent{Name: n.Name}, "fresh-token", f.act("create " + n.Email)
}
func (f *fake) NewLink(context.Context, desk.Agent, uuid.UUID) (string, error) {
	return "other-token", f.act("new link")
}
func (f *fake) SetPassword(_ context.Context, _ desk.Agent, id uuid.UUID, _, next string) error {
	if err := f.act("password"); err != nil {
		return err
	}
	for i := range f.agents {
		if f.agents[i].ID == id {
			f.agents[i].PasswordHash = "hash of " + next
		}
	}
	return nil
}
func (f *fake) SetLanguage(_ context.Context, _ desk.Agent, id uuid.UUID, language string) error {
	for i := range f.agents {
		if f.agents[i].ID == id {
			f.agents[i].Language = language
		}
	}
	return f.act("language")
}
func (f *fake) ChangeRole(_ context.Context, _ desk.Agent, _ uuid.UUID, r desk.Role) error {
	return f.act("role " + string(r))
}
func (f *fake) Deactivate(context.Context, desk.Agent, uuid.UUID) error { return f.act("deactivate") }
func (f *fake) Reactivate(context.Context, desk.Agent, uuid.UUID) error { return f.act("reactivate") }

func (f *fake) Conversation(_ context.Context, id uuid.UUID) (*desk.Conversation, error) {
	for i := range f.conversations {
		if f.conversations[i].ID == id {
			c := f.conversations[i]
			return &c, nil
		}
	}
	return nil, desk.ErrNotFound
}

func (f *fake) in(c *desk.Conversation, view desk.View, agent uuid.UUID) bool {
	open := c.State == desk.ConversationOpen
	switch view {
	case desk.ViewMine:
		return open && c.Owner == desk.OwnerAgent && *c.AgentID == agent
	case desk.ViewQueue:
		return open && c.Owner == desk.OwnerQueue
	case desk.ViewRisk:
		return open && c.RiskAt != nil && !c.RiskAt.After(f.now)
	case desk.ViewWaiting:
		return open && c.Owner != desk.OwnerAssistant && c.PreviewBy != desk.ByContact
	case desk.ViewAssistant:
		return open && c.Owner == desk.OwnerAssistant
	case desk.ViewAll:
		return open
	case desk.ViewSnoozed:
		return c.State == desk.ConversationSnoozed
	}
	return c.State == desk.ConversationClosed
}

func (f *fake) Conversations(_ context.Context, filter desk.ConversationFilter) (desk.ConversationPage, error) {
	var page desk.ConversationPage
	for i := range f.conversations {
		c := &f.conversations[i]
		contact := f.contacts[c.ContactID]
		if !f.in(c, filter.View, filter.Agent) || filter.Team != "" && c.Team != filter.Team {
			continue
		}
		card := desk.ConversationCard{Conversation: *c, ContactName: contact.Name, ContactPhone: contact.Phone}
		if c.AgentID != nil {
			card.HolderName = f.name(*c.AgentID)
		}
		page.Cards = append(page.Cards, card)
	}
	if filter.View == desk.ViewAll && filter.After == "" {
		page.Next = "cursor"
	}
	return page, nil
}

func (f *fake) name(id uuid.UUID) string {
	for _, a := range f.agents {
		if a.ID == id {
			return a.Name
		}
	}
	return ""
}

func (f *fake) Contact(_ context.Context, id uuid.UUID) (*desk.Contact, error) {
	c, ok := f.contacts[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &c, nil
}

func (f *fake) Message(_ context.Context, id uuid.UUID) (*desk.Message, error) {
	for _, all := range f.messages {
		for _, m := range all {
			if m.ID == id {
				return &m, nil
			}
		}
	}
	return nil, desk.ErrNotFound
}

func (f *fake) Messages(_ context.Context, conversation, before uuid.UUID, _ int) (desk.MessagePage, error) {
	if before != uuid.Nil {
		return desk.MessagePage{}, nil
	}
	return desk.MessagePage{Messages: f.messages[conversation], Earlier: len(f.messages[conversation]) > 8}, nil
}

func (f *fake) Turn(_ context.Context, id uuid.UUID) (*desk.Turn, error) {
	t, ok := f.turns[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &t, nil
}

func (f *fake) Tickets(_ context.Context, filter desk.TicketFilter) (desk.TicketPage, error) {
	var page desk.TicketPage
	for _, t := range f.ticketRows {
		if filter.Contact != uuid.Nil && t.ContactID != filter.Contact || filter.Assignee != uuid.Nil && (t.AssigneeID == nil || *t.AssigneeID != filter.Assignee) {
			continue
		}
		if filter.State == "" && !t.State.Live() || filter.State != "" && filter.State != "all" && t.State != filter.State {
			continue
		}
		card := desk.TicketCard{Ticket: t, ContactName: f.contacts[t.ContactID].Name}
		if t.AssigneeID != nil {
			card.AssigneeName = f.name(*t.AssigneeID)
		}
		page.Cards = append(page.Cards, card)
	}
	return page, nil
}

func (f *fake) Ticket(_ context.Context, id uuid.UUID) (*desk.Ticket, error) {
	for _, t := range f.ticketRows {
		if t.ID == id {
			return &t, nil
		}
	}
	return nil, desk.ErrNotFound
}

func (f *fake) TicketEvents(_ context.Context, id uuid.UUID) ([]desk.TicketEvent, error) {
	return f.history[id], nil
}
func (f *fake) Articles(context.Context) ([]desk.Article, error) { return f.articles, nil }
func (f *fake) Agents(context.Context) ([]desk.Agent, error)     { return f.agents, nil }
func (f *fake) Agent(_ context.Context, id uuid.UUID) (*desk.Agent, error) {
	for _, a := range f.agents {
		if a.ID == id {
			return &a, nil
		}
	}
	return nil, desk.ErrNotFound
}
func (f *fake) Alerts(context.Context) ([]desk.Alert, error) { return f.alertRows, nil }

func (f *fake) DeadJobs(context.Context) ([]desk.DeadJob, error) { return f.dead, nil }
func (f *fake) Retry(context.Context, int64) error               { return f.act("retry") }
func (f *fake) Discard(context.Context, int64) error             { return f.act("discard") }

func (f *fake) Subscribe() (<-chan desk.Change, func()) {
	f.subscribed <- struct{}{}
	return f.changes, func() {}
}

func (f *fake) FindCtx(_ context.Context, token string) ([]byte, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.sessions[token]
	return data, ok, nil
}
func (f *fake) CommitCtx(_ context.Context, token string, data []byte, _ time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sessions[token] = data
	return nil
}
func (f *fake) DeleteCtx(_ context.Context, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.sessions, token)
	return nil
}

// opened is a file of the fake.
type opened struct{ *strings.Reader }

func (opened) Close() error { return nil }

func (f *fake) Open(_ context.Context, id uuid.UUID, thumb bool) (*media.File, error) {
	m, ok := f.files[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &media.File{ReadSeekCloser: opened{strings.NewReader(m.data)}, Attachment: desk.Attachment{MIME: m.mime, Filename: m.name, Suspect: m.suspect, Thumb: thumb}}, nil
}

func (f *fake) Take(_ context.Context, _ desk.Agent, _ uuid.UUID, g media.Given) (*desk.Upload, error) {
	content, err := io.ReadAll(g.Content)
	if err != nil {
		return nil, err
	}
	return &desk.Upload{}, f.act(fmt.Sprintf("take %s %s %d", g.Filename, g.Claimed, len(content)))
}

func (f *fake) Drop(context.Context, desk.Agent, uuid.UUID) error       { return f.act("drop upload") }
func (f *fake) FetchAgain(context.Context, desk.Agent, uuid.UUID) error { return f.act("fetch again") }

func (f *fake) Uploads(_ context.Context, conversation, agent uuid.UUID) ([]desk.Upload, error) {
	var all []desk.Upload
	for _, u := range f.uploads {
		if u.ConversationID == conversation && u.AgentID == agent {
			all = append(all, u)
		}
	}
	return all, nil
}
