package phone

import (
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// trouble is one switch of the drawer and what it does to the emulator.
type trouble struct {
	name  string
	fault emulator.Fault
}

// troubles are the switches in the order they are shown.
func troubles() []trouble {
	return []trouble{
		{"down", emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: 503}},
		{"hang", emulator.Fault{Kind: emulator.FaultHang}},
		{"twice", emulator.Fault{Kind: emulator.FaultDuplicate, Copies: 3}},
		{"order", emulator.Fault{Kind: emulator.FaultReorder, Delay: time.Second}},
		{"limit", emulator.Fault{Kind: emulator.FaultRefuse, Code: 130429}},
	}
}

// switchboard remembers which faults this page switched on.
type switchboard struct {
	em *emulator.Emulator
	mu sync.Mutex
	on map[string]func() // how to switch it off
}

func newSwitchboard(em *emulator.Emulator) *switchboard {
	return &switchboard{em: em, on: map[string]func(){}}
}

// set switches a fault on or off; doing it twice changes nothing.
func (s *switchboard) set(name string, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range troubles() {
		if t.name != name {
			continue
		}
		off := s.on[name]
		switch {
		case on && off == nil:
			s.on[name] = s.em.Inject(t.fault)
		case !on && off != nil:
			off()
			delete(s.on, name)
		}
		return nil
	}
	return desk.ErrNotFound
}

// lit returns what is switched on, in the order shown; never nil, so that JSON has a list.
func (s *switchboard) lit() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := []string{}
	for _, t := range troubles() {
		if s.on[t.name] != nil {
			names = append(names, t.name)
		}
	}
	return names
}

func (p *Phone) switchFault(c *gin.Context) error {
	var form struct {
		Name string `form:"name" json:"name"`
		On   bool   `form:"on" json:"on"`
		Back string `form:"back" json:"back"` // the customer whose page this came from
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := p.faults.set(form.Name, form.On); err != nil {
		return err
	}
	if who, err := p.people.find(form.Back); err == nil {
		return done(c, chatURL(who)+"#around")
	}
	return done(c, "/#around")
}

// state is what the drawer counts.
type state struct {
	Answered int      `json:"answered"` // messages the network took from the desk
	Posts    int      `json:"posts"`    // webhooks posted, repeats included
	Waiting  int      `json:"waiting"`  // webhooks not yet taken
	Refused  int      `json:"refused"`  // sends the network refused
	Faults   []string `json:"faults"`
}

func (p *Phone) state() state {
	c := p.Emulator.Counters()
	s := state{Answered: c.Accepted, Posts: c.WebhookPosts, Waiting: c.WebhookPending, Faults: p.faults.lit()}
	for _, n := range c.Refused {
		s.Refused += n
	}
	return s
}
