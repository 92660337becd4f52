package emulator

import "time"

// Now is the emulator's clock: Config.Now, moved on by Advance. A desk that is given it lives in the same time.
func (em *Emulator) Now() time.Time { return em.cfg.Now().Add(time.Duration(em.ahead.Load())) }

// Advance moves the clock forward, so that windows close, URLs expire, pauses of templates end and what FaultHold keeps is
// delivered. What waits in real time is not hurried. Zero and less do nothing.
func (em *Emulator) Advance(d time.Duration) {
	if d <= 0 {
		return
	}
	em.ahead.Add(int64(d))
	em.record(Step{Kind: StepAdvance, Advance: d})
	em.unpause()
	em.mu.Lock()
	defer em.mu.Unlock()
	close(em.moved)
	em.moved = make(chan struct{})
}

// until waits until the clock, moved by Advance, shows at least t. It reports whether the emulator still lives.
func (em *Emulator) until(t time.Time) bool {
	for {
		em.mu.Lock()
		moved := em.moved
		em.mu.Unlock()
		left := t.Sub(em.Now())
		if left <= 0 {
			return em.ctx.Err() == nil
		}
		timer := time.NewTimer(left)
		select {
		case <-moved:
		case <-timer.C:
		case <-em.ctx.Done():
			timer.Stop()
			return false
		}
		timer.Stop()
	}
}
