package emulator

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// Defaults of the faults of webhooks.
const (
	defaultLate   = 200 * time.Millisecond
	defaultSlow   = 3 * time.Second
	defaultHold   = 26 * time.Hour
	defaultLinger = 50 * time.Millisecond
	defaultBatch  = 10
	defaultCopies = 2
)

// update is one change to deliver.
type update struct {
	change []byte
	at     time.Time // in the emulator's time
	taken  func()    // called once the webhook answered 200; may be nil
}

// lane delivers the updates of one customer in order, one after the other. A goroutine runs only while there are any.
type lane struct {
	em      *Emulator
	mu      sync.Mutex
	queue   []update
	running bool
	arrived chan struct{} // signals a new update to a reorder that waits for it
}

func newLane(em *Emulator) *lane { return &lane{em: em, arrived: make(chan struct{}, 1)} }

// push adds an update that was counted by Emulator.owe.
func (l *lane) push(u update) {
	l.mu.Lock()
	l.queue = append(l.queue, u)
	start := !l.running
	l.running = true
	l.mu.Unlock()
	select {
	case l.arrived <- struct{}{}:
	default:
	}
	if start {
		l.em.spawn(l.run)
	}
}

func (l *lane) run() {
	for l.em.ctx.Err() == nil {
		next, ok := l.next()
		if !ok {
			return
		}
		l.deliver(next)
	}
}

// next takes the update to deliver, or ends the run.
func (l *lane) next() (update, bool) {
	l.mu.Lock()
	if len(l.queue) == 0 {
		l.running = false
		l.mu.Unlock()
		return update{}, false
	}
	l.mu.Unlock()
	if f, ok := l.em.faults.fire(FaultReorder); ok {
		l.swap(cmp.Or(f.Delay, defaultLate))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.queue[0]
	l.queue = slices.Delete(l.queue, 0, 1)
	return u, true
}

// swap lets the second update overtake the first, waiting at most d for a second.
func (l *lane) swap(d time.Duration) {
	deadline := time.NewTimer(d)
	defer deadline.Stop()
	for {
		l.mu.Lock()
		if len(l.queue) > 1 {
			l.queue[0], l.queue[1] = l.queue[1], l.queue[0]
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		select {
		case <-l.arrived:
		case <-deadline.C:
			return
		case <-l.em.ctx.Done():
			return
		}
	}
}

func (l *lane) deliver(u update) {
	em := l.em
	if f, ok := em.faults.fire(FaultHold); ok {
		em.spawn(func() {
			if em.until(u.at.Add(cmp.Or(f.Delay, defaultHold))) {
				em.send(u)
			}
		})
		return
	}
	if f, ok := em.faults.fire(FaultLate); ok {
		em.spawn(func() {
			if em.wait(cmp.Or(f.Delay, defaultLate)) {
				em.send(u)
			}
		})
		return
	}
	em.send(u)
}

// send delivers one update for good: alone, many times at once, or in a batch with others.
func (em *Emulator) send(u update) {
	if f, ok := em.faults.fire(FaultBatch); ok {
		em.batch.join(em, u, cmp.Or(f.Copies, defaultBatch), cmp.Or(f.Delay, defaultLinger))
		return
	}
	body := em.envelope([][]byte{u.change})
	var copies sync.WaitGroup
	if f, ok := em.faults.fire(FaultDuplicate); ok {
		for range cmp.Or(f.Copies, defaultCopies) - 1 {
			copies.Go(func() { em.postUntilTaken(body) })
		}
	}
	taken := em.postUntilTaken(body)
	copies.Wait()
	if taken {
		em.done(u)
	}
}

func (em *Emulator) done(u update) {
	if u.taken != nil {
		u.taken()
	}
	em.owe(-1)
}

// batcher gathers updates of all customers into one POST.
type batcher struct {
	mu      sync.Mutex
	waiting []update
	full    chan struct{} // closed when the batch is large enough
}

// join adds an update to the open batch; the first one in opens it. It does not wait, so one customer's updates can share a batch.
func (b *batcher) join(em *Emulator, u update, most int, linger time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = append(b.waiting, u)
	if len(b.waiting) == 1 {
		full := make(chan struct{})
		b.full = full
		em.spawn(func() { b.flush(em, full, linger) })
	}
	if len(b.waiting) >= most && b.full != nil {
		close(b.full)
		b.full = nil
	}
}

func (b *batcher) flush(em *Emulator, full chan struct{}, linger time.Duration) {
	timer := time.NewTimer(linger)
	defer timer.Stop()
	select {
	case <-full:
	case <-timer.C:
	case <-em.ctx.Done():
		return
	}
	b.mu.Lock()
	batch := b.waiting
	b.waiting, b.full = nil, nil
	b.mu.Unlock()
	changes := make([][]byte, len(batch))
	for i, u := range batch {
		changes[i] = u.change
	}
	if em.postUntilTaken(em.envelope(changes)) {
		for _, u := range batch {
			em.done(u)
		}
	}
}
