package app_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/store/storetest"
)

// crowd is many agents and customers at one desk, which may be two replicas.
type crowd struct {
	desks     []*apptest.Desk
	graph     *apptest.Graph
	agents    []*apptest.Browser
	customers []string // their phones
	convs     []uuid.UUID

	mu     sync.Mutex
	wrote  map[string][]string    // by phone, the wamids that were acknowledged
	said   map[string]string      // draft id → phone, of replies the console took
	did    map[string]map[int]int // notice → customer → how often the console said it was done
	had    map[int][]had          // by customer, who was told when that a conversation has a new holder
	failed []string               // answers that are no answer: 500 and the like
}

// had is when an agent was told that their claim, or their passing on, took hold.
type had struct {
	agent uuid.UUID
	at    time.Time
}

// size of a crowd.
type size struct{ agents, customers, actions int }

func crowdSize() size {
	if long() {
		return size{agents: 50, customers: 200, actions: 10_000}
	}
	return size{agents: 10, customers: 12, actions: 400}
}

// Many agents take, answer, pass on, give back and resolve the same conversations
// at once, while the customers write and the assistant answers. Nobody ever has a
// conversation with somebody else, the assistant never talks over a person, no
// word is lost or doubled, and the thread tells who had it when.
func TestCrowd_NobodyTalksOverAnybody(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		n := crowdSize()
		c := newCrowd(t, dialect, n)
		var all sync.WaitGroup
		for i, agent := range c.agents {
			chance := rand.New(rand.NewPCG(uint64(i), 20261123)) //nolint:gosec // the same story each time
			all.Go(func() {
				took := -1
				for range n.actions / n.agents {
					took = c.act(t, agent, chance, took)
				}
			})
		}
		all.Wait()
		for _, why := range c.failed {
			t.Error(why)
		}
		if err := c.graph.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, d := range c.desks {
			d.AwaitIdle(t)
		}
		sent, arrived := c.graph.Answers(), 0
		for i, phone := range c.customers {
			c.check(t, i, sent)
			arrived += sent[phone]
		}
		t.Logf("%d holds changed, %d replies taken, %d messages arrived", c.total(), len(c.said), arrived)
	})
}

func newCrowd(t *testing.T, dialect string, n size) *crowd {
	t.Helper()
	database := storetest.Options(t, dialect)
	c := &crowd{graph: apptest.NewGraph(t), wrote: map[string][]string{}, said: map[string]string{}, did: map[string]map[int]int{}, had: map[int][]had{}}
	replicas := 1
	if dialect == storetest.Postgres {
		replicas = 2
	}
	for range replicas {
		c.desks = append(c.desks, apptest.New(t, apptest.Options{Dialect: dialect, Database: &database, Graph: c.graph}))
	}
	for i := range n.agents {
		role := desk.RoleAgent
		if i%5 == 0 {
			role = desk.RoleSupervisor
		}
		c.agents = append(c.agents, c.desks[i%replicas].Person(t, fmt.Sprintf("Agent %02d", i), role))
	}
	for i := range n.customers {
		phone := apptest.Phone(9000 + i)
		c.graph.Customer(phone)
		c.customers = append(c.customers, phone)
		c.write(t, i, rand.New(rand.NewPCG(uint64(i), 1))) //nolint:gosec // the same story each time
	}
	for _, phone := range c.customers {
		apptest.Eventually(t, "every customer has a conversation", func() bool {
			conv, _ := thread(t, c.desks[0].Store, phone)
			if conv.ID != uuid.Nil {
				c.convs = append(c.convs, conv.ID)
			}
			return conv.ID != uuid.Nil
		})
	}
	return c
}

// customerSays are matters the assistant answers, asks about or hands over.
var customerSays = []string{question, "quiero hablar con una persona", "hola", "mi internet no funciona desde ayer, ya reinicié", "gracias", "how can i pay my bill?"}

