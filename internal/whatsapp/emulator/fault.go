package emulator

import "time"

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
