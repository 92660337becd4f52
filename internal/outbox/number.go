package outbox

import (
	"context"
	"slices"
	"time"

	"antena/internal/desk"
)

// number is one business number as this replica sends from it. Its gate's lock
// holds it.
type number struct {
	gate    *gate
	channel string

	// what the replicas agreed on
	slots, target int
	until         time.Time // the share counts no longer
	held, bulk    time.Time
	asked         time.Time
	asking        bool

	// what happens here
	going   int           // places given and not left
	cooling []time.Time   // when slots that were used are free again, soonest first
	waiting []*waiter     // by rank, then by arrival
	peak    int           // the most that was wanted since it was asked for
	next    time.Time     // when over half is in use, the next goes then
	fastest time.Duration // from request to answer, of the last thousands
	early   time.Duration // how long before its slot is free a place is given
	failed  int           // times in a row that the provider was in trouble
	probing bool          // one at a time, until one is taken
	timer   *time.Timer
}

type waiter struct {
	rank desk.Rank
	done chan *place
}

func (n *number) queue(w *waiter) {
	at, _ := slices.BinarySearchFunc(n.waiting, w.rank, func(other *waiter, rank desk.Rank) int {
		if other.rank <= rank {
			return -1
		}
		return 1
	})
	n.waiting = slices.Insert(n.waiting, at, w)
}

func (n *number) unqueue(w *waiter) {
	n.waiting = slices.DeleteFunc(n.waiting, func(other *waiter) bool { return other == w })
}

// cool has a slot be free again at a time.
func (n *number) cool(at, now time.Time) {
	if !at.After(now) {
		return
	}
	i, _ := slices.BinarySearchFunc(n.cooling, at, time.Time.Compare)
	n.cooling = slices.Insert(n.cooling, i, at)
}

// thaw forgets the slots that are free again.
func (n *number) thaw(now time.Time) {
	i := 0
	for i < len(n.cooling) && !n.cooling[i].After(now) {
		i++
	}
	n.cooling = slices.Delete(n.cooling, 0, i)
}

func (n *number) busy() int { return n.going + len(n.cooling) }

// prepared learns how long it takes from having a place to sending the request.
func (n *number) prepared(took time.Duration) {
	n.gate.mu.Lock()
	defer n.gate.mu.Unlock()
	n.early = min(max(n.early+(took*3/2-n.early)/8, earlyMin), earlyMax)
}

// limit is how many slots may be in use.
func (n *number) limit(now time.Time) int {
	if !now.Before(n.until) {
		return 0
	}
	return min(n.slots, n.target)
}

func (n *number) heldFor(rank desk.Rank, now time.Time) time.Duration {
	until := n.held
	if rank == desk.RankBulk {
		until = later(until, n.bulk)
	}
	return max(until.Sub(now), 0)
}

// take returns a place if a slot is free, or is so close to it that the rest of the
// time passes while the send is written down.
func (n *number) take(now time.Time) *place {
	n.thaw(now)
	limit := n.limit(now)
	n.peak = max(n.peak, n.busy()+1)
	if n.probing && n.going > 0 || 2*n.busy() >= limit && now.Before(n.next) {
		return nil
	}
	p := &place{n: n, given: now, ready: now}
	switch {
	case n.busy() < limit:
	case n.busy() == limit && len(n.cooling) > 0 && n.cooling[0].Sub(now) <= n.early:
		p.ready, n.cooling = n.cooling[0], n.cooling[1:]
	default:
		return nil
	}
	// Evenly spread, slots come free evenly too, so that whoever is next need not
	// wait a second for the first of them.
	n.next = later(n.next, now.Add(-earlyMin)).Add(second * 4 / 5 / time.Duration(limit))
	n.going++
	return p
}

// pump gives places to who waits, and sees to it that it is called again.
func (n *number) pump() {
	now := time.Now()
	n.peak = max(n.peak, n.busy()+len(n.waiting))
	for len(n.waiting) > 0 {
		if n.heldFor(n.waiting[0].rank, now) > 0 {
			n.waiting[0].done <- nil
			n.waiting = n.waiting[1:]
			continue
		}
		p := n.take(now)
		if p == nil {
			break
		}
		n.waiting[0].done <- p
		n.waiting = n.waiting[1:]
	}
	n.renew(now)
	n.wake(now)
}

// askEvery is how soon the share should be asked for anew: the sooner when somebody
// waits, here or elsewhere, less soon when others could use what is not wanted here.
func (n *number) askEvery(now time.Time) time.Duration {
	n.thaw(now)
	lives := now.Before(n.until)
	switch {
	case len(n.waiting) > 0, lives && n.slots > n.target:
		return askSoon
	case lives && n.slots > comfort(n.busy()):
		return askLater
	}
	return shareLife / 3
}

// wake sets the time at which to look again.
func (n *number) wake(now time.Time) {
	every := n.askEvery(now)
	if every > askLater || n.gate.closed {
		n.rest()
		return
	}
	at := n.asked.Add(every)
	if len(n.waiting) > 0 && now.Before(n.until) {
		at = sooner(at, n.free(now))
	}
	wait := max(at.Sub(now), time.Millisecond)
	if n.timer != nil {
		n.timer.Reset(wait)
		return
	}
	n.timer = time.AfterFunc(wait, func() {
		n.gate.mu.Lock()
		defer n.gate.mu.Unlock()
		n.pump()
	})
}

// free is when the next place may be taken; a second from now when nobody can tell.
func (n *number) free(now time.Time) time.Time {
	at := now
	if over := n.busy() - n.limit(now); over >= len(n.cooling) {
		at = now.Add(second)
	} else if over >= 0 {
		at = n.cooling[over].Add(-n.early)
	}
	return later(at, n.next)
}

func (n *number) rest() {
	if n.timer != nil {
		n.timer.Stop()
	}
}

// renew asks for the share anew when it is time.
func (n *number) renew(now time.Time) {
	since := now.Sub(n.asked)
	due := since >= n.askEvery(now) || !now.Before(n.until) && since >= askSoon
	if n.asking || n.gate.closed || !due {
		return
	}
	n.asking, n.asked = true, now
	n.thaw(now)
	holds := max(n.busy(), min(n.limit(now), comfort(n.peak)))
	a := ask{replica: n.gate.replica, most: n.gate.most, holds: min(holds, n.slots), wants: n.peak}
	if now.Before(n.until) {
		n.slots = a.holds // nothing beyond it is used until the answer is here
	}
	n.peak = 0
	n.gate.asks.Go(func() { n.ask(a, now) })
}

func (n *number) ask(a ask, began time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), askMax)
	defer cancel()
	var got grant
	err := n.gate.store.ChangeSendRate(ctx, n.channel, func(r *desk.SendRate, now time.Time) { got = a.settle(r, now) })
	n.gate.mu.Lock()
	defer n.gate.mu.Unlock()
	n.asking = false
	if err != nil {
		n.gate.log.WarnContext(ctx, "could not ask for a share of the pace", "error", err)
	} else {
		n.slots, n.target, n.until = got.slots, got.target, began.Add(shareLife)
		n.held, n.bulk = later(n.held, began.Add(got.held)), later(n.bulk, began.Add(got.bulk))
		n.probing = n.probing || got.held > 0
	}
	n.pump()
}