// write lets a customer say something, through any replica.
func (c *crowd) write(t *testing.T, customer int, chance *rand.Rand) {
	t.Helper()
	phone, wamid := c.customers[customer], "wamid."+uuid.NewString()
	body := apptest.Text(t, phone, wamid, customerSays[chance.IntN(len(customerSays))])
	if status := c.desks[chance.IntN(len(c.desks))].Deliver(t.Context(), body); status != http.StatusOK {
		c.fail("a webhook was answered %d", status)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrote[phone] = append(c.wrote[phone], wamid)
}

func (c *crowd) fail(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = append(c.failed, fmt.Sprintf(format, args...))
}

// act does one thing at random, mostly with the conversation the agent took last, and
// returns which that is. Being refused is part of the story; being failed is not.
func (c *crowd) act(t *testing.T, who *apptest.Browser, chance *rand.Rand, took int) int {
	t.Helper()
	customer := chance.IntN(len(c.customers))
	if took >= 0 && chance.IntN(4) > 0 {
		customer = took
	}
	draft := uuid.NewString()
	form, path, done := url.Values{}, "", ""
	switch p := chance.IntN(100); {
	case p < 22:
		c.write(t, customer, chance)
		return took
	case p < 44:
		path = "claim"
	case p < 68:
		path, form = "say", url.Values{"mode": {"reply"}, "text": {"Reply " + draft}, "id": {draft}}
	case p < 72:
		path, form = "say", url.Values{"mode": {"note"}, "text": {"Note " + draft}, "id": {uuid.NewString()}}
	case p < 82:
		path, done = "giveback", "given_back"
	case p < 88:
		path, done, form = "enqueue", "queued", url.Values{"team": {string(desk.TeamBilling)}}
	case p < 94:
		path, done, form = "assign", "assigned", url.Values{"to": {c.agents[chance.IntN(len(c.agents))].Agent.ID.String()}}
	case p < 97:
		path = "takeover"
	default:
		path, done = "resolve", "resolved"
	}
	status, body := who.Do(t, "/conversations/"+c.convs[customer].String()+"/"+path, form)
	if status == http.StatusSeeOther && (path == "claim" || path == "takeover" || path == "assign") {
		c.mu.Lock()
		c.had[customer] = append(c.had[customer], had{who.Agent.ID, time.Now()})
		c.mu.Unlock()
	}
	switch {
	case status >= http.StatusInternalServerError:
		c.fail("%s was answered %d: %.200s", path, status, body)
	case status != http.StatusSeeOther:
	case form.Get("mode") == "reply":
		c.mu.Lock()
		c.said[draft] = c.customers[customer]
		c.mu.Unlock()
	case done != "":
		c.mu.Lock()
		if c.did[done] == nil {
			c.did[done] = map[int]int{}
		}
		c.did[done][customer]++
		c.mu.Unlock()
	}
	if status == http.StatusSeeOther && (path == "claim" || path == "takeover") {
		return customer
	}
	return took
}

func (c *crowd) total() (n int) {
	for _, by := range c.did {
		for _, times := range by {
			n += times
		}
	}
	return n
}

// hold is who speaks, as the thread tells it.
type hold struct {
	owner desk.Owner
	agent uuid.UUID
}

// check reads a customer's thread from its beginning and holds it against what was
// done, and against what the customer got.
func (c *crowd) check(t *testing.T, customer int, sent map[string]int) {
	t.Helper()
	phone := c.customers[customer]
	conv, messages := thread(t, c.desks[0].Store, phone)
	now, told, heard, reached := hold{owner: desk.OwnerAssistant}, map[string]int{}, map[string]int{}, 0
	replies := map[string]bool{}
	for i, m := range messages {
		switch {
		case m.Kind == desk.KindNotice:
			told[m.Notice]++
			now = c.after(t, now, m)
			c.silenced(t, customer, messages[:i], m)
		case m.Direction == desk.Inbound:
			heard[m.ProviderID]++
		case m.Direction == desk.Outbound:
			c.spoken(t, now, m)
			if m.AcceptedAt != nil {
				reached++
			}
			if m.Author == desk.ByAgent {
				replies[m.DraftID] = true
			}
		}
	}
	if now.owner != conv.Owner || conv.AgentID != nil && *conv.AgentID != now.agent {
		t.Errorf("%s: the thread ends with %v, the conversation is with %s %v", phone, now, conv.Owner, conv.AgentID)
	}
	for notice, times := range c.did {
		if told[notice] != times[customer] {
			t.Errorf("%s: %q was done %d times and told %d times", phone, notice, times[customer], told[notice])
		}
	}
	for _, wamid := range c.wrote[phone] {
		if heard[wamid] != 1 {
			t.Errorf("%s: a message is %d times in the thread", phone, heard[wamid])
		}
	}
	for draft, to := range c.said {
		if to == phone && !replies[draft] {
			t.Errorf("%s: a reply that was taken is lost", phone)
		}
	}
	if reached != sent[phone] {
		t.Errorf("%s: %d messages say they were sent, %d arrived", phone, reached, sent[phone])
	}
}

// after is who speaks after a notice.
func (c *crowd) after(t *testing.T, was hold, m desk.Message) hold {
	t.Helper()
	switch m.Notice {
	case "taken":
		if was.owner == desk.OwnerAgent && was.agent != *m.AgentID && !c.named(func(a desk.Agent) bool { return a.ID == *m.AgentID }).Role.May(desk.MayReassign) {
			t.Errorf("an agent took a conversation that another one held")
		}
		return hold{desk.OwnerAgent, *m.AgentID}
	case "assigned":
		return hold{desk.OwnerAgent, c.named(func(a desk.Agent) bool { return a.Name == m.Text }).ID}
	case "given_back", "resolved":
		return hold{owner: desk.OwnerAssistant}
	case "queued":
		return hold{owner: desk.OwnerQueue}
	case "handed_off":
		if was.owner == desk.OwnerAgent {
			t.Errorf("the assistant handed over what a person had")
		}
		return hold{owner: desk.OwnerQueue}
	}
	return was
}

func (c *crowd) named(is func(desk.Agent) bool) desk.Agent {
	for _, who := range c.agents {
		if is(who.Agent) {
			return who.Agent
		}
	}
	return desk.Agent{}
}

// spoken checks that who speaks may.
func (c *crowd) spoken(t *testing.T, now hold, m desk.Message) {
	t.Helper()
	switch {
	case m.Status == desk.StatusQueued || m.Status == desk.StatusSending:
		t.Errorf("a message is still %s", m.Status)
	case m.Author == desk.ByAgent && (now.owner != desk.OwnerAgent || now.agent != *m.AgentID):
		t.Errorf("an agent spoke in a conversation that was with %v", now)
	case m.Author == desk.ByAssistant && now.owner == desk.OwnerAgent && m.Status != desk.StatusDropped:
		t.Errorf("the assistant spoke over a person: %s", m.Status)
	}
}

// silenced checks that no answer of the assistant left the desk after an agent was
// told that a person has the conversation. What left while they were being told
// left before: the notice's own time is of the deed's beginning.
func (c *crowd) silenced(t *testing.T, customer int, before []desk.Message, m desk.Message) {
	t.Helper()
	if m.Notice != "taken" && m.Notice != "assigned" {
		return
	}
	told := slices.IndexFunc(c.had[customer], func(h had) bool { return h.agent == *m.AgentID && !h.at.Before(m.CreatedAt) })
	if told < 0 {
		t.Errorf("%q stands in the thread, and nobody was told that it took hold", m.Notice)
		return
	}
	for _, old := range before {
		if late := c.had[customer][told].at; old.Author == desk.ByAssistant && old.TriedAt != nil && old.TriedAt.After(late) {
			t.Errorf("an answer of the assistant was tried %s after an agent had the conversation", old.TriedAt.Sub(late))
		}
	}
}
