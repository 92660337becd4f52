package emulator

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// FaultKind is a way to misbehave.
type FaultKind int

// Faults of the API come first, then those of the webhooks.
const (
	FaultRefuse      FaultKind = iota + 1 // answer a send with the Graph error Fault.Code
	FaultBareStatus                       // answer a send with Fault.HTTPStatus and no Graph body
	FaultHang                             // accept and deliver, never answer
	FaultResetBefore                      // reset the connection, nothing accepted
	FaultResetAfter                       // accept and deliver, then reset the connection
	FaultFailLater                        // accept, then report status failed with Fault.Code
	FaultDuplicate                        // post a webhook Fault.Copies times at once (default 2)
	FaultLate                             // post a webhook Fault.Delay later; others overtake it (default 200 ms)
	FaultReorder                          // swap a webhook with the next of the same customer, waiting Fault.Delay for it (default 200 ms)
	FaultErrorAfter                       // accept and deliver, then answer with Fault.HTTPStatus (default 500) and no Graph body
	FaultSlow                             // accept and deliver, answer Fault.Delay later (default 3 s)
	FaultStatusLost                       // never tell of a status
	FaultStatusFirst                      // deliver "sent" before the send is answered, and once more after it
	FaultHold                             // post a webhook when the clock has moved on by Fault.Delay (default 26 h), see Advance
	FaultBatch                            // gather up to Fault.Copies updates of all customers within Fault.Delay into one post (defaults 10, 50 ms)
)

// Fault is one kind of misbehaviour and how often it happens.
type Fault struct {
	Kind        FaultKind
	Count       int     // how many times; 0 = until removed
	Probability float64 // chance each time; 0 = always
	Code        int
	HTTPStatus  int
	Copies      int
	Delay       time.Duration
}

// faultBox holds the faults that are switched on.
type faultBox struct {
	mu     sync.Mutex
	active []*Fault
	dice   *rand.Rand
}

// Inject switches a fault on. It stays until its Count is used up, the returned function is called, or ClearFaults.
func (em *Emulator) Inject(f Fault) (remove func()) {
	b := &em.faults
	b.mu.Lock()
	defer b.mu.Unlock()
	b.active = append(b.active, &f)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.active = slices.DeleteFunc(b.active, func(other *Fault) bool { return other == &f })
	}
}

// ClearFaults switches all faults off.
func (em *Emulator) ClearFaults() {
	em.faults.mu.Lock()
	defer em.faults.mu.Unlock()
	em.faults.active = nil
}

// fire returns the first active fault of one of the kinds whose dice fall, and uses it up by one.
func (b *faultBox) fire(kinds ...FaultKind) (Fault, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, f := range b.active {
		if !slices.Contains(kinds, f.Kind) || (f.Probability > 0 && b.dice.Float64() >= f.Probability) {
			continue
		}
		if f.Count > 0 {
			if f.Count--; f.Count == 0 {
				b.active = slices.Delete(b.active, i, i+1)
			}
		}
		return *f, true
	}
	return Fault{}, false
}
