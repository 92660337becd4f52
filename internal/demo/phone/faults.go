package phone

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// trouble is one switch of the drawer and what it does to the emulator.
type trouble struct {
	name string
	on   func(*emulator.Emulator) (off func())
}

func fault(name string, f emulator.Fault) trouble {
	return trouble{name, func(em *emulator.Emulator) func() { return em.Inject(f) }}
}

// troubles are the switches in the order they are shown.
func troubles() []trouble {
	return []trouble{
		fault("down", emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: 503}),
		fault("hang", emulator.Fault{Kind: emulator.FaultHang}),
		fault("twice", emulator.Fault{Kind: emulator.FaultDuplicate, Copies: 3}),
		fault("order", emulator.Fault{Kind: emulator.FaultReorder, Delay: time.Second}),
		fault("limit", emulator.Fault{Kind: emulator.FaultRefuse, Code: 130429}),
		{"app", func(em *emulator.Emulator) func() {
			before := em.Coexistence()
			em.SetCoexistence(true)
			return func() { em.SetCoexistence(before) }
		}},
	}
}

// switchboard remembers which faults this page switched on.
type switchboard struct {
	em      *emulator.Emulator
	mu      sync.Mutex
	on      map[string]func() // how to switch it off
	profile string            // of faults, "" is none
	calm    func()            // ends the profile
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
			s.on[name] = t.on(s.em)
		case !on && off != nil:
			off()
			delete(s.on, name)
		}
		return nil
	}
	return desk.ErrNotFound
}

// use switches to a profile of faults; "" ends them.
func (s *switchboard) use(profile string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calm func()
	if profile != "" {
		var err error
		if calm, err = s.em.InjectProfile(profile); err != nil {
			return errors.Join(desk.ErrNotFound, err)
		}
	}
	if s.calm != nil {
		s.calm()
	}
	s.profile, s.calm = profile, calm
	return nil
}

func (s *switchboard) inUse() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile
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
	return p.backTo(c, form.Back)
}

// switchProfile chooses a profile of faults.
func (p *Phone) switchProfile(c *gin.Context) error {
	var form struct {
		Profile string `form:"profile" json:"profile"`
		Back    string `form:"back" json:"back"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := p.faults.use(form.Profile); err != nil {
		return err
	}
	return p.backTo(c, form.Back)
}

// failNext lets the next send fail with a code: refused at once, or accepted and then reported as failed.
func (p *Phone) failNext(c *gin.Context) error {
	var form struct {
		Code int    `form:"code" json:"code"`
		How  string `form:"how" json:"how"` // "refuse" or "later"
		Back string `form:"back" json:"back"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if !slices.ContainsFunc(emulator.Codes(), func(c emulator.Code) bool { return c.Code == form.Code }) {
		return desk.ErrInvalid.For("code")
	}
	kind := emulator.FaultRefuse
	if form.How == "later" {
		kind = emulator.FaultFailLater
	}
	p.Emulator.Inject(emulator.Fault{Kind: kind, Code: form.Code, Count: 1})
	return p.backTo(c, form.Back)
}

// state is what the drawer counts.
type state struct {
	Answered int      `json:"answered"` // messages the network took from the desk
	Posts    int      `json:"posts"`    // webhooks posted, repeats included
	Waiting  int      `json:"waiting"`  // webhooks not yet taken
	Refused  int      `json:"refused"`  // sends the network refused
	Faults   []string `json:"faults"`
	Clock    string   `json:"clock"`    // of the network
	Recorded int      `json:"recorded"` // steps
}

func (p *Phone) state() state {
	c := p.Emulator.Counters()
	s := state{Answered: c.Accepted, Posts: c.WebhookPosts, Waiting: c.WebhookPending, Faults: p.faults.lit(), Clock: p.Now().In(p.Zone).Format("2 Jan 15:04"), Recorded: p.Emulator.Steps()}
	for _, n := range c.Refused {
		s.Refused += n
	}
	return s
}
