package emulator

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// typingTime is how long "typing..." shows unless a message comes first.
const typingTime = 25 * time.Second

// changeBuffer is how many changes wait for a slow subscriber; beyond it the oldest are dropped, so read Thread again.
const changeBuffer = 256

// CustomerProfile says who a customer is. Set Phone, BSUID or both; without Phone the customer has a username and hides the number.
type CustomerProfile struct {
	Name, Phone, BSUID, Username string
	// HiddenPhone is the number of somebody with a username, known only to themselves until they share it.
	HiddenPhone string
	ManualRead  bool // starts with AutoRead off
	// IdentityHash is compared with what a send demands; another one fails it with 137000.
	IdentityHash string
}

// Phone is a customer's WhatsApp: what they see and what they can do. Everything they do becomes one signed webhook;
// messages reach the webhook in order, statuses in order, and both are repeated until the answer is 200.
type Phone struct {
	em       *Emulator
	profile  atomic.Pointer[CustomerProfile]
	began    string // the phone or BSUID they had first
	messages *lane
	statuses *lane

	mu          sync.Mutex
	thread      []Message
	pair        bucket
	entry       entry
	lastInbound time.Time // opens the 24-hour window
	autoRead    bool
	typingUntil time.Time
	typingGen   int
	subscribers map[chan Change]bool
}

// Customer adds a customer, or returns the one who already has this phone or BSUID.
func (em *Emulator) Customer(profile CustomerProfile) *Phone {
	profile.Phone = digits(profile.Phone)
	em.mu.Lock()
	defer em.mu.Unlock()
	for _, id := range []string{profile.Phone, profile.BSUID} {
		if p := em.customers[id]; p != nil && id != "" {
			return p
		}
	}
	p := &Phone{
		em:          em,
		messages:    newLane(em),
		statuses:    newLane(em),
		autoRead:    !profile.ManualRead,
		subscribers: map[chan Change]bool{},
		began:       cmp.Or(profile.Phone, profile.BSUID),
	}
	p.profile.Store(&profile)
	for _, id := range []string{profile.Phone, profile.BSUID} {
		if id != "" {
			em.customers[id] = p
		}
	}
	em.order = append(em.order, p)
	em.record(Step{Kind: StepCustomer, Who: p.began, Profile: &profile})
	return p
}

// Customers returns all phones in the order they were added.
func (em *Emulator) Customers() []*Phone {
	em.mu.Lock()
	defer em.mu.Unlock()
	return slices.Clone(em.order)
}

// phone finds a customer by phone or BSUID; nil when there is none.
func (em *Emulator) phone(ids ...string) *Phone {
	em.mu.Lock()
	defer em.mu.Unlock()
	for _, id := range ids {
		if p := em.customers[id]; p != nil && id != "" {
			return p
		}
	}
	return nil
}

// Profile returns who the customer is.
func (p *Phone) Profile() CustomerProfile { return *p.profile.Load() }

func (p *Phone) who() *CustomerProfile { return p.profile.Load() }

// ID is the phone number, or the BSUID when there is none: the key of Counters.ByRecipient.
func (p *Phone) ID() string { return cmp.Or(p.who().Phone, p.who().BSUID) }

// Thread returns the conversation, oldest first, as far back as Config.History allows.
func (p *Phone) Thread() []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.thread)
}

// Typing reports whether the business is shown as typing.
func (p *Phone) Typing() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Before(p.typingUntil)
}

// AutoRead reports whether messages are read by themselves, Config.ReadDelay after they were delivered.
func (p *Phone) AutoRead() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.autoRead
}

// SetAutoRead changes AutoRead for messages delivered from now on.
func (p *Phone) SetAutoRead(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.autoRead = on
}

// Subscribe tells of changes until cancel is called, which closes the channel. A slow reader loses the oldest changes.
func (p *Phone) Subscribe() (changes <-chan Change, cancel func()) {
	ch := make(chan Change, changeBuffer)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.subscribers[ch] = true
	return ch, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.subscribers[ch] {
			delete(p.subscribers, ch)
			close(ch)
		}
	}
}

// tell informs the subscribers. The caller holds the lock.
func (p *Phone) tell(c Change) {
	for ch := range p.subscribers {
		select {
		case ch <- c:
			continue
		default:
		}
		select {
		case <-ch:
		default:
		}
		select {
		case ch <- c:
		default:
		}
	}
}

// keep adds a message to the thread. The caller holds the lock.
func (p *Phone) keep(m Message) {
	defer p.tell(Change{Kind: ChangeMessage, Message: m})
	most := p.em.cfg.History
	if most < 0 {
		if !m.FromCustomer {
			p.thread = append(p.thread[:0], m)
		}
		return
	}
	if len(p.thread) >= most {
		p.thread = slices.Delete(p.thread, 0, len(p.thread)-most+1)
	}
	p.thread = append(p.thread, m)
}

// amend changes one message of the thread, if it is still there, and tells when anything changed.
func (p *Phone) amend(id string, change func(*Message) (changed bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := p.find(id); i >= 0 && change(&p.thread[i]) {
		p.tell(Change{Kind: ChangeUpdate, Message: p.thread[i]})
	}
}

// find returns the index of a message, newest first, or -1. The caller holds the lock.
func (p *Phone) find(id string) int {
	for i := len(p.thread) - 1; i >= 0; i-- {
		if p.thread[i].ID == id {
			return i
		}
	}
	return -1
}

// advance moves the tick up; TickFailed counts only before delivery.
func (p *Phone) advance(id string, tick Tick) {
	p.amend(id, func(m *Message) bool {
		if tick <= m.Tick || (tick == TickFailed && m.Tick >= TickDelivered) {
			return false
		}
		m.Tick = tick
		return true
	})
}

// Wrote tells the emulator that the customer last wrote at that time, before it was started: it opens the 24-hour window
// without a webhook.
func (p *Phone) Wrote(at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at.After(p.lastInbound) {
		p.lastInbound = at
	}
}

// windowOpen reports whether the customer wrote in the last 24 hours. The caller holds the lock.
func (p *Phone) windowOpen() bool {
	return !p.lastInbound.IsZero() && p.em.Now().Sub(p.lastInbound) < 24*time.Hour
}

// setTyping shows or hides "typing...". The caller holds the lock.
func (p *Phone) setTyping(on bool) {
	was := time.Now().Before(p.typingUntil)
	p.typingGen++
	p.typingUntil = time.Time{}
	if on {
		p.typingUntil = time.Now().Add(typingTime)
		p.endTypingLater(p.typingGen)
	}
	if on != was {
		p.tell(Change{Kind: ChangeTyping, Typing: on})
	}
}

// endTypingLater tells the subscribers, if there are any, when the time is over.
func (p *Phone) endTypingLater(gen int) {
	if len(p.subscribers) == 0 {
		return
	}
	p.em.spawn(func() {
		if !p.em.wait(typingTime) {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.typingGen == gen {
			p.typingUntil = time.Time{}
			p.tell(Change{Kind: ChangeTyping})
		}
	})
}

// digits keeps the digits of a phone number.
func digits(phone string) string {
	out := make([]byte, 0, len(phone))
	for _, c := range []byte(phone) {
		if c >= '0' && c <= '9' {
			out = append(out, c)
		}
	}
	return string(out)
}
