package emulator

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// Kinds of Step.
const (
	StepCustomer = "customer" // somebody is there: Profile
	StepFile     = "file"     // a file that a later step names by Media
	StepAct      = "act"      // the customer wrote: Message is the webhook's element as it went out
	StepCall     = "call"     // the customer rang and nobody answered
	StepNumber   = "number"   // the customer changed their number to Phone
	StepSent     = "sent"     // the business sent Message, which was accepted as ID
	StepRefused  = "refused"  // the business sent Message, which was refused with Code
	StepStatus   = "status"   // a status went out: Message is the webhook's element
	StepAdvance  = "advance"  // the clock was moved on by Advance
)

// maxSteps and maxRecorded bound what is remembered, the latter in bytes; after either nothing more is.
const (
	maxSteps    = 20_000
	maxRecorded = 64 << 20
)

// Step is one thing that happened, in the emulator's own time. Customers are told apart by Profile.ID, which a change of
// number leaves as it was.
type Step struct {
	Kind    string           `json:"kind"`
	At      time.Time        `json:"at"`
	Who     string           `json:"who,omitempty"` // the customer: the phone or BSUID they began with
	ID      string           `json:"id,omitempty"`  // wamid
	Message json.RawMessage  `json:"message,omitempty"`
	Profile *CustomerProfile `json:"profile,omitempty"`
	Phone   string           `json:"phone,omitempty"`
	Code    int              `json:"code,omitempty"`
	Advance time.Duration    `json:"advance,omitempty"` // nanoseconds
	Media   string           `json:"media,omitempty"`
	File    *File            `json:"file,omitempty"`
}

// tape is where they are kept.
type tape struct {
	mu    sync.Mutex
	on    bool
	size  int
	steps []Step
}

// Record begins a recording, or a new one; the customers there are come first.
func (em *Emulator) Record() {
	em.tape.mu.Lock()
	em.tape.on, em.tape.size, em.tape.steps = true, 0, nil
	em.tape.mu.Unlock()
	for _, p := range em.Customers() {
		profile := p.Profile()
		em.record(Step{Kind: StepCustomer, Who: p.began, Profile: &profile})
	}
}

// Recorded returns what happened since Record; nothing when nothing is recorded.
func (em *Emulator) Recorded() []Step {
	em.tape.mu.Lock()
	defer em.tape.mu.Unlock()
	return slices.Clone(em.tape.steps)
}

// Steps tells how many there are.
func (em *Emulator) Steps() int {
	em.tape.mu.Lock()
	defer em.tape.mu.Unlock()
	return len(em.tape.steps)
}

func (em *Emulator) record(s Step) {
	em.tape.mu.Lock()
	defer em.tape.mu.Unlock()
	size := len(s.Message)
	if s.File != nil {
		size += len(s.File.Content)
	}
	if !em.tape.on || len(em.tape.steps) >= maxSteps || em.tape.size+size > maxRecorded {
		return
	}
	s.At = em.Now().UTC()
	em.tape.size += size
	em.tape.steps = append(em.tape.steps, s)
}

// recording reports whether it is worth preparing a step.
func (em *Emulator) recording() bool {
	em.tape.mu.Lock()
	defer em.tape.mu.Unlock()
	return em.tape.on
}
