package live

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// How long a glance counts when nothing more is heard, and how often the same is
// told again at most.
const (
	LookingFor = 25 * time.Second
	TypingFor  = 6 * time.Second
	tellEvery  = 2 * time.Second
)

// Company knows which agents have which conversation open at this moment, on all
// replicas. Nothing of it is kept: what is lost is told again within seconds, and
// what is not told again runs out.
type Company struct {
	tell func(desk.Change) // to all replicas, this one included
	now  func() time.Time

	mu   sync.Mutex
	seen map[uuid.UUID]map[uuid.UUID]glance // by conversation and agent
	told map[desk.Change]time.Time
}

type glance struct{ looking, typing time.Time } // until when

// NewCompany returns a company that tells what it is told through tell, which must
// bring it back to Hear.
func NewCompany(tell func(desk.Change), now func() time.Time) *Company {
	return &Company{tell: tell, now: desk.Clock(now), seen: map[uuid.UUID]map[uuid.UUID]glance{}, told: map[desk.Change]time.Time{}}
}

// Here says that an agent has a conversation open, and perhaps types in it.
func (c *Company) Here(agent, conversation uuid.UUID, typing bool) {
	change := desk.Change{Topic: desk.TopicLooking, ID: conversation, By: agent}
	if typing {
		change.Topic = desk.TopicTyping
	}
	if c.due(change) {
		c.tell(change)
	}
}

// Leave says that an agent has left a conversation.
func (c *Company) Leave(agent, conversation uuid.UUID) {
	c.tell(desk.Change{Topic: desk.TopicLeft, ID: conversation, By: agent})
}

func (c *Company) due(change desk.Change) bool {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if last, ok := c.told[change]; ok && now.Sub(last) < tellEvery {
		return false
	}
	for known, at := range c.told {
		if now.Sub(at) > LookingFor {
			delete(c.told, known)
		}
	}
	c.told[change] = now
	return true
}

// Hear takes in what an agent does, from this replica or another. Other changes are
// none of its business.
func (c *Company) Hear(change desk.Change) {
	if !change.Topic.Passing() || change.ID == uuid.Nil || change.By == uuid.Nil {
		return
	}
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	who := c.seen[change.ID]
	if change.Topic == desk.TopicLeft {
		delete(who, change.By)
		if len(who) == 0 {
			delete(c.seen, change.ID)
		}
		for _, topic := range []desk.Topic{desk.TopicLooking, desk.TopicTyping} {
			delete(c.told, desk.Change{Topic: topic, ID: change.ID, By: change.By})
		}
		return
	}
	if who == nil {
		c.forget(now)
		who = map[uuid.UUID]glance{}
		c.seen[change.ID] = who
	}
	g := glance{looking: now.Add(LookingFor), typing: who[change.By].typing}
	if change.Topic == desk.TopicTyping {
		g.typing = now.Add(TypingFor)
	}
	who[change.By] = g
}

// forget removes what has run out.
func (c *Company) forget(now time.Time) {
	for conversation, who := range c.seen {
		for agent, g := range who {
			if now.After(g.looking) {
				delete(who, agent)
			}
		}
		if len(who) == 0 {
			delete(c.seen, conversation)
		}
	}
}

// With returns who else has a conversation open, in a lasting order.
func (c *Company) With(conversation, except uuid.UUID) []desk.Glance {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []desk.Glance
	for agent, g := range c.seen[conversation] {
		if agent != except && !now.After(g.looking) {
			all = append(all, desk.Glance{Agent: agent, Typing: !now.After(g.typing)})
		}
	}
	slices.SortFunc(all, func(a, b desk.Glance) int { return strings.Compare(a.Agent.String(), b.Agent.String()) })
	return all
}
