package outbox

import (
	"bytes"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Shares of a number's pace.
const (
	shareLife  = 3 * time.Second         // a share not renewed is not used any longer
	shareGrace = 1500 * time.Millisecond // and is given to others only when its last messages count no more
	spareSlots = 8                       // beside twice what is wanted, for what comes next
)

// ask is a replica's request for its share of a number's pace.
type ask struct {
	replica uuid.UUID
	most    int // messages a second that the number may send; 0: what was learned
	holds   int // slots it cannot or need not give up
	wants   int // slots it would use
}

// grant is the answer.
type grant struct {
	slots  int // may be used
	target int // what they should become; fewer than slots when others want some
	held   time.Duration
	bulk   time.Duration
}

// settle writes a request into what all replicas know, and answers it. No slot is
// ever in two shares: one grows only by what nobody holds.
func (a ask) settle(r *desk.SendRate, now time.Time) grant {
	most := a.most
	if most == 0 {
		most = r.PerSecond
	}
	if most == 0 {
		most = usualPerSecond
	}
	mine := desk.SendShare{Replica: a.replica, Wants: a.wants, Until: now.Add(shareLife)}
	r.Shares = slices.DeleteFunc(r.Shares, func(s desk.SendShare) bool { return s.Replica == a.replica || now.Sub(s.Until) > shareGrace })
	free := most
	for _, s := range r.Shares {
		free -= s.Slots
	}
	r.Shares = append(r.Shares, mine)
	slices.SortFunc(r.Shares, func(a, b desk.SendShare) int { return bytes.Compare(a.Replica[:], b.Replica[:]) })
	at := slices.IndexFunc(r.Shares, func(s desk.SendShare) bool { return s.Replica == a.replica })
	wants := make([]int, len(r.Shares))
	for i, s := range r.Shares {
		wants[i] = max(s.Wants, 1)
	}
	target := min(fair(most, wants)[at], comfort(a.wants))
	r.Shares[at].Slots = max(a.holds, min(target, free))
	return grant{slots: r.Shares[at].Slots, target: target, held: left(r.HeldUntil, now), bulk: left(r.BulkUntil, now)}
}

// comfort is how many slots are enough for who wants so many. What nobody needs
// stays with nobody, so that a replica that wakes up need not wait for another's.
func comfort(wants int) int { return 2*wants + spareSlots }

// fair divides slots among who wants them: nobody gets less than its equal part
// while another gets more than its own, and what is left over is divided equally.
func fair(most int, wants []int) []int {
	order := make([]int, len(wants))
	sum := 0
	for i, w := range wants {
		order[i], sum = i, sum+w
	}
	slices.SortStableFunc(order, func(a, b int) int { return wants[a] - wants[b] })
	shares, rest := make([]int, len(wants)), most
	for n, i := range order {
		part := rest / (len(order) - n)
		switch {
		case sum > most:
			part = min(part, wants[i])
		case n < len(order)-1:
			part = wants[i] + (most-sum)/len(order)
		}
		shares[i] = part
		rest -= part
	}
	return shares
}

func left(until *time.Time, now time.Time) time.Duration {
	if until == nil {
		return 0
	}
	return max(until.Sub(now), 0)
}
